"""TRS WCM: static lists whose pages createPageHTML counts from 0, a disclosure host of its own, GBK."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.portals.markup import (
    DECOYS,
    OFFICES,
    TOWNS,
    Item,
    chunks,
    distract,
    hub,
    note,
    page,
    publish,
    report,
    rows,
    stranger,
)
from tests.portals.site import Answer, Page, Request, Site, text

REFRESH = '<html><head><meta http-equiv="refresh" content="0;url=./"></head><body></body></html>'
SIZE = 5
HOME, XXGK = "http://www.trs.test/", "http://xxgk.trs.test/"
ROOT = f"{XXGK}zfxxgknb/"


def trs() -> Site:
    """Home → disclosure on a second host → 年报 → year → class → three pages; one report filed under 目录."""
    site = Site("trs", ("www.trs.test", "xxgk.trs.test"), HOME)
    stranger(site, "www.trs.test")
    site.put(
        HOME, hub("样州市人民政府", [("政府信息公开", XXGK.replace(".test", ".test:@PORT@")), ("政民互动", "/zmhd/")])
    )
    disclosure = [("指南", "zfxxgkzn"), ("制度", "zfxxgkzd"), ("目录", "gkml"), ("年报", "zfxxgknb")]
    site.put(XXGK, hub("政府信息公开", [(f"政府信息公开{name}", f"./{slug}/") for name, slug in disclosure]))
    years = [("2022年", "./2022n_5932/"), ("2021年", "./2021n_5715/")]
    site.put(ROOT, hub("政府信息公开年报", years, "政府信息公开年报"))
    first = [article(site, "2021n_5715/szbm/", issuer, 2021, n) for n, issuer in enumerate(OFFICES[:13])]
    first[3:3] = [distract(site, f"{ROOT}2021n_5715/szbm/202202/t20220201_90{n}.html", DECOYS[n]) for n in (0, 1)]
    second = [article(site, "2022n_5932/szbm/", issuer, 2022, n) for n, issuer in enumerate(OFFICES[:4])]
    second.insert(0, article(site, "2022n_5932/szbm/", OFFICES[5], 2023, 70))  # the folder's year is not the report's
    for folder, year, offices in (("2021n_5715/", 2021, first), ("2022n_5932/", 2022, second)):
        site.put(
            ROOT + folder, hub(f"{year}年", [("市直部门", "./szbm/"), ("乡镇（街道）", "./xzjd/")], "政府信息公开年报")
        )
        towns = [article(site, f"{folder}xzjd/", issuer, year, 50 + n) for n, issuer in enumerate(TOWNS[:2])]
        lists(site, f"{ROOT}{folder}szbm/", "市直部门", offices)
        lists(site, f"{ROOT}{folder}xzjd/", "乡镇（街道）", towns)
    misfiled(site)
    return site


def misfiled(site: Site) -> None:
    """政府信息公开目录: documents of all kinds, a report among them."""
    folder = f"{XXGK}gkml/"
    found = publish(site, f"{folder}202201/t20220127_3261.html", "样州市公安局", 2021)
    others = [
        Item(f"关于第{n}次例行检查情况的公示", f"{folder}202201/t20220110_4{n}.html", "2022-01-10") for n in range(4)
    ]
    for other in others:
        site.put(other.link, note(other.title, "政府信息公开目录"))
    lists(site, folder, "政府信息公开目录", [others[0], found, *others[1:]])


def article(site: Site, folder: str, issuer: str, year: int, n: int) -> Item:
    """A report below a list's folder: YYYYMM/tYYYYMMDD_ID.html."""
    return publish(site, f"{ROOT}{folder}{year + 1}01/t{year + 1}01{10 + n % 20}_{year}{n:03}.html", issuer, year)


def lists(site: Site, folder: str, title: str, items: list[Item]) -> None:
    """Pages index.html, index_1.html …; dates without the year, links from the folder, a refresh past the end."""
    parts = chunks(items, SIZE)
    for n, part in enumerate(parts):
        local = (replace(i, link="./" + i.link.removeprefix(folder), date=i.date[5:]) for i in part)
        call = f'<script>createPageHTML({len(parts)}, {n}, "index", "html", {len(items)});</script>'
        markup = page(title, f'<ul class="list">\n{rows(local)}\n</ul>\n<div class="page">{call}</div>', crumbs=title)
        site.put(f"{folder}index{f'_{n}' if n else ''}.html", markup)
    site.put(folder, site.pages[f"{folder}index.html"])
    for n in range(len(parts), len(parts) + 3):
        site.put(f"{folder}index_{n}.html", REFRESH)


def trs_gbk() -> Site:
    """A site in GBK without any charset header; one of its pages is declared UTF-8 and is GBK all the same."""
    home = "http://www.gbk.test/"
    site = Site("trs-gbk", ("www.gbk.test",), home)
    column = f"{home}zwgk/gknb/"
    gbk(site, home, hub("样州市样城区人民政府", [("政务公开", "/zwgk/")]))
    gbk(site, f"{home}zwgk/", hub("政务公开", [("公开指南", "./gkzn/"), ("公开年报", "./gknb/")]))
    items = []
    for n, (issuer, year) in enumerate((o, y) for y in (2020, 2021) for o in OFFICES[20:23]):
        address = f"{column}{year + 1}01/t{year + 1}0120_{n}.htm"
        items.append(publish(site, address, issuer, year))
        liar = "text/html; charset=utf-8" if n == 0 else "text/html"
        gbk(site, address, report(issuer, year, "公开年报", charset="utf-8" if n == 0 else "gb2312"), liar)
    local = [replace(i, link="./" + i.link.removeprefix(column)) for i in items]
    gbk(site, column, page("公开年报", f"<ul>{rows(local)}</ul>", crumbs="政务公开 &gt; 公开年报", charset="gb2312"))
    return site


def gbk(site: Site, address: str, markup: str, content_type: str = "text/html") -> None:
    """Hang a page in GBK."""
    site.put(address, Answer(markup.encode("gbk"), headers=(("Content-Type", content_type),)))


def restless() -> Site:
    """A list whose order changes at every request and whose first line stays on every page."""
    home = "http://www.restless.test/"
    site = Site("restless", ("www.restless.test",), home)
    column = f"{home}zfxxgk/zfxxgknb/"
    site.put(home, hub("样州市人民政府", [("政府信息公开年报", "/zfxxgk/zfxxgknb/")]))
    items = [publish(site, f"{column}202301/t20230116_{n}.html", issuer, 2022) for n, issuer in enumerate(OFFICES[:11])]
    counter = iter(range(1_000_000))
    for n, part in enumerate(chunks(items[1:], SIZE)):
        site.put(f"{column}index{f'_{n}' if n else ''}.html", turning(items[0], part, n, counter))
    site.put(column, site.pages[f"{column}index.html"])
    return site


def turning(pinned: Item, items: Sequence[Item], number: int, counter: Iterator[int]) -> Page:
    """A list page that turns its lines by one at every request."""

    def turned(_: Request) -> Answer:
        by = next(counter) % len(items)
        here = (pinned, *items[by:], *items[:by])
        shown = [replace(i, link=i.link.removeprefix("http://www.restless.test")) for i in here]
        call = f"<script>createPageHTML(2,{number},'index','html',11);</script>"
        return text(page("政府信息公开年报", f"<ul>{rows(shown)}</ul>{call}", crumbs="政府信息公开年报"))

    return turned
