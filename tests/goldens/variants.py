"""What the goldens show: the ways in which published reports were seen to differ, numbered, and the index of them."""

from collections.abc import Iterable

from tests.goldens.cases import CASES

VARIANTS = {
    1: "万元 inside the cell",
    2: "元 inside the cell",
    3: "亿元 inside the cell",
    4: "万件 inside the cell",
    5: "an amount without any unit",
    6: "a unit in the heading that makes the amount implausible",
    7: "a unit in traditional script: 萬元",
    8: "decimals under a unit in the heading",
    9: "plus signs, half and full width",
    10: "minus signs",
    11: "signs in characters: 加, 减",
    12: "a decrease without its sign",
    13: "`-` for none beside negative numbers",
    14: "`/` for not applicable in one row, zeros in another",
    15: "blanks in all cells but the total",
    16: "all tables blank",
    17: "totals of rows blank, the total of results filled",
    18: "repeated cells dropped by an extractor",
    19: "a row broken over two lines",
    20: "fourteen numbers where the form has fifteen",
    21: "spare blank cells at the end of rows",
    22: "captions that span other columns than the values below",
    23: "captions cut off after a line break",
    24: "captions abbreviated",
    25: "captions with explanations",
    26: "a caption that lacks its last character",
    27: "rows of the body's own",
    28: "labels with spaces between all characters",
    29: "labels with a space inside",
    30: "the corner cell missing",
    31: "the first caption row of table 4 missing",
    32: "captions of table 4 in the line order of a PDF",
    33: "a PDF's text layer, words broken over lines",
    34: "one cell a line after a tab, a blank line after each row",
    35: "one cell a paragraph, blank cells as single line feeds",
    36: "pipes alone on a line",
    37: "headings of chapters in other words",
    38: "headings without their ordinal",
    39: "two 四: a row of table 3 and a chapter",
    40: "an instruction of the template left in",
    41: "a remark below a table",
    42: "a placeholder left unfilled",
    43: "prose about other places in general",
    44: "characters lost beside digits",
    45: "traditional script of the mainland",
    46: "traditional script converted too far: 製發, 強製",
    47: "traditional script with Taiwan's words",
    48: "readings in brackets, with tone, after some characters",
    49: "readings in brackets, without tone, and doubled",
    50: "bytes read in a wrong encoding or shifted by one",
    51: "a stray comma before 、",
    52: "other quotes around 三安全一稳定",
    53: "brackets of either width, spaces after them",
    54: "tables as pictures",
    55: "one page of a flip-book",
    56: "a page with a file to download",
    57: "HTML inside a string of a script",
    58: "an address with parameters for body and year, the only place of the year",
    59: "a list whose page shows the latest report",
    60: "masked figures",
    61: "digits of full width",
    62: "thousands separators",
    63: "—, ——, 无, 不适用 as the value of a cell",
    64: "a report in an inner frame",
    65: "two reports on a page",
    66: "tables within cells",
    67: "Word's markup and comments",
    68: "a table of its own for each block",
    69: "a table in two halves",
    70: "rows in another order",
    71: "no table element at all",
    72: "labels with typos and broken brackets",
    73: "edition 2021, whole",
    74: "edition 2014",
    75: "local indicators",
    76: "prose only",
    77: "labels of two editions on a page",
    78: "a row of 2019 in a form of 2021",
    79: "a scan",
    80: "a Word file",
    81: "an Excel file",
    82: "an Excel 97 file",
    83: "a clone of a government's page",
    84: "a page saved as .doc",
    85: "a capture cut out of an archive by `scrapy golden`, with the bytes of the wire, plain or in chunks of gzip",
}
KEPT = {  # goldens that no description makes
    "jianggan-scjg-2020-sign-in-characters-no-unit": (5, 11, 12, 21),
    "liaocheng-scjg-2020-one-cell-a-line-fourteen-numbers": (1, 9, 20, 25, 34, 53),
    "shengzhou-swj-2019-one-cell-a-paragraph-blanks": (6, 15, 24, 35),
    "tianshui-scjg-2020-traditional-pipes-broken-row": (7, 19, 30, 31, 45),
    "yangben-zhen-2021-cut-in-chunks-of-gzip": (73, 85),
    "yangben-zhen-2023-cut-as-sent": (14, 85),
    "zhangye-2020-clone-of-a-city-s-report": (3, 4, 10, 21, 23, 28, 37, 83),
}
HEAD = """# Goldens

Each folder holds an input as it came (`input.*`, or `capture.warc` with the records of one capture) and `report.json`:
all that must be read in it, every cell of the form, a fact a line. `python -m tests.goldens` makes what is missing and
this page; `python -m tests.goldens --accept NAME` keeps what is read now, after a person has read the difference.
All prose is made up; figures and labels are of the official forms. What must be read is also known without the parser:
from the descriptions in `tests/goldens/cases.py`, or from `cells.csv` where a page was composed by hand.

| | Way of printing | Shown by |
|---|---|---|
"""


def shown() -> dict[str, tuple[int, ...]]:
    """The variants that each golden shows."""
    return {case.name: case.shows for case in CASES} | KEPT


def index() -> str:
    """tests/golden/README.md: each variant and the goldens that show it."""
    return HEAD + "".join(f"| {n} | {what} | {', '.join(_by(n))} |\n" for n, what in VARIANTS.items())


def _by(number: int) -> Iterable[str]:
    return sorted(f"[{name}]({name})" for name, numbers in shown().items() if number in numbers)
