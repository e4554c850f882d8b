"""What a report says of itself, held against itself: its parts, its period, its fees, and figures told twice; soft."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from parsers.checks import added
from parsers.claims import is_about
from parsers.figures import Telling
from parsers.meant import meanings
from parsers.model import Cell, Check, Figure, Problem, Section
from parsers.numerals import numeral
from parsers.script import simplified
from parsers.sentences import folded
from parsers.years import periods, year

RULES: Final[Mapping[str, str]] = {
    "text_parts": "the number of parts that the introduction names is that of the chapters, 附表 and the like apart",
    "text_period": "the statistic period is the year that the title names, or else the year of the report",
    "text_fees": "fees of the last chapter are those told elsewhere; 收取 ≤ 收费通知; notices unpaid ≤ notices sent",
}
_PARTS = re.compile(
    r"(?:本|年度|工作|该)?(?:报告|年报|全文)[^\n]{0,200}?(?<![第大\d])([一二两三四五六七八九十]{1,2}|\d{1,2})个?(?:大)?"
    "(?:部分|项内容|方面(?:的)?内容|方面组成|章)"
)
_APART = frozenset(("annex",))
_WHOLE = frozenset((
    "requests_received", "requests_handled", "carried_over_in", "carried_over_out", "reconsideration", "litigation",
    "complaints", "staff_full_time", "staff_part_time", "normative_documents_in_force", "regulations_in_force",
))
_OF_ALL = re.compile("共|总|全年|合计|累计|全[省市区县州盟旗]")
_REACH = re.compile("全[省市区县州盟旗系]|本级|各?县区|各?部门|各?乡镇|街道|局机关|机关本级|其中|受理")
_MODES = ("strict", "blank_as_zero")


def statements(text: str, chapters: Sequence[Section], title: str, report_year: int | None,
               told: Iterable[Telling], cells: Iterable[Cell]) -> tuple[Check, ...]:
    """The checks that the report's own words about itself give cause to, each in both modes."""
    figures = tuple(telling.figure for telling in told)
    return (*_parts(text, chapters), *_period(text, title, report_year), *_fees(figures, chapters, tuple(cells)))


def _parts(text: str, chapters: Sequence[Section]) -> Iterator[Check]:
    lead = text.split(chapters[0].title, 1)[0] if chapters else text[:800]
    found = _PARTS.search(folded(lead[-1500:]))
    said = (int(found[1]) if found[1].isdigit() else numeral(found[1])) if found else None
    if said is None:
        return
    count = len(chapters) - sum(c.key in _APART for c in chapters)
    count = len(chapters) if said == len(chapters) else count
    yield from _equal("text_parts", "introduction", Decimal(said), Decimal(count) if chapters else None)


def _period(text: str, title: str, report_year: int | None) -> Iterator[Check]:
    """One check for each statistic period; of a report that names none there is none."""
    wanted = year(title) or report_year
    for said in dict.fromkeys(periods(simplified(text))):
        yield from _equal("text_period", "introduction", Decimal(said), Decimal(wanted) if wanted else None)


def _fees(figures: Sequence[Figure], chapters: Sequence[Section], cells: Sequence[Cell]) -> Iterator[Check]:
    told: dict[str, list[Figure]] = {}
    for figure in figures:
        told.setdefault(figure.key, []).append(figure)
    last = {c.title for c in chapters if c.key in ("other", "fees")}
    ours = next((f.value for f in told.get("request_fees", ()) if f.place in last), None)
    others = next((f.value for f in told.get("request_fees", ()) if f.place not in last), None)
    if ours is not None and others is not None:
        yield from _equal("text_fees", "chapters", ours, others)
    paid, charged = (next((f.value for f in told.get(key, ())), None) for key in ("request_fees", "fees_charged"))
    if paid is not None and charged is not None:
        yield from _within("text_fees", "collected", paid, charged)
    unpaid = [c for c in cells if (c.table, c.row, c.column) == ("requests", "other_fee_unpaid", "total")]
    notices = next((f.value for f in told.get("fee_notices", ())), None)
    if unpaid and notices is not None and unpaid[0].value is not None:
        yield from _within("text_fees", "unpaid", unpaid[0].value, notices)


def _equal(rule: str, scope: str, left: Decimal, right: Decimal | None) -> Iterator[Check]:
    status = "not_assessable" if right is None else "pass" if left == right else "fail"
    yield from (Check(rule, scope, status, left, right, mode) for mode in _MODES)


def _within(rule: str, scope: str, low: Decimal, high: Decimal) -> Iterator[Check]:
    yield from (Check(rule, scope, "pass" if low <= high else "fail", low, high, mode) for mode in _MODES)


def contradictions(told: Iterable[Telling], cells: Iterable[Cell]) -> tuple[Problem, ...]:
    """A `figures_contradict` problem, with both quotes, for each fact that is told twice with different numbers.

    Not for parts, and not where the tables or 上年结转 explain both: 收到36件 and, with the 7 of last year, 43件.
    """
    every = [t for t in told if t.figure.value is not None]
    pairs = [pair for pair in combinations(every, 2) if _is_same_fact(*pair)]
    explained = _explained(every, {(c.table, c.row, c.column): c for c in cells}) if pairs else set()
    return tuple(Problem("figures_contradict", _detail(a.figure, b.figure), a.figure.place) for a, b in pairs
                 if not explained >= {id(a), id(b)} and not _is_carried(a.figure, b.figure, every))


def _is_same_fact(one: Telling, other: Telling) -> bool:
    first, second = one.figure, other.figure
    if first.key != second.key or _REACH.findall(one.clause) != _REACH.findall(other.clause):
        return False
    if is_about(first, second.value or Decimal(0)) or is_about(second, first.value or Decimal(0)):
        return False
    totals = _OF_ALL.search(one.clause) and _OF_ALL.search(other.clause)
    return first.key in _WHOLE or bool(first.key == "disclosed_items" and totals)


def _explained(every: Sequence[Telling], held: Mapping[tuple[str, str, str], Cell]) -> set[int]:
    """The tellings that some sum of cells gives."""
    sums = {m.key: [added([held[k] for k in keys], "blank_as_zero") for keys in m.ways.values()]
            for m in meanings(held)}
    return {id(t) for t in every for total in sums.get(t.figure.key, ())
            if total is not None and is_about(t.figure, total)}


def _is_carried(one: Figure, other: Figure, every: Sequence[Telling]) -> bool:
    """Whether two numbers of requests differ by those of last year that the prose names."""
    apart = abs((one.value or Decimal(0)) - (other.value or Decimal(0)))
    return one.key.startswith("requests_") and any(t.figure.key == "carried_over_in" and t.figure.value == apart
                                                   for t in every)


def _detail(one: Figure, other: Figure) -> str:
    return f"{one.key}: {one.raw} in “{one.quote}”, {other.raw} in “{other.quote}”; neither is preferred"
