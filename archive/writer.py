"""Exchanges and notes, on their way into the archive's files: one run's writer."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive import compose, policy, posted
from archive.cdxj import Entry
from archive.compose import Answer, Original, Record
from archive.folder import Folder
from archive.index import Index
from archive.model import Exchange, Location
from archive.salvage import salvage
from archive.segment import Segment, WriteError, failure
from archive.stream import OPEN

LOG = logging.getLogger(__name__)


def real() -> datetime:
    """The time of the machine, UTC."""
    return datetime.now(UTC)


class Writer:
    """Writes one run's exchanges; use as a context manager. Safe to call from several threads.

    Opening it salvages what a crash left and brings the index up to date. Any error of the disk raises `WriteError`,
    after which the writer takes nothing more: the crawl has to end.
    """

    def __init__(self, folder: Folder, run_id: str, info: Mapping[str, str], max_bytes: int = 1 << 30,
                 now: Callable[[], datetime] = real) -> None:
        self._folder, self._run, self._info, self._max = folder, run_id, dict(info), max_bytes
        self._now = now
        self._lock = threading.RLock()
        self._segment: Segment | None = None
        self._serial = 0
        self._broken: WriteError | None = None
        for saved in salvage(folder):
            LOG.warning("%s", saved)
        self._index = Index(folder)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, exchange: Exchange) -> Location:
        """Writes and flushes all records of an exchange; says where the response, revisit or failed record starts."""
        found = compose.answer(exchange.response) if exchange.response else None
        with self._lock:
            original = self._original(exchange, found)
            records = compose.records(exchange, found, original)
            location = self._commit(records)
            if found and not (original and found.message.head.status == 304):
                self._index.add(_entry(records[0], exchange, found, original, location))
            return location

    def note(self, kind: str, id: str, data: Mapping[str, Any]) -> Location:
        """Writes and flushes a fact about a portal or a run."""
        record = compose.note(kind, id, data, self._now())
        with self._lock:
            return self._commit([record])

    def close(self) -> None:
        """Syncs and names the file, sorts the index."""
        with self._lock:
            self._finish()
            self._index.close()

    def _finish(self) -> None:
        segment, self._segment = self._segment, None
        if segment:
            segment.close()

    def _commit(self, records: Sequence[Record]) -> Location:
        """Writes all of the records or none; where the first one starts."""
        if self._broken:
            raise self._broken
        segment = self._segment or self._opened()
        try:
            location, *_ = [segment.put(record) for record in records]
            segment.commit()
        except OSError as error:
            self._broken = failure(segment.open_path, error)
            raise self._broken from error
        except BaseException:
            segment.undo()
            raise
        if segment.size >= self._max:
            self._finish()
        return location

    def _opened(self) -> Segment:
        path = self._path()
        self._segment = segment = Segment(path)
        segment.put(compose.warcinfo(path.name, self._run, self._info, self._now()))
        segment.commit()
        return segment

    def _path(self) -> Path:
        while True:
            self._serial += 1
            path = self._folder.warc / f"{self._run}-{self._serial:05d}.warc.gz"
            if not path.exists() and not path.with_name(path.name + OPEN).exists():
                return path

    def _original(self, exchange: Exchange, found: Answer | None) -> Original | None:
        if not found or exchange.truncated:
            return None
        if found.message.head.status == 304:
            return self._index.latest(exchange.url, exchange.etag) if exchange.etag else None
        return self._index.holder(found.payload_digest) if compose.is_whole(exchange, found) else None


def _entry(record: Record, exchange: Exchange, found: Answer, original: Original | None, place: Location) -> Entry:
    head = found.message.head
    mime = head.header("content-type").partition(";")[0].strip().lower()
    return Entry(record.type, record.id, exchange.url, compose.iso(exchange.fetched_at), str(head.status or ""), mime,
                 original.payload_digest if original else found.payload_digest, place, head.header("etag"),
                 head.header("last-modified"), bool(exchange.truncated), original,
                 posted.query(policy.stored(exchange.request or b"")[0]))
