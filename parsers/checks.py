"""The form's sums and limits held against its cells, strictly and with blanks as zero, within what rounding allows."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from parsers.forms import Form, Sum, form
from parsers.model import Cell, Check, Kind, Problem
from parsers.numbers import number

Cells = Mapping[tuple[str, str, str], Cell]


def checks(edition: str, cells: Iterable[Cell]) -> tuple[Check, ...]:
    """Every sum and limit of an edition's form, each in both modes."""
    found = {(c.table, c.row, c.column): c for c in cells}
    of = form(edition)
    return tuple(
        check
        for rule in of.sums
        for scope, left, right in _instances(of, rule, found)
        for check in _checked(rule, scope, left, right)
    )


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


def operands(edition: str, check: Check) -> tuple[tuple[str, str, str], ...]:
    """Keys of the cells that a check of the form's sums adds up."""
    table, key = check.scope.split("/", 1)
    rule = next(s for s in form(edition).sums if (s.rule, s.table) == (check.rule, table))
    return tuple(_key(rule, key, part) for part in (*rule.left, *rule.right))


def _instances(of: Form, rule: Sum, cells: Cells) -> Iterator[tuple[str, list[Cell], list[Cell]]]:
    """The rule for every row or column that has all its parts: scope, cells left and right."""
    table = next(t for t in of.tables if t.key == rule.table)
    axes = [(b, axis) for b in table.blocks for axis in (b.rows if rule.each == "row" else b.columns)]
    for key in dict.fromkeys(axis.key for _, axis in axes):
        left = [cells.get(_key(rule, key, part)) for part in rule.left]
        right = [cells.get(_key(rule, key, part)) for part in rule.right]
        if all(cell is not None for cell in (*left, *right)):
            yield f"{rule.table}/{key}", [c for c in left if c], [c for c in right if c]


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
