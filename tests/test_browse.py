"""The database in a browser: real Datasette, a real server, the pages that people see."""

import asyncio
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from archive.browse import site
from archive.browse.printed import printed
from archive.folder import Folder
from archive.load import load
from parsers.errors import NianbaoError
from parsers.forms import Form, forms
from tests.archives import corrected, crawl, html, page, report

A = report(1, 2021)
B = corrected(A, {("requests", "received_new", "natural_person"): "77"})
OLD = report(3, 2020, edition="2019")
SCRAPY = Path(sys.executable).with_name("scrapy")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made = Folder(tmp_path_factory.mktemp("browse") / "data")
    with crawl(made, "2022-02-01") as run:
        run.fetch("/", page("示例网", "<p>欢迎</p>"))
        run.fetch("/2021.html", html(A), via="/", anchor=A.title)
        run.fetch("/2020.html", html(OLD), via="/", anchor="<script>alert(1)</script>")
    with crawl(made, "2022-05-01") as run:
        run.fetch("/2021.html", html(B))
        run.fetch("/2020.html", status=410)
    load(made)
    return made


def get(folder: Folder, path: str) -> tuple[int, str, str]:
    """Status, content type and text of a page."""
    async def ask() -> tuple[int, str, str]:
        answer = await site(folder).client.get(path)
        return answer.status_code, answer.headers["content-type"], answer.text

    return asyncio.run(ask())


def shown(folder: Folder, path: str) -> str:
    status, _, text = get(folder, path)
    assert status == 200, text
    return text


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def test_the_start_page_counts_and_leads_on(folder: Folder) -> None:
    text = shown(folder, "/")
    assert "<b>2</b> 份报告" in text and "天水市市场监督管理局 2021" in text
    for path in re.findall(r'href="(/reports/[a-z_]+)"', text):
        assert get(folder, path)[0] == 200, path


def test_a_report_is_shown_as_the_form_prints_it(folder: Folder) -> None:
    text = shown(folder, first(r'href="(/report/\d+)">天水市市场监督管理局 2021', shown(folder, "/")))
    cells = re.findall(r'<td[^>]* class="number" title="[^"]*">([^<]*)</td>', text)
    assert sorted(cells) == sorted(raw for raw in B.raw.values() if raw)
    for label in ("三、本年度办理结果", "法人或其他组织", "未经复议直接起诉", "本年收费金额(单位:万元)"):
        assert label in text


def test_a_cell_leads_to_its_report_and_on_to_the_bytes(folder: Folder) -> None:
    path = first(r'href="(/report/\d+)"', shown(folder, "/reports/cells?_size=5"))
    text = shown(folder, path)
    capture = shown(folder, first(r'href="(/capture/[^"]+)"', text))
    assert re.search(r"run-2022-0\d-01-00001\.warc\.gz", capture) and "偏移量" in capture and "urn:uuid:" in capture


def test_a_changed_report_shows_before_and_after(folder: Folder) -> None:
    changed = shown(folder, "/reports/rewritten")
    text = shown(folder, first(r'href="(/report/\d+)"', changed))
    assert f'<td class="before">{A.raw["requests", "received_new", "natural_person"]}</td>' in text
    assert '<td class="after">77</td>' in text


def test_a_removed_report_says_so_with_its_evidence(folder: Folder) -> None:
    text = shown(folder, first(r'href="(/report/\d+)"', shown(folder, "/reports/removed")))
    assert "已撤除" in text
    assert "HTTP 410" in shown(folder, first(r'href="(/capture/[^"]+)">evidence', text))


def test_what_pages_of_the_world_say_is_shown_as_text(folder: Folder) -> None:
    old = shown(folder, first(r'href="(/report/\d+)">天水市市场监督管理局 2020', shown(folder, "/")))
    text = shown(folder, first(r'href="(/capture/[^"]+)"', old))
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_columns_have_chinese_labels_and_units(folder: Folder) -> None:
    text = shown(folder, "/reports/requests")
    assert "一、本年新收政府信息公开申请数量·自然人 (件)" in text


def test_search_finds_chinese_words(folder: Folder) -> None:
    assert "天水市市场监督管理局" in shown(folder, "/reports/search?words=推进政务公开")
    assert "天水市市场监督管理局" in shown(folder, "/reports/search_short?words=政务")
    assert "0 results" in shown(folder, "/reports/search?words=海洋渔业局")


def test_changes_as_page_feed_and_lines(folder: Folder) -> None:
    text = shown(folder, "/changes")
    assert text.count('<section class="event') == 4 and "evidence" in text
    assert shown(folder, "/changes?since=2022-03-01").count('<section class="event') == 2
    status, kind, feed = get(folder, "/changes.atom")
    assert (status, kind) == (200, "application/atom+xml; charset=utf-8") and feed.count("<entry>") == 4
    assert len(get(folder, "/changes.json")[2].splitlines()) == 4


@pytest.mark.parametrize("path", ["/report/1", "/capture/urn:uuid:none", "/changes?since=yesterday"])
def test_what_is_not_there_is_a_404(folder: Folder, path: str) -> None:
    assert get(folder, path)[0] == 404


def test_nothing_can_be_written(folder: Folder) -> None:
    assert get(folder, "/reports.json?sql=delete+from+cells")[0] == 400


@pytest.mark.parametrize("form", forms(), ids=lambda f: f.edition)
def test_a_printed_table_is_a_rectangle_with_every_cell(form: Form) -> None:
    for table in form.tables:
        boxes = [box for row in printed(table, {}) for box in row]
        places = [(b.top + r, b.left + c) for b in boxes for r in range(b.height) for c in range(b.width)]
        rows, columns = (max(axis) + 1 for axis in zip(*places, strict=True))
        assert len(places) == len(set(places)) == rows * columns
        assert sum(b.figure is not None for b in boxes) == sum(c.table == table.key for c in form.cells)


def test_no_database_yet_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="scrapy crawl portals"):
        site(Folder(tmp_path))


def browse(folder: Folder, port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen([SCRAPY, "browse", "--port", str(port), "-s", f"DATA={folder.root}"], text=True,
                            stderr=subprocess.PIPE, cwd=Path(__file__).parents[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_command_serves_and_a_second_one_on_its_port_is_told(folder: Folder) -> None:
    port = free_port()
    with browse(folder, port) as server:
        assert server.stderr
        assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert "年报 Nianbao" in answer.read().decode()
        with browse(folder, port) as second:
            assert second.wait(30) == 2 and second.stderr
            assert f"cannot serve on 127.0.0.1:{port}" in second.stderr.read()
        server.send_signal(signal.SIGINT)
        server.wait(20)


def test_the_changes_command_prints_text_and_one_line_for_a_mistake(folder: Folder) -> None:
    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([SCRAPY, "changes", "-s", f"DATA={folder.root}", *args], capture_output=True, text=True,
                              cwd=Path(__file__).parents[1], check=False)

    told = run("--since", "2022-03-01")
    assert told.returncode == 0 and "changed" in told.stdout and "removed" in told.stdout
    wrong = run("--since", "soon")
    assert (wrong.returncode, wrong.stderr) == (2, "'soon' is no date; write it as 2024-03-01\n")
