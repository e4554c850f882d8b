"""What is known of each host: kept while the crawl runs, blocks kept in DATA/runs/hosts.json between runs.

The file only saves reading the archive: blocks stand in the run notes too (`hosts` of a portal's result).
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from archive.model import Facts, Location
from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.clock import Clock, clock, real
from crawler.reach import Block, Evidence, Host
from crawler.signals import archived
from crawler.skipped import Skipped

LOG = logging.getLogger(__name__)


class Hosts:
    """Watches hosts; `of(request)` is the one that a request goes to."""

    def __init__(self, path: Path, now: Clock = real) -> None:
        self.now = now
        self.path = path
        self.known: dict[str, Host] = {}
        self.blocks = read(path)
        self._locations: WeakKeyDictionary[Request, Location] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Hosts":
        """As Scrapy does it."""
        hosts = cls(Path(crawler.settings["DATA"]) / "runs" / "hosts.json", clock(crawler.settings))
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

    def save(self) -> None:
        """Writes the blocks that are in force; an error of the disk is told, the crawl is over anyway."""
        now = self.now()
        blocks = self.blocks | {h.name: h.block for h in self.known.values() if h.block}
        kept = {name: block for name, block in blocks.items() if block.holds(now) or (now - block.until).days < 30}
        if not kept and not self.path.exists():
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps({n: asdict(b) for n, b in kept.items()}, default=_iso, indent=1), "utf-8")
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
    shown: dict[str, Any] = {"reach": host.reach, "reach_checked": _iso(host.checked) if host.checked else None}
    if host.evidence:
        shown["reach_evidence"] = asdict(host.evidence)
    if host.block:
        shown["blocked_until"] = _iso(host.block.until)
        shown["blocks"] = host.block.times
    return shown


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(path: Path) -> dict[str, Block]:
    """The blocks of earlier runs; none where the file is not there. A damaged file is told and counts as none."""
    try:
        return {name: _block(told) for name, told in json.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        LOG.warning("cannot read %s (%s); hosts that were blocked before are asked again", path, error)
        return {}


def _block(told: Mapping[str, Any]) -> Block:
    since, until = (datetime.fromisoformat(told[key]) for key in ("since", "until"))
    return Block(str(told["reach"]), since, until, int(told["times"]))
