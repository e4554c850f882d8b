"""Tables drawn with ruling lines: the lines give the cells, the cells get the letters that stand in them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from parsers.ink import Box, Letter, Page
from parsers.layout import Region
from parsers.typeset import chunks, lettering

SNAP: Final = 4.0       # points: lines closer than this are one line
TRACK: Final = 1.5      # points: strokes so near each other are one line drawn in pieces
REACH: Final = 3.0      # points: lines that end so near to another touch it
SHORTEST: Final = 5.0   # points: shorter strokes are ornament
BORDER: Final = 0.2     # points: a gap so wide between figures has room for a line
MAX_EDGES: Final = 400  # lines of one direction in one table


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: the places of its lines in points, and its cells by row and column."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    pages: tuple[int, int]  # first and last, from 1

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.ys) - 1

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.xs) - 1


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line of a table: where it stands (`at`), and from where to where it runs."""

    at: float
    start: float
    end: float


def tables(page: Page) -> list[Table]:
    """The page's ruled tables from top to bottom. A frame around text alone is none."""
    level = _merged(_Edge(b.top, b.left, b.right) for b in page.lines if b.right - b.left >= SHORTEST)
    upright = _merged(_Edge(b.left, b.top, b.bottom) for b in page.lines if b.bottom - b.top >= SHORTEST)
    found = (_table(hs, vs, page) for hs, vs in _groups(level, upright))
    return sorted((t for t in found if t is not None), key=lambda t: t.ys[0])


def _merged(edges: Iterable[_Edge]) -> list[_Edge]:
    """Edges on one line that touch or overlap, as one."""
    tracks: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda e: e.at):
        if tracks and edge.at - tracks[-1][0].at <= TRACK:
            tracks[-1].append(edge)
        else:
            tracks.append([edge])
    return [edge for track in tracks for edge in _runs(track)]


def _runs(track: list[_Edge]) -> list[_Edge]:
    runs: list[_Edge] = []
    for edge in sorted(track, key=lambda e: e.start):
        last = runs[-1] if runs else None
        if last and edge.start <= last.end + REACH:
            runs[-1] = _Edge(last.at, last.start, max(last.end, edge.end))
        else:
            runs.append(edge)
    return runs


def _groups(level: list[_Edge], upright: list[_Edge]) -> Iterator[tuple[list[_Edge], list[_Edge]]]:
    """Edges that touch each other, directly or over others: each group may be a table."""
    if len(level) > MAX_EDGES or len(upright) > MAX_EDGES:
        return
    rest_level, rest_upright = set(range(len(level))), set(range(len(upright)))
    while rest_level:
        hs: list[int] = [rest_level.pop()]
        vs: list[int] = []
        frontier: list[tuple[bool, int]] = [(True, hs[0])]
        while frontier:
            is_level, index = frontier.pop()
            others, rest = (upright, rest_upright) if is_level else (level, rest_level)
            one = (level if is_level else upright)[index]
            touched = [i for i in rest if _touch(one, others[i])]
            rest.difference_update(touched)
            (vs if is_level else hs).extend(touched)
            frontier.extend((not is_level, i) for i in touched)
        if len(hs) > 1 and vs:
            yield [level[i] for i in hs], [upright[i] for i in vs]


def _touch(one: _Edge, other: _Edge) -> bool:
    return (one.start - REACH <= other.at <= one.end + REACH) and (other.start - REACH <= one.at <= other.end + REACH)


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Distinct places in order; places within SNAP of the one before are the same."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SNAP:
            places.append(value)
    return tuple(places)


