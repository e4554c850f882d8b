"""Tables flattened to one cell a paragraph or line, where only labels show the rows and only line feeds the blanks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.labels import plain
from parsers.model import Kind
from parsers.numbers import number
from parsers.vocabulary import is_label, is_like_label, titles

_PIECES = 4  # lines that one label may stand on
_HEADING = re.compile(r"\s*[一二三四五六七八九]\s*[、.．]\s*\S")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines start..end (end not included) that are one table."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def is_heading(line: str) -> bool:
    """True for a chapter's heading, which ends a table; the table's own 一、二、三、四 rows are none."""
    return bool(_HEADING.match(line)) and (plain(line) in titles() or not is_like_label(line))


def is_texty(cell: str) -> bool:
    """True for what is neither blank nor a mark nor a number."""
    return number(cell).kind is Kind.TEXT


def stacked(lines: list[str], at: int) -> Region | None:
    """One cell a paragraph: from a label on, as long as labels and values follow."""
    if not is_label(lines[at]) and not _is_broken(_filled(lines, at)):
        return None
    end = last = at
    known = 0
    while end < len(lines):
        line = lines[end].strip()
        if line and ("|" in line or "\t" in lines[end] or not _cell(line)):
            break
        if is_heading(line) and not _is_broken(_filled(lines, end)):
            break
        if line:
            known += is_label(line)
            last = end
        end += 1
    if known < 3 or last - at < 5:
        return None
    tail = end if end < len(lines) else last + 1
    return Region(at, tail, tuple(by_labels(whole(tuple(_paragraphs(lines[at:tail]))))))


def _filled(lines: list[str], at: int) -> list[str]:
    """A line and the next that is not empty."""
    return [line.strip() for line in lines[at : at + 2 * _PIECES] if line.strip()][:2]


def _cell(line: str) -> bool:
    return is_like_label(line) or (len(line) <= 24 and not re.search(r"[。；!！?？]", line))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Cells and blank cells: a filled cell is its text and `feed` line feeds, a blank one `step` of them alone."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    gaps = [b - a for a, b in pairwise(filled)]
    feed = 2 if gaps and sum(gap == 1 for gap in gaps) * 10 <= len(gaps) else 1
    step = 2 if feed == 2 and all(gap % 2 == 0 for gap in gaps) else 1
    for here, there in zip(filled, [*filled[1:], len(lines)], strict=True):
        yield lines[here].strip()
        yield from [""] * max(0, (there - here - feed) // step)


def whole(cells: Sequence[str]) -> Iterator[str]:
    """The cells, those put together that are a label only together, as where a line ends inside of one.

    >>> list(whole(["自然人", "商业", "企业", "5", "无法", "提供"]))
    ['自然人', '商业企业', '5', '无法提供']
    """
    at = 0
    while at < len(cells):
        count = next((n for n in range(_PIECES, 1, -1) if _is_broken(cells[at : at + n])), 1)
        yield "".join(cells[at : at + count])
        at += count


def _is_broken(pieces: Sequence[str]) -> bool:
    """True for pieces that make a label and are not labels each; one with an error is made of pieces of some length."""
    if len(pieces) < 2 or not all(map(is_texty, pieces)):
        return False
    name = "".join(pieces)
    if is_label(name):
        return not all(map(is_label, pieces))
    return min(map(len, pieces)) > 2 and is_like_label(name) and not all(map(is_like_label, pieces))


def by_labels(cells: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Rows of a stream of cells: a label after a value, a blank or another row's label begins one."""
    row: list[str] = []
    for cell in cells:
        if row and is_texty(cell) and not is_texty(row[-1]):
            yield tuple(row)
            row = []
        row.append(cell)
    if row:
        yield tuple(row)
