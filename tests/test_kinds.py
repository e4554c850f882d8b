"""Kinds by bytes first: portals send any content type and any name."""

import io
import zipfile

import pytest

from parsers.kinds import extension, kind
from parsers.model import Source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(*names: str) -> bytes:
    """A ZIP with an empty member of each name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x")  # no time of day: the cases have one name in every process
    return buffer.getvalue()


BY_BYTES = [
    (b"", "empty"), (b" \r\n\t", "empty"), (b"\xef\xbb\xbf", "empty"),
    (b"%PDF-1.4 ...", "pdf"), (b"\n%PDF-1.7", "pdf"),
    (b"\xff\xd8\xff\xe0 JFIF", "image"), (b"\x89PNG\r\n\x1a\n", "image"), (b"GIF89a..", "image"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"), (b"BM\x10\x00\x00\x00\x00\x00\x00\x00", "image"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image"),
    (b"{\\rtf1\\ansi", "doc"), (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "doc"),
    (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument>", "doc"),
    (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "xls"),
    (b"<!DOCTYPE html><p>", "html"), (b"\xef\xbb\xbf\r\n<HTML>", "html"), (b"<table><tr>", "html"),
    (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
    ("\ufeff<html><body>".encode("utf-16-le"), "html"),
    (b'{"rows": []}', "json"), (b"[1, 2]", "json"),
    ("一、总体情况".encode(), "text"), ("一、总体情况".encode("gb18030"), "text"),
    (b"Rar!\x1a\x07\x00", "unknown"), (bytes(range(256)), "unknown"), (OLE, "unknown"),
    (OLE + "WordDocument".encode("utf-16-le"), "doc"), (OLE + "Workbook".encode("utf-16-le"), "xls"),
    (zipped("[Content_Types].xml", "word/document.xml"), "docx"), (zipped("xl/workbook.xml"), "xlsx"),
    (zipped("OFD.xml"), "ofd"), (zipped("report.html"), "zip"),
    (zipped("word/document.xml")[:-30], "docx"),
]


@pytest.mark.parametrize(("body", "expected"), BY_BYTES)
def test_bytes_decide(body: bytes, expected: str) -> None:
    assert kind(Source(body)) == expected


@pytest.mark.parametrize(("body", "expected"), BY_BYTES)
def test_wrong_content_type_and_name_do_not_mislead(body: bytes, expected: str) -> None:
    if expected != "unknown" and body[:8] != OLE[:8]:
        found = kind(Source(body, content_type="application/msword", name="annex.doc"))
        assert found == expected


def test_web_page_saved_as_excel_is_a_web_page() -> None:
    page = b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>"
    assert kind(Source(page, content_type="application/vnd.ms-excel", name="a.xls")) == "html"


def test_zip_of_a_stored_docx_is_a_zip() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("年报.docx", zipped("word/document.xml"))
    assert kind(Source(buffer.getvalue())) == "zip"


def test_name_tells_wps_from_doc() -> None:
    body = OLE + "WordDocument".encode("utf-16-le")
    assert kind(Source(body, name="年报.wps")) == "wps"
    assert kind(Source(body, url="http://x.gov.cn/P020.wps?v=1")) == "wps"


def test_encrypted_office_file_keeps_its_family() -> None:
    body = OLE + "EncryptedPackage".encode("utf-16-le")
    assert kind(Source(body, name="a.xlsx")) == "xlsx"
    assert kind(Source(body, name="a.docx")) == "docx"


def test_fragment_without_tag_at_start_follows_type() -> None:
    body = "2020年政府信息公开年报 <table><tr><td>0".encode()
    assert kind(Source(body, content_type="text/html; charset=utf-8")) == "html"
    assert kind(Source(body)) == "html"
    assert kind(Source(body, content_type="text/plain")) == "text"


def test_extension_comes_from_name_then_address() -> None:
    assert extension(Source(b"", url="http://a.gov.cn/x/y.PDF?d=1.doc#p")) == "pdf"
    assert extension(Source(b"", url="http://a.gov.cn/")) == ""
    assert extension(Source(b"", url="http://a.gov.cn/b.html", name="c.docx")) == "docx"


def test_text_without_any_markup_is_text_whatever_it_is_called() -> None:
    text = "统计指标 | 单位 | 统计数 |\n收到申请数 | 件 | 5 |".encode()
    assert kind(Source(text, "http://a.gov.cn/1.shtml", content_type="text/html")) == "text"
    assert kind(Source(text + b"<br>", "http://a.gov.cn/1.shtml", content_type="text/html")) == "html"
