"""HTTP messages as bytes: where the head ends, what it says."""

import re
from dataclasses import dataclass
from typing import IO

HEAD_END = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
FINAL = 101          # the only 1xx status that ends an exchange (RFC 9110 §15.2.2)
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


def split(data: bytes) -> int:
    """The offset of the body in a message; its length where the head has no end."""
    end = HEAD_END.search(data)
    return end.end() if end else len(data)


def message(stream: IO[bytes]) -> Message:
    """Reads the head of a response stream positioned at 0, 1xx messages split off."""
    data, interim = b"", 0
    while True:
        end = HEAD_END.search(data, interim)
        more = b"" if end or len(data) - interim > HEAD_LIMIT else stream.read(1 << 16)
        if not end and more:
            data += more
            continue
        stop = end.end() if end else len(data)
        found = head(data[interim:stop])
        if end is None or found.status is None or not 100 <= found.status < 200 or found.status == FINAL:
            return Message(data[:interim], data[interim:stop], found, stop)
        if stop == len(data) and not (more := stream.read(1 << 16)):
            return Message(data[:interim], data[interim:stop], found, stop)
        data, interim = data + more if stop == len(data) else data, stop
