"""What each printed row of a grid is for a form: heading, column captions, a labelled row of values, values alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.labels import plain
from parsers.lexicon import CAPTIONS, COMMON, OPENERS, UNITS, Names, column_of, names, row_of
from parsers.model import Grid, Kind, Slot
from parsers.numbers import number, tidy
from parsers.ties import nearest


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed cell of a row. `merged`: it is printed in a row above and reaches into this one.

    `tall`: it reaches into the row below, which has cells of its own.
    """

    text: str
    column: int
    merged: bool = False
    tall: bool = False

    @property
    def name(self) -> str:
        """The label that it would be."""
        return plain(self.text)

    @property
    def is_text(self) -> bool:
        """True for what is neither blank nor a mark nor a number."""
        return number(self.text).kind is Kind.TEXT

    @property
    def is_unit(self) -> bool:
        """True for a cell that states the row's unit."""
        return tidy(self.text) in UNITS


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or the part of one that stands for one thing. `kind`: heading, header, data, values, blank, other."""

    kind: str
    labels: tuple[Piece, ...]  # header: the captions; data: labels, the row's own last
    values: tuple[Piece, ...]
    place: str
    table: str = ""  # key of the table that the labels name, "" where they name none
    left: bool = False  # the row begins at its left edge and may lack cells at its end
    spare: int | None = None  # header: blank cells that close it; values beside their header: those before the first
    joined: bool = False  # values that stand in one row with their header


def lines(grid: Grid, edition: str) -> Iterator[Line]:
    """The rows of a grid as an edition of the form sees them."""
    known = names(edition)
    for index, row in enumerate(grid.rows):
        below = _tall(row, grid.rows[index + 1]) if index + 1 < len(grid.rows) else frozenset()
        pieces = tuple([
            Piece(slot.text, c, slot.span == "above", c in below)
            for c, slot in enumerate(row)
            if not slot.span or (slot.span == "above" and not _reached(row, c))
        ])
        left = grid.aligned and bool(row) and row[-1].span == "absent" and all(s.span != "left" for s in row)
        yield from _split(pieces, known, f"{grid.place}, row {index + 1}", left)


def _tall(row: tuple[Slot, ...], below: tuple[Slot, ...]) -> frozenset[int]:
    """Columns whose cells reach into the row below, where that one holds something of its own."""
    if not any(slot.text.strip() and not slot.span for slot in below):
        return frozenset()
    return frozenset(c for c, slot in enumerate(below) if slot.span == "above" and c < len(row) and not row[c].span)


def _reached(row: tuple[object, ...], column: int) -> bool:
    """True for the second and later columns of a wide cell that reaches in from above."""
    return column > 0 and row[column] == row[column - 1] and bool(getattr(row[column], "text", ""))


def _split(pieces: tuple[Piece, ...], known: Names, place: str, left: bool) -> Iterator[Line]:
    if len(pieces) > 2 and _is_numbered(pieces[0], pieces[1], known):
        pieces = pieces[1:]
    lead = next((i for i, p in enumerate(pieces) if not p.merged and p.text.strip() and not p.is_text), len(pieces))
    texts = [i for i in range(lead) if pieces[i].is_text and not pieces[i].merged and not pieces[i].is_unit]
    columns = [i for i in texts if column_of(pieces[i].name, known) is not None]
    printed = [p for p in pieces[lead:] if p.text.strip() and not p.merged]
    leaf = _leaf(pieces, texts, columns, known, bool(printed))
    if leaf is not None:
        yield from _data(pieces, texts, columns, leaf, known, place, left)
        return
    if not columns and not printed and any(pieces[i].name in OPENERS for i in texts):
        columns = texts
    if columns and not (len(columns) == 1 and printed):
        yield from _captions(pieces, texts, columns, bool(printed), known, place, left)
    elif printed and texts and _is_group(pieces[texts[-1]], printed, known):
        yield Line("other", tuple(pieces[i] for i in texts), (), place)
    elif printed:
        labels = tuple(pieces[i] for i in texts)
        yield Line(
            "data" if labels else "values", labels, pieces[texts[-1] + 1 :] if texts else pieces, place, left=left
        )
    elif texts:
        yield _heading(tuple(pieces[i] for i in texts), known, place)
    elif len(pieces) > 1:
        yield Line("blank", (), pieces, place)


def _is_numbered(first: Piece, second: Piece, known: Names) -> bool:
    """True where a bare number that no cell above reaches into stands before a row's label."""
    return not first.merged and first.text.strip().isdecimal() and row_of(second.name, known) is not None


