"""Tables printed otherwise than the form has them, set upright: turned, below each other, in halves, value by value."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from parsers.forms import Axis, Block, Form, form
from parsers.labels import plain
from parsers.lexicon import CAPTIONS, OPENERS, Names, column_of, names, row_of
from parsers.model import Grid, Kind, Slot
from parsers.numbers import number
from parsers.ties import nearest, tie

_WIDE = 12  # columns of a turned table at least: the form's rows are more
_SEVERAL = 3  # captions of table 4 that make a table one
_LEVELS = 4  # rows that labels of a turned table stand in
_TURNED = 5  # rows of the form that stand side by side
Printed = list[list[str]]


def upright(grid: Grid, of: Form) -> Grid:
    """The grid as the form has it; the same grid where it is printed so, or nothing shows how else."""
    if grid.aligned and _is_turned(grid, of):
        return _mirrored(grid)
    printed = [[slot.text for slot in row if slot.span == ""] for row in grid.rows]
    said = {plain(text) for text in {text for row in printed for text in row if len(text) > 3}}
    if said & OPENERS and (halves := _halves(grid, printed)):
        return halves
    across = next((table.blocks[0] for table in of.tables if table.across), None)
    rows = None
    if across and len(said & {name for axis in across.columns for name in axis.names}) >= _SEVERAL:
        rows = _beside(printed, across)
    elif said & _captions(of.edition):
        rows = _unpaired(printed, of)
    return _loose(grid, rows) if rows else grid


@lru_cache(maxsize=8)
def _captions(edition: str) -> frozenset[str]:
    """Captions of tables whose rows stand below each other under several columns."""
    found = (b.columns for t in form(edition).tables if t.key == "disclosure" for b in t.blocks)
    return frozenset(name for columns in found for axis in columns for name in axis.names)


def _loose(grid: Grid, rows: Printed) -> Grid:
    slots = tuple(tuple(Slot(text) for text in row) for row in rows)
    return Grid(slots, f"{grid.place} (set upright)", aligned=False)


def _is_turned(grid: Grid, of: Form) -> bool:
    """True where names of the form's rows stand side by side."""
    if max(map(len, grid.rows), default=0) < _WIDE:
        return False
    known = names(of.edition)
    spots = ((r, c, slot) for r, row in enumerate(grid.rows) for c, slot in enumerate(row) if not slot.span)
    found = [(r, c) for r, c, slot in spots if len(slot.text) > 3 and row_of(plain(slot.text), known) is not None]
    return len({c for _, c in found}) >= _TURNED and len({r for r, _ in found}) <= _LEVELS


def _mirrored(grid: Grid) -> Grid:
    """Rows as columns: what reaches in from the left now reaches in from above."""
    width = max(map(len, grid.rows))

    def slot(row: Sequence[Slot], column: int) -> Slot:
        here = row[column] if column < len(row) else Slot("", "absent")
        inner = here.span == "left" or (here.span == "above" and column > 0 and row[column - 1] == here)
        span = "above" if inner else "left" if here.span == "above" else here.span
        return replace(here, span=span)

    rows = tuple(tuple(slot(row, column) for row in grid.rows) for column in range(width))
    return Grid(rows, f"{grid.place} (turned)")


def _halves(grid: Grid, printed: Printed) -> Grid | None:
    """Two halves side by side, told by a row of captions that says the same twice."""
    for index, row in enumerate(printed):
        said = [plain(text) for text in row if text.strip()]
        half = len(said) // 2
        if half > 1 and said[:half] == said[half:] and said[0] in CAPTIONS | OPENERS and row[half].strip():
            start = [c for c, slot in enumerate(grid.rows[index]) if slot.span == ""][half] if grid.aligned else half
            above, below = grid.rows[:index], grid.rows[index:]
            rows = (*above, *(row[:start] for row in below), *(row[start:] for row in below))
            return Grid(rows, grid.place, grid.aligned)
    return None


