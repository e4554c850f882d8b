"""Cells placed on a table's own columns, turned into a grid: the shape shared by Word, sheets and ruled PDF."""

from dataclasses import dataclass
from typing import Final

from parsers.model import Grid, Slot

MAX_COLUMNS: Final = 256


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of one row: its first column, how many it covers, its text, and whether it continues the one above."""

    column: int
    width: int
    text: str
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A cell over several rows: rows `top` to `bottom`, columns `left` to `right`, last ones not included."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def grid(rows: list[list[Placed]], place: str) -> Grid:
    """A rectangle from rows of placed cells; a continuing cell takes the text of the cell above its first column.

    >>> [[s.text + s.span for s in row] for row in grid([[Placed(0, 2, "a")], [Placed(0, 1, "b")]], "table 1").rows]
    [['a', 'aleft'], ['b', '']]
    """
    width = min(MAX_COLUMNS, max((c.column + c.width for row in rows for c in row), default=0))
    lines: list[tuple[Slot, ...]] = []
    for row in rows:
        slots = [Slot("")] * width
        for cell in row:
            above = lines[-1][cell.column] if lines and cell.column < width else Slot("")
            text = above.text if cell.continues else cell.text
            for column in range(cell.column, min(width, cell.column + cell.width)):
                first = "above" if cell.continues and lines else ""
                slots[column] = Slot(text, first or ("left" if column > cell.column else ""))
        lines.append(tuple(slots))
    return Grid(tuple(lines), place)


def spread(regions: list[Region], height: int, width: int, place: str) -> Grid:
    """A rectangle from regions; where two claim a place, the first one has it; free places are empty."""
    slots: list[list[Slot | None]] = [[None] * width for _ in range(height)]
    for region in regions:
        for row in range(region.top, min(region.bottom, height)):
            for column in range(region.left, min(region.right, width)):
                if slots[row][column] is None:
                    span = "above" if row > region.top else "left" if column > region.left else ""
                    slots[row][column] = Slot(region.text, span)
    return Grid(tuple(tuple(slot or Slot("") for slot in row) for row in slots), place)
