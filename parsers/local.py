"""Tables that no edition of the form names: every number kept under its labels as printed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from parsers.lexicon import UNITS
from parsers.model import Cell, Grid, Kind, Slot
from parsers.numbers import number, tidy, unit
from parsers.ordinals import CAPTION

_NAME: Final = re.compile("(?:统计)?指标(?:名称)?|(?:统计)?项目(?:名称)?|名称|内容|(?:计量)?单位")
_LEAST_CODES: Final = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The captions above some rows, column by column, and which columns hold the rows' codes."""

    captions: tuple[str, ...]
    codes: frozenset[int]

    def says(self, column: int, width: int) -> str:
        """The caption of a column in a row of some width, "" where the rows are not as wide as the captions."""
        return self.captions[column] if len(self.captions) == width else ""


def cells(grids: Iterable[Grid]) -> tuple[Cell, ...]:
    """Cells of local tables: table "local", row and column as printed; a label that comes again gets #2, #3 …

    A row's code is a text, never a figure; a row's unit is the scale of its figures.
    """
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
    counted = frozenset(_counted(grid))
    head = Head((), counted)
    for index, row in enumerate(grid.rows):
        texts = [slot.text.strip() if slot.span in ("", "above") else "" for slot in row]
        if not any(_is_value(slot) for slot in row) and not _is_unfilled(texts):
            if sum(map(bool, texts)) >= 2:
                named = (i for i, text in enumerate(texts) if CAPTION.fullmatch(tidy(text)))
                head = Head(tuple(texts), counted.union(named))
            continue
        starts = _starts(row, texts, head)
        for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
            yield from _group(grid, index, range(start, end), texts, head)


def _is_unfilled(texts: Sequence[str]) -> bool:
    """A label and behind it its unit: the row's figures are left blank."""
    printed = [tidy(text) for text in texts if text]
    return len(printed) == 2 and printed[1] in UNITS and not any(map(_NAME.fullmatch, printed))


def _counted(grid: Grid) -> Iterator[int]:
    """Columns that can only hold codes: figures printed with a zero before them."""
    for column in range(max(map(len, grid.rows), default=0)):
        printed = [row[column].text.strip() for row in grid.rows if column < len(row) and _is_value(row[column])]
        if len(printed) >= _LEAST_CODES and all(re.fullmatch(r"\d\d", text) for text in printed) and "01" in printed:
            yield column


def _starts(row: Sequence[Slot], texts: Sequence[str], head: Head) -> list[int]:
    """Where the labels of a row begin: once, or where the sheet has two halves side by side again."""
    first = next((i for i in range(len(row)) if texts[i] and not _is_value(row[i])), 0)
    name = head.says(first, len(row))
    later = range(first + 1, len(row))
    if name:
        return [0, *(i for i in later if head.captions[i] == name and texts[i] and head.captions[i - 1] != name)]
    labels = (i for i in later if texts[i] and not _is_value(row[i]))
    return [0, *(i for i in labels if _is_value(row[i - 1]) and i - 1 not in head.codes)]


def _group(grid: Grid, index: int, columns: range, texts: Sequence[str], head: Head) -> Iterator[Cell]:
    """The cells of one label: its code, its figures, and what else stands in the columns of figures."""
    row = grid.rows[index]
    figures = [i for i in columns if i not in head.codes and (_is_value(row[i]) or _is_figure(head.says(i, len(row))))]
    lead = min(figures, default=columns.stop)
    named = list(dict.fromkeys(texts[i] for i in columns if i < lead and i not in head.codes and texts[i]))
    if not named:
        return
    stated = next((tidy(text) for text in named if tidy(text) in UNITS), "")
    for i in columns:
        if row[i].span == "" and (i in figures or (i in head.codes and texts[i])):
            cell = _cell(grid, index, i, " / ".join(named), head.says(i, len(row)), stated)
            yield replace(cell, value=None, kind=Kind.TEXT, unit="") if i in head.codes else cell


def _is_figure(caption: str) -> bool:
    return bool(caption) and not CAPTION.fullmatch(tidy(caption)) and not _NAME.fullmatch(tidy(caption))


def _cell(grid: Grid, row: int, column: int, label: str, caption: str, stated: str) -> Cell:
    raw = grid.rows[row][column].text.strip()
    found = number(raw, unit(caption) or stated)
    place = f"{grid.place}, row {row + 1}, column {column + 1}"
    return Cell("local", label, caption or f"column {column + 1}", found.value, raw, found.kind, found.unit, place)


def _is_value(slot: Slot) -> bool:
    return slot.span == "" and bool(tidy(slot.text)) and number(slot.text).kind is not Kind.TEXT
