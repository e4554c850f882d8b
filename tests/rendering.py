"""Random annual reports that obey the form's sums, printed in the layouts and with the noise that real pages show."""

import html
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from opencc import OpenCC

from parsers.forms import Block, Form, Table, form

Key = tuple[str, str, str]
TRADITIONAL = {"s2t": OpenCC("s2t"), "s2twp": OpenCC("s2twp")}
FULL = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Box:
    """One printed cell with its spans; `label` tells labels from values."""

    text: str
    across: int = 1
    down: int = 1
    label: bool = True


@dataclass
class Sheet:
    """A report: printed text and true value of every cell, and how labels are dressed."""

    edition: str
    printed: dict[Key, str]
    values: dict[Key, Decimal | None]
    captions: dict[str, str] = field(default_factory=dict)  # official label → printed label


def report(rng: random.Random, edition: str) -> Sheet:
    """Numbers that obey every sum of the edition, printed plainly."""
    numbers: dict[Key, Decimal] = {}
    for table in form(edition).tables:
        {"disclosure": _disclosure, "requests": _requests, "proceedings": _proceedings, "statistics": _statistics}[
            table.key
        ](rng, form(edition), table, numbers)
    sheet = Sheet(edition, {}, {})
    habits = _habits(rng)
    for cell in form(edition).cells:
        key = (cell.table, cell.row, cell.column)
        sheet.printed[key], sheet.values[key] = _print(rng, cell.unit, cell.printed, key, numbers[key], habits)
    return sheet


def _few(rng: random.Random) -> Decimal:
    return Decimal(rng.choice((0, 0, 0, 0, 1, 2, 3, 5, rng.randrange(40), rng.randrange(2000))))


def _disclosure(rng: random.Random, of: Form, table: Table, numbers: dict[Key, Decimal]) -> None:
    for cell in of.cells:
        if cell.table != table.key:
            continue
        value = _few(rng) if rng.random() < 0.7 else Decimal(rng.randrange(100_000))
        if cell.unit == "元":
            value = Decimal(rng.randrange(0, 10**9, rng.choice((1, 100, 10_000)))) / rng.choice((1, 100))
        if cell.column == "items_change":
            value = Decimal(rng.randrange(-20, 30))
        numbers[cell.table, cell.row, cell.column] = value


def _requests(rng: random.Random, of: Form, table: Table, numbers: dict[Key, Decimal]) -> None:
    rows = [row.key for row in table.blocks[0].rows]
    columns = [column.key for column in table.blocks[0].columns]
    results = next(s.left for s in of.sums if s.rule == "result_total")
    for column in columns[:-1]:
        for row in results:
            numbers["requests", row, column] = _few(rng) if rng.random() < 0.3 else Decimal(0)
        total = sum((numbers["requests", row, column] for row in results), Decimal(0))
        carried = Decimal(rng.randrange(3))
        before = min(Decimal(rng.randrange(3)), total + carried)
        numbers["requests", "result_total", column] = total
        numbers["requests", "carried_over_out", column] = carried
        numbers["requests", "carried_over_in", column] = before
        numbers["requests", "received_new", column] = total + carried - before
    for row in rows:
        numbers["requests", row, "total"] = sum((numbers["requests", row, c] for c in columns[:-1]), Decimal(0))


def _proceedings(rng: random.Random, _of: Form, table: Table, numbers: dict[Key, Decimal]) -> None:
    for row in table.blocks[0].rows:
        parts = [_few(rng) for _ in range(4)]
        for column, value in zip(table.blocks[0].columns, [*parts, sum(parts, Decimal(0))], strict=True):
            numbers["proceedings", row.key, column.key] = value


def _statistics(rng: random.Random, of: Form, _table: Table, numbers: dict[Key, Decimal]) -> None:
    for cell in of.cells:
        money = cell.unit == "元"
        numbers[cell.table, cell.row, cell.column] = Decimal(rng.randrange(10**6)) if money else _few(rng)
    for rule in (s for s in of.sums if s.relation == "="):
        total = sum((numbers["statistics", part, "value"] for part in rule.left), Decimal(0))
        numbers["statistics", rule.right[0], "value"] = total


def _habits(rng: random.Random) -> dict[str, object]:
    return {
        "zero": rng.choice(("0", "0", "0", "", "/", "—", "－", "无")),
        "grouped": rng.random() < 0.1,
        "full": rng.random() < 0.1,
        "plus": rng.choice(("", "+", "＋", "加", "增")),
        "minus": rng.choice(("-", "－", "减", "−")),
        "unit": rng.choice(("元", "万元", "亿元")),
        "piece": rng.random() < 0.1,
    }


