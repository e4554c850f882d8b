"""The official forms as data: every table, row and column with labels, unit, other wordings and sums."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from parsers.errors import NianbaoError
from parsers.labels import plain

EDITIONS = ("2014", "2019", "2021")


@dataclass(frozen=True, slots=True)
class Axis:
    """One row or column: key, printed path ("三、…/(一)予以公开"), its wordings as `labels.plain` gives them."""

    key: str
    label: str
    names: tuple[str, ...]
    unit: str = ""
    printed: str = ""  # the unit that the form itself states where it is not the base unit: 万元
    asks: bool = False  # every body states a unit of its own

    @property
    def path(self) -> tuple[str, ...]:
        """The label's levels as printed, outermost first."""
        return tuple(self.label.split("/")) if "增/减" not in self.label else (self.label,)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading that share their columns."""

    label: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form. `across`: its rows are printed side by side, as groups of columns."""

    key: str
    label: str
    across: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of a form: keys, labels, base unit, and the unit that the form prints."""

    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: str
    printed: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """Σ left = Σ right (`each`: for every row, parts are columns; for every column, parts are rows)."""

    rule: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: str = "="  # = or ≤
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the form, in the order that it is printed."""

    edition: str
    tables: tuple[Table, ...]
    cells: tuple[FormCell, ...]
    sums: tuple[Sum, ...]
    marks: tuple[str, ...]  # labels that no other edition has, as `labels.plain` gives them
    foreign: tuple[str, ...] = ()  # labels near to the form's that are none of it
    strangers: frozenset[str] = frozenset()  # labels that are none of it as they stand, however near


@lru_cache(maxsize=8)
def form(edition: str) -> Form:
    """The form of an edition; NianbaoError for one that does not exist."""
    if edition not in EDITIONS:
        raise NianbaoError(f"no form of edition {edition!r}: known are {', '.join(EDITIONS)}")
    text = resources.files("parsers").joinpath("forms", f"{edition}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    tables = tuple(_table(entry) for entry in data["table"])
    sums = [_sum(entry, "=") for entry in data.get("sum", [])] + [_sum(entry, "≤") for entry in data.get("limit", [])]
    return Form(
        edition,
        tables,
        tuple(_cells(tables)),
        tuple(sums),
        tuple(plain(mark) for mark in data["marks"]),
        tuple(plain(label) for label in data.get("foreign", ())),
        frozenset(plain(label) for label in data.get("strangers", ())),
    )


@lru_cache(maxsize=8)
def by_key(edition: str) -> dict[tuple[str, str, str], FormCell]:
    """The cells of an edition by table, row and column key."""
    return {(c.table, c.row, c.column): c for c in form(edition).cells}


def forms() -> tuple[Form, ...]:
    """All editions, oldest first."""
    return tuple(form(edition) for edition in EDITIONS)


def _table(entry: dict[str, Any]) -> Table:
    return Table(entry["key"], entry["label"], entry.get("across", False), tuple(_block(b) for b in entry["block"]))


def _block(entry: dict[str, Any]) -> Block:
    return Block(entry["label"], tuple(_axis(a) for a in entry["rows"]), tuple(_axis(a) for a in entry["columns"]))


def _axis(entry: dict[str, Any]) -> Axis:
    label: str = entry["label"]
    leaf = label if "增/减" in label else label.rsplit("/", 1)[-1]
    names = dict.fromkeys(plain(name) for name in (leaf, *entry.get("also", ())))
    return Axis(
        entry["key"], label, tuple(names), entry.get("unit", ""), entry.get("printed", ""), entry.get("asks", False)
    )


def _sum(entry: dict[str, Any], relation: str) -> Sum:
    left, right = (entry["left"], entry["right"]) if relation == "=" else (entry["low"], entry["high"])
    return Sum(
        entry["rule"], entry["table"], entry["each"], tuple(left), tuple(right), relation, entry.get("soft", False)
    )


def _cells(tables: Iterable[Table]) -> Iterable[FormCell]:
    for table in tables:
        for block in table.blocks:
            for row in block.rows:
                label = "/".join(filter(None, (block.label, row.label)))
                for column in block.columns:
                    unit = column.unit or row.unit
                    yield FormCell(
                        table.key,
                        row.key,
                        column.key,
                        label,
                        column.label,
                        unit,
                        column.printed or row.printed,
                        column.asks or row.asks,
                    )
