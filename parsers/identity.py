"""Identity: who reports, on which place and year, with which reach; each fact with the rule that decided it."""

from parsers.model import Document, Identity, Source
from parsers.titles import title


def identify(document: Document, source: Source, edition: str | None = None) -> Identity:
    """The facts about a report that its text, its page and its address give; None where they give none."""
    found = title(document)
    return Identity(found.text if found else document.title, None, None, found.year if found else None, None, None)
