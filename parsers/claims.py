"""Figures of the prose held against the tables and each other; soft. `scope` says which cell one may have meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from parsers.checks import added
from parsers.meant import Key, Meaning, meanings
from parsers.model import Cell, Check, Figure
from parsers.numbers import number

RULES: Final[Mapping[str, str]] = {
    "text_requests": "申请 N 件 in prose is 新收, 新收+结转, (七)总计 or 公开+部分公开; `scope` says which",
    "text_natural_person": "申请 of 自然人 in prose is that of 新收, with or without 结转",
    "text_organizations": "申请 of 法人或其他组织 in prose is that of 新收, with or without 结转",
    "text_applicants": "申请 of one kind of organization in prose is that of 新收, with or without 结转",
    "text_results": "结转, 予以公开 … 其他处理 and the reasons below them in prose are those of the table",
    "text_proceedings": "行政复议, 行政诉讼 and what became of them in prose are those of the table; `scope` says "
                        "which; 驳回 may be 结果维持, 其他结果 or both",
    "text_documents": "规章 and 规范性文件 in prose are those of the table",
    "text_disclosure": "decisions, fees and procurement in prose are those of the table",
    "text_statistics": "what the 统计表 counts too is told alike in prose",
    "text_balance": "within the prose: 收到 + 上年结转 = 办结 (or the results named) + 结转下年度",
}
_NAMED = ("disclosed_full", "disclosed_partial", "refused", "unable", "not_processed", "other")
_DIGITS = re.compile(r"[\d,.]+[万亿]?")


def claims(figures: Iterable[Figure], cells: Iterable[Cell]) -> tuple[Check, ...]:
    """The checks that figures told in prose give cause to, each in both modes."""
    told: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.value is not None:
            told.setdefault(figure.key, []).append(figure)
    held = {(c.table, c.row, c.column): c for c in cells}
    return (*(_against(told, held) if held else ()), *_balance(told))


def _against(told: Mapping[str, list[Figure]], held: Mapping[Key, Cell]) -> Iterator[Check]:
    for meaning in meanings(held):
        if meaning.key in told:
            yield from (_judged(meaning, told[meaning.key], held, mode) for mode in ("strict", "blank_as_zero"))


def _judged(meaning: Meaning, told: list[Figure], held: Mapping[Key, Cell], mode: str) -> Check:
    """Pass where one of the values is one of the sums; `scope` then names that sum."""
    sums = {name: added([held[key] for key in keys], mode) for name, keys in meaning.ways.items()}
    for figure in told:
        met = [name for name, total in sums.items()
               if total is not None and is_about(figure, total) and (figure.value or not _is_partial(name, meaning))]
        if met:
            scope = f"{meaning.scope}/{'|'.join(met)}"
            return Check(meaning.rule, scope, "pass", figure.value, sums[met[0]], mode)
    if any(total is None for total in sums.values()):
        return Check(meaning.rule, meaning.scope, "not_assessable", None, None, mode)
    return Check(meaning.rule, meaning.scope, "fail", told[0].value, next(iter(sums.values())), mode)


def _is_partial(way: str, meaning: Meaning) -> bool:
    """Whether a way counts a part that may well be 0 where the whole is not: no suit of one kind, nothing disclosed."""
    return (way == "disclosed_full_and_partial" or (way == "result_total" and meaning.scope == "requests")
            or (way.startswith("litigation_") and any(each.startswith("both") for each in meaning.ways)))


def is_about(figure: Figure, total: Decimal) -> bool:
    """Whether a figure is a sum, within what its rounding allows: 23.3万 is 232,500 to 233,500.

    >>> is_about(Figure("disclosed_items", Decimal(233000), "23.3万条", ""), Decimal(232488))
    False
    >>> is_about(Figure("disclosed_items", Decimal(233000), "23.3万条", ""), Decimal(233412))
    True
    """
    digits = _DIGITS.match(figure.raw)
    slack = number(digits[0]).tolerance if digits else Decimal(0)
    return figure.value is not None and abs(figure.value - total) <= slack


def _balance(told: Mapping[str, list[Figure]]) -> Iterator[Check]:
    """收到 + 上年结转 = 办结 + 结转下年度; what is not named counts as zero in one mode and stops the other."""
    def first(key: str) -> Decimal | None:
        return told[key][0].value if key in told else None

    received, out, results = first("requests_received"), first("carried_over_out"), [first(key) for key in _NAMED]
    named = sum((value for value in results if value is not None), Decimal(0))
    handled = first("requests_handled") or named
    if received is None or out is None or not handled:
        return
    before = first("carried_over_in")
    left, right = received + (before or Decimal(0)), handled + out
    status = "pass" if left == right else "fail"
    is_known = before is not None and "requests_handled" in told
    lenient = Check("text_balance", "prose", status, left, right, "blank_as_zero")
    unknown = Check("text_balance", "prose", "not_assessable", None, None, "strict")
    yield replace(lenient, mode="strict") if is_known else unknown
    yield lenient
