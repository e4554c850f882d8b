"""Pages of reports, broken in every way that a seed can think of, and what must hold of whatever is read from them."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from random import Random

from parsers import read
from parsers.forms import form
from parsers.model import Kind, Report, Source
from tests.rendering import CELLS, as_divs, as_html, as_paragraphs, as_pipes, as_tabs, boxes, dressed, page, report

SITE = Path(__file__).parent.parent / "crawler" / "sample" / "site"
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "latin-1", "utf-16-be", "utf-32", "hz", "utf-7", "euc-jp")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0", b"\x1b$)A")
TYPES = ("text/html", "text/html; charset=gbk", "text/html; charset=utf-8", "text/plain", "application/json", "",
         "application/msword", "text/html; charset=nonsense")
SHARDS = ("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td colspan=1000 rowspan=1000>", "<td rowspan=0>",
          "<td colspan=-3>", "<td colspan='%'>", "<!--", "-->", "<script>", "</script>", "<![CDATA[", "]]>", "<select>",
          "<div style='display:none'>", "&nbsp;", "&#0;", "&#xD800;", "&#x10FFFF;", "&lt;table&gt;", "\x00", "\x0b",
          "\ufeff", "\u200b", "\u202e", "|", "\t", "\n\n", "０", "٣", "½", "①", "Ⅳ", "9" * 400, "1e999", "-", "－－",
          "(((((", "一、", "三、本年度办理结果", "总计", "第二十条第(一)项", "申请人情况", "2020年", "0000年",
          "99999999999年13月45日", "件" * 50, "<input value='7'>",
          "<iframe srcdoc='<table><tr><td>1'>", "<body>", "</html>",
          "<plaintext>", "<svg><table>", "<math><td>",
          "<template>", "<base href='//x'>", "<frameset>", "政(zheng)府(fu)")


def source(random: Random) -> Source:
    """A broken page, or now and then a sound one."""
    text = _start(random)
    for _ in range(random.choice((0, 1, 1, 2, 5, 30))):
        text = random.choice(BREAKS)(random, text)
    if random.random() < 0.02:
        text = _swollen(random, text)
    body = _encoded(random, text)
    for _ in range(random.choice((0, 0, 0, 1, 10))):
        spot = random.randrange(len(body) + 1)
        body = body[:spot] + random.randbytes(random.choice((1, 2, 50))) + body[spot + random.choice((0, 1, 500)) :]
    return Source(body, "http://www.example.gov.cn/zfxxgk/2020/t1.html", random.choice(TYPES))


def _encoded(random: Random, text: str) -> bytes:
    """The text in one encoding, or its beginning in one and the rest in another, now and then with a wrong mark."""
    names = [random.choice(ENCODINGS[:1] * 8 + ENCODINGS) for _ in range(2)]
    at = random.randrange(len(text) + 1) if random.random() < 0.1 else len(text)
    body = text[:at].encode(names[0], "replace") + text[at:].encode(names[1], "replace")
    body = random.choice(MARKS) + body if random.random() < 0.05 else body
    if random.random() < 0.01:
        return random.randbytes(random.choice((1, 100, 50_000))) + "政府信息公开".encode(names[0], "replace")
    return body.replace(b"\n", b"\0\n") if random.random() < 0.02 else body


def _start(random: Random) -> str:
    """A random report in a random layout, or a page of the sample portal."""
    if random.random() < 0.2:
        pages = sorted(SITE.rglob("*.html"))
        return random.choice(pages).read_bytes().decode("gb18030", "replace")
    edition = random.choice(("2014", "2019", "2021"))
    sheet = dressed(random, report(random, edition), random.choice((0.0, 0.1, 0.5)))
    layout = random.choice(LAYOUTS)
    parts = [(table.key, layout(random, boxes(sheet, table))) for table in form(edition).tables]
    return page(parts, random.choice(("", "", "s2t", "s2twp")))


LAYOUTS: tuple[Callable[..., str], ...] = (
    lambda random, rows: as_html(random, rows, random.choice(sorted(CELLS))),
    lambda random, rows: as_html(random, rows, random.choice(sorted(CELLS))),
    lambda _, rows: as_divs(rows),
    lambda random, rows: "<pre>" + as_pipes(rows, random.random() < 0.5, random.randrange(3)) + "</pre>",
    lambda _, rows: "<pre>" + as_tabs(rows) + "</pre>",
    lambda random, rows: "<pre>" + as_paragraphs(rows, random.randrange(2)) + "</pre>",
)


def _cut(random: Random, text: str) -> str:
    start = random.randrange(len(text) + 1)
    return text[:start] + text[start + random.choice((1, 5, 40, 400, 4000)) :]


def _doubled(random: Random, text: str) -> str:
    start = random.randrange(len(text) + 1)
    part = text[start : start + random.choice((5, 50, 500, 5000))]
    return text[:start] + part * random.choice((2, 2, 3, 20)) + text[start:] if len(text) < 300_000 else text


def _moved(random: Random, text: str) -> str:
    start, end, goal = sorted(random.randrange(len(text) + 1) for _ in range(3))
    return text[:start] + text[end:goal] + text[start:end] + text[goal:]


def _shard(random: Random, text: str) -> str:
    start = random.randrange(len(text) + 1)
    return text[:start] + random.choice(SHARDS) * random.choice((1, 1, 1, 3)) + text[start:]


def _pile(random: Random, text: str) -> str:
    start = random.randrange(len(text) + 1)
    shard = random.choice((*SHARDS, "<div>", "<table><tr><td>", "<b>", "<font>"))
    return text[:start] + shard * random.choice((200, 3000)) + text[start:] if len(text) < 300_000 else text


def _swapped(random: Random, text: str) -> str:
    """Every occurrence of one tag or character replaced by another."""
    old = random.choice(("<td", "</td>", "<tr", "</tr>", "table", "0", "1", "、", "(", "）", "年", ">", "\n", '="'))
    return text.replace(old, random.choice(("", " ", "<td", "</tr>", "９", "div", "<", "\n", "年", "x")))


def _wrapped(random: Random, text: str) -> str:
    return random.choice((f"var page = {json.dumps(text)};", json.dumps({"data": {"content": text}}),
                          f"<script>document.write({json.dumps(text)})</script>", f"<!--{text}-->", text + text,
                          f"<textarea>{text}</textarea>", f"<html><frameset>{text}"))


def _swollen(random: Random, text: str) -> str:
    """One thing in very large: an attribute, a nest, a line, a table, a number."""
    if len(text) > 300_000:
        return text
    start, size = random.randrange(len(text) + 1), random.choice((1_000, 30_000, 100_000))
    anchor = random.choice(("政府信息公开", "2020年", "申请1件，", "第二十条第（一）项", "甘州区", "1,", "规章 0"))
    made = random.choice((
        lambda: f"<td title='{anchor * (size // 4)}'>",
        lambda: random.choice(("<div>", "<table><tr><td>", "<span>", "<ul><li>")) * size,
        lambda: anchor * (size // 8),
        lambda: f"<p>{anchor * (size // 8)}</p>",
        lambda: f"<a href='/'>{anchor}</a>" * (size // 20),
        lambda: "<table>" + "<tr><td>规章<td>1" * (size // 40) + "</table>",
        lambda: "<tr>" + f"<td>{anchor}" * (size // 40),
        lambda: f"<p>{anchor}</p>\n" * (size // 20),
        lambda: f"\n{anchor}|" * (size // 20),
    ))
    return text[:start] + made() + text[start:]


BREAKS = (_cut, _cut, _doubled, _moved, _shard, _shard, _shard, _pile, _swapped, _wrapped)


def faults(given: Source) -> list[str]:
    """What is wrong with the reports that are read from these bytes; raises whatever the parser raises."""
    reports = read(given)
    return [fault for one in reports for fault in _faults(one)] if reports else ["no report at all"]


def _faults(one: Report) -> list[str]:
    json.dumps(asdict(one), default=str, ensure_ascii=False).encode()
    found = [f"{c}: a value that is no number" for c in one.cells if (c.value is None) == (c.kind == Kind.NUMBER)]
    found += [f"{c}: a value out of nothing" for c in one.cells if c.value is not None and not c.raw.strip()]
    found += [f"{c}: not a finite value" for c in one.cells if c.value is not None and not c.value.is_finite()]
    if one.is_report and one.edition in ("2014", "2019", "2021"):
        keys = [(c.table, c.row, c.column) for c in one.cells]
        missing = {(c.table, c.row, c.column) for c in form(one.edition).cells} - set(keys)
        found += [f"{key}: not among the cells" for key in missing]
        found += [] if len(keys) == len(set(keys)) else ["a cell stands twice"]
    if not one.is_report and (one.cells or one.edition):
        found.append("no report, and yet cells")
    return found
