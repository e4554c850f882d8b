"""Which edition of the form a document prints: by the labels that only one edition has, never by the year."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from parsers.forms import Table, form, forms
from parsers.labels import plain
from parsers.model import Grid
from parsers.ties import nearest

_LEAST = {"2014": 3, "2019": 2, "2021": 2}  # own labels that make an edition; local tables share some with 2014
_ENOUGH = 4  # labels of one form in prose: a report that only tells of its figures names fewer
_TABLES = ("disclosure", "requests", "proceedings")


def edition(grids: Iterable[Grid]) -> tuple[str | None, tuple[str, ...]]:
    """The edition most of whose own labels are printed, and the others that are printed too; (None, ()) for none."""
    printed = Counter(
        plain(slot.text) for grid in grids for row in grid.rows for slot in row if slot.span == "" and slot.text
    )
    found = {one.edition: _marked(printed, one.marks) for one in forms()}
    ranked = sorted((e for e in found if found[e] >= _LEAST[e]), key=lambda e: (found[e], e), reverse=True)
    if ranked:
        return ranked[0], (*ranked[1:], *(("2019",) if _is_older(ranked, printed) else ()))
    return _shared(printed), ()


def _is_older(ranked: Sequence[str], printed: Counter[str]) -> bool:
    """True where a form of 2021 has 其他处理 in one row, as in 2019: no rows below it, the last of them 其他."""
    if ranked[0] != "2021" or "2019" in ranked or printed["其他"] > 1:
        return False
    joined = "".join(printed)
    return "其他处理" in joined and "逾期" not in joined


def named(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The edition whose labels stand in prose, and these, where a table has lost its cells; None for plain prose."""
    squeezed = re.sub(r"\s+", "", text).replace("（", "(").replace("）", ")")
    found = {of.edition: tuple(label for label in _labels(of.edition) if label in squeezed) for of in forms()}
    marked = {of.edition: sum(mark in squeezed for mark in of.marks) for of in forms()}
    best = max(found, key=lambda e: (marked[e] >= _LEAST[e], len(found[e]), e != "2021" or "逾期不补正" in squeezed))
    return (best, found[best]) if len(found[best]) >= _ENOUGH else None


@lru_cache(maxsize=8)
def _labels(edition: str) -> tuple[str, ...]:
    """Captions and last labels of rows, long enough to be no common words."""
    found = [r.path[-1] for t in form(edition).tables for b in t.blocks for r in b.rows]
    found += [c.path[-1] for t in form(edition).tables for b in t.blocks for c in b.columns]
    return tuple(dict.fromkeys(label for label in found if len(label) > 4))


def _marked(printed: Counter[str], marks: tuple[str, ...]) -> int:
    options = tuple((mark,) for mark in marks)
    return len({best for name in printed if len(name) > 3 and (best := nearest(name, options, 0.85)) is not None})


def _shared(printed: Counter[str]) -> str | None:
    """Tables that the editions share: 2021 if 其他处理 has its three rows, 2019 if it is a row of its own."""
    names = {row for t in form("2019").tables if t.key in _TABLES for row in _wordings(t)}
    if sum(name in printed for name in names) < 4:
        return None
    return "2021" if "逾期不补正" in "".join(printed) else "2019"


def _wordings(table: Table) -> Iterable[str]:
    for block in table.blocks:
        for axis in (*block.rows, *(block.columns if table.across else ())):
            yield axis.names[0]
