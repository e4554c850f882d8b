"""What is printed on a PDF page, by PDFium: letters, ruling lines and pictures, upright and measured from the top."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers import strokes

THIN: Final = 3.0              # points: a filled shape so narrow is a drawn line
MAX_LETTERS: Final = 100_000
SLANT: Final = math.radians(8)  # a page that lies askew on a scanner is turned by less


@dataclass(frozen=True, slots=True)
class Letter:
    """One printed character and its box in points; `lost` when the font does not say which character it is."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    lost: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Box:
    """A line (one side near zero) or a picture, in points."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, upright."""

    number: int
    width: float
    height: float
    letters: tuple[Letter, ...]
    lines: tuple[Box, ...]
    pictures: tuple[Box, ...]


def page(pdf: pdfium.PdfDocument, index: int) -> Page:
    """Page `index` (from 0). A page whose text runs up or down its side is turned."""
    sheet = pdf[index]
    text = sheet.get_textpage()
    left, bottom, right, top = sheet.get_bbox()
    turn = _turned(text)  # letters tell which way is up; the page's own rotation only says how viewers show it
    place = _Turn(turn, left, bottom, right, top)
    boxes = [place.box(*corners) for corners in strokes.figures(sheet)]
    lines = tuple(b for b in boxes if min(b.right - b.left, b.bottom - b.top) <= THIN)
    pictures = tuple(place.box(*corners) for corners in strokes.pictures(sheet))
    thin = tuple(p for p in pictures if min(p.right - p.left, p.bottom - p.top) <= THIN)
    width, height = (top - bottom, right - left) if turn % 2 else (right - left, top - bottom)
    result = Page(index + 1, width, height, tuple(_letters(text, place)), lines + thin,
                  tuple(p for p in pictures if p not in thin))
    text.close()
    sheet.close()
    return result


@dataclass(frozen=True, slots=True)
class _Turn:
    """Turns page coordinates (origin below left) by quarters clockwise, and measures from the top."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def _turned(text: pdfium.PdfTextPage) -> int:
    """Quarters by which most letters are turned against the page."""
    count = min(text.count_chars(), 400)
    angles = Counter(-round(raw.FPDFText_GetCharAngle(text, i) / (math.pi / 2)) % 4 for i in range(count))
    return angles.most_common(1)[0][0] if angles else 0


def _letters(text: pdfium.PdfTextPage, place: _Turn) -> Iterator[Letter]:
    rect = raw.FS_RECTF()
    seen: dict[str, list[Letter]] = {}
    for index in range(min(text.count_chars(), MAX_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        lost = raw.FPDFText_HasUnicodeMapError(text, index) == 1 or code in (0, 0xFFFE, 0xFFFF)
        if code <= 32 or code in (0xA0, 0x3000, 0xAD) or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if _is_slanted(raw.FPDFText_GetCharAngle(text, index)):
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            continue
        box = place.box(rect.left, rect.bottom, rect.right, rect.top)
        letter = Letter("\ufffd" if lost or code > 0x10FFFF else chr(code), box.left, box.top, box.right, box.bottom,
                        lost)
        twins = seen.setdefault(letter.text, [])
        if not any(_printed_twice(letter, twin) for twin in twins[-8:]):
            twins.append(letter)
            yield letter


def _is_slanted(angle: float) -> bool:
    """True for the letters of a watermark that runs across the page; `angle` in radians."""
    return SLANT < angle % (math.pi / 2) < math.pi / 2 - SLANT


def _printed_twice(one: Letter, other: Letter) -> bool:
    """True for the shadow by which some programs make letters bold."""
    (a, b), (c, d) = one.middle, other.middle
    near = 0.15 * max(one.size, 1.0)
    return abs(a - c) < near and abs(b - d) < near
