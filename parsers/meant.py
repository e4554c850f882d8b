"""Which cells of the form a figure told in prose may have meant: for each key the sums of cells that fit its words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from parsers.facts import DOCUMENTS, KEYS

Key = tuple[str, str, str]
_TOTAL = "total"
_APPLICANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "requests_natural_person": ("natural_person",),
    "requests_organizations": ("commercial_enterprise", "research_institution", "public_welfare_organization",
                               "legal_service_organization", "other_organization"),
    "requests_commercial": ("commercial_enterprise",),
    "requests_research": ("research_institution",),
    "requests_welfare": ("public_welfare_organization",),
    "requests_legal_service": ("legal_service_organization",),
}
_SHEET: Final[Mapping[str, str]] = {  # row of the 统计表 where its key is another
    "normative_documents_issued": "issued_normative_documents",
    "disclosed_full": "answer_disclosed_full",
    "disclosed_partial": "answer_disclosed_partial",
    "refused": "answer_refused",
    "reconsideration": "reconsiderations",
    "litigation": "lawsuits",
} | {f"{ours}_{end}": f"{theirs}_{end}" for ours, theirs in (("reconsideration", "reconsiderations"),
                                                         ("litigation", "lawsuits"))
     for end in ("upheld", "corrected", "other")}
_DISCLOSED: Final[Mapping[str, tuple[str, str]]] = {
    "licensing_decisions": ("administrative_licensing", "decisions"),
    "penalty_decisions": ("administrative_penalty", "decisions"),
    "coercion_decisions": ("administrative_coercion", "decisions"),
    "administrative_fees": ("administrative_fees", "fee_amount"),
    "procurement_items": ("centralized_procurement", "procurement_items"),
    "procurement_amount": ("centralized_procurement", "procurement_amount"),
}
_OUTCOMES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {  # 驳回 is counted as 维持 by some, as 其他 by others
    "upheld": (("upheld",),), "corrected": (("corrected",),), "other": (("other_outcome",),),
    "pending": (("pending",),), "dismissed": (("upheld",), ("other_outcome",), ("upheld", "other_outcome")),
}
_SUITS = ("litigation_direct", "litigation_after_reconsideration")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure may have meant: the rule and scope of its check, its key, the cells of each sum by its name."""

    rule: str
    scope: str
    key: str
    ways: Mapping[str, tuple[Key, ...]]


def meanings(held: Iterable[Key]) -> tuple[Meaning, ...]:
    """The meanings of every figure that the form with these cells has a place for."""
    return _meanings(tuple(held))


@lru_cache(maxsize=16)
def _meanings(held: tuple[Key, ...]) -> tuple[Meaning, ...]:
    """Reports on one form have the same cells."""
    known = frozenset(held)
    every = ((m, {name: keys for name, keys in m.ways.items() if keys and known.issuperset(keys)}) for m in _all(held))
    return tuple(Meaning(m.rule, m.scope, m.key, ways) for m, ways in every if ways)


def _all(held: Collection[Key]) -> Iterator[Meaning]:
    yield from _requests()
    yield from _applicants()
    yield from _results(held)
    yield from _proceedings()
    for kind in ("regulations", "normative_documents"):
        for column in DOCUMENTS:
            yield Meaning("text_documents", f"{kind}/{column}", f"{kind}_{column}",
                          {"cell": (("disclosure", kind, column),), "newly_made": (("disclosure", kind, "newly_made"),)}
                          if column == "issued" else {"cell": (("disclosure", kind, column),)})
    for key, (row, column) in _DISCLOSED.items():
        yield Meaning("text_disclosure", key, key, {"cell": (("disclosure", row, column),)})
    for key in KEYS:
        if key not in ("requests_received", "requests_handled"):
            yield Meaning("text_statistics", key, key, {"cell": (("statistics", _SHEET.get(key, key), "value"),)})


def _requests() -> Iterator[Meaning]:
    """收到 and 办理 are used for each other: each may mean what came in, was open, was done or was given."""
    new, old, done = (_row(row) for row in ("received_new", "carried_over_in", "result_total"))
    sheet = {row: (("statistics", row, "value"),) for row in ("requests_received", "requests_completed", "answers")}
    ways = {"received_new": new, "received_and_carried_over": new + old, "result_total": done,
            "disclosed_full_and_partial": _row("disclosed_full") + _row("disclosed_partial"), **sheet}
    yield Meaning("text_requests", "requests", "requests_received", ways)
    yield Meaning("text_requests", "handled", "requests_handled", ways)


def _applicants() -> Iterator[Meaning]:
    for key, columns in _APPLICANTS.items():
        new, old = (_row(row, columns) for row in ("received_new", "carried_over_in"))
        name = key.removeprefix("requests_")
        rule = f"text_{name}" if name in ("natural_person", "organizations") else "text_applicants"
        yield Meaning(rule, name, key, {"received_new": new, "received_and_carried_over": new + old})


def _results(held: Collection[Key]) -> Iterator[Meaning]:
    """The rows of table three: one of a key's name, or all rows of its group."""
    rows = [row for table, row, column in held if table == "requests" and column == _TOTAL]
    for key in KEYS:
        own = [row for row in rows if row == key or row.startswith(f"{key}_")]
        if own and key != "requests_received":
            yield Meaning("text_results", key, key, {"total": tuple(k for row in own for k in _row(row))})


def _proceedings() -> Iterator[Meaning]:
    for key, rows in (("reconsideration", ("reconsideration",)), ("litigation", _SUITS)):
        yield Meaning("text_proceedings", key, key, _cases(rows, ((_TOTAL,),)))
        for outcome, columns in _OUTCOMES.items():
            yield Meaning("text_proceedings", f"{key}_{outcome}", f"{key}_{outcome}", _cases(rows, columns))
    for row in _SUITS:
        yield Meaning("text_proceedings", row, row, _cases((row,), ((_TOTAL,),)))


def _cases(rows: tuple[str, ...], columns: Iterable[tuple[str, ...]]) -> dict[str, tuple[Key, ...]]:
    """The sums over rows, all together and each alone, of each set of columns."""
    ways = {("total" if len(rows) == 1 else "both"): rows} | ({row: (row,) for row in rows} if len(rows) > 1 else {})
    return {name if some == (_TOTAL,) else f"{name}_{'_and_'.join(some)}": tuple(
                ("proceedings", row, column) for row in of for column in some)
            for name, of in ways.items() for some in columns}


def _row(row: str, columns: tuple[str, ...] = (_TOTAL,)) -> tuple[Key, ...]:
    return tuple(("requests", row, column) for column in columns)
