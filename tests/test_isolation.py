"""A child process opens what strangers made: whatever happens there, the parent gets a Document and goes on."""

import io
import os
import resource
import struct
import time
import zipfile
import zlib

import openpyxl
import pytest

from parsers.attachments import document
from parsers.dump import decoded, encoded
from parsers.isolation import MAX_INPUT, Reader, isolated
from parsers.model import Document, Grid, Problem, Slot, Source


def greeting(source: Source) -> Document:
    return Document(source.name, (source.body.decode(), Grid(((Slot("a"), Slot("a", "left")),), "table 1", False)),
                    {"kind": source.content_type}, (Problem("unknown_row", source.url, source.anchor),))


def crash(_: Source) -> Document:
    os.abort()


def hang(_: Source) -> Document:
    while True:
        pass


def sleep(_: Source) -> Document:
    time.sleep(60)
    raise AssertionError


def hoard(_: Source) -> Document:
    return Document("x" * (3 << 30), ())


def fail(_: Source) -> Document:
    raise ValueError("page tree has a loop")


def babble(_: Source) -> Document:
    print("a library talks", flush=True)
    os.write(1, b"\xff" * 100)
    return Document("quiet", ())


def long(_: Source) -> Document:
    return Document("", ("x" * (40 << 20),))


def quit_politely(_: Source) -> Document:
    raise SystemExit(3)


SOURCE = Source(b"text", "http://a.gov.cn/1.pdf", "application/pdf", "1.pdf", "年报")


def detail(found: Document) -> str:
    """The one problem's text."""
    assert not found.blocks
    (problem,) = found.problems
    assert problem.code == "attachment_unreadable"
    return problem.detail


def test_document_comes_back_whole() -> None:
    assert isolated(greeting, SOURCE, 5, 512) == greeting(SOURCE)


def test_document_survives_its_way_between_processes() -> None:
    odd = Document("\u0000 \U00020000", ("行", Grid((), "table 1")), {"a": "\n"})
    assert decoded(encoded(odd)) == odd


def test_half_characters_do_not_leave_the_child() -> None:
    assert decoded(encoded(Document("a\ud94e", ("\udc00",)))) == Document("a\ufffd", ("\ufffd",))


@pytest.mark.parametrize(("function", "said"), [
    (crash, "crashed (SIGABRT)"), (hang, "more than 1 s of computing time"), (hoard, "more than 512 MB of memory"),
    (fail, "ValueError: page tree has a loop"), (long, "longer than"), (quit_politely, "exit status 3"),
])
def test_trouble_is_told_and_the_next_document_is_read(function: Reader, said: str) -> None:
    assert said in detail(isolated(function, SOURCE, 1, 512))
    assert isolated(greeting, SOURCE, 5, 512) == greeting(SOURCE)


def test_sleeper_is_woken() -> None:
    start = time.monotonic()
    assert "stopped after 4 s" in detail(isolated(sleep, SOURCE, 1, 512))
    assert time.monotonic() - start < 8


def test_output_of_libraries_is_no_answer() -> None:
    assert isolated(babble, SOURCE, 5, 512).title == "quiet"


def test_limits_are_the_childs_alone() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    isolated(greeting, SOURCE, 5, 512)
    assert before == (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU))


def test_huge_files_are_not_even_sent() -> None:
    assert "are not opened" in detail(isolated(greeting, Source(bytes(MAX_INPUT + 1))))


def test_second_document_needs_no_new_process() -> None:
    isolated(greeting, SOURCE, 5, 512)
    start = time.monotonic()
    for _ in range(100):
        isolated(greeting, SOURCE, 5, 512)
    assert time.monotonic() - start < 1


def package(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return buffer.getvalue()


def test_bomb_by_declared_size_is_refused() -> None:
    bomb = package(word__document_xml=bytes(300 << 20))
    assert len(bomb) < 1 << 20
    assert "more than" in detail(document(Source(bomb)))


def test_bomb_by_ratio_is_refused() -> None:
    assert "grows" in detail(document(Source(package(word__document_xml=bytes(20 << 20)))))


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    for name in ("word/document.xml", "xl/workbook.xml"):
        assert "cannot be unpacked" in detail(document(Source(liar(name, bytes(200 << 20)))))


def liar(name: str, body: bytes) -> bytes:
    """A ZIP whose headers say 100 bytes where the member has many more."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(body) + squeezer.flush()
    fixed = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, zlib.crc32(body), len(packed), 100, len(name), 0)
    local = b"PK\x03\x04" + fixed + name.encode() + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name.encode()
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def test_entities_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><document><body>&l9;</body></document>'
    for name in ("word__document_xml", "xl__workbook_xml"):
        assert "entities" in detail(document(Source(package(**{name: xml.encode()}))))


def test_far_corner_of_a_sheet_costs_no_more_than_the_limit() -> None:
    sheet = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
             b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
             b"</sheetData></worksheet>")
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(buffer)
    changed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    found = document(Source(changed.getvalue()))
    assert found.problems or sum(len(row) for grid in found.grids for row in grid.rows) < 10_000
