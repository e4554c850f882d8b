"""The one door to files that are no web pages: picks the reader by kind and runs it with limits."""

from typing import Final

from parsers import bundle, office, pdf
from parsers.isolation import Reader, isolated, unreadable
from parsers.kinds import kind
from parsers.model import Document, Problem, Source

READERS: Final[dict[str, Reader]] = {
    "pdf": pdf.document,
    "docx": office.document, "doc": office.document, "wps": office.document,
    "xls": office.document, "xlsx": office.document, "zip": bundle.document,
}
ADVICE: Final = {
    "ofd": "OFD files are not opened: print the file to PDF, or ask its publisher for another format",
    "unknown": "the file is of no kind that is known: a program, or damaged bytes",
}
PACKED: Final = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"))
SECONDS: Final = 30
MEGABYTES: Final = 1536


def document(source: Source) -> Document:
    """An attachment, opened. What cannot be opened is a Document without blocks whose problems say why."""
    found = kind(source)
    if found in READERS:
        return isolated(READERS[found], source, SECONDS, MEGABYTES)
    if found == "image":
        return Document("", (), {}, (Problem("table_is_image", "the file is an image: a person must read it"),))
    for magic, name in PACKED:
        if source.body.startswith(magic):
            return unreadable(f"{name} archives are not opened: unpack it, read its files with python -m parsers FILE")
    return unreadable(ADVICE.get(found, f"files of kind {found} are not opened here"))
