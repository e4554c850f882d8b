"""Hanweb, old and new: datastore with dataproxy, xxgkAnnualReport.jsp, JPAAS units."""

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from tests.portals.markup import CITY, DECOYS, OFFICES, TOWNS, Item, distract, hub, page, publish, report, stranger
from tests.portals.site import JSON, Answer, Page, Request, Site, text

HOME = "http://www.jcms.test/"
GROUP, TOTAL = 45, 100
IDS = "appid=1&webid=3&path=/&columnid=100&sourceContentType=1&unitid=423656&webname={name}&permissiontype=0"
NAME = quote(quote("样州市政府"))
PROXY = "/module/web/jpage/dataproxy.jsp"


def jcms() -> Site:
    """A list of 100 records in groups of 45, the first inline, the others by GET or POST of the proxy."""
    site = Site("hanweb-jcms", ("www.jcms.test",), HOME)
    stranger(site, "www.jcms.test")
    site.put(HOME, hub("样州市人民政府", [("政府信息公开", "/col/col90/index.html")]))
    links = [
        ("信息公开指南", "/col/col91/index.html"),
        ("信息公开年报", "/col/col100/index.html"),
        ("部门年报", "/col/col110/index.html"),
    ]
    site.put(f"{HOME}col/col90/index.html", hub("政府信息公开", links))
    items = records(site)
    site.put(f"{HOME}col/col100/index.html", store_page("信息公开年报", items))
    site.put(HOME[:-1] + PROXY, proxy(items))
    silent(site)
    return site


def records(site: Site) -> list[Item]:
    """94 reports of three years, five decoys, one report that lies in another column."""
    bodies = [*OFFICES, *TOWNS][:32]
    facts = [(issuer, year) for year in (2022, 2021, 2020) for issuer in bodies][:94]
    items = [
        publish(site, f"{HOME}art/{y + 1}/1/{1 + n % 28}/art_100_{5000 + n}.html", i, y)
        for n, (i, y) in enumerate(facts)
    ]
    items[7:7] = [
        distract(site, f"{HOME}art/2022/2/1/art_100_{9000 + n}.html", title) for n, title in enumerate(DECOYS)
    ]
    other = publish(site, f"{HOME}art/2022/1/19/art_101_7000.html", "样州市公安局", 2021)
    return [*items[:60], other, *items[60:]]


def record(item: Item) -> str:
    """A record: the text is cut, @title is whole, the date is split by a line feed; only strangers get a host."""
    here = item.address.removeprefix(HOME.rstrip("/"))
    link = here if "art_100_" in here else item.address.replace(".test/", ".test:@PORT@/")
    date = item.date[:8] + "\n" + item.date[8:]
    return (
        f'<record><![CDATA[\n<li><a href="{link}" title="{item.title}" target="_blank">{item.title[:12]}...</a>'
        f"<b>{date}</b></li>]]></record>\n"
    )


def store(items: Sequence[Item], following: int | None) -> str:
    """A datastore as the proxy answers it: junk between the records, an ampersand that XML would not have."""
    address = f"{PROXY}?page={following}&{IDS.format(name=NAME)}"
    group = f'<nextgroup><![CDATA[<a href="{address}"></a>]]></nextgroup>' if following else ""
    return f"<datastore>\n{group}\n<recordset>\n{'<!-- & -->&'.join(map(record, items))}</recordset>\n</datastore>"


def store_page(title: str, items: Sequence[Item]) -> str:
    """The list page: the first group inline, the pager in a call."""
    call = f"$('#u').jpage({{proxyUrl:'{PROXY}', totalRecord:{len(items)}, perPage:15, groupSize:3}});"
    body = f'<div id="423656"><script type="text/xml">{store(items[:GROUP], 1)}</script></div>\n<script>{call}</script>'
    return page(title, body, crumbs=f"政府信息公开 &gt; {title}")


def proxy(items: Sequence[Item]) -> Page:
    """Groups by `page` (GET), or records startrecord…endrecord (GET or POST with the ids in the body)."""

    def answer(request: Request) -> Answer:
        asked = request.query | request.form
        if not {"columnid", "unitid", "webid"} <= asked.keys():
            return text("<datastore></datastore>", "text/xml")
        if "startrecord" in asked:
            start, end = int(asked["startrecord"]) - 1, int(asked["endrecord"])
            return text(store(items[start:end], None), "text/xml; charset=utf-8")
        n = int(asked.get("page", "0"))
        rest = items[(n + 1) * GROUP :]
        return text(store(items[n * GROUP : (n + 1) * GROUP], n + 1 if rest else None), "text/xml; charset=utf-8")

    return answer


def silent(site: Site) -> None:
    """A column whose ids are encrypted and whose proxy answers 54 empty bytes; its anchors stand in the page."""
    items = [
        publish(site, f"{HOME}art/2023/1/{n + 10}/art_110_{n}.html", issuer, 2022)
        for n, issuer in enumerate(TOWNS[-4:], 1)
    ]
    address = "/module/jpage/dataproxy.jsp?page=1&appid=1&webid=3&columnid=a1F%2Bx9&unitid=Zk%3D"
    anchors = "\n".join(
        f'<li><a href="/{i.address.removeprefix(HOME)}" title="{i.title}">{i.title}</a></li>' for i in items
    )
    group = f'<nextgroup><![CDATA[<a href="{address}"></a>]]></nextgroup>'
    inline = f'<script type="text/xml"><datastore>{group}</datastore></script>'
    site.put(
        f"{HOME}col/col110/index.html",
        page("部门年报", f"<ul>{anchors}</ul>{inline}", crumbs="政府信息公开 &gt; 部门年报"),
    )
    site.put(f"{HOME}module/jpage/dataproxy.jsp", Answer(b"<datastore><recordset></recordset></datastore>".ljust(54)))


