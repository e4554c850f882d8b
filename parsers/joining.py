"""Tables that go on over a page's end, made whole: columns matched, repeated headers dropped, rows mended."""

import re
from dataclasses import replace
from typing import Final

from parsers.layout import Region
from parsers.ruled import SNAP, Table

EDGE: Final = 8.0  # points by which the sides of the two parts may differ
ITEM: Final = re.compile(r"\s*(?:[（(]?\s*[一二三四五六七八九十\d]{1,2}\s*[)）、.．,，]|第.{1,4}条|其中|——|信息内容)")
LABELS: Final = frozenset({"规章", "规范性文件", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费",
                           "政府集中采购", "其他对外管理服务事项", "总计", "合计"})
FIGURE: Final = re.compile(r"[\d,.，%+－—/／\s-]*\d[\d,.，\s]*(?:[万亿]?[元件项])?|[/／—－-]+|无")


def joined(upper: Table, lower: Table) -> Table | None:
    """Both as one table where `lower` carries on `upper` on the next page; None where it is a table of its own."""
    if lower.pages[0] != upper.pages[1] + 1 or not _alike(upper, lower):
        return None
    xs = _union(upper.xs, lower.xs)
    first = _moved(upper, xs)
    head = _repeated(upper, lower)
    rest = [r for r in _moved(lower, xs) if r.top >= head]
    height = upper.height
    if head < lower.height and _is_remainder(first, rest, height, head):
        first, rest = _mended(first, rest, height, head)
        head += 1
    first, rest = _grown(first, rest, height, head)
    regions = [*first, *(replace(r, top=max(r.top, head) + height - head, bottom=r.bottom + height - head)
                         for r in rest)]
    last = upper.ys[-1]
    ys = (*upper.ys, *(last + y - lower.ys[head] for y in lower.ys[head + 1 :]))
    return Table(xs, ys, tuple(regions), (upper.pages[0], lower.pages[1]))


def _alike(upper: Table, lower: Table) -> bool:
    """Same sides, and the columns of the part with fewer of them mostly found in the other."""
    if abs(upper.xs[0] - lower.xs[0]) > EDGE or abs(upper.xs[-1] - lower.xs[-1]) > EDGE:
        return False
    few, many = sorted((upper.xs[1:-1], lower.xs[1:-1]), key=len)
    found = sum(1 for x in few if any(abs(x - other) <= SNAP for other in many))
    return found * 2 >= len(few)


def _union(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """The places of both; those within SNAP of each other are one, the sides are always one."""
    inner = sorted({*one[1:-1], *(x for x in other[1:-1] if all(abs(x - y) > SNAP for y in one))})
    return one[0], *inner, one[-1]


def _moved(table: Table, xs: tuple[float, ...]) -> list[Region]:
    """The cells on the columns of `xs`."""
    places = [_nearest(xs, x) for x in table.xs]
    return [replace(r, left=places[r.left], right=places[r.right]) for r in table.regions]


def _nearest(xs: tuple[float, ...], x: float) -> int:
    return min(range(len(xs)), key=lambda i: abs(xs[i] - x))


def _repeated(upper: Table, lower: Table) -> int:
    """How many rows at the top of `lower` say the same as those at the top of `upper`."""
    count = 0
    for row in range(min(upper.height, lower.height - 1)):
        texts = [[(r.text.replace("\n", ""), r.bottom) for r in t.regions if r.top == row] for t in (upper, lower)]
        if texts[0] != texts[1] or not any(text for text, _ in texts[0]):
            break
        count = row + 1
    return count if count and _closed(lower, count) else 0


def _closed(table: Table, row: int) -> bool:
    """True when no cell reaches over the upper edge of a row."""
    return not any(r.top < row < r.bottom for r in table.regions)


def _is_remainder(first: list[Region], rest: list[Region], height: int, head: int) -> bool:
    """True when the row at the top of the lower part is the end of the row above the page's end."""
    over = {(r.left, r.right): r for r in first if r.bottom == height and r.bottom - r.top == 1}
    below = [r for r in rest if r.top == head and r.bottom == head + 1]
    pairs = [(over[r.left, r.right], r) for r in below if (r.left, r.right) in over]
    words = [r.text for r in below if r.text and not FIGURE.fullmatch(r.text)]
    if not words or any(ITEM.match(word) or word.strip() in LABELS for word in words):
        return False
    if len(pairs) < len([r for r in below if r.text]):
        return False
    figures = [(bool(FIGURE.fullmatch(a.text)), bool(FIGURE.fullmatch(b.text))) for a, b in pairs]
    return not (any(a for a, _ in figures) and any(b for _, b in figures))


def _mended(first: list[Region], rest: list[Region], height: int, head: int) -> tuple[list[Region], list[Region]]:
    """The remainder's texts put behind those of the row that they belong to."""
    texts = {(r.left, r.right): r.text for r in rest if r.top == head and r.bottom == head + 1}
    mended = [replace(r, text=r.text + texts.get((r.left, r.right), "")) if r.bottom == height and
              r.bottom - r.top == 1 else r for r in first]
    return mended, [r for r in rest if not (r.top == head and r.bottom == head + 1)]


def _grown(first: list[Region], rest: list[Region], height: int, head: int) -> tuple[list[Region], list[Region]]:
    """Tall cells that the page's end has cut, made whole."""
    grown: list[Region] = []
    for cell in first:
        below = next((r for r in rest if r.top <= head < r.bottom and (r.left, r.right) == (cell.left, cell.right)),
                     None)
        if cell.bottom == height and below is not None and _is_cut(cell, below):
            rest = [r for r in rest if r is not below]
            cell = replace(cell, bottom=height + below.bottom - head, text=cell.text + below.text)
        grown.append(cell)
    return grown, rest


def _is_cut(cell: Region, below: Region) -> bool:
    """True when two cells at a page's end are one: the lower one is empty or goes on in the middle of a label."""
    tall = cell.bottom - cell.top > 1 or below.bottom - below.top > 1
    if not tall or FIGURE.fullmatch(cell.text):
        return False
    return not below.text or (not ITEM.match(below.text) and below.text.strip() not in LABELS
                              and not FIGURE.fullmatch(below.text))