def _table(hs: list[_Edge], vs: list[_Edge], page: Page) -> Table | None:
    xs = _places([*(e.at for e in vs), *_open_sides(hs)])
    ys = _places([*(e.at for e in hs), *_open_sides(vs)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    boxes = _cells(xs, ys, hs, vs)
    if len(boxes) < 2:
        return None
    return Table(xs, ys, tuple(_filled(boxes, xs, ys, page.letters)), (page.number, page.number))


def _open_sides(edges: list[_Edge]) -> Iterator[float]:
    """Where lines end together, as those of a table do at a page's end or where it has no frame."""
    starts, ends = [e.start for e in edges], [e.end for e in edges]
    for place, others in ((min(starts), starts), (max(ends), ends)):
        if sum(abs(place - other) <= SNAP for other in others) > 1:
            yield place


def _cells(xs: tuple[float, ...], ys: tuple[float, ...], hs: list[_Edge], vs: list[_Edge]) -> list[Region]:
    """The rectangles between the lines, without text, from top left to bottom right."""
    width, height = len(xs) - 1, len(ys) - 1
    right_open = {(r, c) for r in range(height) for c in range(width - 1)
                  if not _covered(vs, xs[c + 1], ys[r], ys[r + 1])}
    below_open = {(r, c) for r in range(height - 1) for c in range(width)
                  if not _covered(hs, ys[r + 1], xs[c], xs[c + 1])}
    taken: set[tuple[int, int]] = set()
    regions: list[Region] = []
    for r in range(height):
        for c in range(width):
            if (r, c) in taken:
                continue
            right = c + 1
            while (r, right - 1) in right_open and (r, right) not in taken:
                right += 1
            bottom = r + 1
            while bottom < height and all((bottom - 1, k) in below_open and (bottom, k) not in taken
                                          for k in range(c, right)):
                bottom += 1
            taken.update((i, k) for i in range(r, bottom) for k in range(c, right))
            regions.append(Region(r, c, bottom, right, ""))
    return regions


def _covered(edges: list[_Edge], at: float, start: float, end: float) -> bool:
    """True when a line at `at` runs along at least half of the way from start to end."""
    length = sum(max(0.0, min(e.end, end) - max(e.start, start)) for e in edges if abs(e.at - at) <= SNAP)
    return length * 2 >= end - start


def _filled(boxes: list[Region], xs: tuple[float, ...], ys: tuple[float, ...], letters: tuple[Letter, ...]
            ) -> Iterator[Region]:
    """The cells with their text. A run of digits that reaches over a line belongs where its middle is."""
    owner = {(r, c): i for i, b in enumerate(boxes) for r in range(b.top, b.bottom) for c in range(b.left, b.right)}
    content: list[list[Letter]] = [[] for _ in boxes]
    inside = [x for x in letters if xs[0] <= x.middle[0] <= xs[-1] and ys[0] <= x.middle[1] <= ys[-1]]
    for chunk in (part for whole in chunks(inside) for part in _parted(whole, xs)):
        x = sum(letter.middle[0] for letter in chunk) / len(chunk)
        y = sum(letter.middle[1] for letter in chunk) / len(chunk)
        row, column = bisect_right(ys, y) - 1, bisect_right(xs, x) - 1
        index = owner.get((min(row, len(ys) - 2), min(column, len(xs) - 2)))
        if index is not None:
            content[index].extend(chunk)
    for box, own in zip(boxes, content, strict=True):
        text = lettering(own, Box(xs[box.left], ys[box.top], xs[box.right], ys[box.bottom]))
        yield Region(box.top, box.left, box.bottom, box.right, text)


def _parted(chunk: list[Letter], xs: tuple[float, ...]) -> Iterator[list[Letter]]:
    """A run of figures cut where a line stands in a gap that its other letters do not have: two cells that touch."""
    start = 0
    usual = median(b.left - a.right for a, b in pairwise(chunk)) if len(chunk) > 1 else 0.0
    for index in range(1, len(chunk)):
        end, begin = chunk[index - 1].right, chunk[index].left
        if begin - end > max(BORDER, usual + 2 * BORDER) and any(end - 1 <= x <= begin + 1 for x in xs):
            yield chunk[start:index]
            start = index
    yield chunk[start:]
