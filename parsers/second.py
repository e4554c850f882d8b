"""A second reading of the same tables as flattened text, without their spans: where the two differ, say so."""

from collections.abc import Iterable, Iterator

from parsers.fill import Filling, fill
from parsers.model import Grid, Kind, Problem


def differences(edition: str, grids: Iterable[Grid], first: Filling) -> Iterator[Problem]:
    """A `readings_differ` problem for each cell whose number the text path reads otherwise than the table path."""
    aligned = [grid for grid in grids if grid.aligned]
    if not aligned:
        return
    again = fill(edition, [_flattened(grid) for grid in aligned])
    for one, other in zip(first.cells, again.cells, strict=True):
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
