"""Whether a number is the whole of this year's and one's own: no comparison, no sum over years, no part, no plan."""

import re
from typing import Final

_BOUND = re.compile("[,;(:]")
_PAST = (
    "累计|历年|历次|往年|(?:上一?年|去年|前年|同期)(?!度?结转)|以来|近[一二两三四五六七八九十\\d]+年|这[二两三四五六七八九十]年|年来"
    "|截[至止]到?(?:目前|今|现在)"
)
_AGAINST = "同比|环比|[较比](?:上|去|20|前)|与(?:上|去|20|前)|相比|另有|增加|增长|减少|下降|上升|多收|少收|增至|降至"
_SHARE = "每[年月季周天日次人]|[年月日人]均|平均|不[少低]于|[至最]少|最[多高]|单[次日月]|原则上|分别"
_PLAN = (
    "(?<![现并])将(?:要|于|在|继续|组织|召开|举办|开展|新)|(?<!按)计划|拟(?!定)|力争|目标|预计|下一步|明年|来年|争取"
    "|要求(?:各|全|每)"
)
_PART = "[上下]半年|[一二三四1-4]季度|当月|截[至止]到?\\d{1,2}月"
_ELSEWHERE = "有[的些]|一些[地部单]|个别|某[些地省市县区]|(?:部分|其[他它]|兄弟)(?:地[区方]|单位|部门|省|市|县)"
_OTHER: Final = re.compile("|".join((_ELSEWHERE, _PAST, _AGAINST, _SHARE, _PLAN, _PART)))
_LEADS: Final = re.compile(f"^(?:其中|而|在|于)?(?:{_ELSEWHERE}|{_PAST}|{_PART}|下一步|明年|来年|今后)|(?:以来|年来)$")
_PARTED: Final = re.compile(_PART)
_OWN: Final = re.compile("今年|本年|全年|一年来(?=[^,]*$)")
_YEAR: Final = re.compile(r"(20\d\d)(?=年)")
_TOPIC: Final = re.compile(
    r"^(?:其中|而|在|截[至止]到?)?(20\d\d)年(?!度?结转|.*(?:[比较]|要点|方案|通知|意见|办法|计划|规划))"
)
_LED_BY_MONTH: Final = re.compile(r"(?:其中|在|于)?\d{1,2}月")
_MONTH: Final = re.compile(r"(?<!\d)(\d{1,2})(?:月|(?=[-—~至到]\d{1,2}月))")


def is_own(before: str, year: int | None) -> bool:
    """Whether what stands before a number in its sentence leaves it this year's whole.

    >>> is_own("2024年,我局收到申请", 2024), is_own("2023年,我局收到申请", 2024), is_own("较上年增加", 2024)
    (True, False, False)
    >>> is_own("最多一次收到申请", 2024), is_own("条例施行以来共收到", 2024), is_own("2023年收到20件,2024年收到", 2024)
    (False, False, True)
    """
    *earlier, clause = _BOUND.split(before)
    if _OTHER.search(clause) or _is_of_months(clause) or not _is_year(clause, year):
        return False
    if _OWN.search(clause) or _YEAR.search(clause):
        return True
    return _is_led_by_own(earlier, year)


def clause(before: str) -> str:
    """The clause that a number ends.

    >>> clause("收到申请31件,其中网络申请")
    '其中网络申请'
    """
    return _BOUND.split(before)[-1]


def _is_led_by_own(earlier: list[str], year: int | None) -> bool:
    """Whether the last clause that speaks of a time speaks of this year; so where none does."""
    for said in reversed(earlier):
        if _LEADS.search(said) or (_LED_BY_MONTH.match(said) and _is_of_months(said)):
            return False
        if found := _TOPIC.search(said):
            return (year is None or int(found[1]) == year) and not (_PARTED.search(said) or _is_of_months(said))
        if _OWN.match(said):
            return True
    return True


def _is_year(said: str, year: int | None) -> bool:
    return not any(year and int(each) != year for each in _YEAR.findall(said))


def _is_of_months(said: str) -> bool:
    """Whether months are named that are no whole year's."""
    named = {int(month) for month in _MONTH.findall(said)}
    return bool(named) and not {1, 12} <= named and "12月31日" not in said
