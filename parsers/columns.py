"""Tables printed without lines: figures below each other are columns, the words to their left are the rows' labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from parsers.heads import SPANNING, UNPLACED, Extent, behind, column, parted, tops
from parsers.joining import FIGURE
from parsers.layout import Region, spread
from parsers.model import Grid
from parsers.prose import Line, Word
from parsers.stubs import labelled, regions, rows

BREAK: Final = re.compile(r"[一二三四五六七八九十]、.*(?:情况|事项|问题)$|.*。$")
CAPTION: Final = re.compile(r"第.{1,4}条.{0,8}项\S*")


@dataclass(frozen=True, slots=True)
class Loose:
    """A table found in lines of text, and the pages that it stands on."""

    grid: Grid
    pages: tuple[int, int]


UNIT: Final = re.compile("[万亿]?元|人次|件次|批次|[条件次篇个人项份期场宗起家部]")
UNITS: Final = 5  # so many below each other are a column of units, no ends of labels


def flow(items: list[Line], right: float) -> list[Line | Loose]:
    """The lines, those that form tables replaced by the tables. `right` is the end of the measure in points."""
    found: list[Line | Loose] = []
    zone: list[Line] = []
    for item in items:
        ends = _breaks(item, right)
        if ends or CAPTION.fullmatch(item.text):
            found += _resolved(zone)
            zone = []
        if ends:
            found.append(item)
        else:
            zone.append(item)
    return found + _resolved(zone)


def _breaks(item: Line, right: float) -> bool:
    if any(FIGURE.fullmatch(word.text) for word in item.words):
        return False
    text = item.text.replace(" ", "")
    return BREAK.fullmatch(text) is not None or (len(item.words) == 1 and item.right - item.left > 0.7 * right)


def _resolved(zone: list[Line]) -> list[Line | Loose]:
    """A zone as a table; as the lines that it was where it has no columns of figures."""
    if not any(len(one.words) > 1 for one in zone):
        return list(zone)
    units = _units(zone)
    grid = _grid(_once([_parted(one) for one in zone], units), units)
    return [Loose(grid, (zone[0].page, zone[-1].page))] if grid is not None else list(zone)


def _parted(one: Line) -> Line:
    """A line whose figures are words of their own, also where a label reaches close to them."""
    return replace(one, words=tuple(part for word in one.words for part in behind(word)))


def _units(zone: list[Line]) -> frozenset[Word]:
    """The words of columns of units; a few alone are ends of labels."""
    alone = [word for one in zone for word in one.words if UNIT.fullmatch(word.text)]
    groups = [[word for word in alone if _over((word.left, word.right), extent)] for extent in _extents(alone)]
    return frozenset(word for group in groups if len(group) >= UNITS for word in group)


def _once(zone: list[Line], units: frozenset[Word]) -> list[Line]:
    """The lines without the headers that a later page repeats: those above the first figures."""
    first = next((i for i, one in enumerate(zone) if _values(one, units)), 0)
    heads = {one.text: one.page for one in reversed(zone[:first])}
    return [one for one in zone if heads.get(one.text, one.page) == one.page or _values(one, units)]


def _values(one: Line, units: frozenset[Word]) -> list[Word]:
    """The figures and units at the end of a line, right of its last other word."""
    last = max((i for i, word in enumerate(one.words) if not (FIGURE.fullmatch(word.text) or word in units)),
               default=-1)
    return list(one.words[last + 1 :])


def _grid(lines: list[Line], units: frozenset[Word]) -> Grid | None:
    """The table in these lines, None where there is none."""
    caption = lines.pop(0).text if lines and CAPTION.fullmatch(lines[0].text) else ""
    values = [value for one in lines for value in _values(one, units)]
    head = next((i for i, one in enumerate(lines) if len(one.words) > 1), 0)
    if len(values) < (0 if caption else 3) or head + 1 >= len(lines):
        return None
    first = min([v.middle for v in values] + _beginning(lines[head:], caption), default=lines[-1].words[0].middle)
    words = [w for one in lines for w in one.words if w not in values]
    edge = max((w.right for w in words if w.middle > first - 1), default=0.0)
    edge = min([edge, *(v.left for v in values)])
    heads = [w for w in words if w.middle < first - 1 and (w.left + w.right) / 2 > edge]
    words = [w for w in words if w not in heads]
    heads = parted(heads)
    columns = _columns(values, heads)
    own = [w for w in words if not (units and _is_beside(w, heads))]
    labels = labelled(own, sorted(unit.middle for unit in units))
    stub, tall = rows([x for x in labels if _is_stub(x.bottom, first, x.text)], _levels(values))
    if not stub or not columns:
        return None
    placed, width = regions(stub, tall) if any(row.label for row in stub) else ([], 0)
    top = list(tops(caption, heads, columns, width))
    down = max((r.bottom for r in top), default=0)
    cells = [Region(r.top + down, r.left, r.bottom + down, r.right, r.text) for r in placed]
    cells += [Region(down + i, width + c, down + i + 1, width + c + 1, text) for i, row in enumerate(stub)
              for c, text in _figures(row.level, values, columns)]
    return spread([*top, *cells], down + len(stub), width + len(columns), "")


def _is_beside(word: Word, heads: list[Word]) -> bool:
    """True for the heading of the labels, which stands at the height of the others."""
    return any(abs(word.middle - head.middle) <= 3 for head in heads)


def _beginning(lines: list[Line], caption: str) -> list[float]:
    """Where the first row of a captioned block stands, for its figures may be blank: right below the headings."""
    if not caption or len(lines[0].words) < 2:
        return []
    left = lines[0].words[1].left
    return [one.words[0].middle for one in lines[1:] if one.words[0].right < left][:1]


def _is_stub(bottom: float, first: float, text: str) -> bool:
    """True for labels of rows; what stands higher than the first figures belongs to the head."""
    return bottom > first and not text.startswith(("（本列", "(本列"))


def _levels(values: list[Word]) -> list[float]:
    """The heights at which figures stand."""
    levels: list[float] = []
    for height in sorted(v.middle for v in values):
        if not levels or height - levels[-1] > 3:
            levels.append(height)
    return levels


def _columns(values: list[Word], heads: list[Word]) -> list[Extent]:
    """Extents of figures that lie over each other, and of headings over blank columns.

    None at all where headings and figures stand beside each other, so that nothing tells which belongs to which.
    """
    wide = set().union(*SPANNING, UNPLACED)
    figures, names = _extents(values), _extents([w for w in heads if w.text not in wide])
    free = [n for n in names if not any(_over(n, f) for f in figures)]
    untitled = [f for f in figures if not any(_over(f, n) for n in names)]
    if free and untitled:
        pairs = zip(sorted(figures), sorted(names), strict=False)
        return [(min(f[0], n[0]), max(f[1], n[1])) for f, n in pairs] if len(figures) == len(names) else []
    return sorted(figures + free)


def _extents(words: list[Word]) -> list[Extent]:
    """Extents of words, those that overlap put together."""
    extents: list[Extent] = []
    for word in sorted(words, key=lambda w: w.left):
        if extents and word.left < extents[-1][1]:
            extents[-1] = extents[-1][0], max(extents[-1][1], word.right)
        else:
            extents.append((word.left, word.right))
    return extents


def _over(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _figures(level: float, values: list[Word], columns: list[Extent]) -> Iterator[tuple[int, str]]:
    for value in values:
        if abs(value.middle - level) <= 3:
            yield column((value.left + value.right) / 2, columns), value.text
