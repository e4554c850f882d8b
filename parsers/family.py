"""Addresses that differ by a page's number alone, and TRS's call that says how many there are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

CALL: Final = re.compile(r"createPageHTML\s*\(([^)]*)\)", re.IGNORECASE)
_ARGUMENT = re.compile(r"""'([^']*)'|"([^"]*)"|([\w.-]+)""")
_DEFINITION = re.compile(r"function\s+createPageHTML\s*\([^)]*\)", re.IGNORECASE)
_SUFFIX = re.compile(r"^(.+?)[_-](\d{1,3})(\.\w+)$")
_PARAMETER = re.compile(r"page|p|pn|pageno|page_?num(?:ber)?|page_?index|cur_?page|current_?page", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """`createPageHTML(count, current, prefix, suffix, total)`; `base` is the number that it gives the first page."""

    count: int
    current: int
    base: int
    prefix: str
    suffix: str
    total: int | None

    @property
    def number(self) -> int:
        """The page's own number, from 1."""
        return self.current - self.base + 1

    def name(self, number: int) -> str:
        """The file of a page, by its number from 1."""
        return f"{self.prefix}{f'_{number - 1 + self.base}' if number > 1 else ''}.{self.suffix}"


def called(script: str) -> Call | None:
    """The call that draws a pager: TRS counts its pages from 0, UCAP from 1 and names an element first.

    >>> call = called('createPageHTML(3, 0, "t20220115_77", "html");')
    >>> call and [call.name(n) for n in (1, 2, 3)]
    ['t20220115_77.html', 't20220115_77_1.html', 't20220115_77_2.html']
    """
    call = CALL.search(_DEFINITION.sub("", script))
    if call is None:
        return None
    values = [a or b or c for a, b, c in _ARGUMENT.findall(call[1])]
    base = 0
    if values and not values[0].isdigit():
        values, base = values[1:], 1
    if len(values) < 4 or not (values[0].isdigit() and values[1].isdigit()):
        return None
    total = int(values[4]) if len(values) > 4 and values[4].isdigit() else None
    return Call(int(values[0]), int(values[1]), base, values[2], values[3].lstrip("."), total)


def mark(own: str, other: str) -> tuple[int, int] | None:
    """The numbers in two addresses of which one is the other but for a page's number; 0 where one has none.

    >>> mark("http://a.gov.cn/t77.html", "http://a.gov.cn/t77_2.html")
    (0, 2)
    >>> mark("http://a.gov.cn/s.jsp?id=5&page=3", "http://a.gov.cn/s.jsp?id=5"), mark("http://a.cn/1.html", "/2.html")
    ((3, 0), None)
    """
    if own == other:
        return None
    here = dict(_readings(own))
    return next(((here[base], number) for base, number in _readings(other) if base in here), None)


def _readings(url: str) -> Iterator[tuple[str, int]]:
    """The address without a page's number, for each number that may be one; last as it stands, with 0."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    if found := _SUFFIX.match(name):
        yield parts._replace(path=f"{folder}/{found[1]}{found[3]}").geturl(), int(found[2])
    values = parse_qsl(parts.query, keep_blank_values=True)
    for n, (field, value) in enumerate(values):
        if _PARAMETER.fullmatch(field) and value.isdigit() and len(value) < 4:
            yield parts._replace(query=urlencode(values[:n] + values[n + 1:])).geturl(), int(value)
    yield parts._replace(query=urlencode(values)).geturl(), 0
