"""Old office files go through LibreOffice: nothing of it is left behind, nobody is called, and trouble is told."""

import contextlib
import socket
import stat
import struct
import tempfile
import threading
import time
from pathlib import Path
from random import Random

import pytest

from parsers import attachments, read, word
from parsers.convert import converted
from parsers.isolation import isolated
from parsers.model import Document, Source
from parsers.packages import Unsafe
from tests.libreoffice import needed
from tests.papers import paper
from tests.renderings import as_docx, as_xlsx
from tests.test_attachments import faults
from tests.test_office import problem, texts, zipped

pytestmark = needed
RTF = rb"{\rtf1\ansi {\trowd\cellx2000\cellx4000 \intbl a\cell 5\cell\row}}"


def soffice(folder: Path, script: str) -> str:
    """A folder with a `soffice` that does what the script says."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(folder)


@pytest.mark.parametrize(("into", "name"), [
    ("doc", "年报.doc"), ("doc", "年报.wps"), ("rtf", "年报.doc"), ("odt", "年报.odt"), ("xls", "年报.et"),
    ("ods", "年报.ods"), ("fodt", "年报.fodt"), ("fods", "年报.fods"), ("fodt", "年报"),
])
def test_report_that_libreoffice_wrote_is_read_cell_by_cell(into: str, name: str) -> None:
    one = paper(Random(into), "2021")
    body = as_xlsx(one) if into in ("xls", "ods", "fods") else as_docx(one)
    (report,) = read(Source(converted(Source(body, name="a.docx"), into), name=name))
    assert faults(one, report) == []


def test_rtf_by_hand() -> None:
    found = attachments.document(Source(RTF, name="a.doc"))
    assert [texts(grid) for grid in found.grids] == [[["a", "5"]]]


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_sheet_of_excel_2() -> None:
    cells = [(0, 0, "收到申请数"), (0, 1, 25.0), (1, 0, "规章"), (1, 1, 3.0)]
    body = record(9, struct.pack("<HH", 2, 0x10)) + record(0x42, struct.pack("<H", 936))
    for row, column, value in cells:
        place = struct.pack("<HH", row, column) + bytes(3)
        text = str(value).encode("gb18030")
        body += record(3, place + struct.pack("<d", value)) if isinstance(value, float) else record(
            4, place + bytes([len(text)]) + text)
    (grid,) = attachments.document(Source(body + record(10, b""), name="a.xls")).grids
    assert texts(grid) == [["收到申请数", "25"], ["规章", "3"]]


def test_without_libreoffice_the_problem_says_what_to_do() -> None:
    with pytest.raises(Unsafe, match=r"opened by LibreOffice.*apt install.*scrapy load --rebuild"):
        converted(Source(RTF), "docx", "/nowhere")


def test_broken_file_is_told() -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + bytes(2000)
    assert "cannot open the file" in problem(attachments.document(Source(body, name="a.doc")))[1]


def test_converter_that_crashes_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unsafe, match="ended by SIGSEGV"):
        converted(Source(RTF), "docx", soffice(tmp_path, "kill -SEGV $$"))


def hung(source: Source) -> Document:
    """Opens a file by the `soffice` in the folder that stands in its address, which is given half a second."""
    return word.document(Source(converted(source, "docx", source.url, 0.5)))


def test_converter_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    folder = soffice(tmp_path, f"sleep 60 & echo $! >{tmp_path}/orphan; sleep 60")
    assert "soffice did not finish within 0" in problem(isolated(hung, Source(RTF, url=folder)))[1]
    assert is_ended(int((tmp_path / "orphan").read_text(encoding="ascii")))
    assert not list(Path(tempfile.gettempdir()).glob(f"nianbao-*/*/{tmp_path.name}"))


def is_ended(pid: int) -> bool:
    """Whether a process is gone within two seconds, or waits for nothing but its parent's notice."""
    for _ in range(40):
        with contextlib.suppress(FileNotFoundError):
            if Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.05)
                continue
        return True
    return False


OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = "".join(f' xmlns:{short}="{OASIS}:{long}:1.0"' for short, long in (
    ("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"), ("manifest", "manifest")))


def linked(address: str) -> bytes:
    """ODT with a picture that lies elsewhere; LibreOffice with its usual settings fetches it twice."""
    image = f'<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    frame = f'<draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm">{image}</draw:frame>'
    content = (f'<office:document-content{SPACES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
               f"<office:body><office:text><text:p>before{frame}</text:p></office:text></office:body>"
               "</office:document-content>")
    files = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>' for path, media
                    in (("/", "application/vnd.oasis.opendocument.text"), ("content.xml", "text/xml")))
    return zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode(),
                     "META-INF/manifest.xml": f"<manifest:manifest{SPACES}>{files}</manifest:manifest>".encode()})


def test_nobody_is_called_for_a_linked_picture() -> None:
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer, args=(server, calls), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        made = converted(Source(linked(address), name="a.odt"), "docx")  # not in the child, which has no network at all
    assert word.document(Source(made)).text == "before"
    assert calls == []


def answer(server: socket.socket, calls: list[object]) -> None:
    """Counts who calls, until the server is closed."""
    with contextlib.suppress(OSError):
        while True:
            connection, caller = server.accept()
            calls.append(caller)
            connection.close()


def test_child_has_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        source = Source(b"", url=str(server.getsockname()[1]))
        assert "the file cannot be read: OSError" in problem(isolated(called, source))[1]


def called(source: Source) -> Document:
    """Calls the port that stands in the address."""
    with socket.create_connection(("127.0.0.1", int(source.url)), timeout=2):
        return Document("called", ())
