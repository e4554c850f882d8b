"""Papers as PDF files, drawn line by line: with ruling lines or without, over pages, with wrapped and broken rows."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from parsers.layout import Region
from tests.papers import Paper, Sheet, prose

FONT = "STSong-Light"
PAD = 3.0
MARGIN = 60.0


@dataclass(frozen=True)
class Style:
    """How a paper is printed. `rules`: strokes, fills (thin rectangles, as Word draws them) or none."""

    rules: str = "strokes"
    size: float = 9.0
    landscape: bool = False
    middle: bool = True          # labels stand in the middle of tall cells, not at their top
    repeat: bool = False         # header rows again on the next page
    broken_rows: bool = False    # a row may begin on one page and end on the next
    narrow: float = 1.0          # width of the label columns against the usual
    offset: float = 0.0          # blank space at the top of the first page
    numbers: bool = True         # page numbers

    @property
    def leading(self) -> float:
        """Points from line to line."""
        return self.size * 1.25


def style(random: Random, rules: str) -> Style:
    """A random style; without lines rows are not broken, as programs that draw none do not either."""
    return Style(rules, random.choice((8.0, 9.0, 10.5)), random.random() < 0.3, random.random() < 0.5,
                 random.random() < 0.5, rules != "none" and random.random() < 0.5,
                 random.choice((0.6, 0.8, 1.0)), random.choice((0.0, 100.0, 250.0, 400.0)), random.random() < 0.7)


def as_pdf(paper: Paper, look: Style) -> bytes:
    """The paper in print."""
    buffer = io.BytesIO()
    press = Press(buffer, look)
    press.write(paper.title, look.size + 6)
    press.write("一、总体情况")
    press.write("　　" + prose(paper, "一、总体情况"))
    for sheet in paper.sheets:
        press.write(sheet.caption)
        press.draw(sheet)
    for heading in ("五、存在的主要问题及改进情况", "六、其他需要报告的事项"):
        press.write(heading)
        press.write("　　" + prose(paper, heading))
    press.finish()
    return buffer.getvalue()


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines broken at any character, as Chinese is set."""
    lines = [""]
    for char in text:
        if lines[-1] and pdfmetrics.stringWidth(lines[-1] + char, FONT, size) > width:
            lines.append("")
        lines[-1] += char
    return lines


@dataclass(frozen=True)
class Slice:
    """A part of a table's row on one page: its place, and which lines of its cells it shows."""

    row: int
    top: float
    bottom: float
    first: int = 0
    last: int = 99


