"""What a run finds in the database of the addresses that it may visit."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from archive.folder import Folder
from archive.load import load
from archive.model import Exchange, Facts
from archive.visits import known
from archive.warc import Writer
from tests.archives import HOST, PORTAL, crawl, html, page, report

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)


def test_an_address_of_two_portals_is_known_to_both(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    with Writer(folder, "run", {}) as writer:
        for portal in ("city", "office"):
            answer = BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("列表", "<p>年报</p>"))
            writer.write(Exchange(HOST + "/nb/", NOW, 0.1, b"GET /nb/ HTTP/1.1\r\n\r\n", answer, "wire", Facts(portal)))
    load(folder)
    assert {portal: [p.url for p in pages] for portal, pages in known(folder, ("city", "office", "no")).items()} == {
        "city": [HOST + "/nb/"], "office": [HOST + "/nb/"], "no": []}


def test_a_report_that_was_replaced_does_not_count_any_more(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    for day in ("2024-02-01", "2025-02-01", "2025-02-02"):
        with crawl(folder, day) as run:
            run.fetch("/1.html", html(report(1, 2023)) if day < "2025" else page("说明", f"<p>{'另见。' * 200}</p>"))
            run.fetch("/2.html", html(report(2, int(day[:4]) - 1)))
    load(folder)
    assert {p.url.removeprefix(HOST): bool(p.series) for p in known(folder, (PORTAL,))[PORTAL]} == {
        "/1.html": False, "/2.html": True}
