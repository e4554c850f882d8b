"""Time grows with a page's size and not with its square, whatever repeats in it; see also `bench/growth.py`."""

import pytest

from bench.growth import PLACES, seconds
from parsers.garbled import restored

HANGS_CAUGHT = [
    ("first chapter", "1、"),
    ("first chapter", "公"),
    ("first chapter", "公开"),
    ("end", "政府信息公开"),
    ("end", "(zheng)"),
    ("text", "1"),
    ("text", "1,"),
]


@pytest.mark.parametrize(("place", "unit"), HANGS_CAUGHT)
def test_a_thing_repeated_without_end_costs_no_more_than_its_length(place: str, unit: str) -> None:
    seconds(place, unit, 100)
    assert seconds(place, unit, 20_000) < 3


@pytest.mark.parametrize("place", sorted(PLACES))
def test_each_place_is_read(place: str) -> None:
    assert 0 < seconds(place, "年", 1000) < 3


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["€", "锛€", "骞磋", "\x80"])
def test_garbled_bytes_without_end_cost_no_more_than_their_length(unit: str) -> None:
    text, _ = restored("锛銆" + unit * 20_000 + "\u0101政")
    assert text.endswith("政")
