"""Opens PDF files."""

from parsers.isolation import unreadable
from parsers.kinds import kind
from parsers.model import Document, Source


def document(source: Source) -> Document:
    """Prose and tables of a PDF file, in order."""
    return unreadable(f"files of kind {kind(source)} are not opened yet")
