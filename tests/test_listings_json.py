"""Lists answered as data: gkmlpt, UCAP, openness, Shandong channels, JSON of any shape."""

import json

from crawler.listings import gkmlpt, json_rows, listing, openness_php, sd_channel, ucap
from crawler.pages import Page

SITE = "http://www.example.gov.cn"
CONFIG = """<html><script>window._CONFIG = { DOMAIN: 'a', SID: '755041', TREE:
 [{"id":11,"name":"机构概况","children":[{"id":2629,"name":"政府信息公开年报","children":[]}]},
 {"id":12,"name":"政府信息公开指南","jump_url":"/zn/"}] };</script></html>"""


def test_gkmlpt_asks_for_the_annual_reports_of_its_tree() -> None:
    found = gkmlpt.pages(Page(f"{SITE}/qynyncj/gkmlpt/index", CONFIG.encode()))
    assert found is not None
    assert [s.url for s in found.steps] == [f"{SITE}/qynyncj/gkmlpt/api/all/2629?page=1&sid=755041"]
    assert [link.url for link in found.links] == [f"{SITE}/zn/"]


def test_gkmlpt_takes_the_category_of_the_fragment_and_reads_a_tree_that_is_no_json() -> None:
    loose = CONFIG.replace('"', "'")
    found = gkmlpt.pages(Page(f"{SITE}/gkmlpt/annualreport#77", loose.encode()))
    assert found is not None
    assert [s.url.split("/")[-1] for s in found.steps] == ["77?page=1&sid=755041", "2629?page=1&sid=755041"]


def articles(total: int) -> bytes:
    return json.dumps({"total": total, "articles": [
        {"title": "丙局2020年政府信息公开工作年度报告", "url": f"{SITE}/gkmlpt/content/1/2/post_2.html",
         "post_url": f"{SITE}/x/post_2.html", "attachment": [{"name": "附件.pdf", "url": "/files/a.pdf"}]},
        {"title": "没有地址", "url": None, "post_url": None}]}).encode()


def test_gkmlpt_answers_have_100_entries_a_page() -> None:
    api = f"{SITE}/gkmlpt/api/all/2629?page=%d&sid=7"
    found = gkmlpt.pages(Page(api % 1, articles(101)))
    assert found is not None and found.total == 101
    assert [link.url for link in found.links] == [f"{SITE}/gkmlpt/content/1/2/post_2.html", f"{SITE}/files/a.pdf"]
    assert found.steps[0].url == api % 2
    last = gkmlpt.pages(Page(api % 2, articles(101)))
    assert last is not None and last.steps == ()
    for broken in (b"", b"[]", b"<html>403</html>", b'{"articles": null}'):
        nothing = gkmlpt.pages(Page(api % 1, broken))
        assert nothing is not None and nothing.links == ()


def test_ucap_searches_are_asked_for_json_and_paged() -> None:
    script = '<html><script>load("/common/search/abc123?_pageSize=2&page=1")</script></html>'
    found = ucap.pages(Page(f"{SITE}/xxgk/list.shtml", script.encode()))
    assert found is not None
    url = found.steps[0].url
    assert "_isJson=true" in url and "_pageSize=2" in url
    body = {"data": {"total": 3, "page": 1, "rows": 2, "results": [
        {"title": "<em>丁县</em>2021年政府信息公开工作年度报告", "url": "/x/c01_1.shtml"}, {"title": "无"}]}}
    answer = ucap.pages(Page(url, json.dumps(body).encode()))
    assert answer is not None
    assert [link.url for link in answer.links] == [f"{SITE}/x/c01_1.shtml"]
    assert answer.links[0].text == "丁县2021年政府信息公开工作年度报告"
    assert "page=2" in answer.steps[0].url
    last = ucap.pages(Page(answer.steps[0].url, json.dumps(body).encode()))
    assert last is not None and last.steps == ()


def test_openness_branches_lead_to_their_annual_reports() -> None:
    markup = '<html><a href="/opennessTarget/?branch_id=5f0a&amp;x=1">乡政府</a><a href="/about">关于</a></html>'
    found = openness_php.pages(Page(f"{SITE}/opennessBranchAll?type_id=6", markup.encode()))
    assert found is not None
    assert [link.url for link in found.links] == [f"{SITE}/opennessAnnualReport/?branch_id=5f0a"]


def test_a_shandong_channel_leads_to_its_annual_report_tab_and_asks_for_the_rows() -> None:
    channel = f"{SITE}/channel_lc_bureau/?open=zfxxgkzn"
    found = sd_channel.pages(Page(channel, b"<html></html>"))
    assert found is not None
    assert found.links[0].url == f"{SITE}/channel_lc_bureau/?open=zfxxgknb"
    tab = '<html><script>$.getJSON("/channel_lc_bureau/rows.json?open=zfxxgknb", draw)</script></html>'
    rows = sd_channel.pages(Page(found.links[0].url, tab.encode()))
    assert rows is not None
    assert [s.url for s in rows.steps] == [f"{SITE}/channel_lc_bureau/rows.json?open=zfxxgknb"]


def test_rows_of_any_shape_are_found() -> None:
    data = {"rows": [{"docTitle": "戊局2022年政府信息公开年报", "docUrl": "doc_1.html"},
                     {"html": "<li><a href='/doc_2.html'>己局</a></li>"}]}
    found = json_rows.pages(Page(f"{SITE}/channel_a/rows.json", json.dumps(data).encode()))
    assert found is not None
    assert [link.url for link in found.links] == [f"{SITE}/channel_a/doc_1.html", f"{SITE}/doc_2.html"]
    assert listing(Page(f"{SITE}/x.json", b'{"a": 1}')) is None
