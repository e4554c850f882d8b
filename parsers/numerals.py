"""Whole numbers spelled in Chinese characters, as prose counts: 二十五, 一百零三, 两, 一〇三, 〇."""

import re
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
LETTERS: Final = "零〇○一二两三四五六七八九十百千万亿"
_VALUES: Final = {c: n for n, c in enumerate(DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_UNITS: Final = (("千", 1000), ("百", 100), ("十", 10))
_LONGEST: Final = 24  # characters: room for any number below 10¹²
_ROW: Final = re.compile("[一二三四五六七八九][零〇○一二三四五六七八九]+")


def numeral(words: str) -> int | None:
    """The number that the characters spell, None where they spell none exactly: 一二 is "one or two", 十几 is open.

    >>> [numeral(w) for w in ("二十五", "一百零三", "两", "〇", "一〇三", "三万两千", "十二亿")]
    [25, 103, 2, 0, 103, 32000, 1200000000]
    >>> [numeral(w) for w in ("一二", "三四十", "百", "一千三", "二十零", "数十", "", "一百三")]
    [None, None, None, None, None, None, None, None]
    """
    if _ROW.fullmatch(words) and re.search("[零〇○]", words):
        return int("".join(str(_VALUES[c]) for c in words))
    if len(words) > _LONGEST:
        return None
    tidy = words.replace("〇", "零").replace("○", "零").replace("两", "二")
    return _spelled_out(re.sub("(?<![一二三四五六七八九])十", "一十", tidy))


def spelled(number: int) -> str:
    """The usual spelling of a whole number from 0 to 10¹² − 1.

    >>> [spelled(n) for n in (0, 10, 12, 103, 20010, 100000001)]
    ['零', '十', '十二', '一百零三', '二万零一十', '一亿零一']
    """
    full = _full(number)
    return full[1:] if full.startswith("一十") else full


def _full(number: int) -> str:
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            gap = "零" if rest and rest * 10 < size else ""
            return _full(number // size) + unit + gap + (_full(rest) if rest else "")
    return DIGITS[number]


def _spelled_out(words: str) -> int | None:
    """The value where the characters are the spelling of just that value in full."""
    value = _value(words)
    return value if value is not None and value < 10**12 and _full(value) == words else None


def _value(words: str) -> int | None:
    for unit, size in (("亿", 10**8), ("万", 10**4), *_UNITS):
        head, found, rest = words.partition(unit)
        if found:
            many, more = _value(head), _value(rest.removeprefix("零")) if rest else 0
            return None if many is None or more is None else many * size + more
    return _VALUES.get(words)
