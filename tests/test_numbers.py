"""Printed cells to numbers: signs, units, marks, widths; and the laws that hold for all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.model import Kind
from parsers.numbers import is_signed, number, unit

PRINTED = [
    ("160.5964万元", "1605964"),
    ("79000.1元", "79000.1"),
    ("13.02亿元", "1302000000"),
    ("25.11万件", "251100"),
    ("6603610.09", "6603610.09"),
    ("395.721萬元", "3957210"),
    ("+387", "387"),
    ("＋19", "19"),
    ("-1942", "-1942"),
    ("减71", "-71"),
    ("加89", "89"),
    ("減少 8", "-8"),
    ("−3", "-3"),
    ("－21", "-21"),
    ("１２３", "123"),
    ("1,234,567", "1234567"),
    ("1，234", "1234"),
    ("\xa00\u3000", "0"),
    ("0件", "0"),
    ("12 件", "12"),
    ("100万", "1000000"),
    ("5000元整", "5000"),
    ("007", "7"),
]
NONE = [
    ("", Kind.BLANK),
    (" \xa0\u3000\u200b", Kind.BLANK),
    ("/", Kind.NOT_APPLICABLE),
    ("—", Kind.NOT_APPLICABLE),
    ("——", Kind.NOT_APPLICABLE),
    ("－", Kind.NOT_APPLICABLE),
    ("-", Kind.NOT_APPLICABLE),
    ("无", Kind.NOT_APPLICABLE),
    ("無", Kind.NOT_APPLICABLE),
    ("不适用", Kind.NOT_APPLICABLE),
    ("／", Kind.NOT_APPLICABLE),
    ("见附件", Kind.TEXT),
    ("1 2", Kind.TEXT),
    ("12,34", Kind.TEXT),
    ("33.04%", Kind.TEXT),
    ("1-2", Kind.TEXT),
    ("一", Kind.TEXT),
    ("3月", Kind.TEXT),
    ("9" * 40, Kind.TEXT),
    ("9" * 100_000, Kind.TEXT),
]


@pytest.mark.parametrize(("raw", "value"), PRINTED)
def test_printed_numbers(raw: str, value: str) -> None:
    found = number(raw)
    assert (found.kind, found.value) == (Kind.NUMBER, Decimal(value))


@pytest.mark.parametrize(("raw", "kind"), NONE)
def test_what_is_no_number_has_no_value(raw: str, kind: Kind) -> None:
    assert (number(raw).kind, number(raw).value) == (kind, None)


def test_the_heading_s_unit_holds_only_where_the_cell_has_none() -> None:
    assert number("80592", "万元").value == Decimal(805920000)
    assert number("80592元", "万元").value == Decimal(80592)
    assert number("2亿元", "万元").value == Decimal(200_000_000)


def test_rounding_is_half_the_last_digit_of_a_scaled_number() -> None:
    assert number("25.11万").tolerance == 50
    assert number("13.02亿元").tolerance == 500_000
    assert number("251100").tolerance == 0


def test_units_of_headings() -> None:
    assert [unit(h) for h in ("采购总金额（单位：万元）", "收费金额(亿元)", "本年增/减", "总计")] == [
        "万元",
        "亿元",
        "",
        "",
    ]


def test_signs_are_seen() -> None:
    assert [is_signed(raw) for raw in ("+1", "减71", "＋19", "1228", "-", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_number_of_its_own_format_is_the_number(value: Decimal) -> None:
    assert number(format(value, "f")).value == value
    assert number(format(value, ",f")).value == value


@given(st.integers(0, 10**9), st.sampled_from(("", "元", "万元", "亿元", "件", "万件")))
def test_units_scale_exactly(value: int, of: str) -> None:
    scale = {"": 1, "元": 1, "件": 1}.get(of, 10_000 if "万" in of else 10**8)
    assert number(f"{value}{of}").value == value * scale
    full = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert number(full + of).value == value * scale


@given(st.text(max_size=30))
def test_a_value_is_there_exactly_where_it_is_a_number(raw: str) -> None:
    found = number(raw)
    assert (found.value is None) == (found.kind is not Kind.NUMBER)
