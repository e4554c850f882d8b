"""The replicas answer as the systems do that they stand for, traps included."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import cast
from urllib.parse import urlencode, urlsplit

import pytest
from twisted.internet.base import ReactorBase
from twisted.internet.testing import MemoryReactorClock

from crawler.portals import portals
from tests.portals import hostile, vsb
from tests.portals.dns import Resolver
from tests.portals.everything import browser, hostile_hosts, mechanisms
from tests.portals.hanweb import PROXY, UNIT
from tests.portals.reports import drawn
from tests.portals.server import ADDRESS, Running, serving
from tests.portals.site import Answer, Request, Site
from tests.sample.form import APPLICANTS, keys, results

SITES = {site.name: site for site in [*mechanisms(), *browser(), *hostile_hosts()]}


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with serving(SITES.values()) as running:
        yield running


def ask(
    running: Running, address: str, form: dict[str, str] | None = None, **headers: str
) -> tuple[HTTPResponse, bytes]:
    """One request to a replica; the connection goes to loopback, the Host header names the site."""
    parts = urlsplit(running.url(address))
    connection = HTTPConnection(ADDRESS, running.port, timeout=10)
    named = {"Host": parts.netloc} | headers
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request("POST" if form else "GET", target or "/", urlencode(form) if form else None, named)
    response = connection.getresponse()
    body = response.read() if response.getheader("Content-Length") else b""
    connection.close()
    return response, body


def split(address: str) -> tuple[str, str]:
    """Host and target of an address."""
    host, _, target = address.removeprefix("http://").partition("/")
    return host, f"/{target}"


def seen(running: Running, address: str, form: dict[str, str] | None = None) -> str:
    """Text of a page that is there."""
    response, body = ask(running, address, form)
    assert response.status == 200, address
    return body.decode()


@pytest.mark.parametrize("name", [site.name for site in [*mechanisms(), *browser()]])
def test_every_report_stands_where_the_truth_says(running: Running, name: str) -> None:
    site = SITES[name]
    for address, (issuer, year) in (site.reports | site.late).items():
        _, body = ask(running, address)
        text = body.decode("gbk" if name == "trs-gbk" else "utf-8")
        assert f"{issuer}{year}年政府信息公开工作年度报告" in text
        assert drawn(issuer, year).printed["requests", "result_total", "total"] is not None
    for second, first in site.also_at.items():
        table = re.compile(r"<table border.*</table>", re.DOTALL)
        found = [table.search(seen(running, address)) for address in (first, second)]
        assert found[0] and found[1]
        assert found[0][0] == found[1][0]
    assert not site.decoys & (site.reports.keys() | site.also_at.keys())


@pytest.mark.parametrize("name", list(SITES))
def test_whole_addresses_in_pages_carry_the_port(name: str) -> None:
    for address, page in SITES[name].pages.items():
        answer = page if isinstance(page, Answer) else page(Request("GET", *split(address)))
        headers = "".join(value for _, value in answer.headers)
        bare = re.findall(rb"http://[a-z.-]+\.test(?!:)", answer.body + headers.encode())
        assert bare == [], address


def test_there_is_a_replica_for_every_mechanism() -> None:
    wanted = {
        "trs",
        "trs-gbk",
        "hanweb-jcms",
        "hanweb-annualreport",
        "jpaas",
        "gkmlpt",
        "vsb",
        "ucap",
        "openness",
        "sd-channel",
        "shells",
        "restless",
    }
    assert wanted <= SITES.keys()
    assert sum(len(site.reports) for site in mechanisms()) > 300


@pytest.mark.parametrize("name", list(SITES))
def test_portal_files_of_replicas_are_valid(running: Running, name: str, tmp_path: Path) -> None:
    path = tmp_path / "portal.toml"
    path.write_text(SITES[name].toml(running.port), "utf-8")
    (portal,) = portals(str(path))
    assert portal.id == name
    assert urlsplit(portal.home).netloc in portal.hosts


def test_drawn_figures_obey_the_sums() -> None:
    for year in (2019, 2022):
        figures = drawn("样州市水务局", year)
        form = figures.edition
        assert figures.values.keys() == set(keys(form))
        for column in APPLICANTS:
            cell = {k[1]: int(v) for k, v in figures.values.items() if k[0] == "requests" and k[2] == column}
            rows = [key for group in results(form).values() for key in group if key != "result_total"]
            assert cell["result_total"] == sum(cell[row] for row in rows)
            assert cell["received_new"] + cell["carried_over_in"] == cell["result_total"] + cell["carried_over_out"]


def test_trs_counts_from_0_and_refreshes_past_the_end(running: Running) -> None:
    base = "http://xxgk.trs.test/zfxxgknb/2021n_5715/szbm/"
    first = seen(running, base)
    assert 'createPageHTML(3, 0, "index", "html", 15)' in first
    assert re.search(r'href="\./202201/t2022011\d_\d+\.html"', first)
    assert "<span>01-15</span>" in first
    assert "样州市政府网站工作年度报表" in first
    assert len(re.findall('<li><a href="./', seen(running, f"{base}index_2.html"))) == 5
    assert "url=./" in seen(running, f"{base}index_3.html")
    assert f"//xxgk.trs.test:{running.port}/" in seen(running, "http://www.trs.test/")


def test_gbk_pages_are_undeclared_and_one_lies(running: Running) -> None:
    types = {ask(running, address)[0].getheader("Content-Type") for address in SITES["trs-gbk"].reports}
    assert types == {"text/html", "text/html; charset=utf-8"}
    for address in SITES["trs-gbk"].reports:
        body = ask(running, address)[1]
        assert "政府信息公开" in body.decode("gbk")
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


def test_restless_list_turns_and_keeps_its_first_line(running: Running) -> None:
    address = "http://www.restless.test/zfxxgk/zfxxgknb/"
    lists = [re.findall(r'<li><a href="([^"]+)"', seen(running, address)) for _ in range(2)]
    assert lists[0] != lists[1]
    assert sorted(lists[0]) == sorted(lists[1])
    assert lists[0][0] == lists[1][0]


def test_jcms_gives_groups_by_get_and_ranges_by_post(running: Running) -> None:
    page = seen(running, "http://www.jcms.test/col/col100/index.html")
    assert page.count("<record>") == 45
    assert "totalRecord:100, perPage:15" in page
    following = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', page)
    assert following
    second = seen(running, f"http://www.jcms.test{following[1]}")
    third = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', second)
    assert third
    last = seen(running, f"http://www.jcms.test{third[1]}")
    assert (second.count("<record>"), last.count("<record>"), "nextgroup" in last) == (45, 10, False)
    ids = {"col": "1", "appid": "1", "webid": "3", "path": "/", "columnid": "100", "unitid": "423656"}
    ranged = seen(running, f"http://www.jcms.test{PROXY}?startrecord=46&endrecord=65&perpage=20", ids)
    assert ranged.count("<record>") == 20
    assert "&<record>" in ranged
    assert "...</a><b>2023-01-\n15</b>" in page
    empty = ask(running, "http://www.jcms.test/module/jpage/dataproxy.jsp")[1]
    assert empty.strip() == b"<datastore><recordset></recordset></datastore>"
    assert len(empty) == 54


def test_annual_report_jsp_answers_an_unknown_year_with_an_empty_template(running: Running) -> None:
    base = "http://www.annualreport.test/module/xxgk/xxgkAnnualReport.jsp?area=11330683002585014B"
    assert "样州市商务局2021年" in seen(running, f"{base}&fbtime=2021")
    empty = seen(running, f"{base}&fbtime=2017")
    assert "<h1></h1>" in empty
    assert "<table" not in empty


def test_jpaas_units_page_and_repeat(running: Running) -> None:
    page = seen(running, "http://www.jpaas.test/col/18073_668815/index.html")
    units = re.findall(r'queryData="\{([^}]*)\}"', page)
    assert len(units) == 2
    assert "'parseType':'bulidstatic'" in units[0]

    def lines(tag: str, number: int) -> list[str]:
        asked = json.dumps({"pageNo": number, "pageSize": 15})
        query = urlencode({"parseType": "bulidstatic", "tagId": tag, "paramJson": asked})
        data = json.loads(seen(running, f"http://www.jpaas.test{UNIT}?{query}"))
        return re.findall('<li class="clearfix"><a href="([^"]+)"', data["data"]["html"])

    assert [len(lines("list1", n)) for n in (1, 2, 3, 4)] == [15, 15, 12, 0]
    assert lines("list2", 1) == lines("list2", 7) != []
    assert lines("menu1", 1) == []


def test_gkmlpt_page_0_is_page_1_and_needs_the_site_number(running: Running) -> None:
    index = seen(running, "http://www.gkmlpt.test/gkmlpt/index")
    assert re.search(r"SID: '175'", index)
    assert "{id: 2629, name: '政府信息公开年报'" in index
    api = "http://www.gkmlpt.test/gkmlpt/api/all/2629"
    pages = [json.loads(seen(running, f"{api}?page={n}&sid=175")) for n in (0, 1, 2, 3)]
    assert [len(page["articles"]) for page in pages] == [100, 100, 4, 0]
    assert pages[0] == pages[1]
    first = pages[0]["articles"][0]
    assert first["url"] != first["post_url"]
    assert first["url"].startswith(f"http://www.gkmlpt.test:{running.port}/gkmlpt/content/4/4688/post_")
    assert json.loads(seen(running, f"{api}?page=1&sid=1"))["articles"] == []
    department = json.loads(seen(running, "http://www.gkmlpt.test/nyncj/gkmlpt/api/all/77?page=1&sid=200175"))
    assert department["total"] == 3


@pytest.mark.parametrize(("overflow", "counts"), [(False, ["1/4", "2/4"]), (True, ["1/4", "3/5"])])
def test_vsb_counts_downwards_and_grows(overflow: bool, counts: list[str]) -> None:
    site = vsb.vsb(overflow)
    with serving([site]) as running:
        first = seen(running, "http://www.vsb.test/nb.htm")
        assert '<a href="nb/3.htm">下页</a>' in first
        second = seen(running, "http://www.vsb.test/nb/3.htm")
        assert [re.findall('<span class="p_t">([^<]+)', page)[0] for page in (first, second)] == counts
        (fresh,) = site.late
        assert fresh.rsplit("/", 1)[1] in seen(running, "http://www.vsb.test/nb.htm")


def test_ucap_counts_from_1_and_answers_json(running: Running) -> None:
    first = seen(running, "http://www.ucap.test/yzs/c107687/list.shtml")
    assert "createPageHTML('page_div', 3, 1, 'list', 'shtml', 18)" in first
    assert ask(running, "http://www.ucap.test/yzs/c107687/list_3.shtml")[0].status == 200
    assert ask(running, "http://www.ucap.test/yzs/c107687/list_4.shtml")[0].status == 404
    call = re.search(r"/common/search/\w+\?[^']+page=", seen(running, "http://www.ucap.test/yzs/c107688/nb.shtml"))
    assert call
    data = json.loads(seen(running, f"http://www.ucap.test{call[0]}2"))["data"]
    assert (data["total"], len(data["results"])) == (18, 3)
    assert "<table" in data["results"][0]["contentHtml"]
    assert "zwgk_cont_2021.shtml" in seen(running, "http://www.ucap.test/ycq/c107690/zwgk_cont.shtml")


def test_openness_lists_branches_and_an_empty_unknown_one(running: Running) -> None:
    every = seen(running, "http://www.openness.test/opennessBranchAll?type_id=6")
    branches = re.findall(r"/opennessAnnualReport/\?branch_id=([0-9a-f]{24})", every)
    assert len(branches) == 5
    assert "annual_report/63c" in seen(
        running, f"http://www.openness.test/opennessAnnualReport/?branch_id={branches[0]}"
    )
    assert "年度报告" not in seen(running, "http://www.openness.test/opennessAnnualReport/?branch_id=0")


def test_channels_have_tabs_that_only_the_query_tells_apart(running: Running) -> None:
    base = SITES["sd-channel"].home + "channel_yz_yzswsjchannel201911221748261556996309/"
    assert "doc_" not in seen(running, f"{base}?open=zfxxgkzn")
    assert len(re.findall(r'href="[^"]*doc_[0-9a-f]{24}\.html', seen(running, f"{base}?open=zfxxgknb"))) == 5


def test_shells_lead_on_and_the_missing_is_answered_with_the_home_page(running: Running) -> None:
    shell = seen(running, "http://www.shells.test/")
    assert 'location.replace("./jgzz/")' in shell
    assert len(shell) < 160
    assert "javascript:void(0);window.location='/zfxxgk/'" in seen(running, "http://www.shells.test/jgzz/")
    assert "URL=./main.html" in seen(running, "http://www.shells.test/zfxxgk/")
    assert "/gate/big5/www.shells.test:" in seen(running, "http://www.shells.test/zfxxgk/frame.html")
    assert seen(running, "http://www.shells.test/zfxxgk/nb/2019.html") == seen(running, "http://www.shells.test/jgzz/")


def test_cookie_host_turns_until_it_gets_its_cookie_back(running: Running) -> None:
    first, _ = ask(running, "http://www.cookie.test/")
    assert (first.status, first.getheader("Location")) == (302, "/")
    given = (first.getheader("Set-Cookie") or "").split(";")[0]
    assert ask(running, "http://www.cookie.test/", Cookie=given)[0].status == 200


@pytest.mark.parametrize(
    ("name", "status", "mark"),
    [
        ("ruishu", 412, "$_ts=window['$_ts']"),
        ("jiasule", 521, "jsl_clearance_s"),
        ("acw", 200, "acw_sc__v2"),
        ("edgeone", 200, "EO_Bot_Ssid"),
        ("wzws", 200, "wzwsquestion"),
        ("c3vk", 200, "C3VK"),
        ("forbidden", 403, "403"),
    ],
)
def test_guards_show_their_marks(running: Running, name: str, status: int, mark: str) -> None:
    response, body = ask(running, SITES[name].home)
    assert response.status == status
    assert mark in body.decode()
    assert ask(running, f"{SITES[name].home}robots.txt")[0].status == 404


def test_refusals_by_robots_and_by_rate(running: Running) -> None:
    assert b"Disallow:/  #all" in ask(running, "http://www.robots.test/robots.txt")[1]
    assert ask(running, "http://www.robots500.test/robots.txt")[0].status == 500
    with serving([hostile.throttled(per_second=20)]) as own:
        statuses = [ask(own, "http://www.throttled.test/")[0].status for _ in range(2)]
        assert statuses == [200, 503]
        time.sleep(0.06)
        assert ask(own, "http://www.throttled.test/")[0].status == 200


def test_mazes_have_no_way_out(running: Running) -> None:
    assert ask(running, "http://www.loop.test/zfxxgknb/c")[0].getheader("Location") == "/zfxxgknb/a"
    assert "/list?page=100" in seen(running, "http://www.endless.test/list?page=99")
    assert "/rl?y=2031&m=1" in seen(running, "http://www.calendar.test/rl?y=2030&m=12")
    assert seen(running, "http://www.links.test/gkml/").count("<li>") == 100_000
    response, body = ask(running, "http://www.bomb.test/nb/bomb.html")
    assert response.getheader("Content-Encoding") == "gzip"
    assert len(body) < 2_000_000
    assert len(gzip.decompress(body)) == 512 << 20


def test_slow_host_waits_as_long_as_it_is_told() -> None:
    with serving([hostile.slow(0.3)]) as running:
        start = time.monotonic()
        assert ask(running, "http://www.slow.test/")[0].status == 200
        assert time.monotonic() - start >= 0.3


def test_huge_body_goes_on_until_the_client_leaves(running: Running) -> None:
    connection = HTTPConnection(ADDRESS, running.port, timeout=10)
    connection.request("GET", "/nb/huge.html", headers={"Host": "www.huge.test"})
    response = connection.getresponse()
    assert response.getheader("Content-Length") is None
    assert len(response.read(5_000_000)) == 5_000_000
    response.close()
    connection.close()


def test_names_resolve_without_any_name_server() -> None:
    resolver = Resolver(cast(ReactorBase, MemoryReactorClock()), 0, 1.0)
    found: list[object] = []
    for name in ("www.trs.test", "private.inside.test", "127.0.0.9", "www.gov.cn", "nowhere.test"):
        resolver.getHostByName(name).addBoth(found.append)
    assert found[:3] == ["127.0.0.1", "10.11.12.13", "127.0.0.9"]
    assert ["no address for" in str(failure) for failure in found[3:]] == [True, True]


def test_server_remembers_what_was_asked() -> None:
    site = Site("one", ("www.one.test",), "http://www.one.test/")
    with serving([site]) as running:
        ask(running, "http://www.one.test/x?y=1")
        assert [visit.address for visit in running.asked("one.test")] == ["http://www.one.test/x?y=1"]
        assert ask(running, "http://www.other.test/")[0].status == 421