class Press:
    """A canvas with a place to go on from."""

    def __init__(self, buffer: io.BytesIO, look: Style) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.look = look
        self.width, self.height = (A4[1], A4[0]) if look.landscape else A4
        self.canvas = Canvas(buffer, pagesize=(self.width, self.height))
        self.y = MARGIN + look.offset
        self.page = 1
        self.printed: dict[Region, int] = {}  # lines of tall cells that pages before this one show

    def finish(self) -> None:
        """Ends the file."""
        self._number()
        self.canvas.save()

    def write(self, text: str, size: float | None = None) -> None:
        """A paragraph, or a centred title where a size is given."""
        leading = (size or self.look.size) * 1.6
        for line in wrapped(text, self.width - 2 * MARGIN, size or self.look.size):
            if self.y + leading > self.height - MARGIN:
                self.turn()
            self.canvas.setFont(FONT, size or self.look.size)
            if size:
                self.canvas.drawCentredString(self.width / 2, self.height - self.y - leading * 0.8, line)
            else:
                self.canvas.drawString(MARGIN, self.height - self.y - leading * 0.8, line)
            self.y += leading

    def turn(self) -> None:
        """A new page."""
        self._number()
        self.canvas.showPage()
        self.page += 1
        self.y = MARGIN

    def _number(self) -> None:
        if self.look.numbers:
            self.canvas.setFont(FONT, 9)
            self.canvas.drawCentredString(self.width / 2, 30, f"— {self.page} —")

    def draw(self, sheet: Sheet) -> None:
        """A table, over as many pages as it needs."""
        xs = self._columns(sheet)
        heights = self._heights(sheet, xs)
        head = sum(heights[: sheet.headers + 1])
        if self.y + head > self.height - MARGIN:
            self.turn()
        slices: list[Slice] = []
        first = True
        self.printed = {}
        for row, height in enumerate(heights):
            if self.y + height > self.height - MARGIN:
                rest = self._broken(slices, row, height)
                self._ink(sheet, xs, slices, first)
                self.turn()
                slices, first = self._repeated(sheet, heights), False
                slices.append(replace(rest, top=self.y, bottom=self.y + rest.bottom - rest.top))
            else:
                slices.append(Slice(row, self.y, self.y + height))
            self.y = slices[-1].bottom
        self._ink(sheet, xs, slices, first)
        self.y += self.look.leading

    def _broken(self, slices: list[Slice], row: int, height: float) -> Slice:
        """What of a row is left for the next page, once the lines that fit are on this one."""
        room = int((self.height - MARGIN - self.y - 2 * PAD) / self.look.leading)
        lines = round((height - 2 * PAD) / self.look.leading)
        if not self.look.broken_rows or room < 1 or lines < 2:
            return Slice(row, 0, height)
        slices.append(Slice(row, self.y, self.y + room * self.look.leading + 2 * PAD, 0, room))
        return Slice(row, 0, (lines - room) * self.look.leading + 2 * PAD, room)

    def _repeated(self, sheet: Sheet, heights: list[float]) -> list[Slice]:
        slices = []
        for row in range(sheet.headers if self.look.repeat else 0):
            slices.append(Slice(row, self.y, self.y + heights[row]))
            self.y += heights[row]
        return slices

    def _columns(self, sheet: Sheet) -> list[float]:
        total = self.width - 2 * MARGIN
        if sheet.labels == 3:
            labels = [total * share * self.look.narrow for share in (0.08, 0.1, 0.25)]
        else:
            labels = [total * 0.3 * self.look.narrow] * sheet.labels
        rest = (total - sum(labels)) / (sheet.width - sheet.labels)
        xs = [MARGIN]
        for width in labels + [rest] * (sheet.width - sheet.labels):
            xs.append(xs[-1] + width)
        return xs

    def _heights(self, sheet: Sheet, xs: list[float]) -> list[float]:
        """Rows as high as their cells need; what tall cells need more goes to their last row."""
        heights = [self.look.leading + 2 * PAD] * sheet.height
        for region in sorted(sheet.regions, key=lambda r: r.bottom - r.top):
            need = len(self._lines(region, xs)) * self.look.leading + 2 * PAD
            have = sum(heights[region.top : region.bottom])
            lines = -(-max(0.0, need - have) // self.look.leading)
            heights[region.bottom - 1] += lines * self.look.leading
        return heights

    def _lines(self, region: Region, xs: list[float]) -> list[str]:
        return wrapped(region.text, xs[region.right] - xs[region.left] - 2 * PAD, self.look.size)

    def _ink(self, sheet: Sheet, xs: list[float], slices: list[Slice], first: bool) -> None:
        """Draws what of the table stands on this page."""
        repeated = range(0 if first else sheet.headers)
        for region in sheet.regions:
            own = [one for one in slices if region.top <= one.row < region.bottom]
            if not own:
                continue
            box = xs[region.left], own[0].top, xs[region.right], own[-1].bottom
            self._frame(*box)
            lines = self._lines(region, xs)
            if region.bottom - region.top == 1:
                lines = lines[own[0].first : own[0].last]
            elif region.top not in repeated:
                room = max(0, int((own[-1].bottom - own[0].top - 2 * PAD + 1) / self.look.leading))
                start = self.printed.get(region, 0)
                lines = lines[start : start + room]
                self.printed[region] = start + len(lines)
            self._text(lines, *box, centred=region.left >= sheet.labels or region.top < sheet.headers)

    def _text(self, lines: list[str], left: float, top: float, right: float, bottom: float, centred: bool) -> None:
        height = len(lines) * self.look.leading
        y = (top + bottom - height) / 2 if self.look.middle else top + PAD
        self.canvas.setFont(FONT, self.look.size)
        for index, line in enumerate(lines):
            base = self.height - y - index * self.look.leading - self.look.size
            if centred:
                self.canvas.drawCentredString((left + right) / 2, base, line)
            else:
                self.canvas.drawString(left + PAD, base, line)

    def _frame(self, left: float, top: float, right: float, bottom: float) -> None:
        for x0, y0, x1, y1 in _sides(left, self.height - top, right, self.height - bottom):
            if self.look.rules == "strokes":
                self.canvas.setLineWidth(0.5)
                self.canvas.line(x0, y0, x1, y1)
            elif self.look.rules == "fills":
                self.canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)


def _sides(left: float, top: float, right: float, bottom: float) -> Iterator[tuple[float, float, float, float]]:
    yield left, top, right, top
    yield left, bottom, right, bottom
    yield left, bottom, left, top
    yield right, bottom, right, top
