"""Tables of a page's tree as aligned grids: spans expanded and clamped, layout tables told from tables of values."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from parsers.model import Grid, Slot
from parsers.printed import is_frame, wording
from parsers.unseen import is_hidden, is_raised

MAX_TABLES, MAX_ROWS, MAX_WIDTH, MAX_SLOTS = 400, 5_000, 60, 200_000
_BREAKS = frozenset(("br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "dd", "dt"))
_SILENT = frozenset(("script", "style", "template", "noscript", "select"))
_ABSENT = Slot("", "absent")
_INLINE = frozenset(("p", "div", "span", "font", "b", "strong", "a", "u", "em", "i", "o:p", "center"))
_STRUCK = frozenset(("del", "s", "strike"))
_LINES = frozenset(("p", "div"))
_MANY = 20  # cells that no table of layout has
_HIDING = re.compile("display|through|hidden|super|vertical-align:\\s*sub", re.IGNORECASE)
_SIGNS = (b"display", b"through", b"hidden", b"super", b"sub")  # without them no style in a markup is one of those
_UNSEEN = frozenset(("hidden", "checkbox", "radio", "button", "submit", "image", "file", "reset"))


def tables(tree: _Element) -> list[_Element]:
    """The tables that hold values, in document order, at most MAX_TABLES; those of layout or one cell are left out."""
    found = islice(tree.iter("table"), MAX_TABLES * 4)
    return list(islice((table for table in found if not _is_wrapped(table) and _is_data(table)), MAX_TABLES))


def _is_wrapped(table: _Element) -> bool:
    """True for a table of one cell inside another table's cell: it is that cell's text."""
    return next(table.iterancestors("td", "th"), None) is not None and len(list(islice(table.iter("td", "th"), 2))) <= 1


def _is_data(table: _Element) -> bool:
    if all(_is_wrapped(t) for t in table.iterdescendants("table")):
        return next(table.iter("td", "th"), None) is not None and not _is_around(table)
    return sum(1 for row in _own(table, "tr") if sum(bool(text(c)) for c in _own(row, "td", "th")) >= 2) >= 2


def _is_around(table: _Element) -> bool:
    """True for a table of layout around a report whose tables are none in markup."""
    cells = list(islice(_own(table, "td", "th"), _MANY))
    return len(cells) < _MANY and is_frame([wording(cell) for cell in cells])


def grid(table: _Element, place: str) -> Grid:
    """A table as a rectangle; places that no cell covers at the end of a row are slots with span "absent"."""
    hides = _hides(table)
    printed = [
        [(text(c, hides), _span(c, "colspan"), _span(c, "rowspan")) for c in _own(row, "td", "th")]
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


def _hides(table: _Element) -> bool:
    """Whether a style may hide, strike or raise something in a table: Word's are long, one look spares them all."""
    markup = etree.tostring(table, with_tail=False).lower()
    return any(sign in markup for sign in _SIGNS)


def text(cell: _Element, hides: bool = True) -> str:
    """The printed text of a cell: values of its inputs included, scripts and parts that a style hides left out.

    `hides`: whether a style in it may hide something.
    """
    said = wording(cell) if _is_simple(cell, hides) else _walked(cell)
    return " ".join(said.split())


def _is_simple(cell: _Element, hides: bool) -> bool:
    """True where nothing in a cell is hidden, a field, or a line of its own beside another."""
    lines = 0
    for element in cell.iterdescendants():
        tag = element.tag
        lines += tag in _LINES
        if lines > 1 or tag not in _INLINE or (hides and _may_hide(element)):
            return False
    return True


def _may_hide(element: _Element) -> bool:
    return element.get("hidden") is not None or _HIDING.search(element.get("style", "")) is not None


def _walked(cell: _Element, is_struck: bool = False) -> str:
    """A cell's words, notes in brackets; what is struck out only where nothing else stands there (`is_struck`)."""
    words: list[str] = []
    noted: list[_Element] = []
    crossed = False
    stack: list[tuple[_Element, bool]] = [(cell, False)]
    while stack:
        element, done = stack.pop()
        if done:
            words.append(("]" if element in noted else "") + (element.tail or ""))
            continue
        if element is not cell:
            stack.append((element, True))
        is_crossed = element is not cell and not is_struck and _is_crossed(element)
        if is_crossed or (element is not cell and not _is_printed(element)):
            words.append(_chosen(element))
            crossed = crossed or is_crossed
            continue
        if is_raised(element) and "".join(words).strip():
            noted.append(element)
            words.append("[")
        words.append(" " if element.tag in _BREAKS and element is not cell else "")
        words.append(_field(element) if element.tag == "input" else element.text or "")
        stack.extend((child, False) for child in reversed(element))
    found = "".join(words)
    return _walked(cell, True) if crossed and not found.strip() else found


def _is_crossed(element: _Element) -> bool:
    return element.tag in _STRUCK or "line-through" in element.get("style", "")


def _is_printed(element: _Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return False
    return not is_hidden(element) and not (element.tag == "table" and not _is_wrapped(element))


def _field(element: _Element) -> str:
    return "" if (element.get("type") or "").lower() in _UNSEEN else element.get("value") or ""


def _chosen(element: _Element) -> str:
    """What a select shows."""
    if element.tag != "select":
        return ""
    options = list(element.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None] or options[:1]
    return chosen[0].text or "" if chosen else ""
