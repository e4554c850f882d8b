"""The values that pass between the stages of reading: Source → Document → Grid → Cell → Report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of the form holds. Absent is never zero, and what was not understood is not absent."""

    NUMBER = "number"
    BLANK = "blank"                    # the cell is there and holds nothing
    NOT_APPLICABLE = "not_applicable"  # a mark stands in it: / — － 无 不适用
    TEXT = "text"                      # something stands in it that is no number and no known mark
    MISSING = "missing"                # the form has the cell, the source does not


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be read: the body of one capture with transfer- and content-coding removed, or one file."""

    body: bytes
    url: str = ""
    content_type: str = ""  # the Content-Type header as sent, "" where none was
    name: str = ""          # file name, where the bytes come from a file
    anchor: str = ""        # text of the link that led here


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a grid. `span` is "" where the cell is printed, "left" or "above" where a wider cell reaches in.

    "absent": no cell is printed there at all, as where a row of HTML is shorter than the table.
    """

    text: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the one shape that every source is reduced to.

    `aligned` grids are rectangles with spans expanded: equal index means equal column (HTML, PDF, DOCX, XLS).
    Others come from flattened text: cells in printed order, places under a row span dropped, rows of any length.
    """

    rows: tuple[tuple[Slot, ...], ...]
    place: str  # where it stands, for people: "table 3", "page 2, table 1", "lines 40-95"
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a document that a person should know. Codes are listed in docs/data.md."""

    code: str
    detail: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of an article that is printed over several addresses, and the others as it names them.

    Numbers count from 1; 0 where none is told. `is_sure`: the pager is an article's own, not that of a list.
    """

    number: int
    pages: tuple[tuple[int, str], ...]  # number and address in the article's order, its own included
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What a page holds of a report that goes on at other addresses: its title, keys of chapters and tables."""

    holds: tuple[str, ...]
    stem: str                 # title of the whole report in simplified script, "" where the page does not say
    leaf: Leaf | None = None  # None where the page does not name the others


@dataclass(frozen=True, slots=True)
class Document:
    """A source, opened: prose and tables in document order, whatever the format was."""

    title: str
    blocks: tuple[str | Grid, ...]
    meta: Mapping[str, str] = field(default_factory=dict)  # names in lower case; "" never stands as a value
    problems: tuple[Problem, ...] = ()
    leaf: Leaf | None = None

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables alone, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Grid))

    @property
    def text(self) -> str:
        """The prose alone, blocks joined by line feeds."""
        return "\n".join(b for b in self.blocks if isinstance(b, str))


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of a report: key ("overview", "disclosure", …), heading as printed, text below it."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form. `value` is in base units (元, 件, 项 …) or None; `raw` is the printed text."""

    table: str
    row: str
    column: str
    value: Decimal | None
    raw: str
    kind: Kind
    unit: str
    place: str = ""  # where it was read: "table 3, row 5, column 2"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that prose tells, with its words: never a cell. Keys are those of `figures.KEYS`."""

    key: str
    value: Decimal | None
    raw: str         # number and unit: 25件; the words that say none: 未收到申请
    quote: str       # the sentence as printed
    place: str = ""  # heading of its chapter as printed


@dataclass(frozen=True, slots=True)
class Check:
    """One sum or limit of the form. `status`: pass, fail, not_assessable; `mode`: strict, blank_as_zero."""

    rule: str
    scope: str
    status: str
    left_value: Decimal | None
    right_value: Decimal | None
    mode: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact was decided: which rule, on which words."""

    fact: str   # "issuer", "report_year", "region_code", "clone" …
    rule: str
    quote: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on what: issuer, region, year, scope, and the words that say so."""

    title: str
    issuer: str | None
    region_code: str | None
    report_year: int | None
    scope: str | None        # body | government | jurisdiction
    published: date | None
    is_clone: bool = False
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that one source says, ready to be saved or printed. Not a report: `is_report` is False, tables are empty."""

    is_report: bool
    edition: str | None  # 2014 | 2019 | 2021 | local
    title: str
    issuer: str | None
    region_code: str | None
    report_year: int | None
    scope: str | None
    published: date | None
    text: str
    is_clone: bool = False
    sections: tuple[Section, ...] = ()
    cells: tuple[Cell, ...] = ()
    leftovers: tuple[Cell, ...] = ()  # printed cells that the form does not name; row and column are labels as printed
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()  # what the prose tells in numbers
    part: Part | None = None  # a page of a report that goes on at other addresses; not a report by itself, or not whole
