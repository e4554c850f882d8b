"""What is known of each host: kept while the crawl runs, blocks kept in DATA/runs/hosts.json between runs.

The file is where a person lifts a block. Where it is lost, the blocks are made again from the captures.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from archive import visits
from archive.folder import Folder
from archive.model import Facts, Location
from archive.moments import stamp
from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.clock import Clock, clock, real
from crawler.reach import Block, Evidence, Host
from crawler.signals import archived
from crawler.skipped import Skipped

LOG = logging.getLogger(__name__)
KEPT = timedelta(days=30)  # after its end a block still counts for the next one


class Hosts:
    """Watches hosts; `of(request)` is the one that a request goes to."""

    def __init__(self, folder: Folder, now: Clock = real) -> None:
        self.now = now
        self.path = folder.runs / "hosts.json"
        self.known: dict[str, Host] = {}
        kept = read(self.path)
        self.blocks = blocks(visits.answers(folder, stamp(now() - 2 * KEPT))) if kept is None else kept
        self._locations: WeakKeyDictionary[Request, Location] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Hosts":
        """As Scrapy does it."""
        hosts = cls(Folder(Path(crawler.settings["DATA"])), clock(crawler.settings))
        crawler.signals.connect(hosts.stored, archived)
        crawler.signals.connect(hosts.save, signals.spider_closed)
        return hosts

    def of(self, request: Request) -> Host:
        """The host of a request, with the block that an earlier run put on it."""
        name = urlsplit(request.url).netloc.rpartition("@")[2].lower()
        host = self.known.get(name)
        if host is None:
            host = self.known[name] = Host(name, block=self.blocks.get(name))
        facts = request.meta.get("facts")
        if isinstance(facts, Facts) and facts.portal_id:
            host.portals.add(facts.portal_id)
        return host

    def admit(self, request: Request) -> None:
        """Skipped while the request's host is blocked, or silent in this run."""
        reach, words = self.of(request).refusal(self.now())
        if reach:
            raise Skipped(reach, words)

    def stored(self, location: Location, request: Request) -> None:
        """Remembers where an exchange stands."""
        self._locations[request] = location

    def evidence(self, request: Request) -> Evidence:
        """The capture of a request that was just archived."""
        place = self._locations.get(request)
        return Evidence(request.url, place.warc_file, place.offset) if place else Evidence(request.url)

    def answered(self, request: Request, reach: str) -> None:
        """An answer came; a new block is kept at once, for a run may be killed."""
        host = self.of(request)
        before = host.block
        host.answered(reach, self.now(), self.evidence(request))
        if host.block is not before:
            self.save()

    def save(self) -> None:
        """Writes the blocks that are in force; an error of the disk is told, the crawl goes on without."""
        now = self.now()
        blocks = self.blocks | {h.name: h.block for h in self.known.values() if h.block}
        kept = {name: block for name, block in blocks.items() if block.holds(now) or now - block.until < KEPT}
        if not kept and not self.path.exists():
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps({n: asdict(b) for n, b in kept.items()}, default=stamp, indent=1), "utf-8")
        except OSError as error:
            LOG.error("cannot write %s: %s; blocked hosts are told in the run's note only", self.path, error.strerror)

    def told(self, portal_id: str, home: str) -> dict[str, Any]:
        """A portal's reach (that of its home page's host, else its best) and each of its hosts, for the run's note."""
        mine = {h.name: h for h in self.known.values() if portal_id in h.portals and h.reach}
        first = mine.get(urlsplit(home).netloc.lower()) or next(iter(sorted(mine.values(), key=_rank)), None)
        best = min([first, *mine.values()], key=_rank) if first and first.reach != "ok" and not first.block else first
        return {**(_shown(best) if best else {}), "hosts": {name: _shown(h) for name, h in sorted(mine.items())}}


def _rank(host: Host) -> bool:
    return host.reach != "ok"


def _shown(host: Host) -> dict[str, Any]:
    shown: dict[str, Any] = {"reach": host.reach, "reach_checked": stamp(host.checked) if host.checked else None}
    if host.evidence:
        shown["reach_evidence"] = asdict(host.evidence)
    if host.block:
        shown["blocked_until"] = stamp(host.block.until)
        shown["blocks"] = host.block.times
    return shown


def blocks(answers: Iterable[tuple[str, str, str, str]]) -> dict[str, Block]:
    """The blocks that answers (host, run, moment, reach) have led to, in order of time: as the runs put them on."""
    runs: dict[str, tuple[str, Host]] = {}
    for name, run, moment, reach in answers:
        before, host = runs.get(name, ("", Host(name)))
        if run != before:
            block, at = host.block, datetime.fromisoformat(moment)
            kept = block if block and (block.holds(at) or at - block.until < KEPT) else None
            host = Host(name, block=kept)
            runs[name] = run, host
        host.answered(reach, datetime.fromisoformat(moment), None)
    return {name: host.block for name, (_, host) in runs.items() if host.block}


def read(path: Path) -> dict[str, Block] | None:
    """The blocks of earlier runs; None where the file is not there, or is damaged, which is told."""
    try:
        return {name: _block(told) for name, told in json.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        LOG.warning("cannot read %s (%s); blocked hosts are known by the archive", path, error)
        return None


def _block(told: Mapping[str, Any]) -> Block:
    since, until = (datetime.fromisoformat(told[key]) for key in ("since", "until"))
    return Block(str(told["reach"]), since, until, int(told["times"]))
