"""Figures that a report tells in prose, each with its words; they are never cells of the form (DOMAIN: text, table)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from parsers.model import Figure, Section
from parsers.numbers import number
from parsers.script import simplified

_UNIT = "件次|件|条|次|份|宗|起|个|篇|部|例"
_N = rf"(?<!\d)(?<!\d[.,\s])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<scale>万|亿)?(?P<unit>{_UNIT})(?!以上|左右)"
_FILL = "(?:共计|总计|合计|数量|件数|总数|总量|事项|案件|共|为|有|计|达|的|:)*"
_ASKED = (
    "(?:公民|法人|自然人|其[他它]组织|社会公众|人民群众|群众|公众|各类|书面|有效|全[省市区县州]|提出|提交|递交|关于|政府|政务|信息"
    "|公开|新|共|依|和|或|及|的|各种|相关|[、“”])*"
)
_OBJECT = f"{_ASKED}申请(?:公开)?(?:政府|政务)?(?:信息)?(?:公开)?"
_WHOSE = "(?:政府|政务)?(?:信息)?(?:公开)?(?:的)?申请"
_DOCUMENT = "(?:行政)?规范性文件|规章"
_DOCUMENTED = f"{_FILL}(?P<kind>{_DOCUMENT})?{_FILL}{_N}(?P<after>{_DOCUMENT})?"
_PARTLY = re.compile("通过|网站|微信|微博|公众号|其中|平台|公报|新媒体|渠道")

PATTERNS: Final[Mapping[str, tuple[re.Pattern[str], ...]]] = {
    "requests_received": (
        re.compile(f"(?:收到|受理|接收|接到|收悉|新收|收){_OBJECT}{_FILL}{_N}"),
        re.compile(f"(?:收到|受理|接收|接到|新收)(?:的|共)*{_N}(?:政府|政务)?(?:信息)?(?:公开)?申请(?!人)"),
        re.compile(f"有{_N}(?:政府|政务)?(?:信息)?(?:公开)?申请(?=[,。;])"),
    ),
    "requests_handled": (
        re.compile(f"(?:办理|办结|答复|处理){_OBJECT}{_FILL}{_N}"),
        re.compile(f"(?:办理|办结|答复|处理)(?:的|共)*{_N}(?:政府|政务)?(?:信息)?公开申请(?!人)"),
        re.compile(f"(?:办结|答复){_FILL}{_N}"),
    ),
    "requests_natural_person": (re.compile(f"自然人(?:提出|提交|申请|的)*{_FILL}{_N}"),),
    "requests_organizations": (
        re.compile(f"(?:法人(?:和|或|及|、)?其[他它]组织|法人|企业)(?:提出|提交|申请|的)*{_FILL}{_N}"),
    ),
    "carried_over_in": (
        re.compile(f"(?:上一?年度?|去年|20\\d\\d年度?)结转(?:至?[本今]年度?)?(?:继续)?(?:办理)?(?:{_WHOSE})?{_FILL}{_N}"),
        re.compile(f"结转上一?年度?(?:未办结)?(?:{_WHOSE})?{_FILL}{_N}"),
    ),
    "carried_over_out": (
        re.compile(f"结转(?:至|到)?(?:下一?|次|明|20\\d\\d)年度?(?:继续)?(?:办理)?(?:{_WHOSE})?{_FILL}{_N}"),
    ),
    "disclosed_full": (re.compile(f"(?<!不)(?<!部分)予以公开(?:的)?(?:{_WHOSE})?{_FILL}{_N}"),),
    "disclosed_partial": (re.compile(f"部分(?:予以)?公开(?:的)?(?:{_WHOSE})?{_FILL}{_N}"),),
    "refused": (re.compile(f"不予公开(?:的)?(?:{_WHOSE})?{_FILL}{_N}"),),
    "unable": (re.compile(f"无法提供(?:的)?(?:政府信息)?(?:{_WHOSE})?{_FILL}{_N}"),),
    "not_processed": (re.compile(f"不予处理(?:的)?(?:{_WHOSE})?{_FILL}{_N}"),),
    "other": (re.compile(f"其[他它]处理(?:的)?(?:{_WHOSE})?{_FILL}{_N}"),),
    "reconsideration": (
        re.compile(f"行政复议(?:申请|案)?{_FILL}{_N}"),
        re.compile(f"{_N}(?:政府信息公开)?(?:类)?(?:的)?行政复议"),
    ),
    "litigation": (
        re.compile(f"行政诉讼(?:案)?{_FILL}{_N}"),
        re.compile(f"{_N}(?:政府信息公开)?(?:类)?(?:的)?行政诉讼"),
    ),
    "disclosed_items": (re.compile(f"主动公开(?:各类|政府|政务|信息|类|的|累计)*{_FILL}{_N}"),),
    "issued": (re.compile(f"(?:制发|制定|印发|出台|制订|发布){_DOCUMENTED}"),),
    "repealed": (re.compile(f"废止{_DOCUMENTED}"),),
    "in_force": (re.compile(f"现行有效{_DOCUMENTED}"),),
}
KEYS: Final[Mapping[str, str]] = {
    "requests_received": "收到、受理的申请",
    "requests_handled": "办理、办结、答复的申请",
    "requests_natural_person": "自然人的申请",
    "requests_organizations": "法人或其他组织的申请",
    "carried_over_in": "上年结转",
    "carried_over_out": "结转下年度",
    "disclosed_full": "予以公开",
    "disclosed_partial": "部分公开",
    "refused": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
    "reconsideration": "行政复议",
    "litigation": "行政诉讼",
    "disclosed_items": "主动公开",
    "regulations_issued": "规章，制发",
    "regulations_repealed": "规章，废止",
    "regulations_in_force": "规章，现行有效",
    "normative_documents_issued": "规范性文件，制发",
    "normative_documents_repealed": "规范性文件，废止",
    "normative_documents_in_force": "规范性文件，现行有效",
}
_DOCUMENTS = frozenset(("issued", "repealed", "in_force"))
_OF_REQUESTS = frozenset(("requests_natural_person", "requests_organizations"))
_OUTCOMES = frozenset(("disclosed_full", "disclosed_partial", "refused", "unable", "not_processed", "other"))
_SENTENCE = re.compile("[^。；;！\n]+[。；;！]?")
_PAST = re.compile("累计|以来|历年|历次|(?:上年|去年|上一年|同期|往年)(?!度?结转)|同比|[较比]上|另有")
_YEAR = re.compile(r"(20\d\d)年")
_GAP = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # between digits a gap stays: "1 2件" may be 12 or two numbers
_TOO_LONG = 2000  # characters: no sentence, but a table run together
_WORDS = re.compile(r"[\u3400-\u9fff，、。；：！？（）《》“”‘’\s]*")  # in which no number stands, whatever its script
_LONGEST = 200  # characters of a quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed and in the script that is matched, under its chapter."""

    printed: str
    plain: str
    section: str  # key of the chapter
    place: str    # its heading as printed


