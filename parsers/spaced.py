"""Tables of a flattened text with a row a line, or all rows in one, and nothing but spaces between the cells."""

from parsers.lexicon import UNITS
from parsers.numbers import tidy
from parsers.stacked import Region, by_labels, is_heading, is_texty, whole
from parsers.vocabulary import is_like_label

_LEAST = 3  # cells that make a table
_MOST = 6000  # characters of a line that may be a table


def spaced(lines: list[str], at: int) -> Region | None:
    """From a line on that is made of labels and values alone, as long as such lines follow; blank cells do not show."""
    found: list[tuple[str, ...]] = []
    for line in map(lines.__getitem__, range(at, len(lines))):
        cells = _cells(line) or (tuple(line.split()) if found and _goes_on(line) else None)
        if cells is None or (not found and len(cells) < 2):
            break
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    everything = [cell for cells in found for cell in cells]
    if len(everything) < _LEAST or all(map(is_texty, everything)):
        return None
    return Region(at, at + len(found), tuple(row for cells in found for row in by_labels(cells)))


def _goes_on(line: str) -> bool:
    """True for an empty line and for one of values alone."""
    return len(line) <= _MOST and not any(map(is_texty, line.split()))


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line of labels and values, none where there is anything else in it."""
    words = line.split() if len(line) <= _MOST else []
    if not any(map(is_texty, words[:_LEAST])) or (len(words) == 1 and is_heading(line)):
        return ()
    cells = tuple(whole(words))
    known = [is_like_label(cell) for cell in cells if is_texty(cell) and tidy(cell) not in UNITS]
    return cells if known and all(known) else ()
