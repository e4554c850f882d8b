"""Lists of static pages: createPageHTML in both dialects, VSB's descending numbers, 下一页."""

import pytest

from crawler.listings import Step, listing
from crawler.pages import Page

HOST = "http://www.example.gov.cn/"


def steps(path: str, markup: str) -> tuple[str, list[str]]:
    found = listing(Page(HOST + path, f"<html><body>{markup}</body></html>".encode()))
    assert found is not None
    return found[0], [s.url.removeprefix(HOST) for s in found[1].steps]


@pytest.mark.parametrize(("path", "call", "following"), [
    ("nb/", 'createPageHTML(3, 0, "index", "html");', ["nb/index_1.html"]),
    ("nb/index_1.html", "createPageHTML(3,1,'index','html',41)", ["nb/index_2.html"]),
    ("nb/index_2.html", "createPageHTML(3,2,'index','html',41)", []),
    ("nb/", 'createPageHTML(1, 0, "index", "html");', []),
    ("nb/list.shtml", "createPageHTML('page_div', 11, 1, 'list', 'shtml', 154);", ["nb/list_2.shtml"]),
    ("nb/list_10.shtml", "createPageHTML('page_div', 11, 10, 'list', 'shtml', 154);", ["nb/list_11.shtml"]),
    ("nb/list_11.shtml", "createPageHTML('page_div', 11, 11, 'list', 'shtml', 154);", []),
])
def test_create_page_html_counts_from_0_or_from_1(path: str, call: str, following: list[str]) -> None:
    assert steps(path, f"<script>{call}</script>") == ("trs_static", following)


def test_the_definition_of_the_function_is_no_call() -> None:
    markup = "<script>function createPageHTML(a, b, c, d){}\ncreatePageHTML(2, 0, 'index', 'htm');</script>"
    assert steps("a/", markup) == ("trs_static", ["a/index_1.htm"])


def test_the_total_of_a_list_is_kept() -> None:
    found = listing(Page(HOST, b"<html><script>createPageHTML(3,0,'index','html',41)</script></html>"))
    assert found is not None and found[1].total == 41


@pytest.mark.parametrize("words", ["下一页", "下页", "[下一页]", "下一页 >", "&gt;", "Next", "下一頁"])
def test_any_link_called_next_is_followed(words: str) -> None:
    assert steps("list.htm", f'<a href="list2.htm">{words}</a>') == ("generic", ["list2.htm"])


def test_a_next_link_to_the_page_itself_is_the_end() -> None:
    assert listing(Page(HOST + "list.htm", '<html><a href="list.htm">下一页</a></html>'.encode())) is None


def test_vsb_follows_the_link_and_not_the_number() -> None:
    markup = ('<span class="p_pages"><span class="p_t">1/11</span><span class="p_next p_fun">'
              '<a href="zbgg/10.htm">下页</a></span></span>')
    assert steps("zbgg.htm", markup) == ("vsb", ["zbgg/10.htm"])


@pytest.mark.parametrize(("path", "shown", "following"), [
    ("zbgg.htm", "1/11", ["zbgg/10.htm"]), ("zbgg/10.htm", "2/11", ["zbgg/9.htm"]), ("zbgg/1.htm", "11/11", []),
])
def test_vsb_counts_down_where_no_link_is_there(path: str, shown: str, following: list[str]) -> None:
    markup = f'<div id="vsb_content"></div><span class="p_t">{shown}</span>'
    assert steps(path, markup) == ("vsb", following)


def test_a_page_without_a_list_has_none() -> None:
    assert listing(Page(HOST, "<html><p>欢迎</p></html>".encode())) is None
    assert Step(HOST).form == ""
