"""Transfer and content codings undone, within limits."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from fastwarc.stream_io import BrotliReader, WarcReader, ZstdReader

SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n?$")
PREFIX = re.compile(rb"\r?\n?[ \t]*[0-9A-Fa-f]*[ \t]*(?:;[^\n]*)?\r?$")
LINE_LIMIT = 1 << 16
GZIP = b"\x1f\x8b"
CODINGS = ("gzip", "x-gzip", "deflate", "br", "zstd")
PLAIN = ("", "identity", "none", "utf-8")  # the last two are no codings, but servers send them
Problems = tuple[tuple[str, str], ...]


class Dechunker:
    """Takes chunk framing off as the bytes come (RFC 9112 §7.1): extensions and trailers are dropped.

    Where a size line is no size line the rest is passed on as it stands, and `is_broken` says so; a body whose very
    first line is none was stored without framing and is passed on whole (`is_framed` False).
    """

    def __init__(self) -> None:
        self._buffer = b""
        self._left = 0
        self._state = "size"
        self.is_framed = False
        self.is_broken = False

    @property
    def is_complete(self) -> bool:
        """Whether the last chunk was seen."""
        return self._state == "end"

    def feed(self, data: bytes) -> bytes:
        """The payload bytes that `data` completes."""
        out: list[bytes] = []
        self._buffer += data
        while self._buffer and self._step(out):
            pass
        return b"".join(out)

    def close(self) -> bytes:
        """What is left when the stream ends: bytes that are no beginning of a size line are payload."""
        rest, self._buffer = self._buffer, b""
        is_framing = self._state == "end" or (self.is_framed and PREFIX.match(rest))
        self.is_broken |= self.is_framed and not is_framing
        return b"" if is_framing else rest

    def _step(self, out: list[bytes]) -> bool:
        if self._state == "end":
            self._buffer = b""
        elif self._state == "raw":
            out.append(self._buffer)
            self._buffer = b""
        elif self._state == "data":
            out.append(self._buffer[:self._left])
            taken, self._buffer = len(out[-1]), self._buffer[self._left:]
            self._left -= taken
            self._state = "data" if self._left else "gap"
        else:
            return self._line()
        return True

    def _line(self) -> bool:
        line, feed, rest = self._buffer.partition(b"\n")
        if not feed and len(line) < LINE_LIMIT:
            return False
        if self._state == "gap" and not line.strip(b"\r"):
            self._state, self._buffer = "size", rest
            return True
        found = SIZE.match(line) if self._state != "gap" and feed else None
        if not found:
            self._state, self.is_broken = "raw", self.is_framed
            return True
        self.is_framed, self._buffer, self._left = True, rest, int(found[1], 16)
        self._state = "data" if self._left else "end"
        return True


def pieces(stream: IO[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """The rest of a stream in pieces."""
    while piece := stream.read(size):
        yield piece


def payload(parts: Iterator[bytes], is_chunked: bool) -> Iterator[bytes]:
    """The payload of a body that comes in parts: chunk framing off, content coding kept (WARC/1.1 §6.3.2)."""
    if not is_chunked:
        yield from parts
        return
    framing = Dechunker()
    for part in parts:
        yield framing.feed(part)
    yield framing.close()


def inflated(data: bytes, limit: int) -> tuple[bytes, bool]:
    """gzip (also several members) or deflate with or without its zlib head; at most `limit` + 1 bytes.

    And whether the stream was whole: a cut one gives what it holds. Raises zlib.error where that is nothing.
    """
    bits = 31 if data[:2] == GZIP else 15 if _is_zlib(data) else -15
    out, rest = b"", data
    while rest and len(out) <= limit:
        engine = zlib.decompressobj(bits)
        try:
            out += engine.decompress(rest, limit + 1 - len(out))
        except zlib.error:
            if not out:
                raise
            return out, False
        if not engine.eof:
            return out, len(out) > limit
        rest = engine.unused_data if engine.unused_data[:2] == GZIP else b""
    return out, True


def _is_zlib(data: bytes) -> bool:
    """Whether the stream has a zlib head (RFC 1950 §2.2); servers send deflate with and without."""
    return len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0


def _read(reader: WarcReader, limit: int) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    size = 0
    while size <= limit:
        try:
            piece = reader.read(min(1 << 16, limit + 1 - size))
        except OSError:
            if not parts:
                raise
            return b"".join(parts), False
        if not piece:
            break
        parts.append(piece)
        size += len(piece)
    return b"".join(parts), True


def undone(data: bytes, coding: str, limit: int) -> tuple[bytes, bool]:
    """One content coding undone, and whether its stream was whole. Raises OSError or zlib.error where it is none."""
    if coding in ("gzip", "x-gzip", "deflate"):
        return inflated(data, limit)
    return _read(BrotliReader(BytesIO(data)) if coding == "br" else ZstdReader(BytesIO(data)), limit)


def decoded(data: bytes, codings: str, limit: int) -> tuple[bytes, Problems]:
    """The body with its content codings (the Content-Encoding header) undone, and problems.

    body_too_long: cut at `limit` bytes; coding_cut: the stream ends early, what it held is given;
    coding_unknown, coding_broken: the bytes stand as they came.
    """
    problems: list[tuple[str, str]] = []
    for coding in reversed([c.strip().lower() for c in codings.split(",")]):
        if not data or coding in PLAIN:
            continue
        if coding not in CODINGS:
            problems.append(("coding_unknown", f"content coding {coding} is not known"))
            break
        try:
            data, is_whole = undone(data, coding, limit)
        except (zlib.error, OSError) as error:
            problems.append(("coding_broken", f"the body is not {coding}: {error}"))
            break
        if not is_whole:
            problems.append(("coding_cut", f"the {coding} stream ends early"))
    if len(data) > limit:
        problems.append(("body_too_long", f"more than {limit} bytes, cut there"))
    return data[:limit], tuple(problems)
