"""Hosts that refuse, stall, mislead or flood: own imitations of what is known of them, as static answers."""

import gzip
import time
from itertools import repeat

from tests.portals.markup import CITY, OFFICES, hub, page, publish, report
from tests.portals.reports import title
from tests.portals.site import HTML, Answer, Request, Site, text
from tests.sample.prose import CASINO

HEX = "0123456789abcdef"


def answering(name: str, answer: Answer) -> Site:
    """A host that answers everything, robots.txt too, in one way."""
    return Site(name, (f"www.{name}.test",), f"http://www.{name}.test/", missing=answer)


def guarded(name: str, answer: Answer) -> Site:
    """A host that has no robots.txt and answers everything else in one way."""
    site = answering(name, answer)
    site.put(f"{site.home}robots.txt", text("", status=404))
    return site


def challenges() -> list[Site]:
    """The first answers of the guards that Chinese portals use."""
    ruishu = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><meta id='k' content='x7Q' r='m'></head><body>"
        "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;$_ts.cd='imitation';</script></body></html>"
    )
    jsl = (
        "<script>document.cookie=('_')+('_')+('jsl_clearance_s=imitation')+';path=/';"
        "location.href=location.pathname;</script>"
    )
    acw = (
        f"<html><script>var arg1='{(HEX * 3)[:40].upper()}';function setCookie(n,v){{}}"
        "setCookie('acw_sc__v2', arg1);</script></html>"
    )
    edge = (
        "<!DOCTYPE html><html><body><script>var EO_Bot_Ssid='imitation';document.cookie='__tst_status=1#;';"
        "location.reload();</script></body></html>"
    )
    wzws = "<html><body><script>var wzwsquestion='imitation', wzwsfactor='1';</script></body></html>"
    c3vk = "<html><body><script>document.cookie='C3VK=imitation; path=/';location.reload();</script></body></html>"
    cookie = ("Set-Cookie", "__jsluid_s=imitation; path=/; HttpOnly")
    return [
        guarded("ruishu", text(ruishu, status=412)),
        guarded("jiasule", Answer(jsl.encode(), 521, (("Content-Type", HTML), cookie))),
        guarded("acw", text(acw)),
        guarded("edgeone", text(edge)),
        guarded("wzws", Answer(wzws.encode(), 200, (("Content-Type", HTML), ("wzws-ray", "1-imitation")))),
        guarded("c3vk", text(c3vk)),
    ]


def refusing() -> list[Site]:
    """Plain refusals: 403, robots.txt that forbids or fails, a host that is nobody's."""
    robots = small("robots")
    robots.put(
        f"{robots.home}robots.txt",
        Answer(b"User-agent: *\nDisallow:/  #all\n", headers=(("Content-Type", "text/plain"),)),
    )
    broken = small("robots500")
    broken.put(f"{broken.home}robots.txt", text("", status=500))
    return [guarded("forbidden", text("<html><body><h1>403 Forbidden</h1></body></html>", status=403)), robots, broken]


def small(name: str) -> Site:
    """A site of three reports, which the hosts here then keep from the crawl or not."""
    home = f"http://www.{name}.test/"
    site = Site(name, (f"www.{name}.test",), home)
    site.put(home, hub(f"{CITY}{name}", [("政府信息公开年报", "/nb/")]))
    found = [publish(site, f"{home}nb/{year}.html", OFFICES[7], year) for year in (2020, 2021, 2022)]
    site.put(
        f"{home}nb/",
        hub("政府信息公开年报", [(i.title, i.link.removeprefix(home[:-1])) for i in found], "政府信息公开年报"),
    )
    return site


def throttled(per_second: float = 1.0, retry_after: int = 1) -> Site:
    """503 with Retry-After whenever a request comes sooner than 1 / per_second after the last one."""
    site, plain = small("throttled"), Site.answer
    last = [0.0]

    class Throttled(Site):
        """Counts the time between requests."""

        def answer(self, request: Request) -> Answer:
            """503 where it is too soon."""
            now, before = time.monotonic(), last[0]
            last[0] = now
            if now - before < 1 / per_second * 0.9:
                return Answer(b"busy", 503, (("Retry-After", str(retry_after)),))
            return plain(self, request)

    return Throttled(site.name, site.hosts, site.home, site.pages, site.reports)


def slow(seconds: float = 30.0) -> Site:
    """Every page comes after so many seconds, and so does what is not there."""
    site = small("slow")
    site.missing = Answer(b"", 404, delay=seconds)
    for address, answer in site.pages.items():
        assert isinstance(answer, Answer)
        site.pages[address] = Answer(answer.body, answer.status, answer.headers, delay=seconds)
    return site


def mazes() -> list[Site]:
    """Loops and floods, each with three reports beside it."""
    return [redirects(), endless(), calendar(), many_links(), bomb(), huge()]


def beside(name: str, said: str, link: str) -> Site:
    """The small site with one more link on its home page."""
    site = small(name)
    site.put(site.home, hub(f"{CITY}{name}", [("政府信息公开年报", "/nb/"), (said, link)]))
    return site


