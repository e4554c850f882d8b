"""Numbers spelled in characters: read where they say one number exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numerals import DIGITS, LETTERS, numeral, spelled


@given(st.integers(0, 10**12 - 1))
def test_the_number_of_its_own_spelling_is_the_number(number: int) -> None:
    assert numeral(spelled(number)) == number
    assert numeral(spelled(number).replace("零", "〇").replace("二", "两")) == number


@given(st.integers(10, 9999).filter(lambda n: "0" in str(n)))
def test_a_row_of_digits_with_a_zero_is_the_number(number: int) -> None:
    assert numeral("".join(DIGITS[int(d)] for d in str(number)).replace("零", "〇")) == number


@given(st.text(LETTERS, max_size=30))
def test_no_other_spelling_is_taken_for_a_number(words: str) -> None:
    found = numeral(words)
    assert found is None or 0 <= found < 10**20


@pytest.mark.parametrize(("words", "number"), [
    ("二十五", 25), ("一百零三", 103), ("两", 2), ("〇", 0), ("十", 10), ("一百十二", 112), ("一万零两百", 10200),
    ("二〇二〇", 2020),
])
def test_spellings(words: str, number: int) -> None:
    assert numeral(words) == number


@pytest.mark.parametrize("words", [
    "一二", "三五", "二三十", "几十", "十几", "数百", "百", "千", "一百三", "二五", "十余", "万", "二十零", "",
    "第二十", "万" * 100_000,
])
def test_what_is_inexact_is_no_number(words: str) -> None:
    assert numeral(words) is None
