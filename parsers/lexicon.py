"""The labels of one edition in look-up order: which row, column, group or heading a printed label stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from parsers.forms import Axis, Form, form
from parsers.labels import plain
from parsers.ties import nearest

_NUMBERED = re.compile(r"\s*(\d{1,2})\s*[.．、]")
UNITS = frozenset("条件次篇个人元项") | {"万元", "亿元", "人次", "单位", "——"}
COMMON = frozenset(("总计", "合计", "其他"))  # labels that any table may have: they name none
OPENERS = frozenset(("信息内容", "统计指标", "指标名称"))
CAPTIONS = frozenset(("信息内容", "统计指标", "指标名称", "指标", "项目", "内容", "类别", "名称", "序号", "事项"))


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The labels of one form in look-up order; one value an edition, so that it is compared as itself."""

    edition: str
    rows: tuple[tuple[str, Axis], ...]  # (table key, row) of tables that print rows below each other
    columns: tuple[tuple[str, tuple[str, ...]], ...]  # (table key, wordings) of every column and column group
    headings: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    row_names: tuple[tuple[str, ...], ...]
    column_names: tuple[tuple[str, ...], ...]
    labels: frozenset[str]  # of rows and of groups of rows
    below: tuple[tuple[str, frozenset[int]], ...]  # labels of groups and the rows below each


@lru_cache(maxsize=8)
def names(edition: str) -> Names:
    """The labels of an edition."""
    found = form(edition)
    rows = tuple((t.key, row) for t in found.tables if not t.across for b in t.blocks for row in b.rows)
    columns = tuple(dict.fromkeys(_columns(found)))
    headings = tuple(plain(b.label) for t in found.tables for b in t.blocks if b.label)
    groups = tuple(
        (plain(level),)
        for _, row in rows
        for level in row.path[:-1]
        if plain(level) not in {name for _, other in rows for name in other.names}
    )
    return Names(
        edition,
        rows,
        columns,
        headings,
        (*dict.fromkeys(groups), *((label,) for label in found.foreign)),
        tuple(row.names for _, row in rows),
        tuple(wordings for _, wordings in columns),
        frozenset(name for wordings in (*(row.names for _, row in rows), *groups) for name in wordings),
        tuple((label, _below(label, rows)) for (label,) in dict.fromkeys(groups)),
    )


def _below(group: str, rows: tuple[tuple[str, Axis], ...]) -> frozenset[int]:
    return frozenset(i for i, (_, row) in enumerate(rows) if any(plain(level) == group for level in row.path[:-1]))


def _columns(found: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table in found.tables:
        for block in table.blocks:
            axes = (*block.columns, *block.rows) if table.across else block.columns
            for axis in axes:
                yield table.key, axis.names
                yield from ((table.key, (plain(level),)) for level in axis.path[:-1])


@lru_cache(maxsize=16384)
def own(name: str, edition: str) -> str:
    """A row's own label where its groups' stand before it in one cell; "" for no row's or two rows'; else the label.

    >>> own("三不予公开1属于国家秘密", "2021"), own("规章和规范性文件", "2021"), own("不予公开合计", "2021")
    ('属于国家秘密', '', '不予公开合计')
    """
    known = names(edition)
    if any(name in wordings for wordings in known.row_names):
        return name
    for group, rows in known.below:
        rest = name.partition(group)[2].lstrip("0123456789") if group in name[: len(group) + 1] else ""
        inner = own(rest, edition) if rest else ""
        if inner and (found := nearest(inner, known.row_names)) is not None and found in rows:
            return inner
    return "" if name in form(edition).strangers or _is_joint(name, known) else name


def _is_joint(name: str, known: Names) -> bool:
    """True for a label that begins with one row's and ends with another's."""
    said = [(i, w) for i, wordings in enumerate(known.row_names) for w in wordings if w not in COMMON]
    first = {i: w for i, w in said if name.startswith(w)}
    last = {i: w for i, w in said if name.endswith(w)}
    return any(i != k and len(a) + len(b) <= len(name) for i, a in first.items() for k, b in last.items())


def label(printed: str, edition: str) -> str:
    """The label of a row as `own` has it; "" for a common one whose number is not the form's: 9.其他 is no 3.其他.

    >>> label("3.其他", "2021"), label("9.其他", "2021"), label("其他", "2021")
    ('其他', '', '其他')
    """
    name, number = own(plain(printed), edition), _NUMBERED.match(printed)
    if name not in COMMON or number is None:
        return name
    known = {found[1] for _, row in names(edition).rows if name in row.names
             if (found := _NUMBERED.match(row.path[-1]))}
    return "" if known and number[1] not in known else name


@lru_cache(maxsize=16384)
def row_of(name: str, known: Names) -> int | None:
    """Index into `known.rows` of the row that a label stands for; a group's label stands for none."""
    found = nearest(own(name, known.edition), known.row_names + known.groups)
    return found if found is not None and found < len(known.rows) else None


@lru_cache(maxsize=16384)
def column_of(name: str, known: Names) -> int | None:
    """Index into `known.columns` of the column or group of columns that a label stands for."""
    return nearest(name, known.column_names)
