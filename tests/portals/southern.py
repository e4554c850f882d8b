"""gkmlpt, the platform of all Guangdong: a script with unquoted keys, a JSON list, departments under a path."""

import json
from collections.abc import Sequence

from tests.portals.markup import CITY, DECOYS, OFFICES, TOWNS, Item, hub, note, page, report, stranger
from tests.portals.reports import title
from tests.portals.site import JSON, Answer, Page, Request, Site, text
from tests.sample.attachments import pdf

HOME = "http://www.gkmlpt.test/"
PER_PAGE = 100
BLANK = f"{HOME}files/blank.pdf"
TREE = """<html><head><title>政府信息公开目录</title></head><body><div id="app"></div>
<script>window._CONFIG = {{
 URL: '{base}', SID: '{sid}', SITE_NAME: '{name}', TREE: [
 {{id: 100, name: '政府信息公开指南', children: [], jump_url: ''}},
 {{id: 200, name: '法定主动公开内容', jump_url: '', children: [
  {{id: 201, name: '财政预决算', children: [], jump_url: ''}}]}},
 {{id: {category}, name: '政府信息公开年报', children: [], jump_url: ''}},
]}};</script></body></html>
"""


def gkmlpt() -> Site:
    """The city's list has 104 entries on two pages, the department's three; page 0 is page 1."""
    site = Site("gkmlpt", ("www.gkmlpt.test",), HOME)
    stranger(site, "www.gkmlpt.test")
    home = hub(f"{CITY}人民政府", [("政府信息公开", "/gkmlpt/index"), (f"{CITY}农业局", "/nyncj/")])
    site.put(HOME, home)
    site.put(f"{HOME}nyncj/", hub(f"{CITY}农业局", [("政府信息公开年报", "/nyncj/gkmlpt/annualreport#77")]))
    empty = pdf("表格样式", ("本页为空白样式。",))
    site.put(BLANK, Answer(empty, headers=(("Content-Type", "application/pdf"),)))
    years = range(2020, 2024)
    facts = [(issuer, year) for year in reversed(years) for issuer in [*OFFICES, *TOWNS]][:100]
    everything = [document(site, "", issuer, year, 4_688_000 + n) for n, (issuer, year) in enumerate(facts)]
    everything[2:2] = [decoy(site, 4_689_000 + n, DECOYS[n]) for n in range(4)]
    platform(site, "", "175", 2629, everything)
    three = [document(site, "nyncj/", f"{CITY}农业农村局", year, 1_506_000 + year) for year in (2021, 2022, 2023)]
    platform(site, "nyncj/", "200175", 77, three)
    return site


def platform(site: Site, prefix: str, sid: str, category: int, articles: list[dict[str, object]]) -> None:
    """Index with the tree, the page of the annual reports, the API."""
    base = f"{HOME}{prefix}gkmlpt/"
    tree = TREE.format(base=f"//www.gkmlpt.test:@PORT@/{prefix}gkmlpt", sid=sid, name=CITY, category=category)
    site.put(f"{base}index", tree)
    site.put(f"{base}annualreport", tree)
    site.put(f"{base}api/all/{category}", api(articles, category, sid))
    for other in (100, 200, 201):
        site.put(f"{base}api/all/{other}", api([], other, sid))


def api(articles: Sequence[dict[str, object]], category: int, sid: str) -> Page:
    """100 a page, counted from 1; 0 is 1; a wrong site number finds nothing."""

    def answer(request: Request) -> Answer:
        number = max(1, int(request.query.get("page") or 1))
        own = articles if request.query.get("sid") == sid else ()
        shown = list(own[(number - 1) * PER_PAGE : number * PER_PAGE])
        classify = {"id": category, "name": "政府信息公开年报", "post_count": len(own)}
        return text(json.dumps({"classify": classify, "total": len(own), "articles": shown}, ensure_ascii=False), JSON)

    return answer