def _captions(
    pieces: tuple[Piece, ...], texts: list[int], columns: list[int], filled: bool, known: Names, place: str, left: bool
) -> Iterator[Line]:
    """A row of captions, and the values that a flattened text joins to it, with their label if they have one."""
    end = texts[-1] + 1
    header = _header(pieces[:end], pieces[end:] if not filled else (), known, place)
    if not filled:
        yield header
        if end < len(pieces):
            yield Line("blank", (), pieces[end:], place)
    elif header.table == "proceedings" or columns[-1] == texts[-1]:
        yield header
        yield Line("values", (), pieces[end:], place, left=left, joined=True)
    else:
        yield _header(pieces[: columns[-1] + 1], (), known, place)
        yield Line("data", tuple(pieces[i] for i in texts if i > columns[-1]), pieces[end:], place, left=left)


def _leaf(pieces: tuple[Piece, ...], texts: list[int], columns: list[int], known: Names, filled: bool) -> int | None:
    """The last text that names a row of the form; in a row of captions it must name it exactly or precede values."""
    for i in reversed(texts):
        row = row_of(pieces[i].name, known)
        if row is None or (i in columns and len(columns) > 1):
            continue
        last = filled and i == texts[-1] and (not columns or i > columns[-1])
        if last or pieces[i].name in known.row_names[row] or not any(_is_caption(pieces[j].name, known) for j in texts):
            return i
    return None


def _is_caption(name: str, known: Names) -> bool:
    return name in CAPTIONS or any(name in wordings for wordings in known.column_names)


def _is_group(label: Piece, printed: list[Piece], known: Names) -> bool:
    """True for a row that only names the rows below it and holds marks."""
    return all(number(p.text).value is None for p in printed) and nearest(label.name, known.groups) is not None


def _heading(labels: tuple[Piece, ...], known: Names, place: str) -> Line:
    is_heading = any(nearest(p.name, tuple((h,) for h in known.headings), 0.9) is not None for p in labels)
    return Line("heading" if is_heading else "other", labels, (), place)


def _header(pieces: tuple[Piece, ...], rest: tuple[Piece, ...], known: Names, place: str) -> Line:
    captions = tuple(p for p in pieces if p.text.strip() and not p.merged and p.name not in known.headings)
    found = [known.columns[i][0] for p in captions if (i := column_of(p.name, known)) is not None]
    table = max(found, key=found.count) if found else ""
    return Line("header", captions, (), place, table, spare=sum(not p.text.strip() for p in rest) if rest else None)


def _data(
    pieces: tuple[Piece, ...], texts: list[int], columns: list[int], leaf: int, known: Names, place: str, left: bool
) -> Iterator[Line]:
    """A labelled row, with the captions before it and the labelled row beside it as lines of their own."""
    above = [i for i in columns if i < leaf]
    if above:
        yield _header(pieces[: above[-1] + 1], (), known, place)
    start = above[-1] + 1 if above else 0
    labels = tuple(pieces[i] for i in texts if start <= i <= leaf)
    values = tuple(p for p in pieces[leaf + 1 :] if not (p.merged and p.is_text))
    beside = next(
        (
            i
            for i, p in enumerate(values)
            if not p.merged and p.is_text and len(p.name) > 3 and p.name in known.labels
        ),
        len(values),
    )
    row = row_of(pieces[leaf].name, known)
    table = known.rows[row][0] if row is not None and pieces[leaf].name not in COMMON else ""
    yield Line("data", labels, values[:beside], place, table, left and beside == len(values))
    if beside < len(values):
        yield from _split(values[beside:], known, place, left)
