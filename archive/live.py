"""Rows while a crawl goes on: a process beside it reads what was archived; the backlog is a file."""

import json
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import IO, Any

from parsers.errors import NianbaoError

from archive.database import opened
from archive.folder import Folder
from archive.intake import Progress, load
from archive.loader import Loader
from archive.model import Location
from archive.pool import Pool
from archive.reading import reading
from archive.summary import Counts, Summary, counts
from archive.warc import read_at

LOG = logging.getLogger(__name__)
PAUSE = 0.1     # seconds between looks at the backlog
CALM = 2.0      # seconds between bringing history in line
PATIENCE = 30.0  # seconds without progress after which the process beside is given up


class Live:
    """Takes the places of new captures. `close` waits for the backlog, loads what is left and tells what was made.

    Nothing that goes wrong here touches the crawl: what the process beside missed is loaded at the end.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        folder.runs.mkdir(parents=True, exist_ok=True)
        for old in folder.runs.glob("backlog-*.jsonl"):  # of a run that was killed; its rows come with the last look
            old.unlink(missing_ok=True)
        self._path = folder.runs / f"backlog-{os.getpid()}.jsonl"
        self._backlog = self._path.open("w", encoding="utf-8")
        self._before = _before(folder)
        spawn: Any = multiprocessing.get_context("spawn")
        self._end: Event = spawn.Event()
        self._done = spawn.Value("Q", 0)
        self._sent = 0
        self._process = spawn.Process(target=follow, args=(folder, self._path, self._end, self._done), daemon=True)
        self._process.start()

    def add(self, location: Location) -> None:
        """A capture that was just flushed."""
        self._backlog.write(json.dumps([location.warc_file, location.offset, location.length]) + "\n")
        self._backlog.flush()
        self._sent += 1

    def close(self, progress: Progress | None = None) -> Summary:
        """Waits until all rows are there; `progress` is told captures done and in all, then bytes of the last look.

        The summary's seconds are those of the wait.
        """
        began = time.monotonic()
        self._backlog.close()
        self._end.set()
        seen, since = -1, time.monotonic()
        while self._process.is_alive() and time.monotonic() - since < PATIENCE:
            self._process.join(PAUSE)
            if self._done.value != seen:
                seen, since = self._done.value, time.monotonic()
                if progress:
                    progress(min(seen, self._sent), self._sent)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
        if self._process.exitcode:
            LOG.warning("the loader beside the crawl ended with status %s; the rest is loaded now",
                        self._process.exitcode)
        self._path.unlink(missing_ok=True)
        return replace(load(self._folder, before=self._before), seconds=time.monotonic() - began)


def _before(folder: Folder) -> Counts:
    if not folder.database.exists():
        return {"captures": 0}
    db = opened(folder.database)
    try:
        return counts(db)
    finally:
        db.close()


def follow(folder: Folder, path: Path, end: Event, done: Any) -> None:
    """Runs beside the crawl until it ends or dies: reads captures as their places come in."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    try:
        db = opened(folder.database)
        with path.open(encoding="utf-8") as backlog, Pool(folder, 1) as pool:
            loader = Loader(db, pool.again)
            settled = time.monotonic()
            for location in _places(backlog, end, lambda: parent is not None and parent.is_alive()):
                if location:
                    loader.add(reading(read_at(folder, location)))
                    done.value += 1
                if time.monotonic() - settled > CALM:
                    loader.settle()
                    settled = time.monotonic()
            loader.settle()
        db.close()
    except NianbaoError as error:
        LOG.error("%s", error)
        raise SystemExit(2) from None


def _places(backlog: IO[str], end: Event, is_wanted: Any) -> Iterator[Location | None]:
    """Locations as they come in, None for each moment of calm; ends when all are read and no more will come."""
    rest = ""
    while True:
        is_last = end.is_set() or not is_wanted()
        line = backlog.readline()
        if line.endswith("\n"):
            yield Location(*json.loads(rest + line))
            rest = ""
        elif line:
            rest += line
        elif is_last:
            return
        else:
            yield None
            time.sleep(PAUSE)
