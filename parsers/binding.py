"""The pages of a report that is printed over several addresses, joined to one document in their order. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.model import Document, Grid

_PAGER = re.compile(
    r"(?:[\[【(（\s|/<>«»‹›…·.-]|首页|尾页|末页|第?一页|最后一页|[上下前后][一1]?页|[共第]?\s*\d{1,3}\s*[页/]?|转到|跳转|GO)+")


def bound(pages: Sequence[tuple[int, Document]]) -> Document:
    """Numbered pages as one document: each table's and problem's place says its page, repeated heads and pagers go.

    A table that goes on over a page's end stays two grids, which the form's captions join when cells are filled.
    """
    blocks: list[str | Grid] = []
    meta: dict[str, str] = {}
    before: list[str] = []
    for number, page in pages:
        blocks += _blocks(page, number, before)
        meta = {**page.meta, **meta}
        before = before or page.text.splitlines()
    problems = tuple(replace(p, place=_place(number, p.place)) for number, page in pages for p in page.problems)
    first = next((page.title for _, page in pages if page.title), "")
    return Document(first, tuple(blocks), meta, problems)


def _blocks(page: Document, number: int, before: list[str]) -> list[str | Grid]:
    """The page's blocks; the lines that it shares with the first page at its head and at its foot are left out."""
    found: list[str | Grid] = [block if isinstance(block, str) else replace(block, place=_place(number, block.place))
                               for block in page.blocks]
    texts = [n for n, block in enumerate(found) if isinstance(block, str)]
    for n in texts:
        lines = str(found[n]).split("\n")
        if n == 0:
            lines = lines[_shared(lines, before):]
        if n == len(found) - 1:
            lines = lines[:len(lines) - _shared(lines[::-1], before[::-1])]
        found[n] = "\n".join(line for line in lines if not _is_pager(line))
    return [block for block in found if block != ""]


def _shared(lines: Sequence[str], before: Sequence[str]) -> int:
    """How many lines at the start say what the other page's say."""
    count = 0
    for line, other in zip(lines, before, strict=False):
        if line != other or not re.search("[^\\W\\d_]", line):
            break
        count += 1
    return count


def _is_pager(line: str) -> bool:
    return "页" in line and _PAGER.fullmatch(line) is not None


def _place(number: int, place: str) -> str:
    return f"page {number}, {place}" if place else f"page {number}"
