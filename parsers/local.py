"""Tables that no edition of the form names: every number kept under its labels as printed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.model import Cell, Grid, Kind, Slot
from parsers.numbers import number, tidy, unit


def cells(grids: Iterable[Grid]) -> tuple[Cell, ...]:
    """Cells of local tables: table "local", row and column as printed; a label that comes again gets #2, #3 …"""
    found = [cell for grid in grids for cell in _cells(grid)]
    seen: Counter[tuple[str, str]] = Counter()
    result = []
    for cell in found:
        seen[cell.row, cell.column] += 1
        again = seen[cell.row, cell.column]
        result.append(cell if again == 1 else replace(cell, row=f"{cell.row} #{again}"))
    return tuple(result)


def is_local(grids: Iterable[Grid]) -> bool:
    """True where some table holds at least three labelled numbers."""
    return any(sum(cell.kind is Kind.NUMBER for cell in _cells(grid)) >= 3 for grid in grids)


def _cells(grid: Grid) -> Iterator[Cell]:
    captions: list[str] = []
    for index, row in enumerate(grid.rows):
        texts = [slot.text if slot.span in ("", "above") else "" for slot in row]
        lead = next((i for i, text in enumerate(texts) if _is_value(row[i])), len(texts))
        if lead == len(texts):
            captions = texts if sum(bool(text.strip()) for text in texts) >= 2 else captions
            continue
        label = " / ".join(dict.fromkeys(text.strip() for text in texts[:lead] if text.strip()))
        for i in range(lead, len(texts)):
            if label and _is_value(row[i]):
                yield _cell(grid, index, i, label, captions, texts)


def _cell(grid: Grid, row: int, column: int, label: str, captions: list[str], texts: list[str]) -> Cell:
    caption = captions[column].strip() if len(captions) == len(texts) else ""
    found = number(texts[column], unit(caption))
    place = f"{grid.place}, row {row + 1}, column {column + 1}"
    return Cell(
        "local",
        label,
        caption or f"column {column + 1}",
        found.value,
        texts[column].strip(),
        found.kind,
        found.unit,
        place,
    )


def _is_value(slot: Slot) -> bool:
    return slot.span == "" and bool(tidy(slot.text)) and number(slot.text).kind is not Kind.TEXT
