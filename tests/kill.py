"""kill -9 at random moments of real crawls, and what must hold after it: `python -m tests.kill --times 50`.

A round is one archive: its crawl is killed again and again until every page is fetched, then one crawl ends by itself.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler import sample
from tests.archives import query

HERE = Path(__file__).parent.parent
MOST = 5          # pages that a crawl may fetch before it is killed
LATE = 0.4        # seconds after which it is killed then, at most
START = 40.0      # seconds that a crawl may take to ask for its first page, or to end
DELAY = 0.05      # seconds between pages, so that the moments spread
FACTS = "SELECT url, issuer, report_year, edition, title FROM reports WHERE is_current ORDER BY url"
REASONS = ("robots", "due", "forced")  # why an address may be fetched again
PORTAL = """
[[portal]]
id = "sample"
name = "年报样例门户"
region = "620700"
level = "city"
home = "{base}"
hosts = ["{host}"]
delay = {delay}
min_reports = 9
"""


class Site(sample.Server):
    """The sample portal, which keeps the paths that it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.turn = threading.Condition()
        super().__init__((sample.HOST, 0), Handler)


class Handler(sample.Handler):
    """Writes down each request before it answers."""

    server: Site

    def do_GET(self) -> None:
        """As the sample portal does."""
        with self.server.turn:
            self.server.asked.append(self.path)
            self.server.turn.notify_all()
        super().do_GET()


@contextmanager
def serving() -> Iterator[Site]:
    """The site on a free port."""
    site = Site()
    with sample.running(site):
        yield site


@dataclass
class Told:
    """What came of it: kills that hit a running crawl, records that were flushed by then, and what did not hold."""

    kills: int = 0
    rounds: int = 0
    flushed: int = 0
    torn: int = 0
    faults: list[str] = field(default_factory=list)


def flushed(data: Path) -> dict[str, tuple[str, str]]:
    """Captures whose records are all there, as warcio reads them: URL and payload digest by record id."""
    first: dict[str, tuple[str, str]] = {}
    whole: dict[str, tuple[str, str]] = {}
    for path in sorted(data.glob("warc/*.warc.gz*")):
        with path.open("rb") as file:
            try:
                for record in ArchiveIterator(file, no_record_parse=True):
                    told = record.rec_headers
                    id, other = told["WARC-Record-ID"], told.get_header("WARC-Concurrent-To") or ""
                    if record.rec_type in ("response", "revisit"):
                        first[id] = told["WARC-Target-URI"], told["WARC-Payload-Digest"]
                    elif record.rec_type == "metadata" and other in first and record.raw_stream.read():
                        whole[other] = first[other]
            except (ArchiveLoadFailed, OSError, EOFError):
                continue
    return whole


def crawl(data: Path, portal: Path) -> "subprocess.Popen[bytes]":
    """A crawl in a process group of its own."""
    command = [sys.executable, "-m", "scrapy", "crawl", "portals", "-a", f"portals={portal}", "-s", f"DATA={data}",
               "-s", "LOG_LEVEL=ERROR", "-s", "AUTOTHROTTLE_ENABLED=False"]
    with (data.parent / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=HERE, stdout=log, stderr=log, start_new_session=True)


def struck(run: "subprocess.Popen[bytes]", site: Site, chance: random.Random) -> bool:
    """Kills a crawl some pages and some moments after its start; False where it had ended by itself."""
    before, wanted = len(site.asked), chance.randint(0, MOST)
    end = time.monotonic() + (START if wanted else chance.uniform(0, 3))
    with site.turn:
        while len(site.asked) < before + wanted and run.poll() is None and time.monotonic() < end:
            site.turn.wait(0.05)
    time.sleep(chance.uniform(0, LATE))
    if run.poll() is not None:
        return False
    if chance.random() < 0.5:
        os.killpg(run.pid, signal.SIGKILL)  # the loader beside it too
    else:
        run.kill()
    run.wait()
    return True


def again(site: Site, kept: dict[str, tuple[str, str]], start: int, data: Path) -> Iterator[str]:
    """Pages that were asked for although they were archived before."""
    base = f"http://{sample.HOST}:{site.server_port}"
    known = {url for url, _ in kept.values()}
    for path in site.asked[start:]:
        if base + path in known and path != "/robots.txt":
            yield f"{path} was in the archive and is fetched again ({data.name})"


def held(data: Path, kept: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Flushed records that are there no more, or say something else."""
    now = flushed(data)
    for id, what in kept.items():
        if now.get(id) != what:
            yield f"flushed record {id} of {what[0]} is {'changed' if id in now else 'gone'} ({data.name})"


def ended(data: Path, facts: list[tuple[Any, ...]]) -> Iterator[str]:
    """What does not hold after a crawl that ended by itself."""
    verify = subprocess.run([sys.executable, "-m", "scrapy", "verify", "-s", f"DATA={data}"], cwd=HERE,
                            capture_output=True, text=True, timeout=120)
    if verify.returncode:
        yield f"verify: {verify.stdout}{verify.stderr} ({data.name})"
    if facts and query(data, FACTS) != facts:
        yield f"other reports than without a kill ({data.name})"
    marks = ", ".join("?" * len(REASONS))
    twice = f"SELECT url, count(*) FROM captures WHERE reason NOT IN ({marks}) GROUP BY url HAVING count(*) > 1"
    for url, count in query(data, twice, *REASONS):
        yield f"{url} has {count} captures without a reason ({data.name})"


def one(root: Path, site: Site, portal: Path, most: int, chance: random.Random, told: Told) -> None:
    """One round of at most so many kills."""
    data = root / f"data-{told.rounds}"
    data.mkdir()
    told.rounds += 1
    for _ in range(most + 1):
        kept, start = (flushed(data), len(site.asked))
        is_last = told.kills >= most or len({url for url, _ in kept.values()}) >= 20
        run = crawl(data, portal)
        hit = not is_last and struck(run, site, chance)
        run.wait(120)
        told.kills += hit
        told.faults += [*held(data, kept), *again(site, kept, start, data)]
        if not hit:
            told.faults += [f"a crawl ended with {run.returncode} ({data.name})"] if run.returncode else []
            break
        told.flushed += len(flushed(data).keys() - kept.keys())
    told.torn += len(list(data.glob("warc/*.torn")))
    told.faults += ended(data, query(root / "data-0", FACTS) if data.name != "data-0" else [])


def rounds(root: Path, times: int, seed: int) -> Told:
    """A crawl without a kill, then rounds until there were so many kills."""
    told, chance = Told(), random.Random(seed)
    with serving() as site:
        host = f"{sample.HOST}:{site.server_port}"
        portal = root / "portal.toml"
        portal.write_text(PORTAL.format(base=f"http://{host}/", host=host, delay=DELAY), encoding="utf-8")
        one(root, site, portal, 0, chance, told)
        while told.kills < times and told.rounds <= times:
            one(root, site, portal, times, chance, told)
    return told


def main() -> int:
    """Prints what did not hold; status 1 where anything did not."""
    arguments = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    arguments.add_argument("--times", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as root:
        started = time.monotonic()
        told = rounds(Path(root), given.times, given.seed)
        print(*told.faults, sep="\n")
        print(f"{told.kills} kills in {told.rounds} archives, {told.flushed} captures flushed before them, "
              f"{told.torn} torn tails, {len(told.faults)} faults, {time.monotonic() - started:.0f} s")
        if told.faults:
            print((Path(root) / "log").read_text(errors="replace")[-3000:])
    return bool(told.faults)


if __name__ == "__main__":
    sys.exit(main())
