"""Reports over several addresses: paged by TRS, a flip-book, a page a chapter, linked page to page; one is torn."""

from dataclasses import replace

from tests import split
from tests.portals import reports
from tests.portals.markup import Item, distract, hub, page, publish, rows
from tests.portals.site import Site
from tests.sample import tables

HOME = "http://www.split.test/"
COLUMN = f"{HOME}zfxxgk/zfxxgknb/"
PAGED, BOOK, MENU, CHAIN, TORN, WHOLE = (f"样州市{name}局" for name in ("水务", "信访", "民政", "司法", "财政", "统计"))
YEAR = 2022


def chapters(issuer: str) -> tuple[str, ...]:
    """The six chapters of a body's report."""
    printed = reports.drawn(issuer, YEAR).printed
    form = reports.edition(YEAR)
    three = tables.disclosure(form, printed), tables.requests(form, printed), tables.proceedings(printed)
    lead = f"{YEAR}年，{issuer}按期更新各栏目。统计期限：{YEAR}年1月1日至{YEAR}年12月31日。"
    return split.chapters(lead, three, "公开形式不够丰富，下一步将加强培训。", "无其他需要报告的事项。", issuer)


def over_three(issuer: str) -> tuple[str, str, str]:
    """The chapters on three pages; table 3 goes on over the end of the second."""
    parts = chapters(issuer)
    table = parts[2].partition("\n")[2]
    upper, lower = split.cut(table, 12)
    return parts[0] + parts[1], parts[2].replace(table, upper), lower + "".join(parts[3:])


def site() -> Site:
    """One list names the first page of each report, a decoy that is paged too, and a report on one page."""
    site = Site("split", ("www.split.test",), HOME)
    site.put(HOME, hub("样州市人民政府", [("政府信息公开年报", "/zfxxgk/zfxxgknb/"), ("新闻中心", "/xwzx/")]))
    decoy = "《样州市2022年政府信息公开工作年度报告》解读"
    items = [
        hung(site, PAGED, "202301/", split.trs("t20230115_2201", reports.title(PAGED, YEAR), over_three(PAGED))),
        book(site),
        hung(site, MENU, "mzj/", split.menu(reports.title(MENU, YEAR), chapters(MENU))),
        hung(site, CHAIN, "202303/", split.linked("abc", reports.title(CHAIN, YEAR), over_three(CHAIN), numbers=False)),
        hung(site, TORN, "202302/", split.trs("t20230116_2202", reports.title(TORN, YEAR), over_three(TORN))),
        publish(site, f"{COLUMN}202301/t20230117_2203.html", WHOLE, YEAR),
        distract(site, f"{COLUMN}202301/t20230118_2204.html", decoy),
    ]
    for name, markup in split.trs("t20230118_2204", decoy, ("<p>解读一。</p>", "<p>解读二。</p>")).items():
        site.put(f"{COLUMN}202301/{name}", markup)
    del site.pages[f"{COLUMN}202302/t20230116_2202_1.html"]
    local = [replace(item, link=item.link.removeprefix(HOME[:-1])) for item in items]
    site.put(COLUMN, page("政府信息公开年报", f"<ul>{rows(local)}</ul>", crumbs="政府信息公开年报"))
    return site


def hung(site: Site, issuer: str, folder: str, pages: dict[str, str]) -> Item:
    """Hang the pages of a report; the first counts as its address."""
    first = publish(site, f"{COLUMN}{folder}{next(iter(pages))}", issuer, YEAR)
    for name, markup in pages.items():
        site.put(f"{COLUMN}{folder}{name}", markup)
    return first


def book(site: Site) -> Item:
    """A viewer that a script fills, and the plain pages beside it."""
    folder = "http://www.split.test/book/2022dzs/xinfang/"
    pages = split.flipped(reports.title(BOOK, YEAR), chapters(BOOK))
    for name, markup in pages.items():
        site.put(f"{folder}files/basic-html/{name}", markup)
    title = reports.title(BOOK, YEAR)
    site.put(f"{folder}index.html", page(title, '<div id="viewer"></div><script src="book.js"></script>'
                                         '<noscript><a href="files/basic-html/page1.html">1</a></noscript>'))
    site.reports[f"{folder}files/basic-html/page1.html"] = BOOK, YEAR
    return Item(title, f"{folder}index.html", "2023-01-15", f"{folder}index.html")
