"""Anhui's openness (PHP) and Shandong's channel/doc."""

from tests.portals.markup import CITY, DECOYS, OFFICES, TOWNS, distract, hub, note, page, publish, report, stranger
from tests.portals.reports import title
from tests.portals.site import Answer, Request, Site, text

HOME = "http://www.openness.test/"
LIST, ALL = "opennessAnnualReport/", "opennessBranchAll"


def openness() -> Site:
    """Branches × reports, some under Mongo ids; one report is out twice, with another title and address."""
    site = Site("openness", ("www.openness.test",), HOME)
    stranger(site, "www.openness.test")
    site.put(HOME, hub(f"{CITY}人民政府", [("政务公开", "/openness/"), ("政务服务", "/bsfw/")]))
    site.put(
        f"{HOME}openness/",
        hub(
            "政务公开",
            [
                ("部门公开", f"/{ALL}?type_id=6"),
                ("乡镇公开", f"/{ALL}?type_id=7"),
                ("政府信息公开指南", "/openness/zn.html"),
            ],
        ),
    )
    kinds = {"6": OFFICES[:5], "7": TOWNS[:4]}
    branches = {f"5d{int(kind) * 100 + n:022x}": name for kind, names in kinds.items() for n, name in enumerate(names)}
    site.put(f"{HOME}{ALL}", lambda r: text(every(branches, kinds.get(r.query.get("type_id", ""), ()))))
    lists = {branch: reports_of(site, name, n) for n, (branch, name) in enumerate(branches.items())}
    site.put(f"{HOME}{LIST}", lambda r: branch_page(r, branches, lists))
    first = next(iter(site.reports))
    twice(site, first)
    return site


def every(branches: dict[str, str], names: tuple[str, ...]) -> str:
    """The branches of one kind."""
    return hub("各单位", [(name, f"/{LIST}?branch_id={branch}") for branch, name in branches.items() if name in names])


def reports_of(site: Site, name: str, n: int) -> list[tuple[str, str]]:
    """The reports of one organ; those of the newest year have Mongo ids."""
    links = []
    for year in (2022, 2021, 2020):
        path = f"OpennessAnnualReport/show/{5400 + 10 * n + year % 10}.html"
        if year == 2022:
            path = f"xxgk/openness/detail/annual_report/63c{n:021x}.html"
        publish(site, HOME + path, name, year)
        links.append((title(name, year), f"/{path}"))
    if n == 1:
        links.append((DECOYS[0], "/xxgk/openness/detail/content/1.html"))
        distract(site, f"{HOME}xxgk/openness/detail/content/1.html", DECOYS[0])
    return links


def branch_page(request: Request, branches: dict[str, str], lists: dict[str, list[tuple[str, str]]]) -> Answer:
    """The list of one organ; an unknown one is an empty page with 200."""
    branch = request.query.get("branch_id", "")
    name = f"{branches.get(branch, '')}政府信息公开年报"
    return text(hub(name, lists.get(branch, []), "政府信息公开年报"))


def twice(site: Site, address: str) -> None:
    """The same report under the news of the town's own page."""
    issuer, year = site.reports[address]
    second = f"{HOME}zwgk/2022nzfxxgkgzndbg/xznb/392297105.html"
    site.put(second, report(issuer, year, title=f"{issuer}{year}年度政府信息公开年度报告"))
    site.also_at[second] = address
    links = [(f"{issuer}{year}年度政府信息公开年度报告", second.removeprefix(HOME[:-1]))]
    site.put(f"{HOME}zwgk/2022nzfxxgkgzndbg/", hub("2022年政府信息公开工作年度报告", links))
    pages = [
        ("政务公开", "/openness/"),
        ("政府信息公开工作年度报告", "/zwgk/2022nzfxxgkgzndbg/"),
        ("政务服务", "/bsfw/"),
    ]
    site.put(HOME, hub(f"{CITY}人民政府", pages))


CHANNELS = "http://www.channels.test/"
TABS = {
    "zfxxgkzn": "政府信息公开指南",
    "zfxxgkzd": "政府信息公开制度",
    "fdzdgknr": "法定主动公开内容",
    "zfxxgknb": "政府信息公开年报",
}


def channels() -> Site:
    """A department's disclosure page whose tabs are one address with ?open=; the rows stand in the page."""
    site = Site("sd-channel", ("www.channels.test",), CHANNELS)
    stranger(site, "www.channels.test")
    channel, name = "channel_yz_yzswsjchannel201911221748261556996309", f"{CITY}水务局"
    site.put(CHANNELS, hub(f"{CITY}人民政府", [(f"{name}政府信息公开", f"/{channel}/?open=zfxxgkzn")]))
    rows = rows_of(site, f"{CHANNELS}{channel}/", name)
    site.put(f"{CHANNELS}{channel}/", lambda r: text(tabs(r.query.get("open", "zfxxgkzn"), rows)))
    return site


def remote_channels() -> Site:
    """The same with rows that a script asks for."""
    home = "http://www.remote.test/"
    site = Site("sd-channel-remote", ("www.remote.test",), home, portal={"browser": "allow"})
    channel, name = "gongkai/channel_63899ec7375991828262e186", f"{CITY}粮食局"
    site.put(home, hub(f"{CITY}人民政府", [(f"{name}政府信息公开", f"/{channel}/")]))
    rows = rows_of(site, f"{home}{channel}/", name)
    site.put(f"{home}{channel}/", lambda r: text(tabs(r.query.get("open", "zfxxgkzn"), REMOTE)))
    site.put(f"{home}{channel}/list_zfxxgknb.html", f"<ul>{rows}</ul>")
    return site


REMOTE = (
    '<div id="rows"></div><script>var listUrl = "list_zfxxgknb.html";\n'
    'fetch(listUrl).then(r => r.text()).then(t => { document.getElementById("rows").innerHTML = t; });</script>'
)


def rows_of(site: Site, base: str, issuer: str) -> str:
    """doc_<24 hex>.html, whose first eight digits are a unix time."""
    lines = []
    for year in (2019, 2020, 2021, 2022):
        address = f"{base}doc_{1_600_000_000 + year:x}{len(issuer):016x}.html"
        publish(site, address, issuer, year, report(issuer, year).replace("<h1>", INDEX.format(n=year) + "<h1>", 1))
        lines.append(f'<li><a href="{address.removeprefix(base)}">{title(issuer, year)}</a></li>')
    reading = f"{base}doc_{1_700_000_000:x}{len(issuer):016x}.html"
    site.put(reading, note(DECOYS[1]))
    site.decoys.add(reading)
    lines.append(f'<li><a href="{reading.removeprefix(base)}">{DECOYS[1]}</a></li>')
    return "\n".join(lines)


INDEX = '<p class="index">索引号：11371500004428039E/{n}-45963799</p>\n'


def tabs(opened: str, rows: str) -> str:
    """The page with one tab open."""
    menu = " ".join(f'<a href="?open={slug}">{name}</a>' for slug, name in TABS.items())
    inside = f"<ul>{rows}</ul>" if opened == "zfxxgknb" else f"<p>{TABS.get(opened, '')}</p>"
    name = TABS.get(opened, "政府信息公开")
    return page(name, f'<div class="tabs">{menu}</div><div class="tab">{inside}</div>', crumbs=name)
