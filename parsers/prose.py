"""The prose of PDF pages: lines outside of tables, page numbers and running heads dropped, joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from parsers.ink import Letter, Page
from parsers.typeset import line, lines, parts

TALL: Final = 10_000.0  # points from page to page where heights are counted through
MARGIN: Final = 0.09  # of the page's height: where page numbers and running heads stand
NUMBER: Final = re.compile(r"[-—–·•\s]*(?:第\s*)?\d{1,3}(?:\s*[/／]\s*\d{1,3})?(?:\s*页)?"
                          r"(?:[,，\s]*共\s*\d+\s*页)?[-—–·•\s]*")


@dataclass(frozen=True, slots=True)
class Word:
    """Letters of one line without a wide gap, and their place. `top` and `bottom` go on from page to page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    letters: tuple[Letter, ...] = field(default=(), repr=False, compare=False)  # heights as on their own page

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def gaps(self) -> list[float]:
        """The room between its letters, in points."""
        return [b.left - a.right for a, b in pairwise(self.letters)]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of prose with its place."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    words: tuple[Word, ...] = ()

    @property
    def size(self) -> float:
        """The height of its letters."""
        return self.bottom - self.top


def printed(page: Page, letters: Iterable[Letter]) -> list[Line]:
    """The lines of a page, made of the letters that no table has taken."""
    return [Line(line(row), page.number, row[0].left, min(x.top for x in row), row[-1].right,
                 max(x.bottom for x in row), tuple(_word(part, (page.number - 1) * TALL) for part in parts(row)))
            for row in lines(letters)]


def _word(row: list[Letter], down: float) -> Word:
    return Word(line(row), row[0].left, down + min(x.top for x in row), row[-1].right,
                down + max(x.bottom for x in row), tuple(row))


def running(pages: list[tuple[Page, list[Line]]]) -> set[Line]:
    """Page numbers, and lines that stand alike at the edge of three pages or more."""
    edge = [one for page, own in pages for one in own
            if one.bottom < page.height * MARGIN or one.top > page.height * (1 - MARGIN)]
    often = Counter(one.text for one in edge)
    return {one for one in edge if NUMBER.fullmatch(one.text) or often[one.text] >= 3}


def paragraphs(own: list[Line], right: float) -> list[str]:
    """Lines that fill the measure up to `right` (points) run on into the next, unless that one is indented."""
    texts: list[str] = []
    open_line: Line | None = None
    for one in own:
        runs_on = (open_line is not None and right - open_line.right < 1.6 * open_line.size
                   and one.left < open_line.left + 1.2 * one.size and abs(one.size - open_line.size) < 3)
        if runs_on:
            texts[-1] += one.text
        else:
            texts.append(one.text)
        open_line = one
    return texts
