"""Tables of a report laid out as the form prints them: boxes with spans. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from parsers.forms import Axis, Block, Table

INDENT = "\u3000"  # an ideographic space
Key = tuple[str, str]
"""Row and column key."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in one cell: printed text, kind, value and unit as text, place where it was read."""

    raw: str
    kind: str
    value: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One place of a printed table: where it starts, how far it reaches. `figure` is None for labels."""

    top: int
    left: int
    height: int
    width: int
    text: str = ""
    figure: Figure | None = None
    name: str = ""  # row and column key of the cell


@dataclass(frozen=True, slots=True)
class Label:
    """One level of the paths along an axis: entries from `start` on share it."""

    start: int
    count: int
    level: int
    depth: int
    text: str


def printed(table: Table, figures: Mapping[Key, Figure]) -> list[list[Box]]:
    """The rows of a table of the form, labels and figures."""
    if table.across:
        boxes = list(_across(table.blocks[0], figures))
    elif _is_outline(table.blocks[0]):
        boxes = list(_outline(table.blocks[0], figures))
    else:
        width = max(_depth(b.rows) + len(b.columns) for b in table.blocks)
        boxes, top = [], 0
        for block in table.blocks:
            boxes += _block(block, figures, top, width)
            top += bool(block.label) + _depth(block.columns) + len(block.rows)
    ordered = sorted(boxes, key=lambda b: (b.top, b.left))
    return [list(row) for _, row in groupby(ordered, key=lambda b: b.top)]


def _is_outline(block: Block) -> bool:
    """Whether some rows are headings of others and hold figures themselves, as in the 统计表."""
    paths = {r.path for r in block.rows}
    return any(path[:n] in paths for path in paths for n in range(1, len(path)))


def _outline(block: Block, figures: Mapping[Key, Figure]) -> Iterator[Box]:
    """One column of labels, indented by level; headings without a figure reach across."""
    paths = {r.path for r in block.rows}
    shown: set[tuple[str, ...]] = set()
    top = 0
    for row in block.rows:
        for level in range(1, len(row.path)):
            heading = row.path[:level]
            if heading not in paths | shown:
                yield Box(top, 0, 1, 1 + len(block.columns), INDENT * (level - 1) + heading[-1])
                shown.add(heading)
                top += 1
        yield Box(top, 0, 1, 1, INDENT * (len(row.path) - 1) + row.path[-1])
        for c, column in enumerate(block.columns):
            yield _figure(top, 1 + c, 1, row, column, figures)
        top += 1


def _depth(axes: Sequence[Axis]) -> int:
    return max(len(a.path) for a in axes)


def labels(paths: Sequence[tuple[str, ...]], depth: int) -> Iterator[Label]:
    """Labels of every level; neighbours that share a path so far share one, a last level reaches to the end.

    >>> [(x.text, x.start, x.count, x.depth) for x in labels([("甲", "一"), ("甲", "二"), ("乙",)], 2)]
    [('甲', 0, 2, 1), ('一', 0, 1, 1), ('二', 1, 1, 1), ('乙', 2, 1, 2)]
    """
    start = 0
    for _, group in groupby(paths, key=lambda p: p[0]):
        same = list(group)
        is_leaf = len(same[0]) == 1
        yield Label(start, len(same), 0, depth if is_leaf else 1, same[0][0])
        rest = [p[1:] for p in same if len(p) > 1]
        inner = start + len(same) - len(rest)
        for x in labels(rest, depth - 1) if rest else ():
            yield Label(inner + x.start, x.count, x.level + 1, x.depth, x.text)
        start += len(same)


def _block(block: Block, figures: Mapping[Key, Figure], top: int, width: int) -> Iterator[Box]:
    deep, high, across = _depth(block.rows), _depth(block.columns), len(block.columns)
    more = width - deep - across  # the last column reaches to the table's edge
    if block.label:
        yield Box(top, 0, 1, width, block.label)
        top += 1
    yield Box(top, 0, high, deep)
    for x in labels([c.path for c in block.columns], high):
        last = more if x.start + x.count == across else 0
        yield Box(top + x.level, deep + x.start, x.depth, x.count + last, x.text)
    top += high
    for x in labels([r.path for r in block.rows], deep):
        yield Box(top + x.start, x.level, x.count, x.depth, x.text)
    for r, row in enumerate(block.rows):
        for c, column in enumerate(block.columns):
            last = more if c == across - 1 else 0
            yield _figure(top + r, deep + c, 1 + last, row, column, figures)


def _across(block: Block, figures: Mapping[Key, Figure]) -> Iterator[Box]:
    """Rows side by side as groups of columns, above one row of figures."""
    pairs = [(row, column) for row in block.rows for column in block.columns]
    high = _depth(block.rows) + _depth(block.columns)
    for x in labels([row.path + column.path for row, column in pairs], high):
        yield Box(x.level, x.start, x.depth, x.count, x.text)
    for left, (row, column) in enumerate(pairs):
        yield _figure(high, left, 1, row, column, figures)


def _figure(top: int, left: int, width: int, row: Axis, column: Axis, figures: Mapping[Key, Figure]) -> Box:
    figure = figures.get((row.key, column.key), Figure("", "missing"))
    return Box(top, left, 1, width, "", figure, f"{row.key} / {column.key}")
