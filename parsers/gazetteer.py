"""Divisions named in prose: where a text speaks of which."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from parsers.regions import by_name

_GENERIC = frozenset(("郊区", "城区", "矿区", "东区", "南区", "西区", "北区", "新区"))


@cache
def _starts() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in by_name():
        found[each[:2]].append(each)
    return {first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in found.items()}


def mentions(text: str) -> Iterator[tuple[int, str]]:
    """Positions and full names of divisions in a text, left to right, the longest at each place, none overlapping.

    Names of two characters are words as well (城区, 和县): they count after another name or where a clause begins, and
    the generic ones only after another name.

    >>> list(mentions("浙江省绍兴市嵊州市商务局")), list(mentions("各市和县城区"))
    ([(0, '浙江省'), (3, '绍兴市'), (6, '嵊州市')], [])
    """
    at, end, starts = 0, -1, _starts()
    while at < len(text) - 1:
        for each in starts.get(text[at:at + 2], ()):
            if text.startswith(each, at) and (len(each) > 2 or at == end or _begins(each, text[at - 1:at])):
                yield at, each
                at, end = at + len(each) - 1, at + len(each)
                break
        at += 1


def _begins(name: str, before: str) -> bool:
    return name not in _GENERIC and not ("\u3400" <= before <= "\u9fff")
