"""Pages that are only a way to other pages, and answers of 200 that are none."""

from tests.portals.markup import CITY, OFFICES, Item, hub, page, publish, report, rows, stranger
from tests.portals.reports import title
from tests.portals.site import Answer, Site, text

HOME = "http://www.shells.test/"


def shells() -> Site:
    """Every step to the reports is a shell of another kind; whatever is missing is answered with the home page."""
    site = Site("shells", ("www.shells.test",), HOME)
    stranger(site, "www.shells.test")
    site.put(HOME, '<html><head><script>location.replace("./jgzz/")</script></head><body></body></html>')
    window = "javascript:void(0);window.location='/zfxxgk/'"
    first = hub(f"{CITY}信访局", [("首页", "/"), ("机构职责", "/jgzz/zz.html")])
    first = first.replace("</ul>", f'<li><a href="{window}">政府信息公开</a></li></ul>')
    site.put(f"{HOME}jgzz/", first)
    site.put(
        f"{HOME}zfxxgk/",
        '<html><head><meta http-equiv="Refresh" content="1; URL=./main.html"></head><body></body></html>',
    )
    frame = '<iframe src="/zfxxgk/frame.html" width="100%"></iframe>'
    site.put(f"{HOME}zfxxgk/main.html", page("政府信息公开", frame, crumbs="政府信息公开"))
    links = [
        ("政府信息公开年报", "/gate/big5/www.shells.test:@PORT@/zfxxgk/nb/"),
        ("政府信息公开制度", "/zfxxgk/zd.html"),
    ]
    site.put(f"{HOME}zfxxgk/frame.html", hub("政府信息公开", links))
    column(site)
    site.missing = text(first)
    return site


def column(site: Site) -> None:
    """The list: two reports that are there, one whose page is soft 404, one that is answered with the home page."""
    base = f"{HOME}zfxxgk/nb/"
    items = [publish(site, f"{base}{year}.html", OFFICES[0], year) for year in (2022, 2021)]
    soft = Item(title(OFFICES[0], 2020), f"{base}2020.html", "2021-01-15")
    site.put(soft.link, page("提示信息", "<p>对不起，您访问的页面不存在或者已被删除。</p>"))
    gone = Item(title(OFFICES[0], 2019), f"{base}2019.html", "2020-01-15")
    site.decoys |= {soft.link, gone.link}
    lines = rows(Item(i.title, i.link.removeprefix(HOME[:-1]), i.date) for i in (*items, soft, gone))
    markup = page("政府信息公开年报", f"<ul>{lines}</ul>", crumbs="政府信息公开 &gt; 政府信息公开年报")
    site.put(base, markup)
    site.put(f"{HOME}gate/big5/www.shells.test/zfxxgk/nb/", markup)


def cookie() -> Site:
    """CT6T: a 302 to the same address, which a client with a cookie jar passes."""
    home = "http://www.cookie.test/"
    site = Site("cookie", ("www.cookie.test",), home)
    front = hub(f"{CITY}司法局", [("政府信息公开年报", "/nb/")])
    turn = Answer(b"", 302, (("Location", "/"), ("Set-Cookie", "CT6T=a1b2c3; Path=/")))
    site.put(home, lambda r: text(front) if "CT6T=" in r.cookies else turn)
    items = [publish(site, f"{home}nb/{year}.html", OFFICES[3], year) for year in (2021, 2022)]
    lines = rows(Item(i.title, i.link.removeprefix(home[:-1]), i.date) for i in items)
    site.put(f"{home}nb/", page("政府信息公开年报", f"<ul>{lines}</ul>", crumbs="政府信息公开年报"))
    return site


def two_addresses() -> Site:
    """A report below two columns, and a column page that holds the newest report above the list of the others."""
    home = "http://www.twice.test/"
    site = Site("twice", ("www.twice.test",), home)
    site.put(home, hub(f"{CITY}审计局", [("信息公开年报", "/nb/"), ("最新文件", "/zxwj/")]))
    first = [publish(site, f"{home}nb/{year}.html", OFFICES[10], year) for year in (2020, 2021)]
    second = f"{home}zxwj/8842.html"
    site.put(second, report(OFFICES[10], 2021, "最新文件"))
    site.also_at[second] = first[1].address
    lines = rows(Item(i.title, i.link.removeprefix(home[:-1]), i.date) for i in first)
    newest = report(OFFICES[10], 2022).replace("<h1>", f'<ul class="others">{lines}</ul><h1>', 1)
    publish(site, f"{home}nb/", OFFICES[10], 2022, newest)
    site.put(f"{home}zxwj/", hub("最新文件", [(title(OFFICES[10], 2021), "/zxwj/8842.html")]))
    return site
