"""A second reading of the same tables as flattened text, without their spans: is the source at fault or the reading?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.fill import Filling, fill
from parsers.model import Grid, Kind, Problem


def judged(edition: str, grids: Iterable[Grid], first: Filling, faults: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Failed sums with what a second reading says of them, and the cells on which the two readings differ."""
    aligned = tuple(grid for grid in grids if grid.aligned)
    if not faults or not aligned:
        return faults
    differing = tuple(differences(edition, aligned, first))
    word = (
        "a second reading differs, see readings_differ" if differing else "printed so, by both readings of the tables"
    )
    return (*(replace(fault, detail=f"{fault.detail}; {word}") for fault in faults), *differing)


def differences(edition: str, grids: Iterable[Grid], first: Filling) -> Iterator[Problem]:
    """A `readings_differ` problem for each cell whose number the text path reads otherwise than the table path."""
    aligned = [grid for grid in grids if grid.aligned]
    if not aligned:
        return
    again = {(c.table, c.row, c.column): c for c in fill(edition, [_flattened(grid) for grid in aligned]).cells}
    for one in first.cells:
        other = again.get((one.table, one.row, one.column), one)
        if (
            Kind.NUMBER in (one.kind, other.kind)
            and Kind.MISSING not in (one.kind, other.kind)
            and one.value != other.value
        ):
            detail = f"{one.table}/{one.row}/{one.column}: {one.raw!r} by the table's spans, {other.raw!r} by its text"
            yield Problem("readings_differ", detail, one.place)


def _flattened(grid: Grid) -> Grid:
    rows = tuple(tuple(slot for slot in row if slot.span == "") for row in grid.rows)
    return Grid(rows, grid.place, aligned=False)