def _print(
    rng: random.Random,
    unit: str,
    stated: str,
    key: Key,
    value: Decimal,
    habits: dict[str, object],
) -> tuple[str, Decimal | None]:
    """How a body prints a number, and the value that the print states."""
    if value == 0 and (key[0] != "requests" or key[2] != "total"):
        zero = str(habits["zero"])
        return zero, Decimal(0) if zero == "0" else None
    if key[2] == "items_change":
        sign = str(habits["minus"]) if value < 0 else str(habits["plus"])
        return sign + _digits(abs(value), habits), value
    if unit == "元":
        return _money(rng, value, stated, habits)
    piece = "件" if habits["piece"] and unit == "件" else ""
    return _digits(value, habits) + piece, value


def _money(rng: random.Random, value: Decimal, stated: str, habits: dict[str, object]) -> tuple[str, Decimal]:
    unit = stated if stated and rng.random() < 0.6 else str(habits["unit"])
    scale = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    text = _digits((value / scale).normalize(), habits)
    return (text if unit == stated else text + unit), value


def _digits(value: Decimal, habits: dict[str, object]) -> str:
    text = f"{value:,f}" if habits["grouped"] else f"{value:f}"
    return text.translate(FULL) if habits["full"] else text


def dressed(rng: random.Random, sheet: Sheet, noise: float) -> Sheet:
    """The same report with noise in its labels: spaces, brackets, remarks, ordinals lost, one wrong character."""
    official = {
        level
        for table in form(sheet.edition).tables
        for b in table.blocks
        for axis in (*b.rows, *b.columns)
        for level in axis.path
    }
    official |= {b.label for table in form(sheet.edition).tables for b in table.blocks if b.label}
    sheet.captions = {label: _noisy(rng, label) if rng.random() < noise else label for label in sorted(official)}
    return sheet


def _noisy(rng: random.Random, label: str) -> str:
    bare = label.split("(")[0] if not label.startswith("(") else label
    ways: list[Callable[[], str]] = [
        lambda: label.replace("(", "（").replace(")", "）"),
        lambda: label.replace(")", ") "),
        lambda: " ".join(label),
        lambda: label + "（注）" if "第二十条" not in label else label,
        lambda: label.replace("(", "", 1) if label.startswith("(") else label,
        lambda: label.replace(".", "．", 1).replace("、", "、 ", 1),
        lambda: label[2:] if label[1:2] == "." else label,
        lambda: _typo(rng, label) if len(bare) > 5 else label,
        lambda: label.replace("数量", "数") if len(label) > 5 else label,
    ]
    return rng.choice(ways)()


def _typo(rng: random.Random, label: str) -> str:
    """One character of the label's words wrong, never of its ordinal."""
    at = rng.randrange(3 if label[:1] in "(一二三四五六七八九" or label[1:2] == "." else 0, len(label))
    return label[:at] + "囗" + label[at + 1 :] if "\u4e00" <= label[at] <= "\u9fff" else label


def boxes(sheet: Sheet, table: Table) -> list[list[Box]]:
    """A table's printed rows with the spans of the official form."""
    if table.across:
        return _across(sheet, table)
    if table.key == "statistics":
        return _listed(sheet, table)
    return [row for block in table.blocks for row in _block(sheet, table, block)]


def _say(sheet: Sheet, label: str) -> str:
    return sheet.captions.get(label, label)


def _value(sheet: Sheet, table: str, row: str, column: str) -> Box:
    return Box(sheet.printed[table, row, column], label=False)


def _block(sheet: Sheet, table: Table, block: Block) -> list[list[Box]]:
    if table.key == "requests":
        return [*_request_head(sheet, block), *_request_rows(sheet, table, block)]
    captions = [Box(_say(sheet, c.label)) for c in block.columns]
    rows = [[Box(_say(sheet, block.label), across=4)], [Box("信息内容"), *captions]]
    rows += [
        [Box(_say(sheet, r.label)), *(_value(sheet, table.key, r.key, c.key) for c in block.columns)]
        for r in block.rows
    ]
    return [_widened(row) for row in rows]


