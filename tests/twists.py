"""Ways in which real tables depart from the official form: each takes a table's printed rows and gives one or more."""

import random
from collections.abc import Callable
from itertools import pairwise

from tests.rendering import Box

Rows = list[list[Box]]
Twist = Callable[[random.Random, str, Rows], list[Rows]]


def straight(_rng: random.Random, _key: str, rows: Rows) -> list[Rows]:
    """As the form has it."""
    return [rows]


def no_corner(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """The corner cell of table 3 is missing, and with it the place of the labels in the caption rows."""
    return [[rows[0][1:], *rows[1:]]] if key == "requests" else [rows]


def no_first_captions(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 4 begins with its second row of captions."""
    return [rows[1:]] if key == "proceedings" else [rows]


def one_short(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """The row of values lacks one."""
    return [[*rows[:-1], rows[-1][:-1]]] if key == "proceedings" else [rows]


def long_spans(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Row spans beyond the end of the table, column spans beyond its width."""
    return (
        [
            [
                [
                    Box(
                        b.text,
                        1000 if b.across == 4 else b.across,
                        99 if b.down > 10 and rows[-1][0].text != b.text else b.down,
                        b.label,
                    )
                    for b in row
                ]
                for row in rows[:-1]
            ]
            + [rows[-1]]
        ]
        if key != "requests"
        else [rows]
    )


def crooked_spans(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Captions span other columns than the values below them."""
    if key != "disclosure":
        return [rows]
    result = []
    for row in rows:
        wide = 2 if row[0].text == "信息内容" else 1
        at = min(wide, len(row) - 1)
        result.append([Box(b.text, b.across + 1 if i == at else b.across, 1, b.label) for i, b in enumerate(row)])
    return [result]


def blocks(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """A table of its own for each block of table 2."""
    if key != "disclosure":
        return [rows]
    starts = [i for i, row in enumerate(rows) if len(row) == 1] + [len(rows)]
    return [rows[a:b] for a, b in pairwise(starts)]


def pages(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 3 goes on in a second table, with its captions again or without them."""
    if key != "requests":
        return [rows]
    again = rows[:3] if rng.random() < 0.5 else []
    at = rng.randrange(5, len(rows) - 2)
    upper = [[Box(b.text, b.across, min(b.down, at - i), b.label) for b in row] for i, row in enumerate(rows[:at])]
    return [upper, [*again, *rows[at:]]]


def local_rows(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Rows of the body's own between those of the form."""
    if key == "disclosure":
        extra = [Box("其他主动公开文件"), *(Box(str(n), label=False) for n in (186, 86, 255))]
        return [[*rows[:3], extra, *rows[3:]]]
    if key == "requests":
        at = 7  # three rows of captions, 一, 二, (一), (二) stand before 1.属于国家秘密
        extra = [Box("9.属于工作秘密"), *(Box(str(n), label=False) for n in (1, 2, 3, 4, 5, 6, 21))]
        tall = [
            [Box(b.text, b.across, b.down + 1 if b.down > 1 and i <= at < i + b.down else b.down, b.label) for b in row]
            for i, row in enumerate(rows)
        ]
        return [[*tall[: at + 1], extra, *tall[at + 1 :]]]
    return [rows]


def local_column(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """A column for remarks behind those of the form."""
    if key != "requests":
        return [rows]
    head = [[*rows[0], Box("备注", 1, 3)], *rows[1:3]]
    return [[*head, *([*row, Box(rng.choice(("", "见说明", "3")), label=False)] for row in rows[3:])]]


def reordered(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Two rows have changed places, with their values."""
    if key == "disclosure":
        return [[*rows[:2], rows[3], rows[2], *rows[4:]]]
    if key == "requests":
        return [[*rows[:3], rows[4], rows[3], *rows[5:]]]
    return [rows]


def cut_captions(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Captions broken off in the middle."""
    if key != "disclosure":
        return [rows]
    cut = {
        "本年新制作数量": "本年新",
        "本年新公开数量": "本年新",
        "现行有效件数": "现行有效件",
        "对外公开总数量": "对外公开总数",
    }
    return [[[Box(cut.get(b.text, b.text), b.across, b.down, b.label) for b in row] for row in rows]]


def spare_cells(rng: random.Random, _key: str, rows: Rows) -> list[Rows]:
    """Blank cells behind each row of values."""
    return [[[*row, *[Box("", label=False)] * rng.choice((1, 3))] if not row[-1].label else row for row in rows]]


def title_row(_rng: random.Random, _key: str, rows: Rows) -> list[Rows]:
    """The chapter's heading is the table's first row, a remark its last."""
    width = max(sum(b.across for b in row) for row in rows)
    remark = [Box("备注：表中的复议和诉讼只算由信息公开引起的案件。", width)]
    return [[[Box("政府信息公开统计", width)], *rows, remark]]


def captions_again(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """The captions come again half-way, as a page break makes them."""
    if key != "statistics":
        return [rows]
    at = rng.randrange(5, len(rows))
    return [[*rows[:at], rows[0], *rows[at:]]]


def blank_rows(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Rows that hold nothing between the blocks."""
    if key != "disclosure":
        return [rows]
    return [[r for row in rows for r in ([[Box("", 4)], row] if len(row) == 1 else [row])]]


def turned(rows: Rows) -> Rows:
    """The table mirrored at its diagonal: its rows as columns."""
    taken: set[tuple[int, int]] = set()
    found: dict[int, list[tuple[int, Box]]] = {}
    for r, row in enumerate(rows):
        c = 0
        for box in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + dr, c + dc) for dr in range(box.down) for dc in range(box.across)}
            found.setdefault(c, []).append((r, Box(box.text, box.down, box.across, box.label)))
    return [[box for _, box in sorted(found.get(c, []), key=lambda x: x[0])] for c in range(max(found) + 1)]


def requests_turned(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 3 with the results side by side and the applicants below each other."""
    return [turned(rows) if key == "requests" else rows]


def proceedings_below(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 4 with a row for each kind of proceedings."""
    if key != "proceedings":
        return [rows]
    captions, values = rows[2][:5], rows[3]
    labels = [[Box("行政复议", 2)], [Box("行政诉讼", 1, 2), Box("未经复议直接起诉")], [Box("复议后起诉")]]
    below = [[*label, *values[5 * i : 5 * i + 5]] for i, label in enumerate(labels)]
    return [[[Box("类别", 2), *captions], *below]]


def proceedings_turned(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 4 with a row for each outcome."""
    return [turned(proceedings_below(rng, key, rows)[0]) if key == "proceedings" else rows]


def halves(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """The sheet of 2014 in two halves side by side."""
    if key != "statistics":
        return [rows]
    half = len(rows) // 2 + 1
    right = [*rows[half:], [Box("")] * 3]
    return [[[*rows[0], *rows[0]], *([*a, *b] for a, b in zip(rows[1:half], right, strict=False))]]


def pairs(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 2 with a row for each block: the block, then each row's label with its captions and values in turn."""
    if key != "disclosure":
        return [rows]
    result: Rows = []
    captions: list[Box] = []
    for row in rows:
        if len(row) == 1:
            result.append([Box(row[0].text)])
        elif row[-1].label:
            captions = row[1:]
        else:
            label = Box(row[0].text)
            result[-1] += [label, *(Box(b.text, label=b.label) for p in zip(captions, row[1:], strict=True) for b in p)]
    return [result]


def numbered(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """A column that numbers the rows of table 3 and of the sheet of 2014."""
    if key not in ("requests", "statistics"):
        return [rows]
    head = 3 if key == "requests" else 1
    first = [Box("序号", 1, head), *rows[0]]
    return [[first, *rows[1:head], *([Box(str(n)), *row] for n, row in enumerate(rows[head:], 1))]]


def coded(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """The sheet of 2014 with codes between units and figures."""
    if key != "statistics":
        return [rows]
    codes = [Box("代码"), *(Box(f"{n:02d}", label=False) for n in range(1, len(rows)))]
    return [[[*row[:-1], code, row[-1]] for row, code in zip(rows, codes, strict=True)]]


def organisations_summed(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """A sum of the organisations before them, in a column of its own."""
    if key != "requests":
        return [rows]
    top = [rows[0][0], Box(rows[0][1].text, 8)]
    groups = [Box(b.text, 6 if b.across == 5 else b.across, b.down) for b in rows[1]]
    values = [[*row[:-6], Box("77", label=False), *row[-6:]] for row in rows[3:]]
    return [[top, groups, [Box("小计"), *rows[2]], *values]]


def groups_summed(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """A row of sums before the results' total, and a 其他 that the form does not have."""
    if key != "requests":
        return [rows]
    added = [[Box(label, 2), *[Box("77", label=False)] * 7] for label in ("小计", "9.其他", "不予公开合计")]
    longer = [[Box(b.text, b.across, b.down + 3 * (b.down > 15), b.label) for b in row] for row in rows]
    return [[*longer[:-2], *added, *longer[-2:]]]


def cut_in_two(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """A table too wide for its page: the labels come again before the columns that are left."""
    if key != "requests":
        return [rows]
    captions, at = [rows[1][0], *rows[2], rows[1][2]], rng.randint(2, 5)
    names = [Box(caption.text) for caption in captions]
    left = [[Box("项目", 3), *names[:at]], *(row[: at - 7] for row in rows[3:])]
    right = [[Box("项目", 3), *names[at:]], *([*row[:-7], *row[at - 7 :]] for row in rows[3:])]
    return [left, right]


def corner_like_column(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """What stands in the corner is a column's name."""
    corner = Box(rng.choice(("总计", "其他", "合计")), 3, 3)
    return [[[corner, *rows[0][1:]], *rows[1:]] if key == "requests" else rows]


def groups_in_captions(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """One row of captions, each with its group before it."""
    if key != "requests":
        return [rows]
    mark = rng.choice(("-", "", "："))
    inner = [Box(f"法人或其他组织{mark}{b.text}") for b in rows[2]]
    return [[[Box("项目", 3), Box(rows[1][0].text), *inner, Box(rows[1][2].text)], *rows[3:]]]


def paths_in_labels(rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Each label of table 3 with its groups before it in one cell."""
    if key != "requests":
        return [rows]
    mark = rng.choice(("-", "：", " "))
    result: Rows = [[Box(rows[0][0].text, 1, 3), *rows[0][1:]], *rows[1:3]]
    above: list[Box] = []
    for row in rows[3:]:
        labels = row[:-7]
        kept = [] if labels[-1].across == 3 else above[: 3 - labels[-1].across - len(labels) + 1]
        above = [*kept, *labels[:-1]]
        result.append([Box(mark.join(b.text for b in (*above[-1:], labels[-1]))), *row[-7:]])
    return [result]


def proceedings_apart(_rng: random.Random, key: str, rows: Rows) -> list[Rows]:
    """Table 4 as a table for each kind of proceedings."""
    if key != "proceedings":
        return [rows]
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    return [[[Box(n, 5)], rows[2][:5], rows[3][5 * i : 5 * i + 5]] for i, n in enumerate(names)]


AMENDED: tuple[Twist, ...] = (
    numbered,
    coded,
    organisations_summed,
    groups_summed,
    cut_in_two,
    corner_like_column,
    groups_in_captions,
    paths_in_labels,
    proceedings_apart,
)
RARE: tuple[Twist, ...] = (requests_turned, proceedings_below, proceedings_turned, halves, pairs)
TWISTS: tuple[Twist, ...] = (
    straight,
    straight,
    straight,
    no_corner,
    no_first_captions,
    long_spans,
    crooked_spans,
    blocks,
    pages,
    local_rows,
    local_column,
    reordered,
    cut_captions,
    spare_cells,
    title_row,
    captions_again,
    blank_rows,
)
WRAPS: tuple[Callable[[str], str], ...] = (
    lambda t: t,
    lambda t: t,
    lambda t: f"<table width='100%'><tr><td>&nbsp;</td><td>{t}</td></tr></table>",
    lambda t: f"<div class='related comment sidebar' style='display:none'>{t}</div>",
    lambda t: f"<div align='center'><!--[if gte mso 9]><xml><w:x/></xml><![endif]-->{t}</div>",
)
