"""Columns that number a table's rows: 序号, 行次, 代码. What stands in them is no value and no label."""

import re
from typing import Final

from parsers.model import Grid, Kind, Slot
from parsers.numbers import number, tidy

CAPTION: Final = re.compile("(?:指标)?(?:代码|编码|代号|序号|编号|行次|行号|栏次|项次)")
_ABSENT: Final = Slot("", "absent")


def unnumbered(grid: Grid) -> Grid:
    """An aligned grid without the cells of columns whose caption says that they number the rows; others as they are."""
    columns = {c: r for r, row in enumerate(grid.rows) for c, slot in enumerate(row) if _is_caption(slot)}
    found = {c: r for c, r in columns.items() if all(_is_ordinal(row[c]) for row in grid.rows[r + 1 :])}
    if not grid.aligned or not found:
        return grid
    rows = [
        tuple(_ABSENT if r >= found.get(c, r + 1) and slot.span != "left" else slot for c, slot in enumerate(row))
        for r, row in enumerate(grid.rows)
    ]
    return Grid(tuple(rows), grid.place)


def _is_caption(slot: Slot) -> bool:
    return not slot.span and CAPTION.fullmatch(tidy(slot.text)) is not None


def _is_ordinal(slot: Slot) -> bool:
    """True for a cell that may stand in such a column: a number without a unit, a mark, or nothing of its own."""
    found = number(slot.text)
    return bool(slot.span) or (found.kind is not Kind.TEXT and not found.unit) or _is_caption(slot)
