"""Links and their worth: examples from the anchors and addresses that portals really use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import is_allowed, joined, key, unwrapped
from crawler.links import Link, links
from crawler.pages import Page
from crawler.scores import Context, is_core, score

HOST = "http://www.example.gov.cn/"
COLUMNS = [
    "政府信息公开年报", "信息公开年报", "公开年报", "政府信息公开工作年度报告", "信息公开年度报告", "年度报告", "年报",
    "部门年报", "乡镇（街道）年报", "2021年政府信息公开年报",
]
TITLES = [
    "天水市市场监督管理局2020年政府信息公开工作年度报告", "某镇2021年政府信息公开年度报告",
    "某局政务信息公开年度报告（2019）", "某局2012年政府信息公开情况报告", "某市2022年政府信息公开年度工作报告",
    "张掖市2020年政府資訊公開工作年度報告", "某街道办事处2020年政府信息公开工作年度报告",
    "某信访局2021年政府信息公开年度报告",
]
DECOYS = [
    "政府网站工作年度报表", "2021年法治政府建设年度报告", "《2020年政府信息公开工作年度报告》解读", "企业年报",
    "一图读懂2021年政府信息公开年报", "政府信息公开制度", "关于编制发布2020年政府信息公开年报的通知", "依申请公开",
    "政府信息公开指南",
]


@pytest.mark.parametrize("text", COLUMNS + TITLES)
def test_columns_and_titles_are_visited_from_anywhere(text: str) -> None:
    assert is_core(text)
    assert score(Link(HOST + "a/1.html", text)).score >= 60


@pytest.mark.parametrize("text", DECOYS)
def test_decoys_are_not_visited_even_below_a_column(text: str) -> None:
    column = Context(score=100, is_column=True)
    assert not is_core(text)
    assert score(Link(HOST + "zfxxgk/zfxxgknb/1.html", text, True), column).score == 0


def test_below_a_column_plain_names_years_and_groups_are_visited_and_navigation_is_not() -> None:
    column = Context(score=80, is_column=True, familiar=frozenset((key(HOST + "lxwm/"),)))
    for text in ("高岭镇", "2021年", "市直部门", "乡镇（街道）"):
        assert score(Link(HOST + "x/1.html", text), column).score >= 25, text
    assert score(Link(HOST + "lxwm/", "关于我们"), column).score == 0


def test_disclosure_areas_lead_the_way_and_news_does_not() -> None:
    assert score(Link(HOST + "zwgk/", "政府信息公开")).score >= 40
    assert score(Link(HOST + "zwgk/", "部门公开")).score >= 25
    assert score(Link(HOST + "xwzx/", "新闻中心")).score == 0


@given(st.text(max_size=40), st.integers(0, 100), st.booleans())
def test_a_score_stays_between_0_and_100(text: str, parent: int, is_column: bool) -> None:
    assert 0 <= score(Link(HOST + "nb/1.html", text), Context(parent, is_column)).score <= 100


MARKUP = """<html><head><base href="/zwgk/"></head><body>
<a href="./nb/t1.html" title="甲局2021年政府信息公开工作年度报告">甲局2021年政府信息...</a>
<a href="nb/t1.html">甲局</a> <a href="javascript:window.open('../xxgk/')">公开</a>
<a onclick="location.href='/c/'">去</a>
<a href="javascript:void(0)">无</a> <a href="#top">顶</a> <a href="mailto:a@b.cn">信</a> <a href="2.html">2</a>
<a href="x.html">下一页</a> <a href="logo.png">图</a> <a href="pic/"><img alt="信息公开专栏"></a>
<li><a href="nb/t2.html">乙镇</a><span>2022-01-20</span></li></body></html>"""


def test_links_are_found_wherever_they_hide_and_pagers_are_none() -> None:
    found = {link.url.removeprefix(HOST): link for link in links(Page(HOST, MARKUP.encode()))}
    assert list(found) == ["zwgk/nb/t1.html", "xxgk/", "c/", "zwgk/pic/", "zwgk/nb/t2.html"]
    assert found["zwgk/nb/t1.html"].text == "甲局2021年政府信息公开工作年度报告"
    assert found["zwgk/pic/"].text == "信息公开专栏"
    assert found["zwgk/nb/t2.html"].is_entry and not found["c/"].is_entry


def test_a_flood_of_links_is_cut() -> None:
    markup = "<html>" + "".join(f'<a href="/{n}.html">{n}年</a>' for n in range(100_000))
    assert len(links(Page(HOST, markup.encode()))) == 5000


@pytest.mark.parametrize(("one", "other"), [
    ("http://a.gov.cn/x/index.html", "https://A.GOV.CN:443/x/"),
    ("http://a.gov.cn/x?open=1&area=2", "http://a.gov.cn/x?area=2&open=1"),
    ("http://a.gov.cn/x.html?isMobile=true&uid=3", "http://a.gov.cn/x.html"),
    ("http://a.gov.cn/x;jsessionid=ABC?id=1", "http://a.gov.cn/x?id=1"),
    ("http://a.gov.cn./x.html#top", "http://a.gov.cn/x.html"),
])
def test_two_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert key(joined(one, "") or "") == key(joined(other, "") or "")


@pytest.mark.parametrize(("one", "other"), [
    ("http://a.gov.cn/NKQZF/", "http://a.gov.cn/nkqzf/"),
    ("http://a.gov.cn/x?open=zfxxgkzn", "http://a.gov.cn/x?open=zfxxgknb"),
    ("http://a.gov.cn/gkmlpt/annualreport#1", "http://a.gov.cn/gkmlpt/annualreport#2"),
    ("http://a.gov.cn/", "http://b.gov.cn/"),
])
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert key(joined(one, "") or "") != key(joined(other, "") or "")


def test_the_big5_gateway_is_unwrapped() -> None:
    assert unwrapped("http://big5.a.gov.cn/gate/big5/www.a.gov.cn/x/1.html?a=1") == "http://www.a.gov.cn/x/1.html?a=1"


@pytest.mark.parametrize(("url", "allowed"), [
    ("http://a.gov.cn/", True), ("https://x.y.a.gov.cn/", True), ("http://ba.gov.cn/", False),
    ("http://a.gov.cn:8080/", False), ("http://127.0.0.1:81/", True), ("http://127.0.0.1/", False),
    ("http://user@a.gov.cn/", False), ("ftp://a.gov.cn/", False), ("http://a.gov.cn.evil.com/", False),
    ("http://[::1]/", False), ("http://[", False),
])
def test_only_named_hosts_are_allowed(url: str, allowed: bool) -> None:
    assert is_allowed(url, ("a.gov.cn", "127.0.0.1:81")) is allowed
