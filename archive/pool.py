"""Worker processes that read captures. They are handed places in the archive, never bodies."""

import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import parsers
from parsers.model import Report, Source

from archive.folder import Folder
from archive.loader import Again
from archive.model import Capture, Location
from archive.reading import Reading, reading, unread
from archive.warc import read_at

LOG = logging.getLogger(__name__)
CHUNK = 8    # captures handed over at a time
AHEAD = 4    # chunks a worker that may wait
SELDOM = 50_000  # objects made and kept until garbage is looked for: pages leave next to none


class Pool:
    """Reads captures in `workers` processes, in this one where that is 1. A crash costs one capture, as a problem."""

    def __init__(self, folder: Folder, workers: int) -> None:
        self._folder, self._workers = folder, workers
        self._executor = self._new() if workers > 1 else None
        self._usual = gc.get_threshold()

    def __enter__(self) -> "Pool":
        gc.set_threshold(SELDOM)
        return self

    def __exit__(self, *_: object) -> None:
        gc.set_threshold(*self._usual)
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def _new(self) -> ProcessPoolExecutor:
        """Workers are forked from one clean process that has read the modules: none of this one's files is theirs."""
        clean = multiprocessing.get_context("forkserver")
        clean.set_forkserver_preload([__name__])
        return ProcessPoolExecutor(self._workers, mp_context=clean, initializer=_begin)

    def readings(self, captures: Iterable[Capture]) -> Iterator[Reading]:
        """A reading of each capture, in order."""
        if self._executor is None:
            yield from map(reading, captures)
            return
        waiting: deque[tuple[list[Location], Future[list[Reading]]]] = deque()
        for chunk in _chunks(captures):
            waiting.append((chunk, self._submit(chunk)))
            if len(waiting) >= self._workers * AHEAD:
                yield from self._result(*waiting.popleft())
        while waiting:
            yield from self._result(*waiting.popleft())

    def again(self, places: list[Again]) -> Iterator[tuple[Report, ...]]:
        """The reports of captures that were read before."""
        if self._executor is None or len(places) < CHUNK:
            return (_again(self._folder, place) for place in places)
        return iter(self._executor.map(_again, [self._folder] * len(places), places, chunksize=CHUNK))

    def _submit(self, chunk: list[Location]) -> "Future[list[Reading]]":
        assert self._executor is not None
        try:
            return self._executor.submit(_readings, self._folder, chunk)
        except BrokenProcessPool as error:
            failed: Future[list[Reading]] = Future()
            failed.set_exception(error)
            return failed

    def _result(self, chunk: list[Location], future: "Future[list[Reading]]") -> Iterator[Reading]:
        try:
            yield from future.result()
        except BrokenProcessPool:
            yield from self._one_by_one(chunk)

    def _one_by_one(self, chunk: list[Location]) -> Iterator[Reading]:
        """After a crash: a new pool, and each capture of the chunk alone, so that the guilty one is known."""
        for location in chunk:
            with self._new() as alone:
                try:
                    yield from alone.submit(_readings, self._folder, [location]).result()
                except BrokenProcessPool:
                    LOG.error("reading %s at byte %d killed the process; it stands as a problem",
                              location.warc_file, location.offset)
                    yield unread(read_at(self._folder, location), "reader_crashed", "the process that read it died")
        assert self._executor is not None
        self._executor.shutdown(cancel_futures=True)
        self._executor = self._new()


def _chunks(captures: Iterable[Capture]) -> Iterator[list[Location]]:
    chunk: list[Location] = []
    for capture in captures:
        chunk.append(capture.location)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _begin() -> None:
    """In a worker: Ctrl-C is its parent's matter, it ends when that is killed, and garbage is seldom looked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(SELDOM)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _readings(folder: Folder, chunk: list[Location]) -> list[Reading]:
    """Runs in a worker."""
    return [reading(replace(read_at(folder, location), location=location)) for location in chunk]


def _again(folder: Folder, place: Again) -> tuple[Report, ...]:
    sources = [_shown(read_at(folder, location), source) for location, source in place.sources]
    if place.numbers:
        return (parsers.joined(list(zip(place.numbers, sources, strict=True))),)
    return parsers.read(sources[0])


def _shown(capture: Capture, source: Source) -> Source:
    """The source with what its capture gives the parsers: the page as a browser made it, where one did."""
    body = replace(source, body=capture.source.body)
    return body if capture.rendered is None else replace(body, content_type=capture.source.content_type)
