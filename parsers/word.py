"""Opens Word's XML: DOCX, flat OPC and Word 2003 XML, told apart by nothing but their element names."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from parsers.layout import Placed, grid
from parsers.model import Document, Grid, Problem, Source
from parsers.numbering import lists, number
from parsers.packages import Unsafe, member, opened, tree

CENTIMETRE: Final = 360_000    # EMU
TABLE_IMAGE: Final = (8 * CENTIMETRE, 3 * CENTIMETRE)  # a drawing at least this large can hold a table
TABLES: Final = 3              # of the official report; where fewer were found, a picture may be the missing one
HIDDEN: Final = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "footnoteReference", "pict"})


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


def name(element: etree._Element) -> str:
    """An element's local name in whatever namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


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


def paragraph(element: etree._Element) -> str:
    """The visible text of a paragraph, tabs and breaks kept, text boxes left out, ends trimmed."""
    return "".join(_runs(element)).strip(" \t\r\n\u3000")


def _runs(element: etree._Element) -> Iterator[str]:
    for child in element:
        kind = name(child)
        if kind == "t":
            yield child.text or ""
        elif kind in ("tab", "br", "cr", "noBreakHyphen"):
            yield {"tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n")
        elif kind not in HIDDEN and kind not in ("txbxContent", "pPr", "rPr", "tbl"):
            yield from _runs(child)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in a paragraph, each once though Word writes it twice."""
    for child in element:
        if name(child) == "txbxContent":
            yield child
        elif name(child) != "Fallback":
            yield from _boxes(child)


def _table(table: etree._Element) -> Iterator[str | list[list[Placed]]]:
    """A table, its nested tables after it; a table that only lays out other tables is walked through."""
    rows = [list(_within(row, "tc")) for row in _within(table, "tr")]
    nested = [inner for row in rows for cell in row for inner in _within(cell, "tbl")]
    if nested and max(map(len, rows)) <= 2:
        for row in rows:
            for cell in row:
                yield from _blocks(cell)
        return
    yield [_placed(row) for row in _within(table, "tr")]
    for inner in nested:
        yield from _table(inner)


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
        texts = [paragraph(p) for p in _within(cell, "p")]
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
    value = "" if found is None else _value(found)
    return min(int(value), 100) if value.isdigit() else default


def _value(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "val"), "")


def _continues(cell: etree._Element) -> bool:
    merge = _property(cell, "vMerge") if _property(cell, "vMerge") is not None else _property(cell, "vmerge")
    return merge is not None and _value(merge) != "restart"


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
