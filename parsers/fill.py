"""Form × grids → cells: every cell of the form once, by labels; what the form does not name is left over, not lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.across import fill_across
from parsers.forms import Axis, Block, Table, by_key, form
from parsers.gathering import gather
from parsers.ledger import Key, Row, Sheet
from parsers.lexicon import label, names
from parsers.model import Cell, Grid, Problem
from parsers.numbers import tidy, unit
from parsers.placing import crowded, spare
from parsers.rows import Piece
from parsers.seating import Spare, seated
from parsers.ties import tie


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form took from some grids."""

    cells: tuple[Cell, ...]
    leftovers: tuple[Cell, ...]
    problems: tuple[Problem, ...]


def fill(edition: str, grids: Iterable[Grid]) -> Filling:
    """The cells of an edition's form as the grids print them; cells that they do not print are MISSING."""
    sheet = Sheet(form(edition))
    gather(sheet, grids)
    for table in sheet.form.tables:
        found = sheet.rows.get(table.key, [])
        if table.across:
            fill_across(sheet, table, found)
        else:
            _fill_rows(sheet, table, found)
    cells = tuple(sheet.cell(cell) for cell in sheet.form.cells)
    _strays(sheet)
    return Filling(cells, tuple(sheet.leftovers), (*sheet.problems, *sheet.missing()))


def _strays(sheet: Sheet) -> None:
    """Rows before any caption of the form belong to no table of it: kept, and told once."""
    strays = [row for row in sheet.rows.get("", []) if row.line.labels]
    for row in strays:
        for piece in row.line.values:
            sheet.leave_one(None, row, piece, "")
    if strays:
        sheet.problems.append(Problem("leftover_cells", f"{len(strays)} rows of other tables", strays[0].line.place))


def _fill_rows(sheet: Sheet, table: Table, found: Sequence[Row]) -> None:
    axes = [(block, row) for block in table.blocks for row in block.rows]
    wordings = [axis.names for _, axis in axes]
    decoys = names(sheet.form.edition).groups
    named = [(row, label(row.line.labels[-1].text, sheet.form.edition)) for row in found if row.line.labels]
    for passed in _passes(named, wordings):
        group = [row for row, _ in passed]
        ties = tie([name for _, name in passed], [*wordings, *decoys])
        tied = [(row, axes[i] if i is not None and i < len(axes) else None) for row, i in zip(group, ties, strict=True)]
        spares = _spares(table, tied)
        for row, axis in tied:
            if axis is None:
                sheet.leave(table, row, "unknown_row")
            else:
                _place_row(sheet, table, *axis, row, spares[axis[0].label])
    for row in found:
        if not row.line.labels and any(p.text.strip() for p in row.line.values):
            sheet.leave(table, row, "values_lost")


def _passes(found: Sequence[tuple[Row, str]], names: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[Row, str]]]:
    """Rows and their names, parted where one with a name of its own comes again: the table is printed a second time."""
    single = {name for wordings in names if names.count(wordings) == 1 for name in wordings}
    current: list[tuple[Row, str]] = []
    seen: set[str] = set()
    for row, name in found:
        if name in single and name in seen:
            yield current
            current, seen = [], set()
        current.append((row, name))
        seen.add(name)
    if current:
        yield current


def _spares(table: Table, tied: Sequence[tuple[Row, tuple[Block, Axis] | None]]) -> dict[str, Spare]:
    """What the rows of each block show of the cells that they have beyond their columns, else all rows of the table."""
    printed = [
        (axis[0], ([piece.text for piece in _values(row.line.values, table)[0]], len(axis[0].columns)))
        for row, axis in tied
        if axis is not None
    ]
    rows = [row for _, row in printed]
    found = {block.label: spare([row for of, row in printed if of is block]) for block in table.blocks}
    return {label: (spare(rows) if first is None else first, crowded(rows)) for label, first in found.items()}


def _place_row(sheet: Sheet, table: Table, block: Block, axis: Axis, row: Row, spared: Spare) -> None:
    values, stated = _values(row.line.values, table)
    free = tuple(piece for piece in values if not piece.merged)
    if len(block.columns) <= len(free) < len(values):  # a span from above for which the row has no room
        if not free[-1].text.strip():
            sheet.lose(table, axis, row, "a cell above reaches into it, one of its own is blank")
            return
        values = free
    columns, ways = seated(sheet, table, block, row, values, spared)
    if columns is None:
        sheet.lose(table, axis, row, "its columns are not named")
        return
    if values and all(way is None for way in ways):
        sheet.lose(table, axis, row, f"{len(values)} values for {len(columns)} columns")
        return
    for leaf, way in zip(columns, ways, strict=True):
        if way is not None and leaf.column:
            key = (table.key, axis.key, leaf.column.key)
            sheet.put(key, values[way], unit(leaf.caption) or stated or _own_unit(sheet, key, row), row.line.place)
        elif way is not None and values[way].text.strip():
            sheet.leave_one(table, row, values[way], leaf.caption)
            sheet.problems.append(Problem("unknown_column", f"{table.key}: {leaf.caption!r}", row.line.place))


def _own_unit(sheet: Sheet, key: Key, row: Row) -> str:
    """The unit of money that a row's label, its heading or the captions state for its amount, none of other columns."""
    stated = {unit(text) for text in (row.line.labels[-1].text, *row.above, *row.captions)}
    money = [found for found in stated if found.endswith("元")]
    return money[0] if len(money) == 1 and by_key(sheet.form.edition)[key].unit == "元" else ""


def _values(pieces: tuple[Piece, ...], table: Table) -> tuple[tuple[Piece, ...], str]:
    """The value cells of a row and the unit that a cell of its own states (the sheet of 2014 has such a column)."""
    if table.key != "statistics":
        return pieces, ""
    units = [p for p in pieces if p.is_unit]
    rest = tuple(p for p in pieces if p not in units)
    return rest, tidy(units[0].text) if units else ""
