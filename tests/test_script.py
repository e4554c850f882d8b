"""Simplified wording out of whatever script a page is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from parsers.regions import regions
from parsers.script import glosses, is_traditional, mojibake, simplified, traditional_letters

NAMES = sorted({r.name for r in regions()})
LABELS = (
    "本年制发件数", "本年废止件数", "现行有效件数", "行政规范性文件", "行政强制", "政府集中采购", "采购总金额",
    "上一年项目数量",
    "其他对外管理服务事项", "处理决定数量", "本机关不掌握相关政府信息", "没有现成信息需要另行制作",
    "属于三类内部事务信息",
    "属于四类过程性信息", "补正后申请内容仍不明确", "结转下年度继续办理", "政府信息公开行政复议、行政诉讼情况",
    "复议后起诉",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "要求行政机关确认或重新出具已获取信息",
    "法律服务机构",
)
SYLLABLES = ("wu", "wù", "tǒng", "zheng", "fu", "lǜ", "zhuang", "a", "er", "xiǎng")


@pytest.mark.parametrize("dress", ["s2t", "s2tw", "s2hk", "s2twp"])
@pytest.mark.parametrize("label", LABELS)
def test_labels_come_back_from_any_traditional_dress(label, dress):
    assert simplified(OpenCC(dress).convert(label)) == label


@pytest.mark.parametrize("dress", ["s2t", "s2tw", "s2hk"])
def test_names_of_divisions_come_back_from_any_traditional_dress(dress):
    there = OpenCC(dress)
    assert [n for n in NAMES if simplified(there.convert(n)) != n] == []


def test_names_of_divisions_stay_as_they_are():
    assert [n for n in NAMES if simplified(n) != n] == []


@pytest.mark.parametrize(("printed", "meant"), [
    ("本年製發件數", "本年制发件数"),
    ("行政強製", "行政强制"),
    ("法定製度", "法定制度"),
    ("全麵、體係", "全面、体系"),
    ("規範性檔案", "规范性文件"),
    ("附屬檔案", "附件"),
    ("政府資訊公開", "政府信息公开"),
    ("巨觀、最佳化", "宏观、优化"),
    ("江乾區市場監督管理局", "江干区市场监督管理局"),
    ("乾縣與國務院", "乾县与国务院"),
    ("行政覆議、答覆", "行政复议、答复"),
])
def test_over_converted_and_taiwan_wording(printed, meant):
    assert simplified(printed) == meant


@pytest.mark.parametrize(("printed", "meant"), [
    ("國務(wù)院", "国务院"),
    ("系統(tǒng)計", "系统计"),
    ("政(zheng)(zheng)府(fu)(fu)信息", "政府信息"),
    ("不予（yǔ）公開（kāi）", "不予公开"),
    ("人工智能(ai)应用", "人工智能(ai)应用"),
    ("第二十条第(一)项", "第二十条第(一)项"),
    ("客户端(app)下载(pdf)", "客户端(app)下载(pdf)"),
])
def test_pinyin_glosses_go_and_words_in_brackets_stay(printed, meant):
    assert simplified(printed) == meant


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(SYLLABLES)), min_size=2, max_size=12))
def test_glosses_after_any_character_go(pieces):
    glossed = "".join(f"{label[:2]}({syllable}){label[2:]}" for label, syllable in pieces)
    assert simplified(glossed) == "".join(label for label, _ in pieces)
    assert glosses(glossed) == len(pieces)


LETTERS = st.sampled_from(sorted(traditional_letters()) + list("政府信息公开乾县著作(wù)(zheng)（一）0123%、。 \n"))


@given(st.text(LETTERS, max_size=60) | st.text(max_size=60))
def test_simplifying_twice_equals_once(text):
    once = simplified(text)
    assert simplified(once) == once


@given(st.text(max_size=80))
def test_text_without_traditional_letters_or_glosses_is_returned_as_it_is(text):
    if not is_traditional(text) and not glosses(text):
        assert simplified(text) == text


@pytest.mark.parametrize("text", ["各。ㄗ灾螀^(qū)", "\ufffd\ufffd公开", "锟斤拷", "鏀垮簻淇℃伅鍏紑",
    "æ\x94¿åº\x9cä¿¡æ\x81¯"])
def test_mojibake_is_found(text):
    assert mojibake(text)


@pytest.mark.parametrize("text", [*LABELS, "（一）总体情况，100%；“三安全一稳定”——无。", "Café naïve résumé", "②③④"])
def test_clean_text_has_no_mojibake(text):
    assert mojibake(text) == ()
