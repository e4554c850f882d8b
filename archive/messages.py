"""HTTP messages as bytes: where the head ends, what it says."""

import re
from collections.abc import Callable
from dataclasses import dataclass

HEAD_END = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
FINAL = 101          # the only 1xx status that ends an exchange (RFC 9110 §15.2.2)
PIECE = 1 << 16
HEAD_LIMIT = 1 << 20  # bytes; a longer head is taken for a head without an end


@dataclass(frozen=True, slots=True)
class Head:
    """Start line and headers. `status` is None where the start line is no HTTP status line."""

    status: int | None
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The last value of a header, "" where there is none."""
        return next((v for k, v in reversed(self.headers) if k.lower() == name), "")

    @property
    def is_chunked(self) -> bool:
        """Whether the body is framed in chunks."""
        return any(k.lower() == "transfer-encoding" and "chunked" in v.lower() for k, v in self.headers)


@dataclass(frozen=True, slots=True)
class Message:
    """The start of a response: 1xx messages that came before it, its head, and the offset of its body."""

    interim: bytes
    raw: bytes
    head: Head
    start: int
    is_open: bool  # whether more bytes could still change this


def text(data: bytes) -> str:
    """Header bytes as text: UTF-8 where they are, else Latin-1, which loses nothing."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def head(raw: bytes) -> Head:
    r"""The parsed head; folded lines are joined, lines without a colon skipped.

    >>> head(b"HTTP/1.1 200 OK\r\nA: 1\r\n 2\r\nbad\r\nB:\r\n\r\n")
    Head(status=200, headers=(('A', '1 2'), ('B', '')))
    """
    found = STATUS.match(raw)
    headers: list[tuple[str, str]] = []
    for line in raw.split(b"\n")[1:]:
        if line[:1] in (b" ", b"\t") and headers and line.strip():
            name, value = headers.pop()
            headers.append((name, f"{value} {text(line.strip())}".strip()))
        elif b":" in line:
            key, _, rest = line.partition(b":")
            headers.append((text(key.strip()), text(rest.strip())))
    return Head(int(found[1]) if found else None, tuple(headers))


def lead(read: Callable[[int], bytes]) -> bytes:
    """The first bytes of a response stream: at least its final head, where that has an end within `HEAD_LIMIT`."""
    data = b""
    while (found := message(data)).is_open and len(data) - len(found.interim) <= HEAD_LIMIT:
        piece = read(PIECE)
        if not piece:
            break
        data += piece
    return data


def message(data: bytes) -> Message:
    r"""The response at the start of some bytes, 1xx messages before it split off.

    >>> message(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody").start
    47
    """
    start = 0
    while end := HEAD_END.search(data, start):
        stop = end.end()
        found = head(data[start:stop])
        is_interim = found.status is not None and 100 <= found.status < 200 and found.status != FINAL
        if not is_interim or stop == len(data):
            return Message(data[:start], data[start:stop], found, stop, is_interim)
        start = stop
    return Message(data[:start], data[start:], head(data[start:]), len(data), True)