def _widened(row: list[Box]) -> list[Box]:
    """The last cell of a row takes what is left of the four columns."""
    rest = 4 - sum(box.across for box in row)
    return [*row[:-1], Box(row[-1].text, row[-1].across + rest, 1, row[-1].label)] if rest > 0 else row


def _request_head(sheet: Sheet, block: Block) -> list[list[Box]]:
    def say(i: int) -> str:
        return _say(sheet, block.columns[i].path[-1])

    corner = Box("(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", 3, 3)
    return [
        [corner, Box(_say(sheet, "申请人情况"), 7)],
        [Box(say(0), 1, 2), Box(_say(sheet, "法人或其他组织"), 5), Box(say(6), 1, 2)],
        [Box(say(i)) for i in range(1, 6)],
    ]


def _request_rows(sheet: Sheet, table: Table, block: Block) -> Iterator[list[Box]]:
    paths = [row.path for row in block.rows]
    for i, row in enumerate(block.rows):
        labels = []
        for level, part in enumerate(row.path):
            if i and paths[i - 1][: level + 1] == row.path[: level + 1]:
                continue
            down = sum(p[: level + 1] == row.path[: level + 1] for p in paths)
            labels.append(Box(_say(sheet, part), 4 - len(row.path) if level + 1 == len(row.path) else 1, down))
        yield [*labels, *(_value(sheet, table.key, row.key, c.key) for c in block.columns)]


def _across(sheet: Sheet, table: Table) -> list[list[Box]]:
    block = table.blocks[0]
    five = [_say(sheet, c.label) for c in block.columns]
    return [
        [Box("行政复议", 5), Box("行政诉讼", 10)],
        [*(Box(c, 1, 2) for c in five), Box("未经复议直接起诉", 5), Box("复议后起诉", 5)],
        [Box(c) for c in (*five, *five)],
        [_value(sheet, table.key, r.key, c.key) for r in block.rows for c in block.columns],
    ]


def _listed(sheet: Sheet, table: Table) -> list[list[Box]]:
    rows = [[Box("统计指标"), Box("单位"), Box("统计数")]]
    seen: set[tuple[str, ...]] = set()
    keys = {row.path: row for row in table.blocks[0].rows}
    for row in table.blocks[0].rows:
        for level in range(1, len(row.path) + 1):
            path = row.path[:level]
            if path in seen:
                continue
            seen.add(path)
            if path in keys:
                unit = keys[path].printed or keys[path].unit
                rows.append([Box(_say(sheet, path[-1])), Box(unit), _value(sheet, table.key, keys[path].key, "value")])
            else:
                rows.append([Box(_say(sheet, path[-1])), Box("——"), Box("——")])
    return rows


CELLS: dict[str, Callable[[str], str]] = {
    "plain": lambda t: t,
    "space": lambda t: f"&nbsp;{t}&nbsp;" if t else "&nbsp;",
    "word": lambda t: (
        f'<p class="MsoNormal" align="center"><span lang="EN-US" style="font-size:9pt">{t}'
        "<o:p></o:p></span></p><!--[if !mso]>&nbsp;<![endif]-->"
    ),
    "center": lambda t: f"<center><font size=2>{t}</font></center>",
    "item": lambda t: f"<ul><li>{t}</li></ul>",
    "input": lambda t: f'<input type="text" value="{t}" readonly>',
    "split": lambda t: "".join(f"<span>{c}</span>" for c in t),
    "nested": lambda t: f"<table><tr><td>{t}</td></tr></table>",
    "lines": lambda t: f"\n<div>\n{t}\n</div>\n",
}


def as_html(rng: random.Random, rows: list[list[Box]], cell: str) -> str:
    """A table element with its spans, cells in one dress."""
    dress = CELLS[cell]
    tag = rng.choice(("td", "td", "th"))
    lines = []
    for row in rows:
        cells = []
        for box in row:
            spans = (f' colspan="{box.across}"' if box.across > 1 else "") + (
                f' rowspan="{box.down}"' if box.down > 1 else ""
            )
            name = tag if box.label else "td"
            cells.append(f"<{name}{spans}>{dress(html.escape(box.text))}</{name}>")
        lines.append("<tr>" + "\n".join(cells) + "</tr>")
    return f'<table class="{rng.choice(("", "share-table", "table"))}" border=1><tbody>{"".join(lines)}</tbody></table>'


def as_divs(rows: list[list[Box]]) -> str:
    """The same without any table: a div a row, a div a cell."""
    lines = (
        "<div class='tr'>" + "".join(f"<div class='td'>{html.escape(b.text)}</div>" for b in row) + "</div>"
        for row in rows
    )
    return "<div class='tbl'>" + "".join(lines) + "</div>"


