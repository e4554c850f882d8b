"""Opens Word's XML: DOCX, flat OPC and Word 2003 XML, told apart by nothing but their element names."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from parsers.layout import Placed, grid
from parsers.model import Document, Grid, Problem, Source
from parsers.numbering import lists, number
from parsers.packages import Unsafe, member, opened, tree
from parsers.runs import HIDDEN, name, paragraph, value

CENTIMETRE: Final = 360_000    # EMU
TABLE_IMAGE: Final = (8 * CENTIMETRE, 3 * CENTIMETRE)  # a drawing at least this large can hold a table
TABLES: Final = 3              # of the official report; where fewer were found, a picture may be the missing one


def document(source: Source) -> Document:
    """Prose and tables of a Word file in XML, in order. Raises `Unsafe` for packages that must not be opened."""
    roots = [tree(source.body)] if source.body.lstrip()[:5] == b"<?xml" else list(_parts(source.body))
    body, numbers, styles = (next((e for root in roots for e in root.iter() if name(e) == part), None)
                             for part in ("body", "numbering", "styles"))
    if body is None:
        raise Unsafe("the file has no document part")
    number(body, lists(numbers, styles))
    blocks = tuple(_numbered(_blocks(body)))
    title = next((block for block in blocks if isinstance(block, str)), "")
    return Document(title, blocks, {}, tuple(_problems(body, blocks)))


def _parts(body: bytes) -> Iterator[etree._Element]:
    """The parts of a package that a document's text is made of; the first one must be there."""
    with opened(body) as package:
        yield tree(member(package, "word/document.xml"))
        names = package.namelist()
        yield from (tree(member(package, part)) for part in ("word/numbering.xml", "word/styles.xml") if part in names)


def _blocks(parent: etree._Element) -> Iterator[str | list[list[Placed]]]:
    """Paragraphs as text, tables as placed cells, whatever they are wrapped in (sdt, ins, sections, custom XML)."""
    for child in parent:
        kind = name(child)
        if kind == "p":
            if text := paragraph(child):
                yield text
            for box in _boxes(child):
                yield from _blocks(box)
        elif kind == "tbl":
            yield from _table(child)
        elif kind not in HIDDEN:
            yield from _blocks(child)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in a paragraph, each once though Word writes it twice."""
    for child in element:
        if name(child) == "txbxContent":
            yield child
        elif name(child) != "Fallback":
            yield from _boxes(child)


def _table(table: etree._Element) -> Iterator[str | list[list[Placed]]]:
    """A table, its nested tables after it; a table that only lays out other tables is walked through."""
    shown = [row for row in _within(table, "tr") if not _is_gone(row)]
    rows = [list(_within(row, "tc")) for row in shown]
    nested = [inner for row in rows for cell in row for inner in _within(cell, "tbl") if not _is_wrapped(inner)]
    if nested and max(map(len, rows)) <= 2:
        for row in rows:
            for cell in row:
                yield from _blocks(cell)
        return
    yield [_placed(row) for row in shown]
    for inner in nested:
        yield from _table(inner)


def _is_wrapped(table: etree._Element) -> bool:
    """True for a table of one cell: inside another's cell it is that cell's text."""
    return len(list(islice(table.iter("{*}tc"), 2))) <= 1


def _held(cell: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell, those of text boxes and of a table of one cell in it among them."""
    for child in cell:
        if name(child) == "p":
            yield child
            for box in _boxes(child):
                yield from _held(box)
        elif name(child) not in HIDDEN and (name(child) != "tbl" or _is_wrapped(child)):
            yield from _held(child)


def _is_gone(row: etree._Element) -> bool:
    """True for a row that was deleted, and for one that is hidden with all that it holds."""
    if _property(row, "del") is not None:
        return True
    return _property(row, "hidden") is not None and not any(map(paragraph, row.iter("{*}p")))


def _within(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Descendants of a name, not looking into them nor into other tables."""
    for child in parent:
        if name(child) == wanted:
            yield child
        elif name(child) not in ("tbl", "tc", "p", "tr") and name(child) not in HIDDEN:
            yield from _within(child, wanted)


def _placed(row: etree._Element) -> list[Placed]:
    """A row's cells with their columns on the table's grid."""
    column = _number(row, "gridBefore", 0)
    cells: list[Placed] = []
    for cell in _within(row, "tc"):
        width = max(1, _number(cell, "gridSpan", 1))
        own = list(_held(cell))
        texts = [paragraph(p) for p in own]
        if not any(texts):
            texts = [paragraph(p, struck=True) for p in own]  # nothing was written in place of it
        cells.append(Placed(column, width, "\n".join(t for t in texts if t), _continues(cell)))
        column += width
    return cells


def _property(element: etree._Element, wanted: str) -> etree._Element | None:
    properties = next((c for c in element if name(c) in ("tcPr", "trPr")), None)
    if properties is None:
        return None
    return next((c for c in properties.iter() if name(c) == wanted), None)


def _number(element: etree._Element, wanted: str, default: int) -> int:
    found = _property(element, wanted)
    printed = "" if found is None else value(found)
    return min(int(printed), 100) if printed.isdigit() else default


def _continues(cell: etree._Element) -> bool:
    merge = _property(cell, "vMerge") if _property(cell, "vMerge") is not None else _property(cell, "vmerge")
    return merge is not None and value(merge) != "restart"


def _numbered(blocks: Iterator[str | list[list[Placed]]]) -> Iterator[str | Grid]:
    count = 0
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            count += 1
            yield grid(block, f"table {count}")


def _problems(body: etree._Element, blocks: tuple[str | Grid, ...]) -> Iterator[Problem]:
    tables = sum(isinstance(block, Grid) for block in blocks)
    if tables < TABLES and any(_large(e) for e in body.iter() if name(e) == "extent"):
        yield Problem("table_is_image", "a large picture may hold a table: a person must read it")


def _large(extent: etree._Element) -> bool:
    width, height = extent.get("cx", ""), extent.get("cy", "")
    return width.isdigit() and height.isdigit() and int(width) >= TABLE_IMAGE[0] and int(height) >= TABLE_IMAGE[1]
