"""Amounts: numbers with their units as prose prints them, in figures or in characters, exact ones alone."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from parsers.facts import EVENTS, MONEY, PEOPLE, PIECES, SITES
from parsers.numbers import number
from parsers.numerals import LETTERS, numeral

UNIT: Final = "|".join(sorted(PIECES | EVENTS | PEOPLE | SITES | MONEY, key=lambda u: (-len(u), u)))
_NOT_AFTER = (
    "以上|以下|左右|上下|多|余|不等|百分点|分(?!别)|例(?![,;。])|月|工作日|[大民]|诉(?!讼)|性|事|领域|方面|栏目|部门|单位|制度|措施"
    "|政协|建议|提案|信访|来信|来电|咨询|留言|诉求|行政许可|粉丝|账号"
)
AMOUNT: Final = (
    rf"(?:(?<![\d万亿千百近约超逾足几第过于])(?<!\d[.,\s])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<scale>万|亿)?"
    rf"|(?<![\d{LETTERS}数几第上近约超逾足过于成])(?P<words>[{LETTERS}]{{1,24}}))(?P<unit>{UNIT})(?!{_NOT_AFTER})"
)
_NUMBER: Final = re.compile(AMOUNT)
_FIGURE: Final = re.compile(rf"[\d{LETTERS}]")


def amounts(plain: str) -> Iterator[re.Match[str]]:
    """The numbers with their units, sought only where a figure stands; groups n, scale, words, unit."""
    end = 0
    for figure in _FIGURE.finditer(plain):
        if figure.start() >= end and (found := _NUMBER.match(plain, figure.start())):
            end = found.end()
            yield found


def value(found: re.Match[str]) -> Decimal | None:
    """What such a number says; None where its characters are no number."""
    if found["words"]:
        spelled = numeral(found["words"])
        return None if spelled is None else Decimal(spelled)
    return number(found["n"] + (found["scale"] or "")).value
