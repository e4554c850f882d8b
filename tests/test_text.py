"""Bytes to text: the encodings that portals send, and losses told."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


PAGE = """<html><title>沙河子市水务局2020年政府信息公开工作年度报告</title><p>一、总体情况</p>
<td>规章</td><td>1007.25万元</td>
2020年，我局“三安全一稳定”——按时答复；统计期限：自一月一日起。第二十条第（一）项……《条例》①结转下年度继续办理。"""


def _garbled(text: str, real: str, taken: str) -> str:
    return text.encode(real).decode(taken, "replace")


@pytest.mark.parametrize(("real", "taken"), [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "cp1252")])
def test_a_text_decoded_wrongly_and_saved_so_is_put_back_and_told(real: str, taken: str) -> None:
    text, _, problems = decode(_garbled(PAGE, real, taken).encode())
    assert text == PAGE
    assert [p.code for p in problems] == ["mojibake"]
    assert "put back" in problems[0].detail


def test_twice_wrong_is_put_back_too() -> None:
    assert decode(_garbled(_garbled(PAGE, "utf-8", "latin-1"), "utf-8", "latin-1").encode())[0] == PAGE


def test_a_byte_that_gb18030_gave_up_between_characters_is_known() -> None:
    """Only 0x80 is no part of any pair: 一 and 开 end with it."""
    text = "一、总体情况 公开 公开 公开 公开政府信息，开展工作。机关依法公开啊呀"
    garbled = _garbled(text, "utf-8", "gb18030")
    assert "\ufffd" in garbled
    assert decode(garbled.encode())[0] == text


def test_what_is_lost_stays_lost_and_has_a_place() -> None:
    garbled = _garbled(PAGE.replace("1007.25万元", "25件"), "utf-8", "gb18030")
    text, _, problems = decode(garbled.encode())
    assert "<td>25\ufffd</td>" in text and "政府信息公开工作年度报告" in text
    assert [p.code for p in problems] == ["mojibake", "decoding_lossy"]
    assert problems[1].place.startswith("character ")


@pytest.mark.parametrize("ending", ["?/td>", "?</td>"])
def test_a_question_mark_that_stands_for_a_lost_byte_never_hides_a_tag_or_a_figure(ending: str) -> None:
    garbled = _garbled("<p>政府信息公开工作年度报告，总体情况</p><td>25件", "utf-8", "gb18030")
    text, _, _ = decode((garbled.rstrip("\ufffd") + ending + "<td>2020骞?2鏈?").encode())
    assert "25\ufffd</td>" in text and "2020\ufffd" in text and "2月" not in text


@pytest.mark.parametrize("text", [PAGE, TRADITIONAL, "Café naïve résumé über Ångström", "张骞通西域，公开信息。", ""])
def test_clean_text_is_left_alone(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())
    assert decode(text.encode("gb18030"))[2] == ()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=20, max_size=200))
def test_any_chinese_text_read_as_latin_comes_back(text: str) -> None:
    line = "政府信息公开，" + text
    assert decode(_garbled(line, "utf-8", "latin-1").encode())[0] == line