def _beside(printed: Printed, block: Block) -> Printed | None:
    """A table whose rows the form has side by side, printed below each other, or turned so."""
    for labels, captions in ((block.rows, block.columns), (block.columns, block.rows)):
        found = _below(printed, labels, captions)
        if found:
            value = found if labels is block.rows else [list(column) for column in zip(*found, strict=True)]
            said = [axis.path[-1] for axis in block.columns]
            outer = [axis.path[-1] for axis in block.rows[1:]]
            return [[block.rows[0].path[-1]], [*said, *outer], said * len(outer), [v for row in value for v in row]]
    return None


def _below(printed: Printed, labels: Sequence[Axis], captions: Sequence[Axis]) -> Printed | None:
    """The values, a row for each of the labels in the form's order and a value for each of the captions."""
    heads: list[str] = []
    rows: list[tuple[str, list[str]]] = []
    said = tuple(axis.names for axis in captions)
    groups = tuple((plain(axis.path[0]),) for axis in captions)
    for row in printed:
        last = max((i for i, text in enumerate(row) if number(text).kind is Kind.TEXT), default=-1)
        rest = row[last + 1 :]
        is_head = not rest or (not any(map(str.strip, rest)) and nearest(plain(row[last]), said + groups) is not None)
        heads += [plain(text) for text in row[: last + is_head]]
        if not is_head and last >= 0:
            rows.append((_named(row[last], labels), rest))
    order = [i for i in tie(heads, said) if i is not None]
    found = tie([name for name, _ in rows], [axis.names for axis in labels])
    if sorted(order) != list(range(len(captions))) or {*found} != {*range(len(labels))}:
        return None
    values = {i: row for i, (_, row) in zip(found, rows, strict=True) if i is not None}
    if len(rows) != len(labels) or any(_width(row) > len(order) or len(row) < len(order) for row in values.values()):
        return None
    return [[values[i][order.index(c)] for c in range(len(captions))] for i in range(len(labels))]


def _named(text: str, labels: Sequence[Axis]) -> str:
    """A row's label, or what its brackets hold where that is a row's: 行政诉讼(复议后起诉)."""
    inner = plain(text.replace("（", "(").partition("(")[2])
    return inner if any(inner in axis.names for axis in labels) else plain(text)


def _width(row: Sequence[str]) -> int:
    """Cells up to the last that is not blank."""
    return max((i + 1 for i, text in enumerate(row) if text.strip()), default=0)


def _unpaired(printed: Printed, of: Form) -> Printed | None:
    """Rows in which each value follows its own caption, parted into captions and values."""
    known = names(of.edition)
    whole: Printed = []
    for row in printed:
        goes_on = whole and _width(row) <= 2 == len(row) and _is_caption(row[0], known)
        if goes_on and number(row[1]).kind is not Kind.TEXT:
            whole[-1] = [*whole[-1], *row]
        else:
            whole.append(row)
    rows = [list(_parted(row, of)) or [row] for row in whole]
    return [part for parts in rows for part in parts] if any(len(parts) > 1 for parts in rows) else None


def _is_caption(text: str, known: Names) -> bool:
    """True for a column of table 2, whose blocks have one or several; other tables' columns are no pairs."""
    found = column_of(plain(text), known)
    return found is not None and known.columns[found][0] == "disclosure"


def _parted(row: Sequence[str], of: Form) -> Iterator[list[str]]:
    known = names(of.edition)
    is_text = [number(text).kind is Kind.TEXT for text in row]
    caps = [i for i, text in enumerate(row) if is_text[i] and _is_caption(text, known)]
    paired = [i for i in caps if i + 1 < len(row) and not is_text[i + 1] and (_width(row) <= i + 2 or is_text[i + 2])]
    labels = [i for i in range(len(row)) if is_text[i] and i not in caps and row_of(plain(row[i]), known) is not None]
    if paired != caps or not labels or not any(row[i + 1].strip() for i in paired) or labels[0] > paired[0]:
        return
    if labels[0]:
        yield list(row[: labels[0]])
    for start, end in zip(labels, [*labels[1:], len(row)], strict=True):
        own = [i for i in paired if start < i < end]
        yield ["信息内容", *(row[i] for i in own)]
        yield [row[start], *(row[i + 1] for i in own)]
