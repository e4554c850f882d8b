"""A failed sum looked at again: the tables are read a second time as text; is the source at fault or the reading?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from parsers import flat
from parsers.checks import failed, operands
from parsers.fill import Filling, fill
from parsers.model import Cell, Check, Grid, Kind, Problem, Slot
from parsers.stacked import by_labels

Key = tuple[str, str, str]
Reading = Mapping[Key, Cell]


def judged(edition: str, grids: Iterable[Grid], first: Filling, held: Sequence[Check]) -> tuple[Problem, ...]:
    """A `sum_fails` problem a failed sum, which says whose fault it likely is, and the cells that are read otherwise.

    The second readings know nothing of the table's columns: rows as lines, and cells one below the other, where only
    labels show the rows. No value is ever changed by them.
    """
    faults = failed(edition, held)
    aligned = [grid for grid in grids if grid.aligned]
    if not faults or not aligned:
        return tuple(problem for problem, _ in faults)
    one = {_key(cell): cell for cell in first.cells}
    others = [_numbers(edition, text) for text in (_lines(aligned), _stream(aligned))]
    sums = [(problem, operands(edition, check)) for problem, check in faults]
    told = tuple(replace(problem, detail=f"{problem.detail}; {_fault(keys, one, others)}") for problem, keys in sums)
    doubtful = dict.fromkeys(key for _, keys in sums for key in keys)
    return (*told, *_differences(doubtful, one, others))


def _fault(keys: Sequence[Key], one: Reading, others: Sequence[Reading]) -> str:
    """Whose fault a failed sum of these cells is, as far as other readings tell."""
    whole = [other for other in others if all(key in other for key in keys)]
    if any(other[key].value != one[key].value for other in others for key in keys if key in other):
        return "likely the reading's: another reading of the tables differs, see readings_differ"
    if whole:
        return "likely the source's: the tables read again as text say the same"
    return "whose fault cannot be told: the tables make no sense as text"


def _differences(keys: Iterable[Key], one: Reading, others: Sequence[Reading]) -> Iterator[Problem]:
    """A `readings_differ` problem for each of the cells whose number another reading has otherwise."""
    for key in keys:
        for other in others:
            if key in other and other[key].value != one[key].value:
                detail = f"{'/'.join(key)}: {one[key].raw!r} by the table's columns, {other[key].raw!r} by its text"
                yield Problem("readings_differ", detail, one[key].place)
                break


def _numbers(edition: str, grids: Iterable[Grid]) -> Reading:
    """The cells in which a reading finds numbers."""
    return {_key(cell): cell for cell in fill(edition, grids).cells if cell.kind is Kind.NUMBER}


def _key(cell: Cell) -> Key:
    return cell.table, cell.row, cell.column


def _lines(grids: Iterable[Grid]) -> list[Grid]:
    """The tables as a text file has them: a line a row, bars between the cells that are printed."""
    text = "\n\n".join("\n".join("| " + " | ".join(row) + " |" for row in _printed(grid)) for grid in grids)
    return [block for block in flat.blocks(text) if isinstance(block, Grid)]


def _stream(grids: Sequence[Grid]) -> list[Grid]:
    """The tables as cells one below the other, rows told by labels alone."""
    rows = [by_labels(cell for row in _printed(grid) for cell in row) for grid in grids]
    return [
        Grid(tuple(tuple(Slot(cell) for cell in row) for row in found), grid.place, aligned=False)
        for grid, found in zip(grids, rows, strict=True)
    ]


def _printed(grid: Grid) -> list[list[str]]:
    """The cells that are printed, row by row, each on one line without bars."""
    rows = [[" ".join(slot.text.replace("|", "/").split()) for slot in row if slot.span == ""] for row in grid.rows]
    return [row for row in rows if row]
