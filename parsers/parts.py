"""Two reports on one page told apart: the same table again under a title or a first chapter of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.labels import plain
from parsers.model import Document, Grid
from parsers.titles import is_report_title
from parsers.vocabulary import labels

_FIRST = re.compile(r"\s*一\s*、\s*(?:总体情况|總體情況|概述|基本情况)")
_LEAST = 3  # labels of the form that a table must share with an earlier one
_SHARED = 0.6  # share of its labels


def parts(document: Document) -> tuple[Document, ...]:
    """The document, or its parts where it holds several reports; the first keeps the page's title and metadata."""
    cut = _cut(document.blocks)
    if cut is None:
        return (document,)
    block, line = cut
    before, after = _parted(document.blocks, block, line)
    return (replace(document, blocks=before), *parts(replace(document, blocks=after, title="", meta={}, problems=())))


def _cut(blocks: Sequence[str | Grid]) -> tuple[int, int] | None:
    """Block and line where the second report begins."""
    seen: set[str] = set()
    first = last = -1
    for index, block in enumerate(blocks):
        if isinstance(block, str):
            continue
        names = _names(block)
        if len(names & seen) >= max(_LEAST, _SHARED * len(names)):
            start = _start(blocks, last, index) or _start(blocks, first, index)
            if start:
                return start
        seen |= names
        last = index if names else last
        first = index if first < 0 and names else first
    return None


def _names(grid: Grid) -> frozenset[str]:
    return frozenset(plain(s.text) for row in grid.rows for s in row if s.text) & labels()


def _start(blocks: Sequence[str | Grid], last: int, index: int) -> tuple[int, int] | None:
    """The first line between two tables that begins a report: its title, else its first chapter."""
    for is_start in (is_report_title, lambda line: bool(_FIRST.match(line))):
        for b in range(last + 1, index):
            block = blocks[b]
            if isinstance(block, str):
                for n, line in enumerate(block.split("\n")):
                    if len(line) <= 60 and is_start(line):
                        return b, n
    return None


def _parted(
    blocks: Sequence[str | Grid], block: int, line: int
) -> tuple[tuple[str | Grid, ...], tuple[str | Grid, ...]]:
    text = str(blocks[block]).split("\n")
    upper, lower = "\n".join(text[:line]), "\n".join(text[line:])
    return (*blocks[:block], *([upper] if upper else [])), (lower, *blocks[block + 1 :])
