"""Years: how they are printed, and which one a report is about."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parsers.numerals import numeral

_DIGITS = str.maketrans("０１２３４５６７８９〇○Ｏ零一二三四五六七八九", "01234567890000123456789")
_YEAR = re.compile(r"(?<![\d年])(20[0-3]\d)\s*年?\s*(?:度)?")
_BEFORE_WORDS = re.compile(r"(20[0-3]\d)年?度?(?=[^\d]{0,14}(?:政府|政务)?(?:信息|政务)公开)")
_COUNT = "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_HAN_DAY = re.compile(rf"年(?<=\d年)\s*({_COUNT})\s*月\s*({_COUNT})\s*日")
_HAN_YEAR = re.compile(  # no year that stands in plain figures already
    "[二２2](?!(?<=2)[0-9]{3})[〇○Ｏ零０0][〇○Ｏ零一二三０-３0-3][〇○Ｏ零一二三四五六七八九０-９0-9](?=\\s*年)"
)


def digits(text: str) -> str:
    """The text with years, and the days after them, in full-width or Chinese figures as 2019年1月20日.

    >>> digits("二〇一九年度"), digits("２０２０年"), digits("二○○八年十二月二十一日")
    ('2019年度', '2020年', '2008年12月21日')
    """
    return _HAN_DAY.sub(_day, _HAN_YEAR.sub(lambda m: m[0].translate(_DIGITS), text))


def _day(found: re.Match[str]) -> str:
    return f"年{numeral(found[1])}月{numeral(found[2])}日"


def year(text: str) -> int | None:
    """The year of a title: the one that stands next to the words 信息公开, else the only or last one.

    >>> year("2019年嵊州市商务局2018年政府信息公开年报"), year("高岭镇"), year("二〇二〇年政府信息公开工作年度报告")
    (2018, None, 2020)
    """
    plain = digits(text)
    near = _BEFORE_WORDS.findall(plain)
    every = near or _YEAR.findall(plain)
    return int(every[-1]) if every else None


# Groups hold years without their 2: every branch starts with a plain letter, which makes the search many times faster.
_WHOLE = r"2(0[0-3]\d)\s*年\s*1\s*月\s*1\s*日[^\d]{0,8}(?:2(0[0-3]\d)\s*年\s*)?12\s*月\s*31\s*日"
_PERIOD = re.compile(
    rf"统计(?:期限|时间|周期|时段)[^。\d]{{0,12}}(?:{_WHOLE}|2(0[0-3]\d)\s*年)"
    rf"|{_WHOLE}|2(0[0-3]\d)11日[^\d]{{0,6}}20[0-3]\d1231日"
)
_ANNOUNCED = re.compile(
    r"(?:发布|公布|公开|编制|现将|现就)[^。；\d]{0,30}(20[0-3]\d)年度?[^。\d]{0,14}信息公开[^。\d]{0,8}(?:报告|年报)"
)
_ACADEMIC = re.compile(r"20[0-3]\d\s*年?\s*[—–~～至到-]+\s*20[0-3]\d\s*学年度?[^。，、；]{0,12}信息公开")
_HEAD = 2000  # characters of a text in which a report announces itself
_NOTE = re.compile(r"(?:指|截至|截止)(20[0-3]\d)年(?:办件量|底|末|12月31日)")
_ADDRESS = re.compile(
    r"(?:fbtime|nbyear|year|nf)=(20[0-3]\d)(?!\d)|/(20[0-3]\d)nd?(?:zf)?(?:xxgk|nb|bmnb)?\w*/|/(20[0-3]\d)_\d+/"
    r"|(20[0-3]\d)nb(?:[/._]|$)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(20[0-3]\d)\s*年")


@dataclass(frozen=True, slots=True)
class Basis:
    """What may say which year a report is about: the rule, the year, the words."""

    rule: str
    year: int
    quote: str


def bases(title: str, overview: str, text: str, url: str, published: date | None) -> Iterator[Basis]:
    """All that says the year, the strongest first.

    Statistic period, title, the sentence that announces the report, the year that section one speaks of most, notes of
    the tables, the address, the year before publication (January to June). Of an academic year nothing: it is two.

    >>> [(b.rule, b.year) for b in bases("2018年年报", "", "统计期限自2017年1月1日至2017年12月31日", "", None)]
    [('statistic period', 2017), ('title', 2018)]
    """
    plain = digits(text)
    if _ACADEMIC.search(title) or _ACADEMIC.search(plain, 0, _HEAD):
        return
    yield from (Basis("statistic period", _year_of(found), found[0]) for found in _periods(plain))
    if (named := year(title)) is not None:
        yield Basis("title", named, title)
    yield from (Basis("announced", int(m[1]), m[0]) for m in _ANNOUNCED.finditer(plain, 0, _HEAD))
    yield from _dominant(digits(overview))
    yield from (Basis("note in the tables", int(m[1]), m[0]) for m in _NOTE.finditer(plain))
    yield from (Basis("address", int(next(g for g in m.groups() if g)), m[0]) for m in _ADDRESS.finditer(url))
    if published and published.month <= 6:
        yield Basis("year before publication", published.year - 1, published.isoformat())


def periods(text: str) -> tuple[int, ...]:
    """The years of the statistic periods that a text in simplified script names.

    >>> periods("统计期限自2017年1月1日至2017年12月31日")
    (2017,)
    """
    return tuple(_year_of(found) for found in _periods(digits(text)))


def _year_of(found: re.Match[str]) -> int:
    return int("2" + [group for group in found.groups() if group][-1])


def _periods(text: str) -> list[re.Match[str]]:
    """The periods called statistic; where none is, the first: later ones may be of other years."""
    every = list(_PERIOD.finditer(text))
    return [m for m in every if m[0].startswith("统计")] or every[:1]


def _dominant(text: str) -> Iterator[Basis]:
    ranked = Counter(_SPOKEN.findall(text)).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        yield Basis("year that section one speaks of most", int(ranked[0][0]), f"{ranked[0][0]}年 ×{ranked[0][1]}")


def conflicts(found: tuple[Basis, ...], published: date | None) -> tuple[str, ...]:
    """What contradicts what: two periods, period against title, publication against the year.

    >>> conflicts((Basis("statistic period", 2017, "a"), Basis("title", 2018, "b")), None)
    ('statistic period says 2017, title says 2018',)
    """
    strong = [b for b in found if b.rule in ("statistic period", "title")]
    said = [f"{strong[0].rule} says {strong[0].year}, {b.rule} says {b.year}"
            for b in strong[1:] if b.year != strong[0].year]
    if found and published and published < date(found[0].year, 11, 1):
        said.append(f"published {published}, before the end of {found[0].year}")
    return tuple(dict.fromkeys(said))
