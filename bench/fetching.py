"""Ways to fetch and archive one site, each timed at two sizes: what a page costs, and what starting costs."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import corpus
from bench.costs import Cost, cost
from bench.servers import nginx

SMALL = 10  # the first size is a tenth of the second
PORTAL = """
[[portal]]
id = "bench"
name = "样例"
region = "000000"
level = "county"
home = "{base}/"
hosts = ["{host}"]
delay = 0.0
max_requests = 1000000
max_list_pages = 100000
max_seconds = 36000
"""
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "LOG_LEVEL=WARNING")
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rate:
    """Pages a second: of the whole command, of each page beyond the start-up, of a page's processor time alone."""

    whole: float
    each: float
    cpu: float
    memory: int  # MB


def rates(pages: int, root: Path, webarchive: str) -> dict[str, Rate]:
    """The rate of every way; what was archived stays in root/large."""
    few = max(pages // SMALL, 10)
    small, large = costs(few, root / "small", webarchive), costs(pages, root / "large", webarchive)
    found = {}
    for name, whole in large.items():
        more = whole - small[name]
        rate = found[name] = Rate(pages / whole.wall, (pages - few) / more.wall, (pages - few) / more.cpu, whole.memory)
        print(f"  {name:18} {rate.each:6.0f} pages a second ({rate.whole:.0f} with its start), "
              f"{1000 / rate.cpu:5.2f} ms of processor time a page, {rate.memory} MB", flush=True)
    return found


def costs(pages: int, root: Path, webarchive: str) -> dict[str, Cost]:
    """What each way costs on a site of so many reports, one after the other."""
    corpus.site(root / "site", pages)
    with nginx(root / "site", root) as base:
        (root / "list").write_text("".join(f"{base}/r/{n}.html\n" for n in range(pages)))
        (root / "portal.toml").write_text(PORTAL.format(base=base, host=base.removeprefix("http://")))
        return {name: cost(command, folder) for name, command, folder in ways(base, root, webarchive)}


def ways(base: str, root: Path, webarchive: str) -> Iterator[tuple[str, list[str], Path]]:
    """Name, command and folder of each way to fetch a site."""
    crawl = [str(Path(sys.executable).with_name("scrapy")), "crawl", "portals", "-a",
             f"portals={root / 'portal.toml'}", *FAST, "-s"]
    yield "wget -i", ["wget", "-q", "-i", "list", "--warc-file=one", "-O", "/dev/null"], root
    yield "wget -r", ["wget", "-q", "-r", "-l", "inf", "--warc-file=two", "-P", "mirror", f"{base}/"], root
    if webarchive:
        script = str(HERE / "webarchive.py")
        yield "scrapy-webarchive", [webarchive, script, str(root / "list"), f"{root}/wacz/"], root
    yield "crawl", [*crawl, f"DATA={root / 'bare'}", "-s", "ROWS=False"], HERE.parent
    yield "crawl with rows", [*crawl, f"DATA={root / 'full'}"], HERE.parent
