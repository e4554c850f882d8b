"""Fetches addresses as the crawl does, in a process of its own: `fetched` in tests starts `python -m tests.fetch`."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from archive.model import Facts
from crawler.portals import read

PORTAL = """[[portal]]
id = "{id}"
name = "试验门户"
region = "620700"
level = "city"
home = "{home}"
hosts = {hosts}
delay = {delay}
{more}
"""


ARCHIVE = {"crawler.hosts.Hosts": 50, "crawler.archiver.Archiver": 100}  # no loader beside it


@dataclass(frozen=True, slots=True)
class Fetched:
    """How the crawl went: what the spider saw for each address (in order of arrival), its stats and its log."""

    seen: list[dict[str, Any]]
    stats: dict[str, Any]
    log: str
    data: Path
    status: int
    peak: int = 0  # MB of memory, at most
    by_url: dict[str, dict[str, Any]] = field(default_factory=dict)


def portal(home: str, hosts: Sequence[str], id: str = "p", delay: float = 0.0, more: str = "") -> str:
    """One entry of a portal file."""
    return PORTAL.format(id=id, home=home, hosts=json.dumps(list(hosts)), delay=delay, more=more)


def fetched(folder: Path, portals: str, requests: Sequence[str | Mapping[str, Any]], settings: Mapping[str, Any] = {},
            environment: Mapping[str, str] = {}, prefix: Sequence[str] = (), timeout: float = 120) -> Fetched:
    """Fetches `requests` (addresses, or Request's arguments) for portal `p` into folder/data; `prefix` wraps python."""
    folder.mkdir(parents=True, exist_ok=True)
    file, data = folder / "portals.toml", folder / "data"
    file.write_text(portals, "utf-8")
    job = {"portals": str(file), "requests": [r if isinstance(r, str) else dict(r) for r in requests],
           "settings": {"DATA": str(data), "EXTENSIONS": ARCHIVE} | dict(settings)}
    done = subprocess.run([*prefix, sys.executable, "-m", "tests.fetch"], input=json.dumps(job), capture_output=True,
                          text=True, timeout=timeout, env=os.environ | dict(environment), check=False)
    if not done.stdout.strip():
        raise AssertionError(done.stderr)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Fetched(told["seen"], told["stats"], done.stderr, data, done.returncode, told["peak"],
                   {each["url"]: each for each in told["seen"]})


class Fetch(Spider):
    """Asks for what it is told to, and notes what came."""

    name = "fetch"

    def __init__(self, job: dict[str, Any]) -> None:
        super().__init__()
        self.job, self.portals, self.seen = job, read(Path(job["portals"])), list[dict[str, Any]]()

    async def start(self) -> AsyncIterator[Request]:
        """One request for each entry of the job."""
        for entry in self.job["requests"]:
            told: dict[str, Any] = {"url": entry} if isinstance(entry, str) else dict(entry)
            facts = Facts(told.pop("portal", "p"), reason="seed")
            meta = {"facts": facts, "handle_httpstatus_all": True, "asked": told["url"], **told.pop("meta", {})}
            yield Request(**told, callback=self.parse, errback=self.failed, dont_filter=True, meta=meta)

    def parse(self, response: Response) -> None:
        """Notes an answer."""
        request = response.request
        assert request is not None
        self.seen.append({"url": request.meta["asked"], "final": response.url, "status": response.status,
                          "size": len(response.body), "flags": response.flags,
                          "start": response.body[:200].decode("utf-8", "replace"),
                          "is_text": isinstance(response, TextResponse), "xhr": request.meta.get("xhr", [])})

    def failed(self, failure: Failure) -> None:
        """Notes a failure."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.seen.append({"url": request.meta["asked"], "error": type(failure.value).__name__,
                          "message": failure.getErrorMessage()})


def main() -> None:
    """Does the job that stands on standard input; the last line of standard output tells how it went."""
    job = json.load(sys.stdin)
    settings = get_project_settings()
    settings.setdict({"SPIDER_MODULES": [], **job["settings"]}, priority="cmdline")
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(Fetch)
    process.crawl(crawler, job=job)
    process.start()
    spider = crawler.spider
    seen = spider.seen if isinstance(spider, Fetch) else []
    stats = crawler.stats.get_stats() if crawler.stats else {}
    print(json.dumps({"seen": seen, "stats": stats, "peak": _peak()}, default=str))


def _peak() -> int:
    """MB that this process held at most (VmHWM); ru_maxrss counts what its parent held when it forked, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // 1024


if __name__ == "__main__":
    main()
