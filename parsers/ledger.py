"""What is gathered while a form is filled: cells by their keys, what is left over, what was lost, what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from parsers import headers
from parsers.forms import Axis, Block, Form, FormCell, Table, by_key
from parsers.model import Cell, Kind, Problem
from parsers.numbers import number, unit
from parsers.rows import Line, Piece

Key = tuple[str, str, str]


@dataclass(slots=True)
class Row:
    """A labelled row with the captions that stand above it."""

    line: Line
    captions: tuple[str, ...]  # in printed order, row by row
    by_column: tuple[str, ...]  # column by column, where columns are known
    above: tuple[str, ...] = ()  # the heading that stands above the captions
    over: Mapping[int, str] = field(default_factory=dict)  # the lowest caption over each column of its own table


@dataclass(slots=True)
class Sheet:
    """All that is gathered while walking the grids of one document."""

    form: Form
    rows: dict[str, list[Row]] = field(default_factory=dict)  # by table key
    cells: dict[Key, Cell] = field(default_factory=dict)
    leftovers: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: dict[tuple[tuple[str, ...], ...], tuple[headers.Leaf, ...]] = field(default_factory=dict)

    def leaves(self, captions: tuple[str, ...], table: Table, block: Block) -> tuple[headers.Leaf, ...]:
        """The columns that captions stand for in a block, worked out once."""
        key = (captions, (table.key, block.label))
        if key not in self.known:
            self.known[key] = headers.leaves(captions, block)
        return self.known[key]

    def under(
        self, captions: tuple[str, ...], over: tuple[str, ...], table: Table, block: Block
    ) -> tuple[headers.Leaf, ...]:
        """The columns whose captions stand right above values, none where these do not settle it, worked out once."""
        key = (captions, over, (table.key, block.label))
        if key not in self.known:
            self.known[key] = headers.under(captions, over, block) or ()
        return self.known[key]

    def put(self, key: Key, piece: Piece, printed: str, place: str) -> None:
        """Takes a printed value for a cell; the first that is printed stands."""
        of, raw = by_key(self.form.edition)[key], piece.text.strip()
        found = number(raw, printed or of.printed)
        spot = f"{place}, column {piece.column + 1}"
        if (piece.merged or piece.tall) and raw:
            self.problems.append(Problem("values_lost", f"{'/'.join(key)}: one value stands for several rows", place))
            if not piece.merged:
                left = Cell(of.table, of.row_label, of.column_label, found.value, raw, found.kind, found.unit, spot)
                self.leftovers.append(left)
            return
        cell = Cell(*key, found.value, raw, found.kind, of.unit, spot)
        before = self.cells.get(key)
        if before is None:
            self.cells[key] = cell
            if found.value and (of.printed or of.asks) and not printed and not found.unit and found.scale == 1:
                taken = of.printed or of.unit
                self.problems.append(
                    Problem("unit_missing", f"{'/'.join(key)}: {raw} is taken as {taken}", spot)
                )
        elif (cell.value, cell.kind) != (before.value, before.kind):
            detail = f"{'/'.join(key)}: {before.raw!r} and again {cell.raw!r}; the first stands"
            self.problems.append(Problem("conflicting_values", detail, spot))

    def lose(self, table: Table, axis: Axis, row: Row, why: str) -> None:
        """Keeps a row whose values cannot be told apart as left over."""
        self.problems.append(Problem("values_lost", f"{table.key}/{axis.key}: {why}", row.line.place))
        for piece in row.line.values:
            self.leave_one(table, row, piece, "")

    def leave(self, table: Table, row: Row, code: str) -> None:
        """Keeps a row that stands for none of the form's."""
        label = " / ".join(p.text.strip() for p in row.line.labels)
        self.problems.append(Problem(code, f"{table.key}: {label or 'a row without a label'}", row.line.place))
        for piece in row.line.values:
            self.leave_one(table, row, piece, "")

    def leave_one(self, table: Table | None, row: Row, piece: Piece, caption: str) -> None:
        """Keeps one printed cell."""
        if piece.text.strip() and not piece.merged:
            label = " / ".join(p.text.strip() for p in row.line.labels)
            found = number(piece.text, unit(caption))
            spot = f"{row.line.place}, column {piece.column + 1}"
            self.leftovers.append(
                Cell(
                    table.key if table else "",
                    label,
                    caption,
                    found.value,
                    piece.text.strip(),
                    found.kind,
                    found.unit,
                    spot,
                )
            )

    def cell(self, cell: FormCell) -> Cell:
        """A cell of the form as printed, MISSING where it is not."""
        key = (cell.table, cell.row, cell.column)
        return self.cells.get(key) or Cell(*key, None, "", Kind.MISSING, cell.unit)

    def missing(self) -> Iterator[Problem]:
        """One problem a row that lacks cells, or a table where all are missing."""
        for table in self.form.tables:
            wanted = [c for c in self.form.cells if c.table == table.key]
            gone = [c for c in wanted if (c.table, c.row, c.column) not in self.cells]
            if gone and len(gone) == len(wanted):
                yield Problem("missing_cell", f"{table.key}: none of its {len(wanted)} cells is printed", table.label)
                continue
            for row in dict.fromkeys(c.row for c in gone):
                columns = [c.column for c in gone if c.row == row]
                yield Problem("missing_cell", f"{table.key}/{row}: {', '.join(columns)}", table.label)
