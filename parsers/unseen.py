"""What styles do to a page's tables: rows and cells that they hide, taken out and told; notes that they raise."""

import re

from lxml.etree import _Element

from parsers.model import Problem
from parsers.printed import wording

_PARTS = ("tbody", "tr", "td", "th")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*su(?:per|b)", re.IGNORECASE)


def cleared(tree: _Element) -> tuple[Problem, ...]:
    """Takes hidden rows and cells out of a tree; a `hidden_cells` problem where some of them held anything."""
    found = [element for element in tree.iter(*_PARTS) if is_hidden(element)]
    held = sum(bool(wording(element).strip()) for element in found)
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return (Problem("hidden_cells", f"hidden rows and cells of tables: {held}, not read"),) if held else ()


def is_hidden(element: _Element) -> bool:
    """True for an element that its own style or attribute hides."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def is_raised(element: _Element) -> bool:
    """True for a note set higher or lower than its line."""
    return element.tag in ("sup", "sub") or bool(_RAISED.search(element.get("style") or ""))
