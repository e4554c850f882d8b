"""Sums of the form: strict, with blanks as zero, within what rounding allows; and doubts about single values."""

from dataclasses import replace
from decimal import Decimal

import pytest

from parsers.checks import checks, failed
from parsers.forms import form
from parsers.model import Cell, Check, Identity, Kind
from parsers.plausible import doubts


def _cells(edition: str, **given: str) -> list[Cell]:
    """A form of zeros with some cells printed otherwise: `table__row__column="raw"`."""
    from parsers.numbers import number

    result = []
    for c in form(edition).cells:
        raw = given.get(f"{c.table}__{c.row}__{c.column}", "0")
        found = number(raw)
        result.append(Cell(c.table, c.row, c.column, found.value, raw, found.kind, c.unit))
    return result


def _check(found: tuple[Check, ...], rule: str, scope: str, mode: str) -> str:
    (one,) = (c for c in found if (c.rule, c.scope, c.mode) == (rule, scope, mode))
    return one.status


def test_all_hard_sums_of_the_editions_are_there() -> None:
    strict = [c for c in checks("2019", _cells("2019")) if c.mode == "strict"]
    count = {rule: sum(c.rule == rule for c in strict) for rule in {c.rule for c in strict}}
    assert (count["row_total"], count["result_total"], count["received_equals_handled"]) == (23, 7, 7)
    assert count["proceedings_total"] == 3
    assert sum(c.rule == "row_total" for c in checks("2021", _cells("2021")) if c.mode == "strict") == 25
    assert {c.status for c in strict} == {"pass"}


def test_a_wrong_total_fails_in_its_row_and_column() -> None:
    found = checks("2021", _cells("2021", requests__disclosed_full__total="3"))
    assert _check(found, "row_total", "requests/disclosed_full", "strict") == "fail"
    assert _check(found, "result_total", "requests/total", "strict") == "fail"
    assert len(failed("2021", found)) == 2


def test_a_blank_is_not_zero_in_strict_mode() -> None:
    given = {"requests__received_new__other_organization": "", "requests__received_new__research_institution": "/"}
    found = checks("2019", _cells("2019", **given))
    assert _check(found, "row_total", "requests/received_new", "strict") == "not_assessable"
    assert _check(found, "row_total", "requests/received_new", "blank_as_zero") == "pass"


def test_a_missing_cell_is_never_assessed() -> None:
    cells = [
        replace(c, kind=Kind.MISSING, value=None, raw="") if c.row == "reconsideration" and c.column == "total" else c
        for c in _cells("2019")
    ]
    found = checks("2019", cells)
    assert _check(found, "proceedings_total", "proceedings/reconsideration", "blank_as_zero") == "not_assessable"


def test_rounded_numbers_have_room() -> None:
    given = {"statistics__requests_received__value": "1.2万", "statistics__requests_online__value": "12345"}
    found = checks("2014", _cells("2014", **given))
    assert _check(found, "requests_by_channel", "statistics/value", "strict") == "pass"
    given["statistics__requests_online__value"] = "12600"
    assert (
        _check(checks("2014", _cells("2014", **given)), "requests_by_channel", "statistics/value", "strict") == "fail"
    )


def _codes(edition: str, identity: Identity | None = None, /, **given: str) -> list[str]:
    return [p.code for p in doubts(_cells(edition, **given), identity)]


def test_decisions_in_the_column_of_items_and_a_lost_sign() -> None:
    row = "disclosure__administrative_licensing__"
    given = {row + "items_previous_year": "63607", row + "items_change": "1228", row + "decisions": "62379"}
    assert _codes("2019", **given) == ["items_column_holds_decisions", "sign_inconsistent"]
    given[row + "items_change"] = "减1228"
    assert _codes("2019", **given) == ["items_column_holds_decisions"]
    given[row + "items_change"] = "5"
    assert _codes("2019", **given) == []


def test_units_that_cannot_be() -> None:
    row = "disclosure__centralized_procurement__procurement_"
    assert _codes("2019", **{row + "items": "7", row + "amount": "80592万元"}) == ["unit_implausible"]
    assert _codes("2019", **{row + "items": "3785", row + "amount": "13.02亿元"}) == []
    assert _codes("2019", **{row + "items": "2", row + "amount": "395.7"}) == ["unit_implausible"]


@pytest.mark.parametrize(("issuer", "code", "scope"), [
    ("某县某镇人民政府", "433126", "body"), ("三门县人民政府", "331022", "government"),
    ("三门县水利局", "331022", "body"),
    ("杭州市上城区市场监督管理局", "330102", "body"), ("仙桃市人民政府", "429004", "government"),
    ("东莞市虎门镇人民政府", "441900", "government"), ("益阳高新技术产业开发区管理委员会", "430900", "body"),
    ("锡林郭勒盟行政公署", "152500", "government"), ("大兴安岭地区行政公署", "232700", "government"),
    ("国家税务总局聊城市东昌府区税务局", "371502", "body"),
    ("北街街道", None, "government"), ("三溪乡人民政府", None, "government"),  # wherever it lies
])
def test_who_makes_no_regulations(issuer: str, code: str | None, scope: str) -> None:
    body = Identity("", issuer, code, 2023, scope, None)
    assert _codes("2021", body, disclosure__regulations__in_force="6") == ["authority_implausible"]
    assert _codes("2021", body) == []


@pytest.mark.parametrize(("issuer", "code"), [
    ("张掖市人民政府", "620700"), ("张掖市水务局", "620700"), ("安徽省人民政府", "340000"),
    ("安徽省自然资源厅", "340000"), ("广西壮族自治区林业局", "450000"),
    ("上海市交通委员会", "310000"), ("延边朝鲜族自治州人民政府", "222400"),
    ("司法部", None), ("水利局", None),
])
def test_who_makes_regulations_or_drafts_them(issuer: str, code: str | None) -> None:
    body = Identity("", issuer, code, 2023, "body", None)
    assert _codes("2021", body, disclosure__regulations__in_force="6") == []


def test_what_is_counted_is_whole() -> None:
    assert _codes("2021", disclosure__administrative_penalty__decisions="12.5") == ["count_not_whole"]
    assert _codes("2021", disclosure__administrative_penalty__decisions="25.11万件") == []
    assert _codes("2021", disclosure__administrative_fees__fee_amount="0.55") == []


def test_values_stand_as_printed() -> None:
    (cell,) = (c for c in _cells("2019", disclosure__administrative_penalty__items_change="1228") if c.raw == "1228")
    assert cell.value == Decimal(1228)
