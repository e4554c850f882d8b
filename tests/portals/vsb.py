"""博达 VSB: the pages of a list are numbered downwards, so that a page's address changes its meaning when it grows."""

from collections.abc import Sequence

from tests.portals.markup import OFFICES, Item, chunks, hub, page, publish, report, stranger
from tests.portals.site import Answer, Page, Request, Site, text

HOME = "http://www.vsb.test/"
SIZE = 4


def vsb(overflow: bool = False) -> Site:
    """Four pages: nb.htm, nb/3.htm, nb/2.htm, nb/1.htm. After the first look at the list a report is added on top.

    With `overflow` the lists are full, so that the new one pushes a fifth page in between.
    """
    site = Site("vsb", ("www.vsb.test",), HOME)
    stranger(site, "www.vsb.test")
    site.put(HOME, hub("样州市市场局", [("政务公开", "/zwgk.htm"), ("工作动态", "/gzdt.htm")]))
    site.put(f"{HOME}zwgk.htm", hub("政务公开", [("公开指南", "zwgk/zn.htm"), ("年度报告", "nb.htm")]))
    count = 4 * SIZE if overflow else 4 * SIZE - 2
    facts = [(issuer, year) for year in (2022, 2021, 2020) for issuer in OFFICES[:6]][:count]
    items = [article(site, issuer, year, 4331 + n) for n, (issuer, year) in enumerate(facts)]
    fresh = article(site, "样州市公安局", 2022, 4400)
    site.late[fresh.address] = site.reports.pop(fresh.address)
    growing = grown(items, fresh)
    site.put(f"{HOME}nb.htm", growing)
    for n in range(1, 6):
        site.put(f"{HOME}nb/{n}.htm", growing)
    return site


def article(site: Site, issuer: str, year: int, number: int) -> Item:
    """info/CAT/ID.htm with the body in #vsb_content."""
    address = f"{HOME}info/1261/{number}.htm"
    markup = report(issuer, year, "年度报告", 'id="vsb_content"')
    return publish(site, address, issuer, year, markup)


def grown(items: Sequence[Item], fresh: Item) -> Page:
    """The list as it is now: the new one is there from the second request on."""
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        shown = [fresh, *items] if asked else list(items)
        asked.append(request.path)
        parts = chunks(shown, SIZE)
        name = request.path.rsplit("/", 1)[1].removesuffix(".htm")
        position = 1 if name == "nb" else len(parts) - int(name) + 1
        if not 1 <= position <= len(parts):
            return Answer(b"<html><body>404</body></html>", 404)
        return text(list_page(parts[position - 1], position, len(parts)))

    return answer


def list_page(items: Sequence[Item], position: int, count: int) -> str:
    """One page with its pager; the first lies a folder above the others."""
    up = "" if position == 1 else "../"
    lines = "\n".join(
        f'<li id="line_u5_{n}"><a href="{up}{i.address.removeprefix(HOME)}" title="{i.title}">{cut(i.title)}</a></li>'
        for n, i in enumerate(items)
    )
    down = "nb/" if position == 1 else ""
    following = (
        f'<span class="p_next p_fun"><a href="{down}{count - position}.htm">下页</a></span>'
        f'<span class="p_last p_fun"><a href="{down}1.htm">尾页</a></span>'
        if position < count
        else '<span class="p_next_d p_fun_d">下页</span>'
    )
    pager = f'<span class="p_t">{position}/{count}</span>{following}'
    return page(
        "年度报告", f"<ul>{lines}</ul><div class='pb_sys_common'>{pager}</div>", crumbs="政务公开 &gt; 年度报告"
    )


def cut(said: str) -> str:
    """Titles are cut for the eye; @title has them whole."""
    return said if len(said) <= 24 else said[:24] + "..."