def document(site: Site, prefix: str, issuer: str, year: int, number: int) -> dict[str, object]:
    """A report at its address on the platform, and again at the address that the static column has for it."""
    path = f"{prefix}gkmlpt/content/{number // 1_000_000}/{number // 1000}/post_{number}.html"
    address, second = f"{HOME}{path}", f"{HOME}{prefix}zwgk/xxgknb/content/post_{number}.html"
    site.put(address, platform_page(issuer, year, number))
    site.reports[address] = issuer, year
    site.put(second, report(issuer, year, wrap='class="article-content"'))
    site.also_at[second] = address
    return entry(title(issuer, year), issuer, f"{year + 1}-01-20 09:00:00", address, second, number)


def entry(name: str, publisher: str, date: str, url: str, post_url: str, number: int) -> dict[str, object]:
    """An article as the API lists it."""
    files: list[dict[str, object]] = []
    if number % 10 == 7:
        name, link = "表格样式.pdf", BLANK.replace(".test/", ".test:@PORT@/")
        files = [{"name": name, "type": "pdf", "mime": "application/pdf", "size": 1, "url": link}]
    facts: dict[str, object] = {
        "id": number,
        "title": name,
        "document_number": "",
        "identifier": f"00735/{number}",
        "publisher": publisher,
        "date": date,
        "attachment": files,
        "is_expired": 0,
        "is_abolished": 0,
    }
    addresses = {"url": url, "post_url": post_url}
    return facts | {key: value.replace(".test/", ".test:@PORT@/") for key, value in addresses.items()}


def platform_page(issuer: str, year: int, number: int) -> str:
    """An article with the table of eight labels."""
    facts = {
        "索引号": f"00735/{number}",
        "分类": "政府信息公开年报",
        "发布机构": issuer,
        "成文日期": f"{year + 1}-01-18",
        "名称": title(issuer, year),
        "文号": "〔〕号",
        "发布日期": f"{year + 1}-01-20",
        "主题词": "",
    }
    table = "".join(f"<tr><td>{label}：</td><td>{said}</td></tr>" for label, said in facts.items())
    markup = report(issuer, year, wrap='class="article-content"')
    return markup.replace("<h1>", f'<table class="classify">{table}</table>\n<h1>', 1)


def decoy(site: Site, number: int, name: str) -> dict[str, object]:
    """Something else in the same list."""
    address = f"{HOME}gkmlpt/content/4/{number // 1000}/post_{number}.html"
    site.put(address, note(name))
    site.decoys.add(address)
    return entry(name, CITY, "2022-02-01 10:00:00", address, address, number)


def script() -> Site:
    """A list that only a browser sees: its script asks an address that nothing in the page gives away."""
    home = "http://www.script.test/"
    site = Site("script", ("www.script.test",), home, portal={"browser": "allow"})
    site.put(home, hub(f"{CITY}人民政府", [("政府信息公开年报", "/zfxxgknb/")]))
    items = [Item(title(issuer, 2022), f"/zfxxgknb/{n}.html", "2023-01-12") for n, issuer in enumerate(OFFICES[:6], 1)]
    for item, issuer in zip(items, OFFICES, strict=False):
        address = home[:-1] + item.link
        site.put(address, report(issuer, 2022))
        site.reports[address] = issuer, 2022
    rows = [{"t": i.title, "u": i.link, "d": i.date} for i in items]
    site.put(f"{home}data/list", text(json.dumps({"rows": rows}, ensure_ascii=False), JSON))
    site.put(f"{home}zfxxgknb/", page("政府信息公开年报", SCRIPT, crumbs="政府信息公开年报"))
    return site


SCRIPT = """<ul id="list"></ul><script>
fetch(["", "data", "list"].join("/") + "?n=" + 1).then(r => r.json()).then(d => {
  document.getElementById("list").innerHTML = d.rows.map(x =>
    `<li><a href="${x.u}">${x.t}</a><span>${x.d}</span></li>`).join("");
});</script>"""
