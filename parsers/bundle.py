"""Opens ZIP files that hold one report, alone or among other files, in a ZIP inside too."""

from collections.abc import Iterator
from typing import Final

from parsers import html, office, pdf
from parsers.editions import edition
from parsers.isolation import Reader, unreadable
from parsers.kinds import kind
from parsers.model import Document, Source
from parsers.packages import Unsafe, member, opened
from parsers.recognise import is_report

READERS: Final[dict[str, Reader]] = {
    "pdf": pdf.document, "html": html.document,
    "docx": office.document, "doc": office.document, "wps": office.document,
    "xls": office.document, "xlsx": office.document,
}
MOST: Final = 20  # files that are opened to see which is the report
NAMES: Final = 100  # files of a package that are looked at
DEPTH: Final = 2  # packages inside of each other
ADVICE: Final = "unpack it and read them with python -m parsers FILE"


def document(source: Source) -> Document:
    """The one file in a ZIP that can be read or is a report; `attachment_unreadable` for none, and for several."""
    try:
        files = list(_files(source, DEPTH))
    except Unsafe as error:
        return unreadable(str(error))
    if len(files) == 1:
        return READERS[kind(files[0])](files[0])
    if not 0 < len(files) <= MOST:
        return unreadable(f"the ZIP holds {len(files)} files that can be read ({_names(files)}): {ADVICE}")
    reports = [(one, found) for one in files if _is_report(found := READERS[kind(one)](one))]
    if len(reports) == 1:
        return reports[0][1]
    which = f", {len(reports)} of them reports" if reports else ", none of them known as a report"
    names = _names([one for one, _ in reports] or files)
    return unreadable(f"the ZIP holds {len(files)} files that can be read{which} ({names}): {ADVICE}")


def _is_report(found: Document) -> bool:
    return is_report(found, edition(found.grids)[0] is not None)


def _names(files: list[Source]) -> str:
    return ", ".join(one.name for one in files[:5]) or "none"


def _files(source: Source, depth: int) -> Iterator[Source]:
    """The files of a package that can be read, those of packages inside among them."""
    with opened(source.body) as package:
        names = [info.filename for info in package.infolist() if not info.is_dir()]
        for name in names[:NAMES]:
            inner = Source(member(package, name), source.url, "", name, source.anchor)
            found = kind(inner)
            if found == "zip" and depth > 1:
                yield from _files(inner, depth - 1)
            elif found in READERS:
                yield inner
