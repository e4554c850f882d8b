"""What a cell's value says about itself: units, signs, columns and powers that do not fit; the printed value stands."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from parsers.model import Cell, Identity, Problem
from parsers.numbers import is_signed
from parsers.regions import name

_DEAR = Decimal(50_000_000)  # 元 for one procurement, above which the unit is in doubt
_CHEAP = Decimal(500)  # 元 for one procurement, below which the unit is in doubt
_FEES = Decimal(10_000_000_000)  # 元 of fees in one year, above which the unit is in doubt
_WITHIN_CITY = re.compile(
    "(?:镇|乡|街道|苏木)(?:人民政府|办事处)?$|分局$"
    "|(?:开发|高新|经开|新|示范|管理|度假|保税|风景名胜|产业园|园)区(?:管理委员会|管委会)?$"
)
_BLOCKS = ("administrative_licensing", "other_public_services", "administrative_penalty", "administrative_coercion")


def doubts(cells: Iterable[Cell], identity: Identity | None) -> tuple[Problem, ...]:
    """Problems that the cells of one report show: unit_implausible, sign_inconsistent and the like."""
    found = {(c.table, c.row, c.column): c for c in cells}
    return (*_units(found), *_signs(found), *_authority(found, identity), *_negatives(found),
            *_fractions(found))


def _units(cells: dict[tuple[str, str, str], Cell]) -> Iterator[Problem]:
    amount = cells.get(("disclosure", "centralized_procurement", "procurement_amount"))
    items = cells.get(("disclosure", "centralized_procurement", "procurement_items"))
    if amount and items and amount.value and items.value and items.value > 0:
        each = amount.value / items.value
        if not _CHEAP <= each <= _DEAR:
            detail = f"{amount.raw!r} read as {amount.value} 元 for {items.value} procurements is {each:.0f} 元 each"
            yield Problem("unit_implausible", detail, amount.place)
    fees = cells.get(("disclosure", "administrative_fees", "fee_amount"))
    if fees and fees.value and fees.value > _FEES:
        yield Problem("unit_implausible", f"{fees.raw!r} read as {fees.value} 元 of fees", fees.place)


def _signs(cells: dict[tuple[str, str, str], Cell]) -> Iterator[Problem]:
    """上一年 + 增/减 = 处理决定 shows decisions in the column of items, and a decrease that lost its sign."""
    for row in _BLOCKS:
        trio = [cells.get(("disclosure", row, c)) for c in ("items_previous_year", "items_change", "decisions")]
        if any(cell is None or cell.value is None for cell in trio):
            continue
        before, change, after = (cell.value or Decimal(0) for cell in trio if cell)
        spot = trio[1].place if trio[1] else ""
        raw = trio[1].raw if trio[1] else ""
        if change and before + change == after:
            detail = f"{row}: {before} and {change:+} give the {after} decisions"
            yield Problem("items_column_holds_decisions", detail, spot)
        elif change > 0 and not is_signed(raw) and before - change == after:
            yield Problem(
                "items_column_holds_decisions", f"{row}: {before} less {change} give the {after} decisions", spot
            )
            yield Problem(
                "sign_inconsistent", f"{row}: {raw!r} is printed without a sign, {before} - {change} = {after}", spot
            )


def _negatives(cells: dict[tuple[str, str, str], Cell]) -> Iterator[Problem]:
    """Counts and sums of money are never below zero, 增/减 apart."""
    for (_, row, column), cell in cells.items():
        if cell.value is not None and cell.value < 0 and column != "items_change":
            yield Problem("sign_inconsistent", f"{row}/{column}: {cell.raw!r} is below zero", cell.place)


def _fractions(cells: dict[tuple[str, str, str], Cell]) -> Iterator[Problem]:
    """What is counted is whole; money alone has decimals."""
    for (_, row, column), cell in cells.items():
        if cell.value is not None and cell.unit != "元" and cell.value != cell.value.to_integral_value():
            yield Problem("count_not_whole", f"{row}/{column}: {cell.raw!r} is no whole number", cell.place)


def _authority(cells: dict[tuple[str, str, str], Cell], identity: Identity | None) -> Iterator[Problem]:
    """规章 are made by State Council departments, provinces, cities with districts and prefectures (立法法) alone.

    Told of counties, towns, zones, 地区 and 盟 and of their bodies. Not of departments of provinces and cities: they
    draft the 规章 that their governments make, and many report these.
    """
    if identity is None or not identity.issuer or _may_draft(identity):
        return
    for column in ("newly_made", "issued", "in_force", "disclosed_cumulative"):
        cell = cells.get(("disclosure", "regulations", column))
        if cell and cell.value:
            detail = f"{identity.issuer} has no power to make 规章, yet {column} is {cell.raw!r}"
            yield Problem("authority_implausible", detail, cell.place)
            return


def _may_draft(identity: Identity) -> bool:
    """Whether a body is of a province, a city or a prefecture, or may be, and no town or zone within it."""
    issuer, code = identity.issuer or "", identity.region_code
    division = (name(code, identity.report_year) or "") if code else ""
    is_county_s = code is not None and not code.endswith("00")
    return not (is_county_s or division.endswith(("地区", "盟")) or _WITHIN_CITY.search(issuer))
