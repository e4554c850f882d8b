"""The labels of one edition in look-up order: which row, column, group or heading a printed label stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from parsers.forms import Axis, Form, form
from parsers.labels import plain
from parsers.ties import nearest

UNITS = frozenset("条件次篇个人元项") | {"万元", "亿元", "人次", "单位", "——"}
OPENERS = frozenset(("信息内容", "统计指标", "指标名称"))
CAPTIONS = frozenset(("信息内容", "统计指标", "指标名称", "指标", "项目", "内容", "类别", "名称", "序号", "事项"))


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The labels of one form in look-up order; one value an edition, so that it is compared as itself."""

    rows: tuple[tuple[str, Axis], ...]  # (table key, row) of tables that print rows below each other
    columns: tuple[tuple[str, tuple[str, ...]], ...]  # (table key, wordings) of every column and column group
    headings: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    row_names: tuple[tuple[str, ...], ...]
    column_names: tuple[tuple[str, ...], ...]
    labels: frozenset[str]  # of rows and of groups of rows


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
        rows,
        columns,
        headings,
        (*dict.fromkeys(groups), *((label,) for label in found.foreign)),
        tuple(row.names for _, row in rows),
        tuple(wordings for _, wordings in columns),
        frozenset(name for wordings in (*(row.names for _, row in rows), *groups) for name in wordings),
    )


def _columns(found: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table in found.tables:
        for block in table.blocks:
            axes = (*block.columns, *block.rows) if table.across else block.columns
            for axis in axes:
                yield table.key, axis.names
                yield from ((table.key, (plain(level),)) for level in axis.path[:-1])


@lru_cache(maxsize=16384)
def row_of(name: str, known: Names) -> int | None:
    """Index into `known.rows` of the row that a label stands for; a group's label stands for none."""
    found = nearest(name, known.row_names + known.groups)
    return found if found is not None and found < len(known.rows) else None


@lru_cache(maxsize=16384)
def column_of(name: str, known: Names) -> int | None:
    """Index into `known.columns` of the column or group of columns that a label stands for."""
    return nearest(name, known.column_names)
