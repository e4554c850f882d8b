"""A record measured in one pass, whatever its size: what its digests are and what its block says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import digests
from archive.codings import payload
from archive.members import PIECE
from archive.messages import Head, lead, message
from archive.stream import Raw

if TYPE_CHECKING:
    from hashlib import _Hash

HTTP = "application/http"
SMALL = 1 << 20  # bytes; longer blocks of metadata are not looked into


@dataclass(frozen=True, slots=True)
class Measure:
    """`seen`: bytes of the block that could be read. Digests hold, do not (with why), or are not there ("")."""

    raw: Raw
    seen: int
    head: Head
    block_fault: str
    payload_fault: str
    payload_digest: str  # as recorded, else computed
    block: bytes         # of metadata and warcinfo records, else b""


def measured(raw: Raw) -> Measure:
    """Reads a record to its end, holding no more than its head."""
    is_main = raw.type in ("response", "revisit")
    data = lead(raw.read) if is_main else raw.read(PIECE)
    is_http = is_main and (HTTP in raw.header("content-type").lower() or data.startswith(b"HTTP/"))
    found = message(data) if is_http else None
    start = found.start if found else 0
    recorded = raw.header("warc-block-digest"), raw.header("warc-payload-digest")
    block, body, framed = _engine(recorded[0]), _engine(recorded[1]), _engine(recorded[1])
    kept: list[bytes] = [data] if raw.type in ("metadata", "warcinfo") else []
    seen = len(data)
    block.update(data)

    def parts() -> Iterator[bytes]:
        nonlocal seen
        framed.update(data[start:])
        yield data[start:]
        while piece := raw.read(PIECE):
            seen += len(piece)
            block.update(piece)
            framed.update(piece)
            if kept and seen < SMALL:
                kept.append(piece)
            yield piece

    for part in payload(parts(), bool(found and found.head.is_chunked)):
        body.update(part)
    told = found.head if found else Head(200, (("content-type", raw.header("content-type")),))
    return Measure(raw, seen, told, _fault(recorded[0], block.digest()), _payload_fault(raw, body, framed),
                   recorded[1] or digests.label(body), b"".join(kept))


def _engine(recorded: str) -> "_Hash":
    return digests.engine(recorded) or digests.new()


def _payload_fault(raw: Raw, body: "_Hash", framed: "_Hash") -> str:
    recorded = raw.header("warc-payload-digest")
    if raw.type not in ("response", "resource") or not (fault := _fault(recorded, body.digest())):
        return ""
    is_framed = digests.is_equal(recorded, framed.digest())
    return f"{fault}; it is that of the body with its chunk framing" if is_framed else fault


def _fault(recorded: str, computed: bytes) -> str:
    if not recorded or digests.is_equal(recorded, computed):
        return ""
    if digests.engine(recorded) is None:
        return f"{recorded} is of an unknown algorithm"
    return f"recorded {recorded}, but the bytes give {computed.hex()}"
