"""Form × grids → cells: every cell of the form once, by labels; what the form does not name is left over, not lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers import headers, rows
from parsers.forms import Axis, Block, Form, FormCell, Table, by_key, form
from parsers.model import Cell, Grid, Kind, Problem
from parsers.numbers import number, tidy, unit
from parsers.placing import Sums, place
from parsers.rows import Line, Piece
from parsers.ties import tie

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form took from some grids."""

    cells: tuple[Cell, ...]
    leftovers: tuple[Cell, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Row:
    """A labelled row with the captions that stand above it."""

    line: Line
    captions: tuple[str, ...]  # in printed order, row by row
    by_column: tuple[str, ...]  # column by column, where columns are known


@dataclass(slots=True)
class _Sheet:
    """All that is gathered while walking the grids of one document."""

    form: Form
    rows: dict[str, list[_Row]] = field(default_factory=dict)  # by table key
    cells: dict[Key, Cell] = field(default_factory=dict)
    leftovers: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[tuple[tuple[str, ...], str], tuple[headers.Leaf, ...]] = field(default_factory=dict)

    def leaves(self, captions: tuple[str, ...], table: Table, block: Block) -> tuple[headers.Leaf, ...]:
        """The columns that captions stand for in a block, worked out once."""
        key = (captions, table.key + block.label)
        if key not in self.known:
            self.known[key] = headers.leaves(captions, block)
        return self.known[key]


def fill(edition: str, grids: Iterable[Grid]) -> Filling:
    """The cells of an edition's form as the grids print them; cells that they do not print are MISSING."""
    sheet = _Sheet(form(edition))
    _gather(sheet, grids)
    for table in sheet.form.tables:
        found = sheet.rows.get(table.key, [])
        if table.across:
            _fill_across(sheet, table, found)
        else:
            _fill_rows(sheet, table, found)
    cells = tuple(_cell(sheet, cell) for cell in sheet.form.cells)
    return Filling(cells, tuple(sheet.leftovers), (*sheet.problems, *_missing(sheet)))


def _gather(sheet: _Sheet, grids: Iterable[Grid]) -> None:
    """Rows under their captions, table by table; captions hold until others come, over the ends of grids too."""
    captions: list[tuple[int, str]] = []
    spare: int | None
    table, closed, spare = "", True, None
    for grid in grids:
        for line in rows.lines(grid, sheet.form.edition):
            if line.kind == "header":
                captions = [*([] if closed else captions), *((p.column, p.text) for p in line.labels)]
                table, closed, spare = line.table or table, False, spare if line.spare is None else line.spare
            elif line.kind == "heading":
                closed = True
            elif line.kind in ("data", "values"):
                closed = True
                table = line.table or table
                spared = replace(line, spare=spare if line.joined else None)
                ordered = sorted(captions, key=lambda c: c[0]) if grid.aligned else captions
                texts, turned = tuple(c[1] for c in captions), tuple(c[1] for c in ordered)
                sheet.rows.setdefault(table, []).append(_Row(spared, texts, turned))
                spare = None


def _fill_rows(sheet: _Sheet, table: Table, found: Sequence[_Row]) -> None:
    axes = [(block, row) for block in table.blocks for row in block.rows]
    names = [axis.names for _, axis in axes]
    decoys = rows.names(sheet.form.edition).groups
    for rows_ in _passes([row for row in found if row.line.labels], names):
        for row, index in zip(rows_, tie([row.line.labels[-1].name for row in rows_], [*names, *decoys]), strict=True):
            if index is None or index >= len(axes):
                _leave(sheet, table, row, "unknown_row")
            else:
                _place_row(sheet, table, *axes[index], row)
    for row in found:
        if not row.line.labels and any(p.text.strip() for p in row.line.values):
            _leave(sheet, table, row, "values_lost")


def _passes(found: Sequence[_Row], names: Sequence[tuple[str, ...]]) -> Iterator[list[_Row]]:
    """The rows, parted where one that has a name of its own comes again: there the table is printed a second time."""
    own = {name for wordings in names if names.count(wordings) == 1 for name in wordings}
    current: list[_Row] = []
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


def _place_row(sheet: _Sheet, table: Table, block: Block, axis: Axis, row: _Row) -> None:
    values, stated = _values(row.line.values, table)
    columns, ways = _placed(sheet, table, block, row, values)
    if columns is None:
        _lose(sheet, table, axis, row, "its columns are not named")
        return
    if values and all(way is None for way in ways):
        _lose(sheet, table, axis, row, f"{len(values)} values for {len(columns)} columns")
        return
    for leaf, way in zip(columns, ways, strict=True):
        if way is not None and leaf.column:
            _put(
                sheet, (table.key, axis.key, leaf.column.key), values[way], unit(leaf.caption) or stated, row.line.place
            )
        elif way is not None and values[way].text.strip():
            _leave_one(sheet, table, row, values[way], leaf.caption)
            sheet.problems.append(Problem("unknown_column", f"{table.key}: {leaf.caption!r}", row.line.place))


def _placed(
    sheet: _Sheet,
    table: Table,
    block: Block,
    row: _Row,
    values: Sequence[Piece],
) -> tuple[Sequence[headers.Leaf] | None, list[int | None]]:
    """Columns and the index of each one's value, by the captions in printed order, else column by column."""
    columns: Sequence[headers.Leaf] | None = None
    ways: list[int | None] = []
    for captions in dict.fromkeys((row.captions, row.by_column)):
        found = _columns(sheet.leaves(captions, table, block), block, values)
        if found is not None:
            sums = _sums(sheet.form, table, [leaf.column.key if leaf.column else "" for leaf in found])
            columns, ways = found, place([p.text for p in values], len(found), sums, left=row.line.left)
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
    named = [leaf.column for leaf in found if leaf.column]
    official = [headers.Leaf(axis, axis.label) for axis in block.columns]
    if len(official) == 1:
        return found if len(found) == len(values) and named else official
    if len(named) == len(official):
        return found
    places = [block.columns.index(axis) for axis in named]
    in_order = places == sorted(places) and 2 * len(named) > len(official)
    return official if in_order and len(found) <= len(official) else None


def _sums(found: Form, table: Table, keys: Sequence[str]) -> Sums:
    """The sums over the columns of a row, as indexes into its printed order."""
    return [
        ([keys.index(k) for k in s.left], keys.index(s.right[0]))
        for s in found.sums
        if s.table == table.key and s.each == "row" and s.relation == "=" and {*s.left, *s.right} <= set(keys)
    ]


def _fill_across(sheet: _Sheet, table: Table, found: Sequence[_Row]) -> None:
    block = table.blocks[0]
    for row in found:
        if sum(p.is_text for p in row.line.values) > len(row.line.values) // 2:
            continue
        columns = headers.across(row.captions, block) or headers.across(row.by_column, block, in_columns=True)
        if columns is None:
            _leave(sheet, table, row, "values_lost")
            continue
        sums = [([i * 5 + j for j in range(4)], i * 5 + 4) for i in range(len(block.rows))]
        texts = [p.text for p in row.line.values]
        ways = place(texts, len(columns), sums, spare=row.line.spare, left=row.line.left)
        if all(way is None for way in ways):
            _leave(sheet, table, row, "values_lost")
            continue
        for leaf, way in zip(columns, ways, strict=True):
            if way is not None and leaf.column and leaf.row:
                key = (table.key, leaf.row.key, leaf.column.key)
                _put(sheet, key, row.line.values[way], unit(leaf.caption), row.line.place)


def _put(sheet: _Sheet, key: Key, piece: Piece, printed: str, place: str) -> None:
    of = by_key(sheet.form.edition)[key]
    if piece.merged and piece.text.strip():
        sheet.problems.append(Problem("values_lost", f"{'/'.join(key)}: one value stands for several rows", place))
        return
    found = number(piece.text, printed or of.printed)
    spot = f"{place}, column {piece.column + 1}"
    cell = Cell(*key, found.value, piece.text.strip(), found.kind, of.unit, spot)
    before = sheet.cells.get(key)
    if before is None:
        sheet.cells[key] = cell
        if found.value and (of.printed or of.asks) and not printed and not found.unit and found.scale == 1:
            taken = of.printed or of.unit
            sheet.problems.append(
                Problem("unit_missing", f"{'/'.join(key)}: {piece.text.strip()} is taken as {taken}", spot)
            )
    elif (cell.value, cell.kind) != (before.value, before.kind):
        detail = f"{'/'.join(key)}: {before.raw!r} and again {cell.raw!r}; the first stands"
        sheet.problems.append(Problem("conflicting_values", detail, spot))


def _lose(sheet: _Sheet, table: Table, axis: Axis, row: _Row, why: str) -> None:
    sheet.problems.append(Problem("values_lost", f"{table.key}/{axis.key}: {why}", row.line.place))
    for piece in row.line.values:
        _leave_one(sheet, table, row, piece, "")


def _leave(sheet: _Sheet, table: Table, row: _Row, code: str) -> None:
    label = " / ".join(p.text.strip() for p in row.line.labels)
    sheet.problems.append(Problem(code, f"{table.key}: {label or 'a row without a label'}", row.line.place))
    for piece in row.line.values:
        _leave_one(sheet, table, row, piece, "")


def _leave_one(sheet: _Sheet, table: Table, row: _Row, piece: Piece, caption: str) -> None:
    if piece.text.strip() and not piece.merged:
        label = " / ".join(p.text.strip() for p in row.line.labels)
        found = number(piece.text, unit(caption))
        spot = f"{row.line.place}, column {piece.column + 1}"
        sheet.leftovers.append(
            Cell(table.key, label, caption, found.value, piece.text.strip(), found.kind, found.unit, spot)
        )


def _cell(sheet: _Sheet, cell: FormCell) -> Cell:
    key = (cell.table, cell.row, cell.column)
    return sheet.cells.get(key) or Cell(*key, None, "", Kind.MISSING, cell.unit)


def _missing(sheet: _Sheet) -> Iterable[Problem]:
    """One problem a row that lacks cells, or a table where all are missing."""
    for table in sheet.form.tables:
        wanted = [c for c in sheet.form.cells if c.table == table.key]
        gone = [c for c in wanted if (c.table, c.row, c.column) not in sheet.cells]
        if gone and len(gone) == len(wanted):
            yield Problem("missing_cell", f"{table.key}: none of its {len(wanted)} cells is printed", table.label)
            continue
        for row in dict.fromkeys(c.row for c in gone):
            columns = [c.column for c in gone if c.row == row]
            yield Problem("missing_cell", f"{table.key}/{row}: {', '.join(columns)}", table.label)
