"""Tapes: the bytes that went over a connection for one request, kept in memory while small and on disk when not."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Any
from weakref import WeakKeyDictionary

from scrapy import Request
from twisted.web.client import URI

from crawler.clock import Clock, real
from crawler.messages import Shown

IN_MEMORY = 1 << 18  # bytes of a response; more goes to a temporary file beside the archive


class Tape:
    """One request and what came back. `fault` is the error of the disk that ended the recording, if one did."""

    __slots__ = ("__weakref__", "asked", "began", "ended", "fault", "folder", "ip", "now", "protocols", "shown",
                 "size", "spool", "started")

    def __init__(self, folder: Path | None = None, now: Clock = real) -> None:
        self.folder, self.now = folder, now
        self.asked = bytearray()
        self.spool: SpooledTemporaryFile[bytes] | None = None
        self.size = 0
        self.ip = ""
        self.protocols: tuple[str, ...] = ("http/1.1",)
        self.fault: OSError | None = None
        self.shown: Sequence[Shown] = ()  # what a browser told instead, redirects first
        self.start()

    def start(self) -> None:
        """Sets the clock: the request goes out now."""
        self.started, self.began = self.now(), monotonic()
        self.ended = self.began

    def heard(self, data: bytes) -> None:
        """Keeps bytes of the response."""
        self.ended = monotonic()
        if self.fault:
            return
        try:
            if self.spool is None:
                self.spool = SpooledTemporaryFile(IN_MEMORY, dir=str(self.folder) if self.folder else None)  # noqa: SIM115
            self.spool.write(data)
            self.size += len(data)
        except OSError as error:
            self.fault = error

    def cut(self, surplus: int) -> None:
        """Drops bytes at the end that came after the message was complete: they belong to no response."""
        if surplus and self.spool is not None:
            self.size -= surplus
            self.spool.seek(self.size)
            self.spool.truncate()

    @property
    def response(self) -> IO[bytes] | None:
        """The response as it came, 1xx messages first, positioned at 0; None when no byte came."""
        if self.spool is None or not self.size:
            return None
        self.spool.seek(0)
        return self.spool

    @property
    def seconds(self) -> float:
        """From the request to the last byte."""
        return self.ended - self.began

    def close(self) -> None:
        """Lets the temporary file go."""
        if self.spool is not None:
            self.spool.close()
            self.spool = None


class Tapes:
    """The recordings under way, found by the Scrapy request that they belong to."""

    def __init__(self, folder: Path | None = None, now: Clock = real) -> None:
        self.folder, self.now = folder, now
        self.playing: Tape | None = None  # the one that receives bytes in this very call stack
        self._of: WeakKeyDictionary[Request, Tape] = WeakKeyDictionary()
        self._waiting: dict[tuple[bytes, bytes], list[Tape]] = {}

    def open(self, request: Request) -> None:
        """A Scrapy request is handed to the network."""
        self._of[request] = tape = Tape(self.folder, self.now)
        self._waiting.setdefault(_key(request.method.encode(), request.url.encode("ascii", "replace")), []).append(tape)

    def sent(self, method: bytes, url: bytes) -> Tape:
        """The tape for a request that a connection writes now: the first that waits with this address, or a new one.

        Two requests for one address at once may be mixed up here; `tie` puts that right when their headers arrive.
        """
        key = _key(method, url)
        waiting = self._waiting.get(key, [])
        tape = waiting.pop(0) if waiting else Tape(self.folder, self.now)
        if not waiting:
            self._waiting.pop(key, None)
        tape.start()
        return tape

    def tie(self, request: Request) -> None:
        """Connects tape and request for certain; a receiver of Scrapy's `headers_received`."""
        if self.playing is not None:
            self._of[request] = self.playing

    def show(self, request: Request, documents: Sequence[Shown]) -> None:
        """Keeps what a browser told of a request."""
        self._of[request].shown = documents

    def take(self, request: Request) -> Tape | None:
        """The tape of a request that has ended; None when nothing was handed to our handler for it."""
        tape = self._of.pop(request, None)
        key = _key(request.method.encode(), request.url.encode("ascii", "replace"))
        waiting = self._waiting.get(key, [])
        if tape in waiting:
            waiting.remove(tape)
        if not waiting:
            self._waiting.pop(key, None)
        return tape


@lru_cache(1 << 10)
def _key(method: bytes, url: bytes) -> tuple[bytes, bytes]:
    parsed: Any = URI
    return method, parsed.fromBytes(url.partition(b"#")[0]).toBytes()
