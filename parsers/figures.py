"""Figures that a report tells in prose, each with its words; they are never cells of the form (DOMAIN: text, table)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from parsers.amounts import AMOUNT, UNIT, amounts, value
from parsers.cores import by_core
from parsers.denials import denials
from parsers.facts import DOCUMENTS, FACTS, KEYS, PIECES, Fact
from parsers.model import Figure, Section
from parsers.numerals import LETTERS
from parsers.owners import is_another_s, is_other_year_s, is_part
from parsers.sentences import Sentence, sentences
from parsers.tense import clause, is_own
from parsers.topics import case, is_about

__all__ = ["KEYS", "Telling", "figures", "tellings"]

_TAIL: Final = re.compile(
    "(?:政府信息公开|政府信息|信息|申请|情形|情况|范围|类|答复|案件|事项|数量|件数|总数|总量|数|共计|总计|合计|共|为|有|计|达|均|的"
    "|举办了|召开了|开展了|[:(”])*+"
    + AMOUNT
)
_WORDS: Final = tuple(re.compile(fact.words) for fact in FACTS)  # one by one: each is sought by its first letters
_BY_CORE: Final = by_core([fact.words for fact in FACTS])
_IS: Final = "(?:的|为|属于|系|是|由)*+"
_REVERSED: Final = tuple(
    (fact, re.compile(f"(?:{fact.lead})(?:的|共|了)*$"), re.compile(f"{_IS}(?:{fact.behind})"))
    for fact in FACTS if fact.behind
)
_BEHIND: Final = re.compile(f"{_IS}(?:{'|'.join(fact.behind for fact in FACTS if fact.behind)})")
_KIND = "(?:行政)?规范性文件|(?:政府)?规章"
_FILL = "(?:共计|总计|合计|数量|件数|总数|共|新|各类|本级|市|省|州|政府|为|有|达|的|[:(])*+"
_PAPERS: Final = tuple(
    (column, re.compile(f"(?:{verbs}){_FILL}(?P<kind>{_KIND})?{_FILL}{AMOUNT}(?P<after>{_KIND})?"))
    for column, verbs in zip(DOCUMENTS, ("制发|制定|印发|出台|制订|发布", "废止", "(?:现行|继续)?有效"), strict=True)
)
_JOINT = re.compile("(?:[、和及与或]|以及)$")
_LISTED = re.compile(rf"(?:[\d{LETTERS}](?:{UNIT})|\))(?:[、和及与或]|以及)$")
_PARTLY = {
    "disclosed_items": re.compile("通过|网站|微信|微博|公众号|其中|平台|公报|新媒体|渠道|方面"),
    "requests_received": re.compile("其中|下属|直属|(?:通过|以)(?![各多][种类])|网[上络站]|信函|邮|当面|现场|窗口"),
}
_BY_ALL = re.compile("(?:通过|以|利用|在)[^,]{0,80}等[^,]{0,6}(?:渠道|方式|途径|平台|形式|载体)")
_FAR = 100  # characters before the first number that its words may begin in
_WITHIN = re.compile(r"其中(?=20\d\d年)")  # of a sum over years this year's: which year it is is asked for itself
_TOTALS = frozenset(fact.key for fact in FACTS if fact.is_total)
_NEAR = 12  # characters before a number that its verb stands in
_OF_ALL = re.compile("其中|下属|直属")


Found = tuple[str, int, re.Match[str]]
"""A fact's key, where its words begin, its number."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A figure with the clause that tells it, as words are sought in."""

    figure: Figure
    clause: str


def figures(text: str, chapters: Iterable[Section], year: int | None) -> tuple[Figure, ...]:
    """The figures told in prose, in order; of one key the same number once. Those of other years are left out.

    >>> [(f.key, f.raw) for f in figures("2020年，我局收到申请31件，较上年增加5件。", (), 2020)]
    [('requests_received', '31件')]
    """
    return tuple(told.figure for told in tellings(text, chapters, year))


def tellings(text: str, chapters: Iterable[Section], year: int | None, issuer: str = "") -> tuple[Telling, ...]:
    """The figures with the clauses that tell them, in the same order; none of other bodies than a known issuer."""
    found: dict[tuple[str, object], Telling] = {}
    for sentence in sentences(text, tuple(chapters)):
        for told in _told(sentence, year, issuer):
            found.setdefault((told.figure.key, told.figure.value), told)
    return tuple(found.values())


