"""Bytes to text: the encodings that portals send, and losses told."""

from itertools import product

import pytest

from parsers.text import decode

PROSE = "表里的数据，统计期限为2020年1月1日至12月31日，政府信息公开工作年度报告。"
TRADITIONAL = "表裡的數據，統計期限為2020年1月1日至12月31日，政府信息公開工作年度報告。"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_without_a_word_about_them(name: str) -> None:
    assert decode(PROSE.encode(name))[0] == PROSE


@pytest.mark.parametrize(
    ("real", "said"), list(product(("utf-8", "gb18030"), ("utf-8", "gb2312", "iso-8859-1", "x-nonsense")))
)
def test_what_fits_beats_what_is_declared(real: str, said: str) -> None:
    page = f'<meta charset="{said}">{PROSE}'
    text, _, problems = decode(page.encode(real), f"text/html; charset={said}")
    assert (text, problems) == (page, ())


def test_big5_is_told_from_gb18030_by_what_reads_as_chinese() -> None:
    assert decode(TRADITIONAL.encode("big5"))[0] == TRADITIONAL


def test_lost_bytes_are_a_problem_and_the_rest_is_read() -> None:
    text, _, problems = decode(PROSE.encode()[:50] + b"\xff\xfe\xfd" + PROSE.encode())
    assert [p.code for p in problems] == ["decoding_lossy"]
    assert PROSE in text


def test_half_a_gb_character_at_the_end_is_told() -> None:
    text, name, problems = decode(PROSE.encode("gb18030") + b"\x81")
    assert text.startswith(PROSE) and name == "gb18030" and problems[0].code == "decoding_lossy"


def test_line_feeds_are_one_kind() -> None:
    assert decode(b"a\r\nb\rc\nd\x00")[0] == "a\nb\nc\nd"
