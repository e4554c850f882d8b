"""What discovery makes of a page: its kind, where it leads, when a list ends, what the budget lets through."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.explore import Look, look
from crawler.frontier import Frontier, Target
from crawler.pages import Page, decoded
from crawler.portals import Portal
from crawler.schedule import plan
from crawler.shells import frames, targets
from crawler.sitemaps import is_sitemap
from crawler.tours import Tour

HOST = "http://www.example.gov.cn/"
NOTHING = plan((), datetime(2026, 1, 2, tzinfo=UTC))
TITLE = "甲局2021年政府信息公开工作年度报告"
REPORT = f"""<html><head><meta name="ArticleTitle" content="{TITLE}"></head><body><h1>甲局</h1>
<p>一、总体情况</p><p>本局……</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p>
<p>五、存在的主要问题及改进情况</p>
<a href="a.pdf">附件</a> <a href="/xw/">新闻</a> <a href="2020.html">2020年</a></body></html>"""


def portal(**more: Any) -> Portal:
    given: dict[str, Any] = {"id": "p", "name": "p", "region": "620500", "level": "city", "home": HOST,
                                "hosts": ("example.gov.cn",)}
    return Portal(**(given | more))


def seen(markup: str, **more: Any) -> Look:
    return look(Page(HOST + "nb/2021.html", markup.encode()), Target(HOST + "nb/2021.html", **more))


def test_a_report_is_one_by_its_headings_and_leads_to_files_and_sibling_years_only() -> None:
    found = seen(REPORT)
    assert (found.kind, found.is_report) == ("report", True)
    assert [(c.url.removeprefix(HOST), c.reason) for c in found.children] == [
        ("nb/a.pdf", "attachment"), ("nb/2020.html", "link")]


@pytest.mark.parametrize("title", [
    "关于印发《政府信息公开工作年度报告格式》的通知", "2021年政府网站工作年度报表", "首页",
])
def test_headings_without_a_reports_title_are_no_report(title: str) -> None:
    assert not seen(REPORT.replace(TITLE, title)).is_report


def test_a_column_is_a_list_and_plain_names_below_it_are_followed() -> None:
    rows = "".join(f"<li><a href='t{n}.html'>第{n}镇</a> 2022-01-1{n}</li>" for n in range(3))
    call = "<script>createPageHTML(2,0,'index','html')</script>"
    found = seen(f"<html><div class='crumbs'>当前位置：首页 政府信息公开年报</div>{rows}{call}</html>")
    assert (found.kind, found.is_column, found.mechanism) == ("list", True, "trs_static")
    assert len([c for c in found.children if c.score >= 25]) == 4


def test_a_list_that_shows_no_annual_report_is_followed_for_three_pages() -> None:
    rows = "<a href='1.html'>公告</a><a href='index_1.html'>下一页</a>"
    reasons = [[c.reason for c in seen(f"<html>{rows}</html>", number=n).children].count("list") for n in (1, 2, 3)]
    assert reasons == [1, 1, 0]


@pytest.mark.parametrize("markup", [
    '<html><meta http-equiv="refresh" content="0;url=./jgzz/"></html>',
    '<html><script>location.replace("./jgzz/")</script></html>',
    "<html><script>window.location.href = './jgzz/';</script><body></body></html>",
    "<html><body onload=\"location='./jgzz/'\"></body></html>",
])
def test_shells_are_resolved_without_a_browser(markup: str) -> None:
    assert targets(Page(HOST, markup.encode())) == (HOST + "jgzz/",)
    found = look(Page(HOST, markup.encode()), Target(HOST, score=50))
    assert (found.kind, [(c.url, c.score, c.hops) for c in found.children]) == ("shell", [(HOST + "jgzz/", 50, 1)])


def test_a_full_page_with_a_script_is_no_shell() -> None:
    script = "<script>function go(){ location.href='/a/'; }</script>"
    markup = f"<html>{script}<p>{'字' * 3000}</p><a href='/'>x</a></html>"
    assert targets(Page(HOST, markup.encode())) == ()
    assert frames(Page(HOST, b'<html><iframe src="nb.html"></iframe></html>')) == (HOST + "nb.html",)


@pytest.mark.parametrize(("encoding", "declared"), [
    ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("big5", "big5"), ("utf-8", "gb2312"),
])
def test_pages_are_decoded_whatever_they_declare(encoding: str, declared: str) -> None:
    body = f'<html><meta charset="{declared}"><p>政府信息公開年度報告</p>'.encode(encoding)
    assert "政府信息公開年度報告" in decoded(body, "text/html")


def test_the_best_address_comes_first_and_each_but_once() -> None:
    frontier = Frontier(portal(min_reports=0))
    frontier.add([Target(HOST + "a", score=30), Target(HOST + "b", score=90), Target(HOST + "b?uid=1", score=90)])
    frontier.add([Target(HOST + "a", score=95)])
    taken = [frontier.take(), frontier.take(), frontier.take()]
    assert [t and (t.url, t.score) for t in taken] == [(HOST + "a", 95), (HOST + "b", 90), None]
    assert frontier.ended == "complete" and list(frontier.left()) == []


def test_foreign_deep_and_cloned_addresses_are_never_taken() -> None:
    frontier = Frontier(portal(clones=("clone.example.gov.cn",), max_depth=2))
    frontier.add([Target("http://other.com/a", score=90), Target("http://clone.example.gov.cn/", score=90),
                  Target(HOST + "deep", score=90, depth=3)])
    assert frontier.take() is None
    assert [(left.url, left.reason) for _, left in frontier.left()] == [
        ("http://other.com/a", "external"), ("http://clone.example.gov.cn/", "external"), (HOST + "deep", "depth")]


def test_weak_links_are_tried_only_while_reports_are_missing_and_nothing_is_outstanding() -> None:
    frontier = Frontier(portal(min_reports=2))
    frontier.add([Target(HOST + "weak", score=7, depth=3)])
    assert frontier.take(is_idle=False) is None
    frontier.reports = 2
    assert frontier.take() is None
    frontier.reports = 1
    assert frontier.take() == Target(HOST + "weak", score=7, depth=3)


def test_a_list_ends_where_a_page_repeats_or_its_share_is_used() -> None:
    tour = Tour(portal(max_list_pages=3), Frontier(portal()), NOTHING)
    first, second = (seen(f"<html><a href='{n}.html'>甲局202{n}年政府信息公开年报</a></html>") for n in (1, 2))
    step = Target(HOST + "index_1.html", reason="list", chain="nb", number=2)
    assert tour.goes_on(step, first)
    assert not tour.goes_on(step, first)
    assert tour.goes_on(Target(HOST + "index_2.html", reason="list", chain="nb", number=3), second)
    third = seen("<html><a href='3.html'>甲局2023年政府信息公开年报</a></html>")
    assert not tour.goes_on(Target(HOST + "index_3.html", reason="list", chain="nb", number=4), third)


def test_the_home_page_in_place_of_another_is_seen_through() -> None:
    tour = Tour(portal(), Frontier(portal()), NOTHING)
    home = Page(HOST, f"<html><p>{'欢迎访问样州市人民政府门户网站' * 30}</p></html>".encode())
    assert not tour.is_repeated(Target(HOST), home)
    assert tour.is_repeated(Target(HOST + "nb/2021.html"), home)
    assert not tour.is_repeated(Target(HOST), home)


def test_sitemaps_name_the_columns() -> None:
    text = f"<?xml version='1.0'?><urlset><url><loc>{HOST}zfxxgknb/</loc></url><url><loc>{HOST}xw/</loc></url></urlset>"
    found = look(Page(HOST + "sitemap.xml", text.encode()), Target(HOST + "sitemap.xml"))
    assert is_sitemap(text) and [c.url for c in found.children] == [HOST + "zfxxgknb/"]


@pytest.mark.parametrize(("markup", "words"), [
    ("<p>一<b>二</b></p><p>三&nbsp;四</p>", "一 二 三 四"),
    ("<p>1<2，3 > 2<br>下</p>", "1<2，3 > 2 下"),
    ("<script>var a = '<p>甲</p>'</SCRIPT><style>p{}</style><!-- <p>乙</p> --><p>丙</p>", "丙"),
    ("<noscript>请开启脚本</noscript><p>丁</p>", "丁"),
    ("<p>戊</p><script>document.write('己')", "戊"),
    ("<title>题</title><td>庚</td>", "题 庚"),
    ('{"title": "辛"}', ""),
])
def test_words_are_what_a_reader_sees(markup: str, words: str) -> None:
    assert Page(HOST, markup.encode()).words == words


def test_title_and_metas_stand_in_the_head_or_anywhere() -> None:
    head = Page(HOST, "<html><head><title>甲</title><meta name=ColumnName content='乙'></head><body>丙</body>".encode())
    assert (head.title, head.column) == ("甲", "乙")
    late = Page(HOST, "<html><body><p>丙</p><title>甲</title><meta name='ArticleTitle' content='首页 > 丁'>".encode())
    assert late.title == "首页 > 丁"


def test_many_openings_without_an_end_cost_no_time() -> None:
    for opening in ("<!--", "<script>", "<noscript>", "<noscript ", "<a href=1>", "<a ", "<a href=1>x<b>", "<meta ",
                    "<", ' style="'):
        opened = Page(HOST, ("<html>" + opening * 200_000).encode())
        assert opened.words is not None and opened.anchors in (None, ())


def test_style_attributes_are_not_read_and_nothing_else_is_lost_with_them() -> None:
    opened = Page(HOST, '<p style="color:red">甲<a style="x" href="1.html">乙</a></p><p style=>丙"</p>'.encode())
    assert opened.words == '甲 乙 丙"' and opened.anchors == ('<a href="1.html">乙</a>',)
