"""Tables of a page's tree as aligned grids: spans expanded and clamped, layout tables told from tables of values."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element

from parsers.inscription import hides, is_wrapped, text
from parsers.model import Grid, Slot
from parsers.printed import is_frame, wording

MAX_TABLES, MAX_ROWS, MAX_WIDTH, MAX_SLOTS = 400, 5_000, 60, 200_000
_ABSENT = Slot("", "absent")
_MANY = 20  # cells that no table of layout has


def tables(tree: _Element) -> list[_Element]:
    """The tables that hold values, in document order, at most MAX_TABLES; those of layout or one cell are left out."""
    found = islice(tree.iter("table"), MAX_TABLES * 4)
    return list(islice((table for table in found if not is_wrapped(table) and _is_data(table)), MAX_TABLES))


def _is_data(table: _Element) -> bool:
    if all(is_wrapped(t) for t in table.iterdescendants("table")):
        return next(table.iter("td", "th"), None) is not None and not _is_around(table)
    return sum(1 for row in _own(table, "tr") if sum(bool(text(c)) for c in _own(row, "td", "th")) >= 2) >= 2


def _is_around(table: _Element) -> bool:
    """True for a table of layout around a report whose tables are none in markup."""
    cells = list(islice(_own(table, "td", "th"), _MANY))
    return len(cells) < _MANY and is_frame([wording(cell) for cell in cells])


def grid(table: _Element, place: str) -> Grid:
    """A table as a rectangle; places that no cell covers at the end of a row are slots with span "absent"."""
    hiding = hides(table)
    printed = [
        [(text(c, hiding), _span(c, "colspan"), _span(c, "rowspan")) for c in _own(row, "td", "th")]
        for row in _rows(table)[:MAX_ROWS]
    ]
    return Grid(_expand(printed), place)


def _rows(table: _Element) -> list[_Element]:
    rows = list(_own(table, "tr"))
    foot = [row for row in rows if (parent := row.getparent()) is not None and parent.tag == "tfoot"]
    return [row for row in rows if row not in foot] + foot if foot else rows


def _own(element: _Element, *tags: str) -> Iterator[_Element]:
    """Descendants of some tags that do not stand in a table further in (or, for cells, in another row)."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag in tags:
            yield child
        elif child.tag != "table" and isinstance(child.tag, str):
            stack.extend(reversed(child))


def _span(cell: _Element, name: str) -> int:
    """A span as printed, 1 where it is no number; a row span of 0 reaches to the end."""
    printed = cell.get(name)
    if not printed:
        return 1
    digits = "".join(c for c in printed.strip()[:8] if c in "0123456789")
    value = int(digits) if digits else 1
    return MAX_ROWS if name == "rowspan" and value == 0 else max(1, value)


def _expand(rows: list[list[tuple[str, int, int]]]) -> tuple[tuple[Slot, ...], ...]:
    limit = max((sum(w for _, w, _ in row) for row in rows if all(w <= MAX_WIDTH for _, w, _ in row)), default=1)
    limit = min(max(limit, max((len(row) for row in rows), default=1)), MAX_WIDTH * 4)
    slots: list[dict[int, Slot]] = [{} for _ in rows]
    total = 0
    for r, row in enumerate(rows):
        column = 0
        for words, width, height in row:
            while column in slots[r]:
                column += 1
            width, height = min(width, max(1, limit - column)), min(height, len(rows) - r)
            total += width * height
            if total > MAX_SLOTS:
                return _rectangle(slots[:r])
            if height == width == 1:
                slots[r][column] = _slot(words, "")
                column += 1
                continue
            for dr in range(height):
                for dc in range(width):
                    slots[r + dr].setdefault(column + dc, _slot(words, "above" if dr else "left" if dc else ""))
            column += width
    return _rectangle(slots)


@lru_cache(maxsize=8192)
def _slot(words: str, span: str) -> Slot:
    """Slots never change, and forms print the same words again and again."""
    return Slot(words, span)


def _rectangle(slots: list[dict[int, Slot]]) -> tuple[tuple[Slot, ...], ...]:
    width = max((max(row, default=-1) for row in slots), default=-1) + 1
    return tuple(tuple(row.get(c, _ABSENT) for c in range(width)) for row in slots if row)
