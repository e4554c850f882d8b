"""Reports whose tables are printed but not readable: as pictures, or with their values torn from their labels."""

import re
from collections.abc import Iterator

from parsers.forms import EDITIONS, form
from parsers.model import Cell, Document, Problem, Section

TABLES = ("disclosure", "requests", "proceedings")
ENOUGH = 4  # row labels of one form in prose: a report that only tells of its figures names fewer
SHORT = 60  # characters of a chapter that holds no sentence worth a table


def unread(
    opened: Document, chapters: tuple[Section, ...], cells: tuple[Cell, ...], body: bytes
) -> Iterator[Problem]:
    """Problems of a report of which no cell was read; none where any was."""
    if cells:
        return
    plain = re.sub(r"\s+", "", opened.text).replace("（", "(").replace("）", ")")
    for edition in EDITIONS:
        named = [label for label in _labels(edition) if label in plain]
        if len(named) >= ENOUGH:
            yield Problem("values_lost", f"labels of edition {edition} without a table: {', '.join(named[:3])}")
            return
    bare = [c for c in chapters if c.key in TABLES and len(c.text) < SHORT]
    if bare and b"<img" in body.lower():
        yield Problem("table_is_image", "chapters without a table, but pictures: a person must read", bare[0].title)


def _labels(edition: str) -> list[str]:
    """Captions and last labels of rows, long enough to be no common words."""
    found = [r.path[-1] for t in form(edition).tables for b in t.blocks for r in b.rows]
    found += [c.path[-1] for t in form(edition).tables for b in t.blocks for c in b.columns]
    return list(dict.fromkeys(label for label in found if len(label) > 4))
