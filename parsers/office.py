"""Opens office files by what their bytes are, whatever their name says."""

from dataclasses import replace

from parsers import saved, sheet, word
from parsers.convert import converted
from parsers.formats import has_units
from parsers.isolation import unreadable
from parsers.kinds import HEAD, OLE, kind
from parsers.model import Document, Source
from parsers.packages import Unsafe

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK = "Workbook".encode("utf-16-le")  # the stream of Excel 97 and later


def document(source: Source) -> Document:
    """Prose and tables of an office file, in order; `attachment_unreadable` with the reason where it has none."""
    if source.body.startswith(OLE) and ENCRYPTED in source.body:
        return unreadable("the file is encrypted: ask its publisher for an open copy")
    try:
        return _read(source)
    except Unsafe as error:
        return unreadable(str(error))


def _read(source: Source) -> Document:
    found = kind(source)
    if found in ("xls", "xlsx"):
        return sheet.document(_opened(source, "xlsx") if _is_foreign(source) else source)
    if found == "docx" or (source.body.lstrip()[:5] == b"<?xml" and not _is_flat(source)):
        return word.document(source)
    head = source.body[:4096].lstrip().lower()
    if head.startswith(b"mime-version:") or b"multipart/related" in head:
        return saved.document(source)
    return word.document(_opened(source, "docx"))


def _opened(source: Source, into: str) -> Source:
    return replace(source, body=converted(source, into), content_type="")


def _is_flat(source: Source) -> bool:
    """True for an OpenDocument in one XML file (FODT, FODS)."""
    return b"<office:document" in source.body[:HEAD]


def _is_foreign(source: Source) -> bool:
    """True for sheets that calamine opens not at all (Excel before 97), without merged cells (ODS) or units (XLS)."""
    if source.body[:2] == b"PK":
        return b"opendocument" in source.body[:256]
    if _is_flat(source):
        return True
    return not source.body.lstrip().startswith(b"<") and (WORKBOOK not in source.body or has_units(source.body))
