"""Reports whose tables are printed but not readable: as pictures, or with their values torn from their labels."""

from collections.abc import Iterator

from parsers.editions import named
from parsers.model import Cell, Document, Kind, Problem, Section

TABLES = ("disclosure", "requests", "proceedings")
SHORT = 60  # characters of a chapter that holds no sentence worth a table


def unread(
    opened: Document, chapters: tuple[Section, ...], cells: tuple[Cell, ...], body: bytes
) -> Iterator[Problem]:
    """Problems of a report of which no cell was read; none where any was."""
    if any(cell.kind is not Kind.MISSING for cell in cells):
        return
    if found := named(opened.text):
        edition, labels = found
        yield Problem("values_lost", f"labels of edition {edition} without a table: {', '.join(labels[:3])}")
        return
    if cells:
        yield Problem("values_lost", "labels of the form stand there without a single value")
    bare = [c for c in chapters if c.key in TABLES and len(c.text) < SHORT]
    if bare and b"<img" in body.lower():
        yield Problem("table_is_image", "chapters without a table, but pictures: a person must read", bare[0].title)
