"""Tables of a flattened text with a row a line, or all rows in one, and nothing but spaces between the cells."""

from parsers.stacked import Region, by_labels, is_texty, whole
from parsers.vocabulary import is_like_label

_LEAST = 3  # cells that make a table
_MOST = 6000  # characters of a line that may be a table


def spaced(lines: list[str], at: int) -> Region | None:
    """From a line on that is made of labels and values alone, as long as such lines follow; blank cells do not show."""
    end = at
    while end < len(lines) and (not lines[end].strip() and end > at or _cells(lines[end])):
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    cells = [cell for line in lines[at:end] for cell in _cells(line)]
    if len(cells) < _LEAST or all(map(is_texty, cells)):
        return None
    rows = tuple(row for line in lines[at:end] for row in by_labels(_cells(line)))
    return Region(at, end, rows)


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line of labels and values, none where there is anything else in it."""
    words = line.split() if len(line) <= _MOST else []
    if not words or not (is_like_label(words[0]) or any(is_texty(word) for word in words[:_LEAST])):
        return ()
    cells = tuple(whole(words))
    known = [is_like_label(cell) for cell in cells if is_texty(cell)]
    return cells if known and all(known) else ()