def figures(text: str, chapters: Iterable[Section], year: int | None) -> tuple[Figure, ...]:
    """The figures told in prose, in order; of one key the same number once. Those of other years are left out.

    >>> [(f.key, f.raw) for f in figures("2020年，我局收到申请31件，较上年增加5件。", (), 2020)]
    [('requests_received', '31件')]
    """
    found: dict[tuple[str, object], Figure] = {}
    for sentence in _sentences(text, tuple(chapters)):
        for figure in _told(sentence, year):
            found.setdefault((figure.key, figure.value), figure)
    return tuple(found.values())


def _sentences(text: str, chapters: tuple[Section, ...]) -> Iterator[Sentence]:
    before = text.split(chapters[0].title, 1)[0] if chapters else text
    for key, heading, body in (("", "", before), *((s.key, s.title, s.text) for s in chapters)):
        for found in _SENTENCE.finditer(body):
            if len(found[0]) > _TOO_LONG or _WORDS.fullmatch(found[0]):
                continue
            plain = _GAP.sub("", simplified(unicodedata.normalize("NFKC", found[0])))
            if any(c.isdigit() for c in plain):
                yield Sentence(found[0].strip(), plain, key, heading)


def _told(sentence: Sentence, year: int | None) -> Iterator[Figure]:
    spans: list[tuple[int, int, str]] = []
    for key, patterns in PATTERNS.items():
        for pattern in patterns:
            for found in pattern.finditer(sentence.plain):
                named = _key(key, found, sentence)
                if named and _is_own(key, found, sentence, year):
                    spans.append((*found.span("n"), named))
    taken: set[int] = set()
    for start, _, key in sorted(spans, key=lambda s: (s[0], list(KEYS).index(s[2]))):
        if start not in taken:
            taken.add(start)
            yield _figure(key, start, sentence)


def _figure(key: str, start: int, sentence: Sentence) -> Figure:
    found = re.compile(_N).match(sentence.plain, start)
    raw = found[0] if found else ""
    value = number(raw).value
    if value is None:  # a unit that cells do not have
        value = number(re.sub(r"[^\d.,万亿]", "", raw)).value
    quote = sentence.printed
    if len(quote) > _LONGEST:
        quote = sentence.plain[max(0, start - _LONGEST // 2):start + _LONGEST // 2]
    return Figure(key, value, raw, quote, sentence.place)


def _key(key: str, found: re.Match[str], sentence: Sentence) -> str:
    """The figure's key; "" where the words around it speak of something else."""
    if key in _DOCUMENTS:
        kind = found["kind"] or found["after"] or _subject(sentence.plain[:found.start()])
        return f"{'regulations' if kind == '规章' else 'normative_documents'}_{key}" if kind else ""
    if key in ("reconsideration", "litigation"):
        return key if sentence.section == "proceedings" or "信息公开" in sentence.plain else ""
    about = sentence.section == "requests" or ("申请" in sentence.plain and "公开" in sentence.plain)
    is_bound = key in _OF_REQUESTS | _OUTCOMES or found.re is PATTERNS["requests_handled"][-1]
    return key if about or not is_bound else ""


def _subject(before: str) -> str:
    """The kind of document that the sentence spoke of last."""
    kinds = re.findall("规范性文件|规章", before)
    return kinds[-1] if kinds else ""


def _is_own(key: str, found: re.Match[str], sentence: Sentence, year: int | None) -> bool:
    """Whether a figure is the whole of this year's: no part by channel, no comparison, no sum over years."""
    clause = re.split("[,，]", sentence.plain[:found.start("n")])[-1]
    if key.startswith("carried_over"):
        return True
    if _PAST.search(clause) or (key in ("requests_received", "requests_handled") and "其中" in clause):
        return False
    if key == "disclosed_items" and _PARTLY.search(clause):
        return False
    return not any(year and int(y) != year for y in _YEAR.findall(clause))
