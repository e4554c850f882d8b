"""What kind of file bytes are: by their magic, then by the content type, then by the name."""

import io
import re
import zipfile
from typing import Final

from parsers.model import Source

HEAD: Final = 4096  # bytes looked at for a text-like start
PADDING: Final = b"\xef\xbb\xbf \t\r\n\x00"  # byte order mark and white space before a text
MAX_MEMBERS: Final = 10_000  # a larger ZIP directory is not read at all

MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "image"), (b"\x89PNG\r\n", "image"), (b"GIF87a", "image"), (b"GIF89a", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"\x00\x00\x01\x00", "image"),
    (b"{\\rtf", "doc"), (b"MIME-Version:", "doc"),
    (b"\x09\x08\x10\x00\x00\x06", "xls"), (b"\x09\x04\x06\x00", "xls"), (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x00\x04\x00", "xls"),
    (b"Rar!\x1a\x07", "unknown"), (b"7z\xbc\xaf\x27\x1c", "unknown"), (b"\x1f\x8b", "unknown"),
)
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEMBERS: Final = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsx"), ("OFD.xml", "ofd"),
)
OPENDOCUMENT: Final = ((b"opendocument.spreadsheet", "xlsx"), (b"opendocument.text", "doc"))
TYPES: Final[tuple[tuple[str, str], ...]] = (
    ("wordprocessingml", "docx"), ("spreadsheetml", "xlsx"), ("msword", "doc"), ("ms-works", "wps"),
    ("ms-excel", "xls"), ("pdf", "pdf"), ("html", "html"), ("json", "json"), ("image/", "image"), ("zip", "zip"),
    ("text/", "text"), ("javascript", "text"), ("xml", "text"),
)
EXTENSIONS: Final = {
    "html": "html", "htm": "html", "shtml": "html", "jsp": "html", "php": "html", "aspx": "html", "mht": "doc",
    "pdf": "pdf", "docx": "docx", "docm": "docx", "doc": "doc", "dot": "doc", "rtf": "doc", "odt": "doc", "wps": "wps",
    "xlsx": "xlsx", "xlsm": "xlsx", "xlsb": "xlsx", "ods": "xlsx", "xls": "xls", "et": "xls", "ofd": "ofd",
    "zip": "zip", "json": "json", "txt": "text", "csv": "text", "js": "text", "xml": "text",
    "jpg": "image", "jpeg": "image", "png": "image", "gif": "image", "bmp": "image", "tif": "image", "webp": "image",
}
TAG = re.compile(rb"<(?:!doctype|!--|html|head|body|meta|title|link|style|script|table|tbody|tr|div|p|span|h[1-6]|font|"
                 rb"center|br|a|ul|ol|section|form|article|img|iframe|base|strong|b|o:p)\b", re.IGNORECASE)

CLOSED = re.compile(rb"<\\?/(?:table|tr|td|p|div|span)>", re.IGNORECASE)  # markup inside of a script or a text


def kind(source: Source) -> str:
    """One of html, text, pdf, docx, doc, xls, xlsx, wps, ofd, zip, image, json, empty, unknown.

    RTF, MHT and Word 2003 XML are "doc", an Excel 2003 XML sheet is "xls"; a web page saved under any name is "html".

    >>> kind(Source(b"<html><table>", name="report.doc")), kind(Source(b"%PDF-1.4")), kind(Source(b" "))
    ('html', 'pdf', 'empty')
    """
    head = source.body[:HEAD].lstrip(PADDING) or source.body.lstrip(PADDING)[:HEAD]
    if not head:
        return "empty"
    return _binary(source, head) or _markup(source, head) or _declared(source, head)


def extension(source: Source) -> str:
    """The ending of the name or, without one, of the address's path: lower case, no dot, "" where there is none."""
    path = source.name or re.split(r"[?#]", source.url, maxsplit=1)[0]
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot and ending.isalnum() else ""


def _binary(source: Source, head: bytes) -> str:
    body = source.body
    if body.startswith(b"PK\x03\x04"):
        return _zipped(body)
    if body.startswith(OLE):
        return _compound(source)
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image"
    return next((found for magic, found in MAGIC if body.startswith(magic) or head.startswith(magic)), "")


def _zipped(body: bytes) -> str:
    """A ZIP's kind by the names in its directory; by its bytes where the directory is torn off or too large."""
    names = members(body)
    for name, found in MEMBERS:
        if (name in names) if names else (name.encode() in body):
            return found
    return next((found for mark, found in OPENDOCUMENT if mark in body[:256]), "zip")


def members(body: bytes) -> frozenset[str]:
    """The names in a ZIP's directory; none where it is unreadable or longer than MAX_MEMBERS."""
    end = body.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(body[end + 10 : end + 12], "little") > MAX_MEMBERS:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        return frozenset()


def _compound(source: Source) -> str:
    """An OLE file's kind by the names of its streams (UTF-16); WPS Writer's differ from Word's by their name only."""
    declared = _by_name(source) or _by_type(source)
    if _stream("EncryptedPackage") in source.body:
        return "xlsx" if declared in ("xls", "xlsx") else "docx"
    if _stream("WordDocument") in source.body:
        return "wps" if declared == "wps" else "doc"
    if _stream("Workbook") in source.body or _stream("Book") in source.body:
        return "xls"
    return declared if declared in ("doc", "wps", "xls") else "unknown"


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _markup(source: Source, head: bytes) -> str:
    start = head if head[:2] not in (b"\xff\xfe", b"\xfe\xff") else source.body[:HEAD].replace(b"\x00", b"")[2:]
    if start.startswith((b"<?xml", b"<?mso")):
        return _xml(start)
    if start[:4].lower() == b"<svg":
        return "image"
    if TAG.match(start.lstrip()):
        return "html"
    if b"multipart/related" in start[:1024].lower() and b"\nMIME-Version:" in start:
        return "doc"
    return ""


def _xml(start: bytes) -> str:
    lower = start.lower()
    if b"<office:document" in lower:
        return "xls" if b"opendocument.spreadsheet" in lower else "doc"
    if b"office:spreadsheet" in lower:
        return "xls"
    if b"w:worddocument" in lower or b"pkg:package" in lower:
        return "doc"
    if b"<svg" in lower:
        return "image"
    return "html" if b"<html" in lower or TAG.search(start) else "text"


def _declared(source: Source, head: bytes) -> str:
    """By content type, then name, as far as the bytes allow: office kinds need the magic that was not there."""
    textual = is_textual(source.body[:HEAD])
    if textual and head[:1] in (b"{", b"[") and source.body.rstrip()[-1:] in (b"}", b"]"):
        return "json"
    for found in (_by_type(source), _by_name(source)):
        if found in ("html", "text", "json") and textual:
            return found if found == "json" else _marked(source.body, found)
        if found == "wps" and not textual:
            return found
    if textual:
        return "html" if TAG.search(head) else "text"
    return "unknown"


def _marked(body: bytes, declared: str) -> str:
    """html or text, by whether there is markup in it at all, whatever was declared."""
    if declared == "text":
        return "html" if CLOSED.search(body) else "text"
    return "html" if TAG.search(body) else "text"


def is_textual(head: bytes) -> bool:
    """True for bytes that can be text in some encoding: no control characters, or UTF-16 with its mark."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    return controls * 100 <= len(head)


def _by_type(source: Source) -> str:
    declared = source.content_type.lower().partition(";")[0]
    return next((found for word, found in TYPES if word in declared), "")


def _by_name(source: Source) -> str:
    return EXTENSIONS.get(extension(source), "")