AREAS = {"11330683002585014B": f"{CITY}商务局", "11330683002585022W": f"{CITY}水务局"}
JSP = "http://www.annualreport.test/module/xxgk/xxgkAnnualReport.jsp"


def annual() -> Site:
    """xxgkAnnualReport.jsp: one organ and year a page; an unknown year is 200 with an empty template."""
    home = "http://www.annualreport.test/"
    site = Site(
        "hanweb-annualreport", ("www.annualreport.test",), home, portal={"area": list(AREAS), "years": [2018, 2023]}
    )
    menu = [(f"{name}年报", f"{JSP.removeprefix(home[:-1])}?area={area}&fbtime=2022") for area, name in AREAS.items()]
    site.put(home, hub("样州市人民政府", [("政府信息公开年报", "/col/col7/index.html")]))
    site.put(f"{home}col/col7/index.html", hub("政府信息公开年报", menu, "政府信息公开年报"))
    for area, name in AREAS.items():
        for year in range(2019, 2023):
            site.reports[f"{JSP}?area={area}&fbtime={year}"] = name, year

    def organ(request: Request) -> Answer:
        area, year = request.query.get("area", ""), int(request.query.get("fbtime") or 0)
        if area in AREAS and 2019 <= year <= 2022:
            return text(report(AREAS[area], year, wrap='id="zoom"'))
        return text(page("政府信息公开年报", '<div id="zoom"><h1></h1></div>', crumbs="政府信息公开年报"))

    site.put(JSP, organ)
    return site


UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ROWS = 15


def jpaas() -> Site:
    """Two units on the list page, one of them not a list of articles; a second column repeats page 1 for ever."""
    home = "http://www.jpaas.test/"
    site = Site("jpaas", ("www.jpaas.test",), home)
    stranger(site, "www.jpaas.test")
    site.put(home, hub("样州市人民政府", [("政府信息公开", "/col/1_1/index.html")]))
    links = [("政府信息公开年报", "/col/18073_668815/index.html"), ("乡镇年报", "/col/18074_668816/index.html")]
    site.put(f"{home}col/1_1/index.html", hub("政府信息公开", links))
    items = [
        article(site, issuer, year, n)
        for n, (issuer, year) in enumerate((o, y) for y in (2022, 2021) for o in OFFICES[:20])
    ]
    items[4:4] = [distract(site, f"{home}art/2022/art_{n:032x}.html", DECOYS[n]) for n in (0, 1)]
    towns = [article(site, issuer, 2022, 100 + n) for n, issuer in enumerate(TOWNS[:6])]
    site.put(f"{home}col/18073_668815/index.html", unit_page("政府信息公开年报", "list1", "menu1"))
    site.put(f"{home}col/18074_668816/index.html", unit_page("乡镇年报", "list2"))
    lists = {"list1": (items, False), "list2": (towns, True)}
    site.put(home[:-1] + UNIT, units(lists))
    return site


def article(site: Site, issuer: str, year: int, n: int) -> Item:
    """Shape B2: the year of publication and 32 hex digits."""
    return publish(site, f"http://www.jpaas.test/art/{year + 1}/art_{year * 1000 + n:032x}.html", issuer, year)


def unit_page(title: str, *tags: str) -> str:
    """A page that says where its units are to be had; the vendor spells bulidstatic."""
    query = (
        "{{'parseType':'bulidstatic','webId':'w1','tplSetId':'t1','pageType':'column','tagId':'{}',"
        "'editType':'null','pageId':'p1'}}"
    )
    parts = (f'<div class="unit" url="{UNIT}" queryData="{query.format(tag)}"></div>' for tag in tags)
    return page(title, "\n".join(parts), crumbs=f"政府信息公开 &gt; {title}")


def units(lists: dict[str, tuple[list[Item], bool]]) -> Page:
    """The unit service: HTML in JSON, page by paramJson; a stuck list answers page 1 whatever is asked."""

    def answer(request: Request) -> Answer:
        tag = request.query.get("tagId", "")
        if request.query.get("parseType") != "bulidstatic" or tag not in lists:
            return text(
                json.dumps({"success": True, "data": {"html": '<ul class="menu"><li>栏目导航</li></ul>'}}), JSON
            )
        items, is_stuck = lists[tag]
        asked = json.loads(request.query.get("paramJson") or '{"pageNo":1}')
        start = 0 if is_stuck else (int(asked["pageNo"]) - 1) * ROWS
        count = 60 if is_stuck else len(items)
        lines = "".join(
            f'<li class="clearfix"><a href="{re.sub("^http://[^/]+", "", i.address)}" title="{i.title}">{i.title}</a>'
            f'<span class="bt-right">{i.date}</span></li>'
            for i in items[start : start + ROWS]
        )
        html = f'<ul>{lines}</ul><div class="pagination" rows="{ROWS}" count="{count}"></div>'
        return text(json.dumps({"success": True, "code": "200", "data": {"html": html}}, ensure_ascii=False), JSON)

    return answer
