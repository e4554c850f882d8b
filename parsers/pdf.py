"""Opens PDF files that have a text layer: tables, by their lines or by their columns, and prose, across pages."""

from collections.abc import Iterator
from typing import Final

import pypdfium2 as pdfium

from parsers.columns import Loose, flow
from parsers.ink import Box, Letter, Page, page
from parsers.isolation import unreadable
from parsers.joining import joined
from parsers.layout import spread
from parsers.model import Document, Grid, Problem, Source
from parsers.prose import Line, paragraphs, printed, running
from parsers.ruled import Table, tables

MAX_PAGES: Final = 200
TABLES: Final = 3  # of the official report; where fewer were found, a picture may be the missing one
LEAST: Final = 60  # letters that tell whether a text makes words
COMMON: Final = frozenset("的一年不公开開信息政府申请請情况況数數件")
META: Final = {"Title": "title", "Author": "author", "CreationDate": "created"}


def document(source: Source) -> Document:
    """Prose and tables of a PDF in order; problems say what has no text layer or cannot be opened."""
    try:
        pdf = pdfium.PdfDocument(source.body)
    except pdfium.PdfiumError as error:
        reason = "encrypted with a password" if "password" in str(error).lower() else f"broken ({error})"
        return unreadable(f"the PDF is {reason}")
    count = len(pdf)
    pages = [one for index in range(min(count, MAX_PAGES)) if (one := _page(pdf, index)) is not None]
    meta = {ours: value for key, ours in META.items() if (value := pdf.get_metadata_value(key).strip())}
    pdf.close()
    blocks = tuple(_blocks(pages))
    return Document(_title(blocks), blocks, meta, tuple(_problems(pages, blocks, count)))


def _page(pdf: pdfium.PdfDocument, index: int) -> Page | None:
    """The page, None where it is broken: the others are read all the same."""
    try:
        return page(pdf, index)
    except pdfium.PdfiumError:
        return None


def _blocks(pages: list[Page]) -> Iterator[str | Grid]:
    """Tables and paragraphs in printed order."""
    drawn = [(one, tables(one)) for one in pages]
    prose = [(one, _outside(one, own)) for one, own in drawn]
    heads = running(prose)
    items: list[Table | Line] = []
    for (_, own), (_, texts) in zip(drawn, prose, strict=True):
        items += sorted([*own, *(t for t in texts if t not in heads)], key=_top)
    yield from _numbered(_joined(items), max((item.right for item in items if isinstance(item, Line)), default=0.0))


def _joined(items: list[Table | Line]) -> list[Table | Line]:
    """The items with tables put together where nothing but a page's end parts them."""
    whole: list[Table | Line] = []
    for item in items:
        last = whole[-1] if whole else None
        both = joined(last, item) if isinstance(last, Table) and isinstance(item, Table) else None
        if both is None:
            whole.append(item)
        else:
            whole[-1] = both
    return whole


def _numbered(items: list[Table | Line], right: float) -> Iterator[str | Grid]:
    """Blocks from the flow: ruled tables, and what columns and paragraphs the lines between them make."""
    count = 0
    waiting: list[Line] = []
    for item in _loosened(items, right):
        if isinstance(item, Line):
            waiting.append(item)
            continue
        yield from paragraphs(waiting, right)
        waiting = []
        count += 1
        first, last = item.pages
        place = f"{f'page {first}' if first == last else f'pages {first}-{last}'}, table {count}"
        if isinstance(item, Loose):
            yield Grid(item.grid.rows, place)
        else:
            yield spread(list(item.regions), item.height, item.width, place)
    yield from paragraphs(waiting, right)


def _loosened(items: list[Table | Line], right: float) -> Iterator[Table | Line | Loose]:
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
        else:
            yield from flow(lines, right)
            lines = []
            yield item
    yield from flow(lines, right)


def _outside(one: Page, own: list[Table]) -> list[Line]:
    free = [x for x in one.letters if not any(t.xs[0] <= x.middle[0] <= t.xs[-1] and t.ys[0] <= x.middle[1] <= t.ys[-1]
                                              for t in own)]
    return printed(one, free)


def _top(item: Table | Line) -> float:
    return item.ys[0] if isinstance(item, Table) else item.top


def _title(blocks: tuple[str | Grid, ...]) -> str:
    return next((block for block in blocks if isinstance(block, str)), "")


def _problems(pages: list[Page], blocks: tuple[str | Grid, ...], count: int) -> Iterator[Problem]:
    """What a person should look at: pages that are pictures, letters without meaning, pages left out."""
    large = [one.number for one in pages if any(_large(picture, one) for picture in one.pictures)]
    letters = [letter for one in pages for letter in one.letters]
    if not letters:
        yield Problem("table_is_image", "the PDF has no text layer: a person must read it")
    elif empty := [block.place for block in blocks if isinstance(block, Grid) and _is_empty(block)]:
        yield Problem("table_is_image", "a table without a letter, as where letters are drawn: a person must read it",
                      empty[0])
    elif large and sum(isinstance(block, Grid) for block in blocks) < TABLES:
        yield Problem("table_is_image", "a large picture may hold a table: a person must read it", f"page {large[0]}")
    lost = sum(letter.lost for letter in letters)
    if lost:
        yield Problem("decoding_lossy", f"{lost} letters of the PDF have no meaning: its font does not tell")
    elif _is_garbled(letters):
        yield Problem("decoding_lossy", "the letters of the PDF make no words: its font tells wrong ones, so a person "
                      "must read it")
    if count > len(pages):
        yield Problem("attachment_unreadable", f"{count} pages, {len(pages)} read: the rest is broken or too much")


def _large(picture: Box, one: Page) -> bool:
    return (picture.right - picture.left) > 0.4 * one.width and (picture.bottom - picture.top) > 0.1 * one.height


def _is_empty(grid: Grid) -> bool:
    """True for a table of some size in which nothing is printed at all."""
    return len(grid.rows) >= 3 and len(grid.rows[0]) >= 3 and not any(slot.text for row in grid.rows for slot in row)


def _is_garbled(letters: list[Letter]) -> bool:
    """True for a text that is not in Latin letters and has next to none of those that every report has."""
    foreign = [letter.text for letter in letters if not letter.text.isascii()]
    return len(foreign) >= LEAST and len(COMMON & set(foreign)) < 4
