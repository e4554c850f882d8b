"""`python -m bench [--pages N] [--webarchive PYTHON]`: rates and ratios, side by side in one run on this machine."""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from archive.folder import Folder
from archive.load import load
from archive.warc import captures
from bench import corpus
from bench.fetching import Rate, rates

CRAWLS = (("crawl", "wget -r", 2.5), ("crawl", "wget -i", 1.3), ("crawl", "scrapy-webarchive", 2.0))
READINGS = (("load, one worker", "trafilatura alone", 5.0), ("load, two workers", "load, one worker", 1.8))
ROWS = 120.0  # reports a second, with rows


def timed(pages: int, work: Callable[[], object]) -> tuple[float, float]:
    """Pages a second of a piece of work, and pages a second of this process's own processor time."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    return pages / (time.perf_counter() - wall), pages / (time.process_time() - own)


def reading(folder: Folder) -> dict[str, tuple[float, float]]:
    """Rates of our load of an archive, and of trafilatura alone on the same pages."""
    pages = [c for path in folder.files() for c in captures(path) if "/r/" in c.url and c.body]
    found = {"load, one worker": timed(len(pages), lambda: load(folder, workers=1, rebuild=True))}
    found["load, two workers"] = timed(len(pages), lambda: load(folder, workers=2, rebuild=True))
    few = [c.body.decode("utf-8") for c in pages[:100]]
    found["trafilatura alone"] = timed(len(few), lambda: [trafilatura.extract(text) for text in few])
    for name, (rate, own) in found.items():
        print(f"  {name:18} {rate:7.1f} pages a second, {1000 / own:6.2f} ms of its process's own time a page")
    return found


def against(fetched: dict[str, Rate], read: dict[str, tuple[float, float]]) -> None:
    """The ratios that docs/performance.md names, each beside its target."""
    for left, right, target in CRAWLS:
        if right in fetched:
            ours, theirs = fetched[left], fetched[right]
            print(f"  {left} : {right} = {ours.each / theirs.each:.2f} a page, {ours.whole / theirs.whole:.2f} with "
                  f"start, {ours.cpu / theirs.cpu:.2f} by processor time (target {target})")
    print(f"  crawl with rows = {fetched['crawl with rows'].each:.0f} pages a second (target {ROWS:.0f})")
    for left, right, target in READINGS:
        print(f"  {left} : {right} = {read[left][0] / read[right][0]:.2f} (target {target})")
    own, alone = (read[name][1] for name in READINGS[0][:2])
    print(f"  {READINGS[0][0]} : {READINGS[0][1]} = {own / alone:.2f} by processor time")


def main() -> None:
    """Both measurements, and the ratios."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--pages", type=int, default=1000)
    arguments.add_argument("--webarchive", default="", help="the Python of an environment with scrapy-webarchive")
    told = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print(f"fetching and archiving {told.pages} pages of {len(corpus.report(0).encode()) // 1024} KB")
        fetched = rates(told.pages, root, told.webarchive)
        print("reading them", flush=True)
        read = reading(Folder(root / "large" / "bare"))
    print("ratios")
    against(fetched, read)


if __name__ == "__main__":
    main()
