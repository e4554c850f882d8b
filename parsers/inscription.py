"""What a cell of a table on a page says: its words as a browser shows them, its fields filled in."""

import re
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from parsers.printed import wording
from parsers.unseen import is_hidden, is_raised

_BREAKS = frozenset(("br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "dd", "dt"))
_SILENT = frozenset(("script", "style", "template", "noscript", "select"))
_INLINE = frozenset(("p", "div", "span", "font", "b", "strong", "a", "u", "em", "i", "o:p", "center"))
_STRUCK = frozenset(("del", "s", "strike"))
_LINES = frozenset(("p", "div"))
_HIDING = re.compile("display|through|hidden|super|vertical-align:\\s*sub", re.IGNORECASE)
_SIGNS = (b"display", b"through", b"hidden", b"super", b"sub")  # without them no style in a markup is one of those
_UNSEEN = frozenset(("hidden", "checkbox", "radio", "button", "submit", "image", "file", "reset"))


def hides(table: _Element) -> bool:
    """Whether a style may hide, strike or raise something in a table: Word's are long, one look spares them all."""
    markup = etree.tostring(table, with_tail=False).lower()
    return any(sign in markup for sign in _SIGNS)


def text(cell: _Element, hiding: bool = True) -> str:
    """The printed text of a cell: values of its inputs included, scripts and parts that a style hides left out.

    `hiding`: whether a style in it may hide something.
    """
    said = wording(cell) if _is_simple(cell, hiding) else _walked(cell)
    return " ".join(said.split())


def _is_simple(cell: _Element, hiding: bool) -> bool:
    """True where nothing in a cell is hidden, a field, or a line of its own beside another."""
    lines = 0
    for element in cell.iterdescendants():
        tag = element.tag
        lines += tag in _LINES
        if lines > 1 or tag not in _INLINE or (hiding and _may_hide(element)):
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
    return not is_hidden(element) and not (element.tag == "table" and not is_wrapped(element))


def _field(element: _Element) -> str:
    return "" if (element.get("type") or "").lower() in _UNSEEN else element.get("value") or ""


def _chosen(element: _Element) -> str:
    """What a select shows."""
    if element.tag != "select":
        return ""
    options = list(element.iter("option"))
    chosen = [o for o in options if o.get("selected") is not None] or options[:1]
    return chosen[0].text or "" if chosen else ""


def is_wrapped(table: _Element) -> bool:
    """True for a table of one cell inside another table's cell: it is that cell's text."""
    return next(table.iterancestors("td", "th"), None) is not None and len(list(islice(table.iter("td", "th"), 2))) <= 1
