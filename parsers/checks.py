"""The form's sums and limits held against its cells, strictly and with blanks as zero, within what rounding allows."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parsers.forms import Sum, Table, form
from parsers.model import Cell, Check, Kind, Problem
from parsers.numbers import number

Key = tuple[str, str, str]  # table, row, column


class Instance(NamedTuple):
    """A rule for one row or column: its scope, the cells on its left and right side."""

    rule: Sum
    scope: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]


def checks(edition: str, cells: Iterable[Cell]) -> tuple[Check, ...]:
    """Every sum and limit of an edition's form, each in both modes."""
    found = {(c.table, c.row, c.column): c for c in cells}
    return tuple([
        check
        for rule, scope, left, right in _instances(edition)
        if all(key in found for key in (*left, *right))
        for check in _checked(rule, scope, [found[key] for key in left], [found[key] for key in right])
    ])


def _checked(rule: Sum, scope: str, left: list[Cell], right: list[Cell]) -> Iterator[Check]:
    """The check in each mode; where all operands are printed both say the same."""
    strict = _check(rule, scope, left, right, "strict")
    yield strict
    if strict.status == "not_assessable":
        yield _check(rule, scope, left, right, "blank_as_zero")
    else:
        yield Check(strict.rule, scope, strict.status, strict.left_value, strict.right_value, "blank_as_zero")


def failed(edition: str, held: Iterable[Check]) -> tuple[tuple[Problem, Check], ...]:
    """Each hard sum or limit that fails with all its operands printed, and its `sum_fails` problem."""
    hard = {rule.rule for rule in form(edition).sums if not rule.soft}
    return tuple(
        (Problem("sum_fails", f"{c.rule}, {c.scope}: {c.left_value} and {c.right_value}", c.scope), c)
        for c in held
        if c.status == "fail" and c.mode == "strict" and c.rule in hard
    )


def operands(edition: str, check: Check) -> tuple[Key, ...]:
    """Keys of the cells that a check of the form's sums adds up."""
    about = (check.rule, check.scope)
    return next((*i.left, *i.right) for i in _instances(edition) if (i.rule.rule, i.scope) == about)


@lru_cache(maxsize=8)
def _instances(edition: str) -> tuple[Instance, ...]:
    """Each rule for every row or column of its table."""
    of = form(edition)
    tables = {table.key: table for table in of.tables}
    return tuple(
        Instance(
            rule,
            f"{rule.table}/{key}",
            tuple(_key(rule, key, part) for part in rule.left),
            tuple(_key(rule, key, part) for part in rule.right),
        )
        for rule in of.sums
        for key in dict.fromkeys(_axes(tables[rule.table], rule.each))
    )


def _axes(table: Table, each: str) -> Iterator[str]:
    """Keys of a table's rows or of its columns, those of several blocks again."""
    return (axis.key for block in table.blocks for axis in (block.rows if each == "row" else block.columns))


def _key(rule: Sum, key: str, part: str) -> tuple[str, str, str]:
    return (rule.table, key, part) if rule.each == "row" else (rule.table, part, key)


def _check(rule: Sum, scope: str, left: list[Cell], right: list[Cell], mode: str) -> Check:
    lower, upper = added(left, mode), added(right, mode)
    if lower is None or upper is None:
        return Check(rule.rule, scope, "not_assessable", None, None, mode)
    holds = lower == upper if rule.relation == "=" else lower <= upper
    if not holds:
        slack = sum((number(cell.raw).tolerance for cell in (*left, *right)), Decimal(0))
        holds = abs(lower - upper) <= slack if rule.relation == "=" else lower <= upper + slack
    return Check(rule.rule, scope, "pass" if holds else "fail", lower, upper, mode)


def added(cells: Iterable[Cell], mode: str) -> Decimal | None:
    """Sum of the cells' values, None where one of them cannot be counted in this mode."""
    counted = [operand(cell, mode) for cell in cells]
    known = [value for value in counted if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(counted) else None


def operand(cell: Cell, mode: str) -> Decimal | None:
    """What a cell counts for: its number; a blank or a mark for 0 in the mode blank_as_zero only; else None."""
    if cell.kind is Kind.NUMBER:
        return cell.value
    blank = cell.kind in (Kind.BLANK, Kind.NOT_APPLICABLE)
    return Decimal(0) if blank and mode == "blank_as_zero" else None
