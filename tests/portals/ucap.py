"""UCAP 开普: list pages counted from 1, lists as JSON with the article inside, a column that is the report."""

import json
from collections.abc import Sequence

from tests.portals.markup import (
    DECOYS,
    OFFICES,
    TOWNS,
    Item,
    chunks,
    distract,
    hub,
    page,
    publish,
    report,
    rows,
    stranger,
)
from tests.portals.reports import body
from tests.portals.site import JSON, Answer, Page, Request, Site, text

HOME = "http://www.ucap.test/"
CHANNEL = "5f3a9c0d1e2b4a6788990a1b2c3d4e5f"
SIZE = 6


def ucap() -> Site:
    """Three ways to a list on one site, and zwgk_cont.shtml, whose years are all that there is of it."""
    site = Site("ucap", ("www.ucap.test",), HOME)
    stranger(site, "www.ucap.test")
    site.put(HOME, hub("样州市人民政府", [("政府信息公开", "/yzs/zfxxgk/zfxxgk.shtml")]))
    links = [
        ("政府信息公开指南", "/yzs/c107600/zn.shtml"),
        ("政府信息公开年报", "/yzs/c107687/list.shtml"),
        ("部门信息公开年报", "/yzs/c107688/nb.shtml"),
        ("样城区政府信息公开年报", "/ycq/c107690/zwgk_cont.shtml"),
    ]
    site.put(f"{HOME}yzs/zfxxgk/zfxxgk.shtml", hub("政府信息公开", links))
    static(site)
    search(site)
    alone(site)
    return site


def article(site: Site, column: str, issuer: str, year: int, n: int) -> Item:
    """Shape I: cNNNNNN/YYYYMM/<32 hex>.shtml with UCAPCONTENT."""
    address = f"{HOME}yzs/{column}/{year + 1}01/{year * 10_000 + n:032x}.shtml"
    markup = report(issuer, year, wrap='class="content"').replace("<h1>", "<!--<UCAPTITLE>--><h1>", 1)
    markup = markup.replace('<div class="content">', '<div id="UCAP-CONTENT"><UCAPCONTENT>', 1)
    return publish(site, address, issuer, year, markup)


def static(site: Site) -> None:
    """createPageHTML('page_div', n, 1, 'list', 'shtml', total): page 2 is list_2.shtml."""
    items = [
        article(site, "c107687", issuer, year, n)
        for n, (issuer, year) in enumerate((o, y) for y in (2022, 2021) for o in OFFICES[:8])
    ]
    items[2:2] = [distract(site, f"{HOME}yzs/c107687/202202/{n:032x}.shtml", DECOYS[n]) for n in (0, 1)]
    parts = chunks(items, SIZE)
    for n, part in enumerate(parts, 1):
        call = f"<script>createPageHTML('page_div', {len(parts)}, {n}, 'list', 'shtml', {len(items)});</script>"
        lines = rows(Item(i.title, i.link.removeprefix(HOME[:-1]), i.date) for i in part)
        markup = page("政府信息公开年报", f"<ul>{lines}</ul><div id='page_div'></div>{call}", crumbs="政府信息公开年报")
        site.put(f"{HOME}yzs/c107687/list{f'_{n}' if n > 1 else ''}.shtml", markup)


def search(site: Site) -> None:
    """/common/search/<channel>: the page has only the address, the answer has the text as well."""
    items = [
        article(site, "c107688", issuer, year, 500 + n)
        for n, (issuer, year) in enumerate((o, y) for y in (2022, 2021, 2020) for o in OFFICES[8:14])
    ]
    call = (
        f"<script>var channelId = '{CHANNEL}';\n"
        f"var url = '/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=';\n"
        "loadList(url + 1);</script>"
    )
    site.put(
        f"{HOME}yzs/c107688/nb.shtml",
        page("部门信息公开年报", f'<div id="list"></div>{call}', crumbs="部门信息公开年报"),
    )
    site.put(f"{HOME}common/search/{CHANNEL}", found(items, site))


def found(items: Sequence[Item], site: Site) -> Page:
    """The JSON list, `page` from 1, `_pageSize` a page."""

    def answer(request: Request) -> Answer:
        number, size = int(request.query.get("page") or 1), int(request.query.get("_pageSize") or 15)
        shown = items[(number - 1) * size : number * size]
        results = [
            {
                "title": i.title,
                "url": i.link.removeprefix(HOME[:-1]),
                "publishedTimeStr": f"{i.date} 10:00:00",
                "contentHtml": body(*site.reports[i.address]),
            }
            for i in shown
        ]
        data = {"total": len(items), "page": number, "rows": size, "results": results}
        return text(json.dumps({"data": data}, ensure_ascii=False), JSON)

    return answer


def alone(site: Site) -> None:
    """zwgk_cont.shtml: the newest report itself, with links to the other years."""
    base = f"{HOME}ycq/c107690/"
    names = {2022: "zwgk_cont.shtml", 2021: "zwgk_cont_2021.shtml", 2020: "zwgk_cont_2020.shtml"}
    menu = " ".join(f'<a href="./{name}">{year}年</a>' for year, name in names.items())
    for year, name in names.items():
        markup = report(TOWNS[0], year).replace("<h1>", f'<div class="years">{menu}</div><h1>', 1)
        publish(site, f"{base}{name}", TOWNS[0], year, markup)