def as_pipes(rows: list[list[Box]], bordered: bool, spare: int) -> str:
    """One row a line, pipes between cells; `spare` blank cells behind each row."""
    lines = (("| " if bordered else "") + " | ".join(b.text for b in row) + " |" + "|" * spare for row in rows)
    return "\n".join(lines)


def as_lone_pipes(rows: list[list[Box]]) -> str:
    """One cell a line and a lone pipe after each."""
    return "\n".join(f"{box.text}\n|" for row in rows for box in row)


def as_tabs(rows: list[list[Box]]) -> str:
    """One cell a line after a tab, blank cells under row spans kept, a blank line after each row."""
    lines: list[str] = []
    open_: dict[int, int] = {}
    for row in rows:
        column = 0
        for box in row:
            while open_.get(column, 0):
                open_[column] -= 1
                lines.append("\t")
                column += 1
            lines.append("\t" + box.text)
            open_[column] = box.down - 1
            column += 1
        lines.append("")
    return "\n".join(lines)


def as_values(rows: list[list[Box]]) -> str:
    """One row a line, a tab between cells, as copied from a browser."""
    return "\n".join("\t".join(box.text for box in row) for row in rows)


def as_paragraphs(rows: list[list[Box]], spare: int) -> str:
    """A filled cell is its text and two line feeds, a blank one a single line feed."""
    cells = [box.text for row in rows for box in (*row, *[Box("")] * spare)]
    return "".join(f"{text}\n\n" if text else "\n" for text in cells)


HEADINGS = {
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "proceedings": "四、政府信息公开行政复议、行政诉讼情况",
    "statistics": "附件：政府信息公开情况统计表",
}
BEFORE = [
    "沙河子市水务局2020年政府信息公开工作年度报告",
    "一、总体情况",
    "2020年，我局按照政府信息公开条例的规定，持续推进主动公开，按时答复申请，统计期限为2020年1月1日至2020年12月31日。",
]
AFTER = [
    "五、存在的主要问题及改进情况",
    "公开的内容还不够细，下一年将充实目录并加强培训。",
    "六、其他需要报告的事项",
    "无。",
]


def page(parts: list[tuple[str, str]], way: str = "") -> str:
    """An HTML page with the tables under their headings, in simplified or traditional script."""
    inner = "".join(f"<p>{HEADINGS[key]}</p>{markup}" for key, markup in parts)
    text = (
        "<html><head><title>年度报告</title></head><body><div class='nav'><ul><li>首页</li><li>政务公开</li></ul></div>"
        "<div class='content'>"
        + "".join(f"<p>{line}</p>" for line in BEFORE)
        + inner
        + "".join(f"<p>{line}</p>" for line in AFTER)
        + "</div><div class='footer'>主办：沙河子市水务局</div></body></html>"
    )
    return str(TRADITIONAL[way].convert(text)) if way else text


def plain_text(parts: list[tuple[str, str]], way: str = "") -> str:
    """A text with the tables under their headings."""
    inner = "\n".join(f"{HEADINGS[key]}\n{table}" for key, table in parts)
    text = "\n".join([*BEFORE, inner, *AFTER])
    return str(TRADITIONAL[way].convert(text)) if way else text


LAYOUTS = (*(f"html:{name}" for name in CELLS), "divs", "pipes", "bordered", "lone", "tabs", "values", "paragraphs")


def markup(rng: random.Random, rows: list[list[Box]], layout: str) -> str:
    """A table in one layout."""
    if layout.startswith("html:"):
        return as_html(rng, rows, layout.removeprefix("html:"))
    simple: dict[str, Callable[[], str]] = {
        "divs": lambda: as_divs(rows),
        "lone": lambda: as_lone_pipes(rows),
        "tabs": lambda: as_tabs(rows),
        "values": lambda: as_values(rows),
        "paragraphs": lambda: as_paragraphs(rows, rng.choice((0, 1))),
    }
    if layout in simple:
        return simple[layout]()
    return as_pipes(rows, layout == "bordered", rng.choice((0, 0, 3)))


def whole(parts: list[tuple[str, str]], layout: str, way: str) -> str:
    """The page or text around the tables."""
    return page(parts, way) if layout == "divs" or layout.startswith("html:") else plain_text(parts, way)
