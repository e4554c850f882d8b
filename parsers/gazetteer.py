"""Divisions named in prose: where a text speaks of which."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from parsers.regions import by_name

_GENERIC = frozenset(("郊区", "城区", "矿区", "东区", "南区", "西区", "北区", "新区"))

_LEADS = frozenset("由经请")  # words before a body's name that end no name of a place


@cache
def _starts() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in by_name():
        found[each[:2]].append(each)
    return {first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in found.items()}


@cache
def _pairs() -> re.Pattern[str]:
    """Where a name may begin: a first letter of names before a second one."""
    first, second = ("".join({pair[i] for pair in _starts()}) for i in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


@lru_cache(maxsize=32)
def mentions(text: str) -> tuple[tuple[int, str], ...]:
    """Positions and full names of divisions in a text, left to right, the longest at each place, none overlapping.

    Names of two characters are words as well (城区, 和县): they count after another name or where a clause begins, and
    the generic ones only after another name. A page's text is asked for again and again while it is read.

    >>> mentions("浙江省绍兴市嵊州市商务局"), mentions("各市和县城区")
    (((0, '浙江省'), (3, '绍兴市'), (6, '嵊州市')), ())
    """
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[tuple[int, str]]:
    free, end, starts = 0, -1, _starts()
    for start in _pairs().finditer(text):
        at = start.start()
        if at < free:
            continue
        for each in starts.get(text[at:at + 2], ()):
            if text.startswith(each, at) and (len(each) > 2 or at == end or _begins(each, text[at - 1:at])):
                yield at, each
                free = end = at + len(each)
                break


def _begins(name: str, before: str) -> bool:
    return name not in _GENERIC and (before in _LEADS or not "\u3400" <= before <= "\u9fff")
