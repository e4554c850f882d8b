"""Archives for tests: reports as HTML pages, and runs written with the real writer at any date."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from archive import database
from archive.connection import read_only
from archive.folder import Folder
from archive.model import Exchange, Facts, Location
from archive.warc import Writer
from parsers.forms import form
from tests.papers import PROSE, Paper, Sheet, disclosure_sheet, paper, proceedings_sheet, prose, requests_sheet

HOST = "http://www.example.gov.cn"
PORTAL = "example"
DRAW = {"disclosure": disclosure_sheet, "requests": requests_sheet, "proceedings": proceedings_sheet}


def report(seed: int, year: int, issuer: str = "天水市市场监督管理局", edition: str = "2021") -> Paper:
    """A random report that obeys the sums; equal seeds give equal figures."""
    return replace(paper(Random(seed), edition), year=year, issuer=issuer,
                   title=f"{issuer}{year}年政府信息公开工作年度报告")


def corrected(old: Paper, cells: Mapping[tuple[str, str, str], str]) -> Paper:
    """The same report with other figures in some cells."""
    raw = old.raw | dict(cells)
    sheets = tuple(DRAW[t.key](t, raw) for t in form(old.edition).tables)
    return replace(old, raw=raw, sheets=sheets)


def html(one: Paper, extra: str = "", visits: int = 0) -> bytes:
    """The report as a page with a navigation bar; `extra` is a sentence more, `visits` a counter that moves."""
    first = "一、总体情况"
    parts = [f"<h1>{one.title}</h1><p>浏览次数：{visits}次</p><h2>{first}</h2><p>{prose(one, first)}{extra}</p>"]
    parts += [f"<h2>{sheet.caption}</h2>{table(sheet)}" for sheet in one.sheets]
    parts += [f"<h2>{heading}</h2><p>{prose(one, heading)}</p>" for heading in list(PROSE)[1:]]
    return page(one.title, "".join(parts))


def page(title: str, content: str) -> bytes:
    """Any page of the site."""
    bar = '<div class="nav"><a href="/">首页</a> <a href="/zfxxgk/">政府信息公开</a></div>'
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{bar}'
            f'<div class="content">{content}</div></body></html>').encode()


def listing(title: str, links: Mapping[str, str]) -> bytes:
    """A list page: title by address."""
    items = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in links.items())
    return page(title, f"<h1>{title}</h1><ul>{items}</ul>")


def table(sheet: Sheet) -> str:
    """A sheet as a table element, with its spans."""
    rows: list[list[str]] = [[] for _ in range(sheet.height)]
    for region in sorted(sheet.regions, key=lambda r: (r.top, r.left)):
        spans = f' rowspan="{region.bottom - region.top}" colspan="{region.right - region.left}"'
        rows[region.top].append(f"<td{spans}>{escape(region.text)}</td>")
    return "<table border='1'>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


@dataclass(frozen=True, slots=True)
class Crawl:
    """One run on one day: what it fetches goes into the archive as a crawl would write it."""

    writer: Writer
    run: str
    now: datetime

    def fetch(self, url: str, body: bytes = b"", status: int = 200, *, via: str = "", anchor: str = "",
              headers: Mapping[str, str] | None = None, etag: str = "", error: str = "", truncated: str = "",
              content_type: str = "text/html", after: int = 0) -> Location:
        """One exchange, `after` minutes into the run."""
        address = url if url.startswith("http") else HOST + url
        head = {"Content-Type": content_type, "Content-Length": str(len(body))} | dict(headers or {})
        lines = "".join(f"{k}: {v}\r\n" for k, v in head.items())
        answer = None if error else BytesIO(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body)
        moment = self.now.replace(hour=1 + after // 60, minute=after % 60)
        facts = Facts(PORTAL, self.run, HOST + via if via else "", anchor, "due", 1)
        etag = etag or ('"asked"' if status == 304 else "")
        return self.writer.write(Exchange(address, moment, 0.1, b"GET / HTTP/1.1\r\n\r\n", answer, "wire", facts,
                                          truncated=truncated, error=error, etag=etag))


@contextmanager
def crawl(folder: Folder, day: str, *, ends: str = "finished", failed: bool = False, max_bytes: int = 1 << 30,
          info: Mapping[str, str] = {}) -> Iterator[Crawl]:
    """A run on a day (2024-01-31). `ends` is how it ended, "" for one that was killed; `failed`: its portal failed."""
    run = "run-" + day
    with Writer(folder, run, info, max_bytes) as writer:
        writer.note("portal", PORTAL, {"name": "示例网", "region": "620500", "level": "city", "home": HOST + "/"})
        writer.note("run", run, {"started": f"{day}T01:00:00Z", "portals": [PORTAL]})
        yield Crawl(writer, run, datetime.fromisoformat(day).replace(tzinfo=UTC))
        if ends:
            writer.note("run", run, {"finished": f"{day}T02:00:00Z", "reason": ends,
                                     "status": "failed" if failed or ends != "finished" else "ok",
                                     "results": {PORTAL: {"failed": failed, "requests": 3, "reports": 1}}})


def query(data: Folder | Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of DATA's database."""
    folder = data if isinstance(data, Folder) else Folder(data)
    with read_only(folder.database) as conn:
        return conn.execute(sql, values).fetchall()


def dump(folder: Folder) -> list[str]:
    """Every row of DATA's database, a line each."""
    return list(database.dump(folder.database))
