"""Opens office files by what their bytes are, whatever their name says."""

from parsers import convert, saved, sheet, word
from parsers.isolation import unreadable
from parsers.kinds import OLE, kind
from parsers.model import Document, Source
from parsers.packages import Unsafe

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


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
        return sheet.document(source)
    if found == "docx" or source.body.lstrip()[:5] == b"<?xml":
        return word.document(source)
    head = source.body[:4096].lstrip().lower()
    if head.startswith(b"mime-version:") or b"multipart/related" in head:
        return saved.document(source)
    return convert.document(source)
