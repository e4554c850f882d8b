"""Tables printed without lines: figures below each other are columns, the words to their left are the rows' labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from parsers.joining import FIGURE
from parsers.layout import Region, spread
from parsers.model import Grid
from parsers.prose import Line, Word
from parsers.stubs import labelled, regions, rows

Extent = tuple[float, float]  # left and right of a column, in points

BREAK: Final = re.compile(r"[一二三四五六七八九十]、.*(?:情况|事项|问题)$|.*。$")
CAPTION: Final = re.compile(r"第.{1,4}条.{0,8}项\S*")
SPANNING: Final = ({"申请人情况"}, {"行政复议", "行政诉讼"}, {"未经复议直接起诉", "复议后起诉"})
UNPLACED: Final = {"法人或其他组织"}  # stands over five of seven columns: without lines nothing says which


@dataclass(frozen=True, slots=True)
class Loose:
    """A table found in lines of text, and the pages that it stands on."""

    grid: Grid
    pages: tuple[int, int]


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
    grid = _grid(_once(zone))
    return [Loose(grid, (zone[0].page, zone[-1].page))] if grid is not None else list(zone)


def _once(zone: list[Line]) -> list[Line]:
    """The lines without the headers that a later page repeats: those above the first figures."""
    first = next((i for i, one in enumerate(zone) if _values(one)), 0)
    heads = {one.text: one.page for one in reversed(zone[:first])}
    return [one for one in zone if heads.get(one.text, one.page) == one.page or _values(one)]


def _values(one: Line) -> list[Word]:
    """The figures at the end of a line, right of its last other word."""
    last = max((i for i, word in enumerate(one.words) if not FIGURE.fullmatch(word.text)), default=-1)
    return list(one.words[last + 1 :])


def _grid(lines: list[Line]) -> Grid | None:
    """The table in these lines, None where there is none."""
    caption = lines.pop(0).text if lines and CAPTION.fullmatch(lines[0].text) else ""
    values = [value for one in lines for value in _values(one)]
    head = next((i for i, one in enumerate(lines) if len(one.words) > 1), 0)
    if len(values) < (0 if caption else 3) or head + 1 >= len(lines):
        return None
    first = min([v.middle for v in values] + _beginning(lines[head:], caption), default=lines[-1].words[0].middle)
    words = [w for one in lines for w in one.words if w not in values]
    edge = max((w.right for w in words if w.middle > first - 1), default=0.0)
    edge = min([edge, *(v.left for v in values)])
    heads = [w for w in words if w.middle < first - 1 and (w.left + w.right) / 2 > edge]
    columns = _columns(values, heads)
    stub, tall = rows([x for x in labelled(w for w in words if w not in heads) if _is_stub(x.bottom, first, x.text)],
                      _levels(values))
    if not stub or not columns:
        return None
    placed, width = regions(stub, tall) if any(row.label for row in stub) else ([], 0)
    top = list(_tops(caption, heads, columns, width))
    down = max((r.bottom for r in top), default=0)
    cells = [Region(r.top + down, r.left, r.bottom + down, r.right, r.text) for r in placed]
    cells += [Region(down + i, width + c, down + i + 1, width + c + 1, text) for i, row in enumerate(stub)
              for c, text in _figures(row.level, values, columns)]
    return spread([*top, *cells], down + len(stub), width + len(columns), "")


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
            yield _column((value.left + value.right) / 2, columns), value.text


def _column(x: float, columns: list[Extent]) -> int:
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - x))


def _tops(caption: str, heads: list[Word], columns: list[Extent], labels: int) -> Iterator[Region]:
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
        texts[_column((word.left + word.right) / 2, columns)] += word.text
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