def redirects() -> Site:
    """信息公开年报 leads round in a circle."""
    site = beside("loop", "部门信息公开年报", "/zfxxgknb/a")
    for here, there in (("a", "b"), ("b", "c"), ("c", "a")):
        site.put(f"{site.home}zfxxgknb/{here}", Answer(b"", 302, (("Location", f"/zfxxgknb/{there}"),)))
    return site


def endless() -> Site:
    """A list that always has a next page with new lines on it."""
    site = beside("endless", "部门信息公开年报", "/list?page=1")

    def answer(request: Request) -> Answer:
        n = int(request.query.get("page") or 1)
        links = [(f"关于第{n * 10 + k}号事项的公示", f"/item/{n * 10 + k}.html") for k in range(10)]
        return text(hub("部门信息公开年报", [*links, ("下一页", f"/list?page={n + 1}")], "部门信息公开年报"))

    site.put(f"{site.home}list", answer)
    return site


def calendar() -> Site:
    """Every day of a calendar links to the next month, for ever."""
    site = beside("calendar", "政府信息公开年报按日期", "/rl?y=2022&m=1")

    def answer(request: Request) -> Answer:
        y, m = int(request.query.get("y") or 2022), int(request.query.get("m") or 1)
        days = [(f"{y}年{m}月{d}日政府信息公开", f"/rl?y={y}&m={m}&d={d}") for d in range(1, 29)]
        later = (f"{y + m // 12}年政府信息公开年报", f"/rl?y={y + m // 12}&m={m % 12 + 1}")
        return text(hub(f"{y}年{m}月", [later, ("下月", later[1]), *days], "政府信息公开年报"))

    site.put(f"{site.home}rl", answer)
    return site


def many_links(total: int = 100_000) -> Site:
    """One page with so many links."""
    site = beside("links", "政府信息公开目录", "/gkml/")
    lines = "\n".join(f'<li><a href="/gkml/{n}.html">政府信息公开文件{n}</a></li>' for n in range(total))
    site.put(f"{site.home}gkml/", page("政府信息公开目录", f"<ul>{lines}</ul>"))
    return site


def bomb(megabytes: int = 512) -> Site:
    """A page of some hundred kilobytes that gzip unfolds to half a gigabyte."""
    site = beside("bomb", "政府信息公开年报下载", "/nb/bomb.html")
    member = gzip.compress(b" " * (1 << 20), 9)
    headers = (("Content-Type", HTML), ("Content-Encoding", "gzip"))
    site.put(f"{site.home}nb/bomb.html", Answer(member * megabytes, headers=headers))
    return site


def huge() -> Site:
    """A body without end."""
    site = beside("huge", "政府信息公开年报下载", "/nb/huge.html")

    def answer(_: Request) -> Answer:
        return Answer(b"<html><body>", parts=repeat(b"<p>0123456789</p>\n" * 4000))

    site.put(f"{site.home}nb/huge.html", answer)
    return site


def inside() -> Site:
    """Ways to private and loopback addresses: redirects, frames, names that resolve there."""
    site = small("inside")
    ways = {
        "a": "http://127.0.0.1:@PORT@/secret",
        "b": "http://10.0.0.1/",
        "c": "http://169.254.169.254/latest/meta-data/",
        "d": "http://private.inside.test:@PORT@/",
        "e": "http://[::1]:@PORT@/secret",
        "f": "http://0x7f000001:@PORT@/secret",
        "g": "http://localhost:@PORT@/secret",
        "h": "file:///etc/hostname",
    }
    links = [("政府信息公开年报", "/nb/"), *((f"{name}部门政府信息公开年报", f"/to/{name}") for name in ways)]
    frames = "".join(f'<iframe src="{way}"></iframe>' for way in ways.values())
    site.put(site.home, hub(f"{CITY}inside", links).replace("</ul>", f"</ul>{frames}"))
    for name, way in ways.items():
        site.put(f"{site.home}to/{name}", Answer(b"", 302, (("Location", way),)))
    return site


def secret() -> Site:
    """What answers when a request does get to the server by its address: the test looks into the visits."""
    markup = report(OFFICES[0], 2021)
    return Site(
        "secret", ("127.0.0.1", "localhost", "[::1]", "private.inside.test"), "http://127.0.0.1/", missing=text(markup)
    )


def clone() -> Site:
    """A look-alike: the original's paths, casino words in place of the city's name."""
    site = Site("clone", ("www.clone-casino.test",), "http://www.clone-casino.test/")
    home = site.home
    name = f"{CASINO}财政局"
    found = [(title(name, year), f"/art/{year + 1}/1/25/art_12_{year}.html") for year in (2021, 2022)]
    site.put(home, hub(CASINO, [("政府信息公开年报", "/col/col12/index.html")]))
    site.put(f"{home}col/col12/index.html", hub("政府信息公开年报", found, "政府信息公开年报"))
    for year, (_, link) in zip((2021, 2022), found, strict=True):
        publish(site, home[:-1] + link, name, year)
    return site
