"""Opens ZIP files that hold one report."""

from typing import Final

from parsers import html, office, pdf
from parsers.isolation import Reader, unreadable
from parsers.kinds import kind
from parsers.model import Document, Source
from parsers.packages import Unsafe, member, opened

READERS: Final[dict[str, Reader]] = {
    "pdf": pdf.document, "html": html.document,
    "docx": office.document, "doc": office.document, "wps": office.document,
    "xls": office.document, "xlsx": office.document,
}


def document(source: Source) -> Document:
    """The one file in a ZIP that can be read, opened; `attachment_unreadable` for none, and for several."""
    try:
        files = _files(source)
    except Unsafe as error:
        return unreadable(str(error))
    if len(files) != 1:
        names = ", ".join(one.name for one in files[:5])
        return unreadable(f"the ZIP holds {len(files)} files that can be read ({names or 'none'}): unpack it and read "
                          "them with python -m parsers FILE")
    return READERS[kind(files[0])](files[0])


def _files(source: Source) -> list[Source]:
    with opened(source.body) as package:
        names = [info.filename for info in package.infolist() if not info.is_dir()]
        inner = [Source(member(package, name), source.url, "", name, source.anchor) for name in names[:100]]
    return [one for one in inner if kind(one) in READERS]
