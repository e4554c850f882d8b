"""`python -m bench [archive] [load] [--pages N]`: rates and ratios, side by side in one run on this machine."""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

from archive.folder import Folder
from archive.load import load
from archive.warc import captures
from bench import corpus
from bench.servers import nginx

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
max_seconds = 3600
"""

FAST = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "LOG_LEVEL=WARNING")


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run(command: Sequence[str], folder: Path) -> None:
    """A tool, quietly; wget answers 8 where one page was missing, which is no matter here."""
    subprocess.run(command, cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=3600)


def archive(pages: int, root: Path) -> dict[str, float]:
    """Pages a second of each way to fetch and archive the same site, and of ours with rows."""
    site = root / "site"
    corpus.site(site, pages)
    rates = {}
    with nginx(site, root) as base:
        (root / "list").write_text("".join(f"{base}/r/{n}.html\n" for n in range(pages)))
        (root / "portal.toml").write_text(PORTAL.format(base=base, host=base.removeprefix("http://")))
        crawl = ["scrapy", "crawl", "portals", "-a", f"portals={root / 'portal.toml'}", *FAST, "-s"]
        here = Path.cwd()
        ways: dict[str, tuple[list[str], Path]] = {
            "wget -i": (["wget", "-q", "-i", "list", "--warc-file=one", "-O", "/dev/null"], root),
            "wget -r": (["wget", "-q", "-r", "-l", "inf", "--warc-file=two", "-P", "mirror", f"{base}/"], root),
            "crawl": ([*crawl, f"DATA={root / 'bare'}", "-s", "ROWS=False"], here),
            "crawl with rows": ([*crawl, f"DATA={root / 'full'}"], here),
        }
        for name, (command, folder) in ways.items():
            rates[name] = pages / timed(lambda c=command, f=folder: run(c, f))
            print(f"  {name:18} {rates[name]:7.0f} pages a second", flush=True)
    return rates


def reading(root: Path) -> dict[str, float]:
    """Pages a second and core: our load of an archive, and trafilatura alone on the same pages."""
    folder = Folder(root / "bare")
    pages = [c for path in folder.files() for c in captures(path) if "/r/" in c.url and c.body]
    rates = {"load, one worker": len(pages) / timed(lambda: load(folder, workers=1, rebuild=True))}
    rates["load, two workers"] = len(pages) / timed(lambda: load(folder, workers=2, rebuild=True))
    few = [c.body.decode("utf-8") for c in pages[:100]]
    rates["trafilatura alone"] = len(few) / timed(lambda: [trafilatura.extract(text) for text in few])
    for name, rate in rates.items():
        print(f"  {name:18} {rate:7.1f} pages a second")
    return rates


def main() -> None:
    """Both measurements, and the ratios that docs/performance.md names."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--pages", type=int, default=1000)
    pages = arguments.parse_args().pages
    with tempfile.TemporaryDirectory() as name:
        print(f"fetching and archiving {pages} pages of {len(corpus.report(0).encode()) // 1024} KB")
        fetched = archive(pages, Path(name))
        print("reading them")
        read = reading(Path(name))
    print("ratios")
    for left, right, table in (
        ("crawl", "wget -r", fetched), ("crawl", "wget -i", fetched),
        ("load, one worker", "trafilatura alone", read), ("load, two workers", "load, one worker", read),
    ):
        print(f"  {left} : {right} = {table[left] / table[right]:.2f}")


if __name__ == "__main__":
    main()
