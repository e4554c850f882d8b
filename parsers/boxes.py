"""Tables made without table elements: a division a row with one child a cell, or a paragraph a cell."""

from collections.abc import Iterator

from lxml.etree import _Element

from parsers.inscription import text
from parsers.model import Grid, Slot
from parsers.vocabulary import is_label

_PARENTS = ("div", "ul", "ol", "dl", "section", "form", "tbody", "article")
_LONGEST = 120  # characters of the longest cell
_LEAST = 3  # labels of the form that make divisions a table


def boxes(root: _Element) -> list[tuple[_Element, Grid]]:
    """Elements whose children are rows of a form, in document order, each with its grid (unaligned)."""
    found: list[tuple[_Element, Grid]] = []
    for element in root.iter(*_PARENTS):
        if any(other is parent for other, _ in found for parent in element.iterancestors()):
            continue
        rows = _rows(element)
        if rows and sum(is_label(cell) for row in rows for cell in row) >= _LEAST:
            slots = tuple(tuple(Slot(cell) for cell in row) for row in rows)
            found.append((element, Grid(slots, f"boxes {len(found) + 1}", aligned=False)))
    return found


def _rows(element: _Element) -> list[list[str]] | None:
    """The rows that an element's children are, None where they are none."""
    children = [child for child in element if isinstance(child.tag, str)]
    if len(children) < 3 or (element.text or "").strip():
        return None
    rows = [list(_cells(child)) for child in children]
    wide = sum(len(row) >= 2 for row in rows)
    if wide < 2 or wide * 2 < len(rows) or any(len(cell) > _LONGEST for row in rows for cell in row):
        return None
    return [row for row in rows if row]


def _cells(row: _Element) -> Iterator[str]:
    if (row.text or "").strip() or not len(row):
        yield text(row)
        return
    for child in row:
        if isinstance(child.tag, str):
            yield text(child)
