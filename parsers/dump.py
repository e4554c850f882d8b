"""Documents as JSON, to pass between processes that do not trust each other."""

import json
import re
from typing import Any, Final

from parsers.model import Document, Grid, Problem, Slot

HALF: Final = re.compile("[\ud800-\udfff]")


def encoded(document: Document) -> bytes:
    """A Document as JSON in UTF-8; half characters, which broken fonts and files give, become U+FFFD."""
    text = json.dumps([document.title, [_plain(block) for block in document.blocks], dict(document.meta),
                       [[p.code, p.detail, p.place] for p in document.problems]], ensure_ascii=False)
    return HALF.sub("\ufffd", text).encode()


def decoded(answer: bytes) -> Document:
    """The inverse of `encoded`."""
    title, blocks, meta, problems = json.loads(answer)
    return Document(title, tuple(_block(block) for block in blocks), meta, tuple(Problem(*p) for p in problems))


def _plain(block: str | Grid) -> object:
    if isinstance(block, str):
        return block
    return [block.place, block.aligned, [[[slot.text, slot.span] for slot in row] for row in block.rows]]


def _block(plain: Any) -> str | Grid:
    if isinstance(plain, str):
        return plain
    place, aligned, rows = plain
    return Grid(tuple(tuple(Slot(text, span) for text, span in row) for row in rows), place, aligned)