def _told(sentence: Sentence, year: int | None, issuer: str) -> Iterator[Telling]:
    """One figure a number: documents first, then words before the number, then words behind it; and what was none."""
    taken: dict[int, Telling] = {}
    numbers = tuple(amounts(sentence.plain))
    every = (*_papers(sentence), *_labelled(sentence, numbers), *_reversed(sentence, numbers)) if numbers else ()
    for key, start, found in every:
        at = found.start("n") if found["n"] else found.start("words")
        until = start if key.startswith("carried_over") else at  # their words name another year themselves
        if at in taken or not is_own(sentence.plain[:until], year):
            continue
        if key.startswith("carried_over") and is_other_year_s(key, sentence.plain[start:at], year):
            continue
        if key in _TOTALS and is_another_s(sentence.plain[:start], issuer):
            continue
        told_as = value(found)
        if told_as is not None and (told_as == 0 or not _is_joint(sentence.plain[:start])):
            raw = sentence.plain[at:found.end("unit")]
            taken[at] = Telling(Figure(key, told_as, raw, sentence.quote(at), sentence.place),
                                clause(sentence.plain[:at]))
    told = [taken[at] for at in sorted(taken)]
    for one in told:
        others = [t.clause for t in told if t.figure.key == one.figure.key and t is not one]
        if one.figure.key not in _TOTALS or not is_part(one.clause, others, sentence.plain):
            yield one
    yield from _denied(sentence, year)


def _denied(sentence: Sentence, year: int | None) -> Iterator[Telling]:
    for denial, start, end in denials(sentence.plain):
        said = clause(sentence.plain[:start])
        if _OF_ALL.search(said) or not is_own(sentence.plain[:start], year):
            continue
        if is_about(denial.about, sentence, sentence.plain):
            for key in denial.keys:
                raw, quote = sentence.plain[start:end], sentence.quote(start)
                yield Telling(Figure(key, Decimal(0), raw, quote, sentence.place), said)


def _is_joint(before: str) -> bool:
    """Whether the words before a number share it with others: 行政复议、行政诉讼共3件."""
    return bool(_JOINT.search(before)) and not _LISTED.search(before)


def _labelled(sentence: Sentence, numbers: Sequence[re.Match[str]]) -> Iterator[Found]:
    for fact, start, end in _words(sentence.plain, max(0, numbers[0].start() - _FAR), numbers[-1].start()):
        found = _TAIL.match(sentence.plain, end)
        if found and found["unit"] in fact.counted and (key := _key(fact, sentence, start, start)):
            yield key, start, found


def _words(plain: str, first: int, last: int) -> Iterator[tuple[Fact, int, int]]:
    """The words of facts in order, none over another: those that begin first, then those of the first fact."""
    within = plain[first:last]
    likely = {i for core, facts in _BY_CORE.items() if core in within for i in facts}
    every = sorted((m.start(), i, m.end()) for i in likely for m in _WORDS[i].finditer(plain, first, last))
    free = 0
    for start, i, end in every:
        if start >= free:
            free = end
            yield FACTS[i], start, end


def _reversed(sentence: Sentence, numbers: Sequence[re.Match[str]]) -> Iterator[Found]:
    for found in numbers:
        if not _BEHIND.match(sentence.plain, found.end()):
            continue
        before = sentence.plain[max(0, found.start() - _NEAR):found.start()]
        for fact, lead, behind in _REVERSED:
            if found["unit"] in fact.counted and lead.search(before) and behind.match(sentence.plain, found.end()):
                if key := _key(fact, sentence, found.start(), found.end()):
                    yield key, found.start(), found
                break


def _papers(sentence: Sentence) -> Iterator[Found]:
    """规章 and 规范性文件: the kind stands before the number, behind it, or was spoken of last."""
    for column, pattern in _PAPERS if "规章" in sentence.plain or "规范性文件" in sentence.plain else ():
        for found in pattern.finditer(sentence.plain):
            kinds = re.findall("规范性文件|规章", sentence.plain[:found.start()])
            kind = found["kind"] or found["after"] or (kinds[-1] if kinds else "")
            if kind and found["unit"] in PIECES:
                row = "regulations" if kind.endswith("规章") else "normative_documents"
                yield f"{row}_{column}", found.start(), found


def _key(fact: Fact, sentence: Sentence, start: int, end: int) -> str:
    """The figure's key; "" where the words around its number speak of something else, or of a part only."""
    said = _WITHIN.sub("", _BY_ALL.sub("", clause(sentence.plain[:end])))
    if fact.is_total and _PARTLY.get(fact.key, _OF_ALL).search(said):
        return ""
    if fact.about == "cases":
        return (subject := case(sentence.plain[:start])) and subject + fact.key
    segment = sentence.plain[sentence.plain.rfind(";", 0, start) + 1:]
    return fact.key if is_about(fact.about, sentence, segment) else ""
