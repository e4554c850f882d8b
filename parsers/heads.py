"""Headings of tables that are printed without lines: which columns each stands over."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from parsers.layout import Region
from parsers.prose import Word
from parsers.typeset import FIGURES, line

Extent = tuple[float, float]  # left and right of a column, in points

SPANNING: Final = ({"申请人情况"}, {"行政复议", "行政诉讼"}, {"未经复议直接起诉", "复议后起诉"})
ROOM: Final = 0.15  # of a letter's height: more than elsewhere parts the headings of two columns
UNPLACED: Final = {"法人或其他组织"}  # stands over five of seven columns: without lines nothing says which


def parted(heads: list[Word]) -> list[Word]:
    """Headings of narrow columns that stand so close that their lines ran into one word: cut where more room is."""
    wide = set().union(*SPANNING, UNPLACED)
    tight = min((gap for head in heads for gap in head.gaps), default=0.0)
    return [part for head in heads for part in (_cut(head, tight) if head.text not in wide else [head])]


def _cut(head: Word, tight: float) -> list[Word]:
    """The words of one that has more room between some letters than `tight` points."""
    return _pieces(head, [i for i, gap in enumerate(head.gaps, 1) if gap > tight + ROOM * head.letters[0].size])


def behind(one: Word) -> list[Word]:
    """A word, the figures at its end as a word of their own where there is room before them."""
    count = sum(1 for _ in takewhile(lambda letter: letter.text in FIGURES, reversed(one.letters)))
    end = len(one.letters) - count
    apart = 0 < end < len(one.letters) and one.gaps[end - 1] > ROOM * one.letters[end].size
    return _pieces(one, [end] if apart else [])


def _pieces(one: Word, ends: list[int]) -> list[Word]:
    """A word cut before some of its letters."""
    pieces = [one.letters[a:b] for a, b in pairwise([0, *ends, len(one.letters)])]
    return [replace(one, text=line(piece), left=piece[0].left, right=piece[-1].right, letters=piece)
            for piece in pieces] if ends else [one]


def tops(caption: str, heads: list[Word], columns: list[Extent], labels: int) -> Iterator[Region]:
    """Caption, spanning headings and the headings of the columns, each a row; columns begin at `labels`."""
    row = 0
    if caption:
        yield Region(0, 0, 1, labels + len(columns), caption)
        row = 1
    for names in SPANNING:
        level = sorted((w for w in heads if w.text in names), key=lambda w: w.left)
        if level:
            yield from (Region(row, labels + a, row + 1, labels + b, w.text) for w, a, b in _spans(level, columns))
            row += 1
    texts = [""] * len(columns)
    wide = set().union(*SPANNING, UNPLACED)
    for word in sorted((w for w in heads if w.text not in wide), key=lambda w: w.top):
        texts[column((word.left + word.right) / 2, columns)] += word.text
    yield from (Region(row, labels + i, row + 1, labels + i + 1, text) for i, text in enumerate(texts))


def _spans(level: list[Word], columns: list[Extent]) -> list[tuple[Word, int, int]]:
    """Headings over several columns: from the last one leftwards, each stands over the middle of its own."""
    spans: list[tuple[Word, int, int]] = []
    end = len(columns)
    for word in reversed(level):
        start = min(max(0, round(2 * _rank((word.left + word.right) / 2, columns) - (end - 1))), end - 1)
        spans.insert(0, (word, start, end))
        end = start
        if not end:
            break
    return spans


def _rank(x: float, columns: list[Extent]) -> float:
    """Where x stands among the columns' centres: 1.5 is half-way from the second to the third."""
    centres = [(a + b) / 2 for a, b in columns]
    for index in range(len(centres) - 1):
        if centres[index] <= x <= centres[index + 1]:
            return index + (x - centres[index]) / (centres[index + 1] - centres[index])
    return 0.0 if x < centres[0] else float(len(centres) - 1)


def column(x: float, columns: list[Extent]) -> int:
    """The column whose centre is nearest to x."""
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - x))
