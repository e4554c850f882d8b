"""Years: how they are printed, and which one a report is about."""

import re

_DIGITS = str.maketrans("０１２３４５６７８９〇○Ｏ零一二三四五六七八九", "01234567890000123456789")
_YEAR = re.compile(r"(?<![\d年])(20[0-3]\d)\s*年?\s*(?:度)?")
_BEFORE_WORDS = re.compile(r"(20[0-3]\d)年?度?(?=[^\d]{0,14}(?:政府|政务)?(?:信息|政务)公开)")
_HAN_YEAR = re.compile("[二２2][〇○Ｏ零０0][〇○Ｏ零一二三０-３0-3][〇○Ｏ零一二三四五六七八九０-９0-9](?=\\s*年)")


def digits(text: str) -> str:
    """The text with years in full-width or Chinese figures as 2019年.

    >>> digits("二〇一九年度"), digits("２０２０年"), digits("二○○八年")
    ('2019年度', '2020年', '2008年')
    """
    return _HAN_YEAR.sub(lambda m: m[0].translate(_DIGITS), text)


def year(text: str) -> int | None:
    """The year of a title: the one that stands next to the words 信息公开, else the only or last one.

    >>> year("2019年嵊州市商务局2018年政府信息公开年报"), year("高岭镇"), year("二〇二〇年政府信息公开工作年度报告")
    (2018, None, 2020)
    """
    plain = digits(text)
    near = _BEFORE_WORDS.findall(plain)
    every = near or _YEAR.findall(plain)
    return int(every[-1]) if every else None
