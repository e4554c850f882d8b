"""What the prose tells, held against the tables and against itself; soft. `scope` says which cell it may have meant."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from parsers.checks import added
from parsers.model import Cell, Check, Figure, Section
from parsers.script import simplified

Key = tuple[str, str, str]
RULES: Final[Mapping[str, str]] = {
    "text_requests": "申请 N 件 in prose is 新收, 新收+结转, (七)总计 or 公开+部分公开; `scope` says which",
    "text_natural_person": "申请 of 自然人 in prose is that of 新收, with or without 结转",
    "text_organizations": "申请 of 法人或其他组织 in prose is that of 新收, with or without 结转",
    "text_results": "结转, 予以公开, 部分公开, 不予公开, 无法提供, 不予处理, 其他处理 in prose are those of the table",
    "text_proceedings": "行政复议 and 行政诉讼 in prose are those of the table; `scope` says which suits",
    "text_documents": "规章 and 规范性文件 in prose are those of the table",
    "text_balance": "within the prose: 收到 + 上年结转 = 办结 (or the results named) + 结转下年度",
    "text_parts": "the number of parts that the introduction names is that of the chapters",
}
_PERSON, _TOTAL = "natural_person", "total"
_ORGANIZATIONS = (
    "commercial_enterprise", "research_institution", "public_welfare_organization", "legal_service_organization",
    "other_organization",
)
_RESULTS = ("carried_over_in", "carried_over_out", "disclosed_full", "disclosed_partial", "refused", "unable",
            "not_processed", "other")
_NAMED = _RESULTS[2:]
_PARTS = re.compile(
    r"(?:本|年度|工作|该)?(?:报告|年报|全文)[^\n]{0,200}?(?<![第大\d])([一二两三四五六七八九十]|\d{1,2})个?(?:大)?(?:部分|项内容|方面内容)"
)
_COUNT: Final[Mapping[str, int]] = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def claims(figures: Iterable[Figure], cells: Iterable[Cell], chapters: tuple[Section, ...],
           text: str) -> tuple[Check, ...]:
    """The checks that the prose gives cause to, each in both modes."""
    told: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.value is not None:
            told.setdefault(figure.key, []).append(figure)
    held = {(c.table, c.row, c.column): c for c in cells}
    return (*(_against(told, held) if held else ()), *_balance(told), *_parts(text, chapters))


def _against(told: Mapping[str, list[Figure]], held: Mapping[Key, Cell]) -> Iterator[Check]:
    for rule, scope, keys, ways in _questions(held):
        values = [f.value for key in keys for f in told.get(key, ()) if f.value is not None]
        if values and ways:
            yield from (_judged(rule, scope, values, ways, held, mode) for mode in ("strict", "blank_as_zero"))


def _judged(rule: str, scope: str, values: list[Decimal], ways: Mapping[str, tuple[Key, ...]],
            held: Mapping[Key, Cell], mode: str) -> Check:
    """Pass where one of the values is one of the sums; `scope` then names that sum."""
    sums = {name: added([held[key] for key in keys], mode) for name, keys in ways.items()}
    for value in values:
        met = [name for name, total in sums.items() if total == value]
        if met:
            return Check(rule, f"{scope}/{'|'.join(met)}", "pass", value, value, mode)
    if any(total is None for total in sums.values()):
        return Check(rule, scope, "not_assessable", None, None, mode)
    return Check(rule, scope, "fail", values[0], next(iter(sums.values())), mode)


def _questions(held: Mapping[Key, Cell]) -> Iterator[tuple[str, str, tuple[str, ...], Mapping[str, tuple[Key, ...]]]]:
    """Rule, scope, keys of figures, and the sums of cells that they may mean, of those that the form has."""
    def ways(**named: Iterable[Key]) -> dict[str, tuple[Key, ...]]:
        listed = {name: tuple(keys) for name, keys in named.items()}
        return {name: keys for name, keys in listed.items() if keys and all(key in held for key in keys)}

    def request(row: str, *columns: str) -> tuple[Key, ...]:
        return tuple(("requests", row, column) for column in columns)

    new, old, done = (request(row, _TOTAL) for row in ("received_new", "carried_over_in", "result_total"))
    open_ = request("disclosed_full", _TOTAL) + request("disclosed_partial", _TOTAL)
    sheet = {row: (("statistics", row, "value"),) for row in ("requests_received", "requests_completed")}
    yield "text_requests", "requests", ("requests_received", "requests_handled"), ways(
        received_new=new, received_and_carried_over=new + old, result_total=done,
        disclosed_full_and_partial=open_, **sheet)
    for key, columns in (("natural_person", (_PERSON,)), ("organizations", _ORGANIZATIONS)):
        first, second = request("received_new", *columns), request("carried_over_in", *columns)
        yield f"text_{key}", key, (f"requests_{key}",), ways(
            received_new=first, received_and_carried_over=first + second)
    for row in _RESULTS:
        rows = [r for t, r, c in held if t == "requests" and c == _TOTAL and (r == row or r.startswith(f"{row}_"))]
        yield "text_results", row, (row,), ways(total=[("requests", r, _TOTAL) for r in rows])
    direct, after = (("proceedings", f"litigation_{way}", _TOTAL) for way in ("direct", "after_reconsideration"))
    yield "text_proceedings", "reconsideration", ("reconsideration",), ways(
        total=[("proceedings", "reconsideration", _TOTAL)])
    yield "text_proceedings", "litigation", ("litigation",), ways(
        both=(direct, after), litigation_direct=[direct], litigation_after_reconsideration=[after])
    for kind in ("regulations", "normative_documents"):
        for column in ("issued", "repealed", "in_force"):
            yield "text_documents", f"{kind}/{column}", (f"{kind}_{column}",), ways(
                cell=[("disclosure", kind, column)])


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


def _parts(text: str, chapters: tuple[Section, ...]) -> Iterator[Check]:
    lead = text.split(chapters[0].title, 1)[0] if chapters else text[:800]
    plain = simplified(unicodedata.normalize("NFKC", lead))
    if found := _PARTS.search(plain[-1500:]):
        said = Decimal(_COUNT[found[1]] if found[1] in _COUNT else int(found[1]))
        status = "not_assessable" if not chapters else "pass" if said == len(chapters) else "fail"
        for mode in ("strict", "blank_as_zero"):
            yield Check("text_parts", "introduction", status, said, Decimal(len(chapters)), mode)
