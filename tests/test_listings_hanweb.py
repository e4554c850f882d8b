"""Hanweb's lists: datastores and their proxy, JPAAS units, the annual report module."""

import json
from urllib.parse import parse_qs, quote, urlsplit

from crawler.listings import hanweb_annualreport_jsp, hanweb_jpaas, hanweb_jpage
from crawler.pages import Page

SITE = "http://www.example.gov.cn"
PROXY = "/module/web/jpage/dataproxy.jsp"


def record(number: int) -> str:
    title = f"甲局202{number}年政府信息公开工作年度报告"
    return (f"<record><![CDATA[<li><a href='/art/2021/1/{number}/art_9_{number}.html' title='{title}'>{title[:8]}"
            f"...</a><b>2021-01-{number:02}</b></li>]]></record>")


def datastore(group: str, *records: str) -> str:
    inside = "junk & bare".join(records)
    return f"<datastore><nextgroup><![CDATA[{group}]]></nextgroup><recordset>{inside}</recordset></datastore>"


def test_records_are_read_between_junk_and_titles_come_whole() -> None:
    group = f"<a href='{PROXY}?page=2&amp;appid=1&amp;columnid=A%2Bx%3D&amp;unitid=9'></a>"
    markup = f"<html><body><script type='text/xml'>{datastore(group, record(1), record(2))}</script></body></html>"
    found = hanweb_jpage.pages(Page(f"{SITE}/col/col9/index.html", markup.encode()))
    assert found is not None
    assert [link.text for link in found.links] == [f"甲局202{n}年政府信息公开工作年度报告" for n in (1, 2)]
    assert found.links[0].url == f"{SITE}/art/2021/1/1/art_9_1.html"
    assert found.steps[0].url == f"{SITE}{PROXY}?page=2&appid=1&columnid=A%2Bx%3D&unitid=9"
    assert found.steps[0].form == ""


def test_the_proxy_answers_the_same_xml_and_an_empty_answer_ends_the_list() -> None:
    group = f"<a href='{PROXY}?page=3'></a>"
    found = hanweb_jpage.pages(Page(f"{SITE}{PROXY}?page=2", datastore(group, record(3)).encode()))
    assert found is not None and len(found.links) == 1 and found.steps[0].url.endswith("page=3")
    empty = hanweb_jpage.pages(Page(f"{SITE}{PROXY}?page=3", b"<datastore></datastore>" + b" " * 31))
    assert empty is not None and empty.links == () == empty.steps


SETUP = f"""<script>$('#4').jpage({{ itemCount: 2, totalRecord:5, perPage:2, proxyUrl:'{PROXY}',
 ajaxParam: 'col=1&appid=1&webid=3&path=/&columnid=282&sourceContentType=1&unitid=42&webname=a&permissiontype=0'
 }})</script>"""


def test_groups_by_number_are_posted_as_the_pages_own_script_does() -> None:
    markup = f"<html><body><script type='text/xml'>{datastore('', record(1), record(2))}</script>{SETUP}</body></html>"
    first = hanweb_jpage.pages(Page(f"{SITE}/col/col282/index.html", markup.encode()))
    assert first is not None and first.total == 5
    step = first.steps[0]
    assert urlsplit(step.url).query == "startrecord=3&endrecord=4&perpage=2"
    assert parse_qs(step.form)["columnid"] == ["282"] and parse_qs(step.form)["path"] == ["/"]
    answer = "<totalrecord>5</totalrecord>" + datastore("", record(3), record(4))
    second = hanweb_jpage.pages(Page(step.url, answer.encode(), form=step.form))
    assert second is not None
    assert urlsplit(second.steps[0].url).query == "startrecord=5&endrecord=5&perpage=2"
    assert second.steps[0].form == step.form
    third = hanweb_jpage.pages(Page(second.steps[0].url, answer.encode(), form=step.form))
    assert third is not None and third.steps == ()


UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = ("{'parseType':'bulidstatic','webId':'w','tplSetId':'t','pageType':'column','tagId':'信息列表',"
         "'editType':'null','pageId':'p'}")


def test_units_become_requests() -> None:
    unit = f'<script url="{UNIT}" queryData="{QUERY}"></script>'
    found = hanweb_jpaas.pages(Page(f"{SITE}/col/1/", f"<html><body>{unit}{unit}</body></html>".encode()))
    assert found is not None and len(found.steps) == 1
    asked = parse_qs(urlsplit(found.steps[0].url).query)
    assert asked["parseType"] == ["bulidstatic"] and asked["tagId"] == ["信息列表"]


def answer(rows: int, count: int) -> bytes:
    html = ('<li class="clearfix"><a href="/art/2026/art_1.html" title="乙局2025年政府信息公开年度报告">乙局</a>'
            f'<span>2026-01-28</span></li><div class="pagination" rows="{rows}" count="{count}"></div>')
    return json.dumps({"success": True, "data": {"html": html}}).encode()


def test_a_units_answer_names_its_next_page_until_the_count_is_reached() -> None:
    found = hanweb_jpaas.pages(Page(f"{SITE}{UNIT}?webId=w", answer(15, 20)))
    assert found is not None and found.total == 20
    assert found.links[0].url == f"{SITE}/art/2026/art_1.html"
    asked = parse_qs(urlsplit(found.steps[0].url).query)
    assert json.loads(asked["paramJson"][0]) == {"pageNo": 2, "pageSize": 15}
    last = hanweb_jpaas.pages(Page(found.steps[0].url, answer(15, 20)))
    assert last is not None and last.steps == ()


def test_a_refused_unit_has_no_links() -> None:
    refused = f"{SITE}{UNIT}?paramJson={quote('{}')}"
    for body in (b'{"success":false,"data":null}', b"<html>forbidden</html>", b""):
        found = hanweb_jpaas.pages(Page(refused, body))
        assert found is not None and found.links == () == found.steps


MODULE = f"{SITE}/module/xxgk/xxgkAnnualReport.jsp?area=11330683B&fbtime="


def test_a_report_of_the_module_leads_to_the_years_beside_it_and_an_empty_template_nowhere() -> None:
    markup = f"<html><p>{'一、总体情况' * 100}</p></html>"
    found = hanweb_annualreport_jsp.pages(Page(f"{MODULE}2019", markup.encode()))
    assert found is not None
    assert {2018, 2020} <= {int(link.url[-4:]) for link in found.links}
    empty = hanweb_annualreport_jsp.pages(Page(f"{MODULE}2009", b"<html><h1></h1></html>"))
    assert empty is not None and empty.links == ()
    assert hanweb_annualreport_jsp.pages(Page(f"{SITE}/col/1/", b"<html></html>")) is None


def test_the_years_of_an_organ_are_enumerated_latest_first() -> None:
    asked = list(hanweb_annualreport_jsp.addresses(SITE, "X", (2018, 2019)))
    assert [link.url[-11:] for link in asked] == ["fbtime=2019", "fbtime=2018"]
    assert next(hanweb_annualreport_jsp.addresses(SITE, "X")).text.endswith("年政府信息公开工作年度报告")
