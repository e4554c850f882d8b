"""Tables of a text in which a merged cell is printed in each of its places: the repetitions are spans again."""

from collections.abc import Sequence
from itertools import pairwise

from parsers.lexicon import UNITS
from parsers.model import Grid, Slot
from parsers.numbers import tidy
from parsers.stacked import is_texty

Rows = Sequence[Sequence[str]]
_LEAST = 3  # cells of a row


def grid(rows: Rows, place: str) -> Grid:
    """Rows of a text as a table: with its columns where repeated labels show them, else in printed order alone."""
    if not _is_spread(rows):
        return Grid(tuple(tuple(Slot(cell) for cell in row) for row in rows), place, aligned=False)
    found: list[tuple[Slot, ...]] = []
    heads: list[Slot] = [Slot("")] * len(rows[0])  # the last label printed in each column
    for row in rows:
        slots = tuple(_slot(row, found[-1] if found else (), heads, column) for column in range(len(row)))
        heads = [slot if _is_label(slot.text) else head for slot, head in zip(slots, heads, strict=True)]
        found.append(slots)
    return Grid(tuple(found), place)


def _is_spread(rows: Rows) -> bool:
    """True for rows of one length of which some repeat a label."""
    width = len(rows[0])
    return width >= _LEAST and all(len(row) == width for row in rows) and any(
        _is_label(one) and one == other for row in rows for one, other in pairwise(row))


def _slot(row: Sequence[str], above: Sequence[Slot], heads: Sequence[Slot], column: int) -> Slot:
    text = row[column]
    if above and above[column].text == text and _is_label(text):
        return Slot(text, "above")
    beside = column > 0 and row[column - 1] == text
    return Slot(text, "left" if beside and (_is_label(text) or heads[column].span == "left") else "")


def _is_label(text: str) -> bool:
    return bool(text) and is_texty(text) and tidy(text) not in UNITS
