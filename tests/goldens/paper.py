"""What the made goldens are printed from: figures that obey the sums, own prose, and the pages around the tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from zlib import crc32

from parsers.forms import form
from tests.rendering import HEADINGS, Key, Sheet, boxes, markup, report
from tests.twists import Twist, straight

ISSUER = "张掖市甘州区示例管理局"
AFTER = (
    "五、存在的主要问题及改进情况",
    "有的栏目更新偏慢，来年按月检查。",
    "六、其他需要报告的事项",
    "没有别的事项。",
)

DISCLOSURE = {  # figures of table 2 that fit together: {row}/{column}
    f"{row}/{column}": Decimal(number)
    for row, numbers in {
        "regulations": {
            "newly_made": 0,
            "newly_disclosed": 0,
            "disclosed_cumulative": 0,
            "issued": 0,
            "repealed": 0,
            "in_force": 0,
        },
        "normative_documents": {
            "newly_made": 3,
            "newly_disclosed": 2,
            "disclosed_cumulative": 18,
            "issued": 3,
            "repealed": 1,
            "in_force": 17,
        },
        "administrative_licensing": {"items_previous_year": 61, "items_change": 4, "decisions": 1375},
        "other_public_services": {"items_previous_year": 27, "items_change": 0, "decisions": 311},
        "administrative_penalty": {"items_previous_year": 45, "items_change": -5, "decisions": 92},
        "administrative_coercion": {"items_previous_year": 12, "items_change": 1, "decisions": 7},
        "administrative_fees": {"items_previous_year": 6, "items_change": -1, "fee_amount": 335000},
        "centralized_procurement": {"procurement_items": 8, "procurement_amount": 1605000},
    }.items()
    for column, number in numbers.items()
}


@dataclass(frozen=True)
class Case:
    """One golden: what is printed, how, and what must come of it where that is not what is printed.

    `printed` and `values` are by "table/row/column"; a last part of * stands for the whole row. `lost` are tables
    or table/row whose values cannot be tied to their labels, `problems` the codes that must be told.
    """

    name: str
    shows: tuple[int, ...]  # numbers of tests/goldens/variants.py
    edition: str = "2019"
    tables: tuple[str, ...] = ("disclosure",)
    printed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str | None] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)
    layout: str = "html:plain"
    twist: Twist = straight
    edit: Callable[[str], str] = str
    lead: str = ""
    issuer: str = ISSUER
    year: int = 2020
    lost: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    url: str = ""  # of the capture; made from the name where it does not matter
    form: str = "input.html"  # the file's name; capture.warc wraps the page into a record
    body: Callable[["Case"], bytes] | None = None
    is_report: bool = True
    truth: Callable[["Case"], list[Mapping[Key, Decimal | None]]] | None = None  # where it is not what is printed

    @property
    def title(self) -> str:
        """The heading of the page."""
        return f"{self.issuer}{self.year}年政府信息公开工作年度报告"


def figures(case: Case) -> Sheet:
    """Small figures that obey every sum, the same ones for the same name, printed plainly but for `printed`."""
    sheet = report(Random(crc32(case.name.encode())), case.edition)
    units = {(c.table, c.row, c.column): (c.unit, c.printed) for c in form(case.edition).cells}
    for key, value in sheet.values.items():
        number = DISCLOSURE["/".join(key[1:])] if key[0] == "disclosure" else value or Decimal(0)
        unit, stated = units[key]
        scale = {"万元": 10_000, "亿元": 100_000_000}.get(stated, 1) if unit == "元" else 1
        sheet.printed[key], sheet.values[key] = f"{(number / scale).normalize():f}", number
        if unit == "元" and not stated:
            sheet.printed[key] += "元"
    for key in list(sheet.values):
        _changed(case, sheet, key)
    sheet.captions = dict(case.captions)
    return sheet


def _changed(case: Case, sheet: Sheet, key: Key) -> None:
    names = [f"{key[0]}/*", f"{key[0]}/{key[1]}/*", "/".join(key)]
    for name in (name for name in names if name in case.printed):
        sheet.printed[key] = case.printed[name]
    for name in (name for name in names if name in case.values):
        told = case.values[name]
        sheet.values[key] = None if told is None else Decimal(told)
    if {key[0], f"{key[0]}/{key[1]}"} & set(case.lost) or key[0] not in case.tables:
        sheet.values[key] = None


def parts(case: Case) -> list[tuple[str, str]]:
    """Heading and markup of each printed table."""
    sheet, rng = figures(case), Random(1)
    found = []
    for table in form(case.edition).tables:
        if table.key in case.tables:
            pieces = case.twist(rng, table.key, boxes(sheet, table))
            found.append((HEADINGS[table.key], "\n".join(markup(rng, piece, case.layout) for piece in pieces)))
    return found


def before(case: Case) -> list[str]:
    """Title and first chapter."""
    told = case.lead or f"{case.year}年，{case.issuer}按照计划更新栏目，答复来信。"
    return [case.title, "一、总体情况", f"{told}统计期限：{case.year}年1月1日至12月31日。"]


def text(case: Case) -> str:
    """A plain text with the tables below their headings."""
    inner = (line for heading, table in parts(case) for line in (heading, table))
    return "\n".join([*before(case), *inner, *AFTER]) + "\n"


def page(case: Case) -> str:
    """An HTML page, its tables below their headings."""
    inner = "\n".join(f"<p>{heading}</p>\n{table}" for heading, table in parts(case))
    above, below = ("\n".join(f"<p>{line}</p>" for line in lines) for lines in (before(case), AFTER))
    return shell(case.title, f"{above}\n{inner}\n{below}")


def shell(title: str, inner: str) -> str:
    """A page of a portal with its ways about."""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n<body>'
        f'<div class="nav"><a href="/">首页</a> &gt; <a href="/zfxxgk/">政府信息公开</a></div>\n'
        f'<div class="content">\n{inner}\n</div>\n<div class="footer">主办：信息科</div></body></html>\n'
    )


def body(case: Case) -> bytes:
    """The file as it came."""
    if case.body:
        return case.body(case)
    printed = page(case) if case.layout == "divs" or case.layout.startswith("html:") else text(case)
    data = case.edit(printed).encode()
    url = case.url or f"http://www.example.gov.cn/{case.year}/{case.name}.html"
    return record(data, url) if "warc" in case.form else data


def record(data: bytes, url: str) -> bytes:
    """One capture as an uncompressed WARC record."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(data)}\r\n\r\n"
    number = f"{crc32(url.encode()):08x}"
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http.encode()) + len(data)}\r\n\r\n"
    )
    return (head + http).encode() + data + b"\r\n\r\n"
