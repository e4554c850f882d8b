"""Words that say that there was none, and so tell 0: 未收到政府信息公开申请, 无行政复议、行政诉讼, 没有收取费用."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from parsers.facts import OBJECT

_NO = "(?:未|没有|无|尚无|从未)"
_END = "(?=[,;。!)]|$)"
_ABOUT = (
    "(?:政府信息公开|政务公开|信息公开|政府|工作|被|申请|引起|引发|引致|导致|提起|提出|涉及|关于|针对|有关|相关|因|的|类|任何|一起"
    "|过|本机关|本单位|[我本]局|事务|针对|对)*+"
)
_AFTER = "(?:案件|申请|情况|情形|事项|案|的|发生)*+"
_AND = "(?:(?:、|和|及|与|或|以及|或者)(?:被)?(?:提起)?)"
_MORE = "(?:(?:、|和|及|以及)[^,;。]{0,8}(?:申诉|信访|举报|投诉)[^,;。]{0,6})?"
_CASES = "(?:的)?(?:事项|件|办件|情况|情形|要求)?"
_WHO = (
    "(?:公民|法人|单位|个人|申请人|自然人|企业|群众|其[他它]组织|[、和或及与])+"
    "(?:向[^,;。]{1,12})?(?:提出|提交|书面)*"
)
_LEFT = f"(?:的)?(?:政府信息公开)?(?:申请)?{_CASES}{_END}"
_HAPPENED = "(?:发生|收到|接到|出现|产生|引发|受理|涉及|存在)?"


@dataclass(frozen=True, slots=True)
class Denial:
    """What was none, by the keys of its facts, and what the sentence has to be about."""

    keys: tuple[str, ...]
    words: re.Pattern[str]
    about: str = ""


_DENIALS: Final = (
    Denial(("requests_received",),
           re.compile(f"{_NO}(?:收到|接到|受理|接收|新收)(?:过|到|任何)*+{OBJECT}{_CASES}{_END}")),
    Denial(("requests_received",), re.compile(
        f"(?:(?:没有|无)(?:任何)?(?:依申请公开|(?:政府|政务)?信息公开申请)|{_NO}(?:有|任何)*{_WHO}申请公开)"
        f"(?:政府|政务)?(?:信息)?(?:的)?(?:申请)?{_CASES}{_END}")),
    Denial(("carried_over_in",),
           re.compile(f"{_NO}(?:上一?年度?|去年)结转(?:至?[本今]年度?)?(?:继续)?(?:办理)?{_LEFT}")),
    Denial(("carried_over_out",),
           re.compile(f"{_NO}(?:需要?)?结转(?:至|到)?(?:下一?|次|明)年度?(?:继续)?(?:办理)?{_LEFT}")),
    Denial(("reconsideration", "litigation"),
           re.compile(f"{_NO}{_HAPPENED}{_ABOUT}(?:行政)?复议{_AFTER}{_AND}{_ABOUT}(?:行政)?诉讼{_AFTER}{_MORE}{_END}"),
           "proceedings"),
    Denial(("reconsideration",), re.compile(f"{_NO}{_HAPPENED}{_ABOUT}行政复议{_AFTER}{_END}"), "proceedings"),
    Denial(("litigation",), re.compile(f"{_NO}{_HAPPENED}{_ABOUT}行政诉讼{_AFTER}{_END}"), "proceedings"),
    Denial(("complaints",), re.compile(f"{_NO}{_HAPPENED}{_ABOUT}(?:举报、?投诉|投诉、?举报){_AFTER}{_END}"),
           "proceedings"),
    Denial(("request_fees",), re.compile(
        f"{_NO}(?:向申请人|依申请)?(?:收取|产生|发生)(?:过)?[^,;。\\d]{{0,20}}(?:费用?|信息处理费){_END}"), "charges"),
)


_CUE = re.compile("(?:未|没有|无)[^,;]{0,60}(?:申请|复议|诉讼|投诉|费|结转)")


def denials(plain: str) -> Iterator[tuple[Denial, int, int]]:
    """Each denial with the places where its words begin and end; `plain` as `sentences.folded` gives it.

    >>> [(d.keys, start) for d, start, _ in denials("本年度未收到政府信息公开申请,无行政复议、行政诉讼。")]
    [(('requests_received',), 3), (('reconsideration', 'litigation'), 15)]
    """
    for denial in _DENIALS if _CUE.search(plain) else ():
        for found in denial.words.finditer(plain):
            yield denial, found.start(), found.end()
