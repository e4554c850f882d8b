"""What an XLSX sheet says about its cells besides their values: units in number formats, open formulas, hidden rows."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from parsers.model import Kind
from parsers.numbers import number
from parsers.packages import member, opened, tree
from parsers.runs import name

Place = tuple[int, int]  # row and column, from 0

NUMBER: Final = re.compile(r"(.*[0#?])(,*)(.*)", re.DOTALL)
SHIFTED: Final = re.compile(r"[!\\]\.|\"\.\"")  # a decimal point that is drawn, as in 0!.0,"万元"
FORMAT: Final = re.compile(rb"\x1e\x04.\x00..(.)\x00\x01", re.DOTALL)  # record, its length, index, letters, UTF-16
CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: what number formats print behind figures, formulas without a result, hidden rows and columns."""

    suffixes: Mapping[Place, str]
    formulas: Mapping[Place, str]
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def marks(body: bytes, height: int) -> Mapping[str, Marks]:
    """The marks of a package's sheets by their names, as far down as `height`."""
    with opened(body) as package:
        names = package.namelist()
        links = tree(member(package, "xl/_rels/workbook.xml.rels"))
        targets = {one.get("Id"): one.get("Target", "").removeprefix("/xl/") for one in links}
        suffixes = _suffixes(tree(member(package, "xl/styles.xml"))) if "xl/styles.xml" in names else []
        book = tree(member(package, "xl/workbook.xml"))
        parts = {_own(one, "name"): f"xl/{targets.get(_own(one, 'id'), '')}" for one in book.iter()
                 if name(one) == "sheet"}
        return {title: _marks(member(package, part), suffixes, height)
                for title, part in parts.items() if part in names}


def has_units(body: bytes) -> bool:
    """True for an XLS (BIFF8) one of whose number formats prints a unit.

    >>> has_units(b"..\\x1e\\x04\\x0b\\0\\xa4\\0\\x04\\0\\x01" + '0"件"'.encode("utf-16-le"))
    True
    """
    texts = (body[found.end() : found.end() + 2 * found[1][0]].decode("utf-16-le", "replace")
             for found in FORMAT.finditer(body))
    return any(suffix(text) not in ("", "%") for text in texts)


def suffix(code: str) -> str:
    """The unit that a number format prints behind a number; "%" for per cent, "" where it prints none.

    A format that draws the decimal point elsewhere prints 12.3万元 for 123000: the unit of what is stored is 元.

    >>> suffix('0.00"万元"'), suffix('#,##0"件"'), suffix('0!.0,"万元"'), suffix("0.00%"), suffix("yyyy-mm-dd")
    ('万元', '件', '元', '%', '')
    """
    section = re.sub(r"\[[^\]]*\]|_.|\*.", "", code.split(";")[0])
    found = NUMBER.fullmatch(section)
    if found is None:
        return ""
    unit = re.sub(r'["\\!\s]', "", found[3])
    if found[2] or SHIFTED.search(found[1]):
        unit = unit.lstrip("十百千万亿")
    return unit if unit == "%" or (unit and number(f"1{unit}").kind is Kind.NUMBER) else ""


def _suffixes(styles: etree._Element) -> list[str]:
    """The suffix of each cell style, by its index."""
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter() if name(one) == "numFmt"}
    codes |= {"9": "0%", "10": "0.00%"}  # built in
    cells = next((one for one in styles.iter() if name(one) == "cellXfs"), ())
    return [suffix(codes.get(one.get("numFmtId"), "")) for one in cells]


def _marks(xml: bytes, suffixes: list[str], height: int) -> Marks:
    printed: dict[Place, str] = {}
    formulas: dict[Place, str] = {}
    rows: list[int] = []
    columns: list[int] = []
    for element in _elements(xml):
        kind = name(element)
        if kind == "row":
            row = int(element.get("r", "1")) - 1
            if row >= height:
                break
            if element.get("hidden") in ("1", "true"):
                rows.append(row)
        elif kind == "col" and element.get("hidden") in ("1", "true"):
            columns += range(int(element.get("min", "1")) - 1, min(int(element.get("max", "1")), height))
        elif kind == "c" and (place := _place(element.get("r", ""))):
            index = int(element.get("s", "0"))
            if index < len(suffixes) and suffixes[index]:
                printed[place] = suffixes[index]
            formula = next((one for one in element if name(one) == "f"), None)
            if formula is not None and not any(name(one) in ("v", "is") and "".join(map(str, one.itertext())).strip()
                                               for one in element):
                formulas[place] = f"={formula.text or '…'}"
    return Marks(printed, formulas, tuple(rows), tuple(columns))


def _elements(xml: bytes) -> Iterator[etree._Element]:
    """Columns, cells and rows of a sheet's part, each emptied after it was looked at."""
    for _, element in etree.iterparse(io.BytesIO(xml), tag=("{*}col", "{*}c", "{*}row"), resolve_entities=False,
                                      no_network=True, recover=True):
        yield element
        element.clear()


def _place(reference: str) -> Place | None:
    found = CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _own(element: etree._Element, wanted: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == wanted), "")
