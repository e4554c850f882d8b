"""Form × grids → cells: every cell of the form once, by labels; what the form does not name is left over, not lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers import headers
from parsers.across import fill_across
from parsers.forms import Axis, Block, Table, by_key, form
from parsers.gathering import gather
from parsers.ledger import Key, Row, Sheet
from parsers.lexicon import names
from parsers.model import Cell, Grid, Problem
from parsers.numbers import tidy, unit
from parsers.placing import Sums, is_whole, place, spare
from parsers.rows import Piece
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
    for group in _passes([row for row in found if row.line.labels], wordings):
        ties = tie([row.line.labels[-1].name for row in group], [*wordings, *decoys])
        tied = [(row, axes[i] if i is not None and i < len(axes) else None) for row, i in zip(group, ties, strict=True)]
        spares = {block.label: _spare(table, block, tied) for block in table.blocks}
        for row, axis in tied:
            if axis is None:
                sheet.leave(table, row, "unknown_row")
            else:
                _place_row(sheet, table, *axis, row, spares[axis[0].label])
    for row in found:
        if not row.line.labels and any(p.text.strip() for p in row.line.values):
            sheet.leave(table, row, "values_lost")


def _passes(found: Sequence[Row], names: Sequence[tuple[str, ...]]) -> Iterator[list[Row]]:
    """The rows, parted where one that has a name of its own comes again: there the table is printed a second time."""
    own = {name for wordings in names if names.count(wordings) == 1 for name in wordings}
    current: list[Row] = []
    seen: set[str] = set()
    for row in found:
        name = row.line.labels[-1].name
        if name in own and name in seen:
            yield current
            current, seen = [], set()
        current.append(row)
        seen.add(name)
    if current:
        yield current


def _spare(table: Table, block: Block, tied: Sequence[tuple[Row, tuple[Block, Axis] | None]]) -> int | None:
    """Blank cells before the first value of a block's rows, else of all its rows (see `spare`)."""
    own = [
        (axis[0], ([piece.text for piece in _values(row.line.values, table)[0]], len(axis[0].columns)))
        for row, axis in tied
        if axis is not None
    ]
    found = spare([row for of, row in own if of is block])
    return spare([row for _, row in own]) if found is None else found


def _place_row(sheet: Sheet, table: Table, block: Block, axis: Axis, row: Row, spared: int | None) -> None:
    values, stated = _values(row.line.values, table)
    own = tuple(piece for piece in values if not piece.merged)
    if len(block.columns) <= len(own) < len(values):  # a span from above for which the row has no room
        if not own[-1].text.strip():
            sheet.lose(table, axis, row, "a cell above reaches into it, one of its own is blank")
            return
        values = own
    columns, ways = _placed(sheet, table, block, row, values, spared)
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
    """The unit that a row's label states for its amount of money; it says nothing of other columns."""
    found = unit(row.line.labels[-1].text)
    return found if found.endswith("元") and by_key(sheet.form.edition)[key].unit == "元" else ""


def _placed(
    sheet: Sheet,
    table: Table,
    block: Block,
    row: Row,
    values: Sequence[Piece],
    spared: int | None,
) -> tuple[Sequence[headers.Leaf] | None, list[int | None]]:
    """Columns and the index of each one's value, by the captions in printed order, else column by column."""
    columns: Sequence[headers.Leaf] | None = None
    ways: list[int | None] = []
    for captions in dict.fromkeys((row.captions, row.by_column)):
        found = _columns(sheet.leaves(captions, table, block), block, values)
        if found is not None:
            keys = tuple([leaf.column.key if leaf.column else "" for leaf in found])
            sums = _sums(sheet.form.edition, table.key, keys)
            texts = [piece.text for piece in values]
            known = [leaf for leaf in found if leaf.column]
            if len(texts) == len(known) and found[: len(known)] == tuple(known) and is_whole(texts, sums):
                found = known  # a remark beside them stands elsewhere
            columns, ways = found, place(texts, len(found), sums, spare=spared, left=row.line.left)
            if any(way is not None for way in ways):
                break
    return columns, ways


def _values(pieces: tuple[Piece, ...], table: Table) -> tuple[tuple[Piece, ...], str]:
    """The value cells of a row and the unit that a cell of its own states (the sheet of 2014 has such a column)."""
    if table.key != "statistics":
        return pieces, ""
    units = [p for p in pieces if p.is_unit]
    rest = tuple(p for p in pieces if p not in units)
    return rest, tidy(units[0].text) if units else ""


def _columns(
    found: Sequence[headers.Leaf],
    block: Block,
    values: Sequence[Piece],
) -> Sequence[headers.Leaf] | None:
    """The printed columns; the form's own where enough of them are named in its order, or there is only one."""
    named, width = [leaf.column for leaf in found if leaf.column], len(block.columns)
    if width == 1:
        return found if len(found) == len(values) and named else _official(block)
    if len(named) == width:
        return found
    places = [block.columns.index(axis) for axis in named]
    in_order = places == sorted(places) and 2 * len(named) > width
    return _official(block) if in_order and len(found) <= width else None


def _official(block: Block) -> Sequence[headers.Leaf]:
    """The form's own columns."""
    return [headers.Leaf(axis, axis.label) for axis in block.columns]


@lru_cache(maxsize=256)
def _sums(edition: str, table: str, keys: tuple[str, ...]) -> Sums:
    """The sums over the columns of a row, as indexes into its printed order."""
    return [
        ([keys.index(k) for k in s.left], keys.index(s.right[0]))
        for s in form(edition).sums
        if s.table == table and s.each == "row" and s.relation == "=" and {*s.left, *s.right} <= set(keys)
    ]
