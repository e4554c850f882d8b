"""The tee: each request and response is copied byte for byte where Twisted writes and reads it, below any parsing.

It stands on private names of Scrapy (`_pool._factory`) and Twisted (`_newclient`); the range in pyproject.toml is what
tests/test_capture.py was run on, byte for byte.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from twisted.internet.defer import Deferred
from twisted.web._newclient import HTTP11ClientProtocol

from crawler.tape import Tape, Tapes


class Copy:
    """A transport that copies what is written to it onto a tape."""

    def __init__(self, transport: Any, tape: Tape) -> None:
        self._transport, self._tape = transport, tape

    def write(self, data: bytes) -> None:
        """Writes and copies."""
        self._tape.asked += data
        self._transport.write(data)

    def writeSequence(self, pieces: Iterable[bytes]) -> None:
        """Writes and copies."""
        self.write(b"".join(pieces))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Tee(HTTP11ClientProtocol):
    """Mixed into the client protocol that Scrapy's factory builds: every request gets a fresh tape."""

    tapes: Tapes
    tape: Tape | None = None
    transport: Any

    def request(self, request: Any) -> Deferred[Any]:
        """Sends a request; what is written goes onto its tape."""
        tape = self.tape = self.tapes.sent(request.method, request.absoluteURI or request.uri)
        tape.ip = getattr(self.transport.getPeer(), "host", "")
        write = request.writeTo
        request.writeTo = lambda transport: write(Copy(transport, tape))
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Copies what arrives, then lets Twisted parse it; Scrapy's `headers_received` comes from within."""
        if self.tape is not None:
            if not self.tape.size:
                self.tape.protocols = _protocols(self.transport, data)
            self.tape.heard(data)
        self.tapes.playing = self.tape
        try:
            received: Any = super().dataReceived
            received(data)
        finally:
            self.tapes.playing = None

    def _finishResponse(self, rest: bytes) -> None:
        if self.tape is not None:
            self.tape.cut(len(rest))
        self.tape = None
        super()._finishResponse(rest)


def _protocols(transport: Any, start: bytes) -> tuple[str, ...]:
    """WARC-Protocol values; the version of TLS is known only once data has come."""
    http = "http/1.0" if start.startswith(b"HTTP/1.0") else "http/1.1"
    handle = transport.getHandle() if hasattr(transport, "getHandle") else None
    version = getattr(handle, "get_protocol_version_name", None)
    return (http, version().lower().replace("tlsv", "tls/")) if version else (http,)


@cache
def _teed(protocol: Any) -> Any:
    return type(f"Teed{protocol.__name__}", (Tee, protocol), {})


def teed(factory: Any, tapes: Tapes) -> Any:
    """A connection factory like `factory`, whose protocols (of whatever class) copy onto tapes."""

    def build(self: Any, address: Any) -> Any:
        protocol = factory.buildProtocol(self, address)
        if protocol is not None:
            built: Any = type(protocol)
            protocol.__class__ = _teed(built)
            protocol.tapes = tapes
        return protocol

    return type(f"Teed{factory.__name__}", (factory,), {"buildProtocol": build})
