"""Reports of one folder carry the same menu: it is looked at once, and nothing that a single report has is missed."""

from crawler.explore import look
from crawler.frontier import Target
from crawler.pages import Page
from crawler.printed import Printed

HOST = "http://www.example.gov.cn/nb/"
TITLE = "甲局{}年政府信息公开工作年度报告"
MENU = "".join(f'<li><a href="/lm/{n}.html" title="第{n}栏">第{n}栏</a></li>' for n in range(5)) + (
    f'<li><a href="/gk/2019.html">{TITLE.format(2019)}</a></li>')
REPORT = """<html><head><title>{title}</title></head><body><ul>{menu}</ul><p>一、总体情况</p><p>二、主动公开</p>
<p>三、收到和处理政府信息公开申请情况</p>{own}</body></html>"""


def children(printed: Printed | None, year: int, own: str = "", menu: str = MENU, **more: int) -> list[str]:
    markup = REPORT.format(title=TITLE.format(year), menu=menu, own=own)
    opened = Page(f"{HOST}{year}.html", markup.encode())
    seen = look(opened, Target(opened.url, score=more.get("score", 50), depth=more.get("depth", 2)), printed=printed)
    assert seen.is_report
    return [child.url for child in seen.children]


def test_what_every_report_prints_is_offered_once_and_its_own_links_each_time() -> None:
    printed = Printed()
    first = children(printed, 2020, '<a href="2020.pdf">附件</a>')
    assert first == children(None, 2020, '<a href="2020.pdf">附件</a>')
    assert {f"{HOST}2020.pdf", "http://www.example.gov.cn/gk/2019.html"} == set(first)
    assert children(printed, 2021, '<a href="2021.pdf">附件</a>') == [f"{HOST}2021.pdf"]
    assert children(printed, 2022) == []


def test_a_report_reached_by_a_better_link_or_nearer_offers_its_links_anew() -> None:
    printed = Printed()
    children(printed, 2020)
    assert children(printed, 2021, score=80) == children(printed, 2022, depth=1) == children(None, 2022)


def test_an_address_that_is_a_query_leads_elsewhere_from_each_report() -> None:
    printed, own = Printed(), '<a href="?file=1.pdf">2019年政府信息公开年报</a>'
    for year in (2020, 2021):
        assert f"{HOST}{year}.html?file=1.pdf" in children(printed, year, own)


def test_anchors_that_the_source_does_not_tell_are_taken_from_the_tree_each_time() -> None:
    printed, open_anchor = Printed(), '<a href="a.pdf">附件一 <a href="b.pdf">附件二</a>'
    for year in (2020, 2021):
        assert {f"{HOST}a.pdf", f"{HOST}b.pdf"} <= set(children(printed, year, open_anchor))
    base = '<base href="/other/"><a href="c.pdf">附件三</a>'
    for year in (2020, 2021):
        assert "http://www.example.gov.cn/other/c.pdf" in children(printed, year, base)
