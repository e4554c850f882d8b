"""A record with its block in memory, and the HTTP message in it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from archive.codings import Dechunker
from archive.members import PIECE
from archive.messages import Head, message
from archive.stream import MAIN, Raw

LIMIT = 64 << 20  # bytes of a block that are taken into memory
READ = (*MAIN, "request", "metadata", "conversion")
Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`data` is cut at `LIMIT`, and empty for types that are of no use here."""

    raw: Raw
    data: bytes
    is_cut: bool = False
    is_torn: bool = False


def loaded(raw: Raw) -> Block:
    """Reads a record's block."""
    if raw.type not in READ:
        return Block(raw, b"")
    parts: list[bytes] = []
    left = LIMIT + 1
    while left > 0 and (piece := raw.read(min(left, PIECE))):
        parts.append(piece)
        left -= len(piece)
    data = b"".join(parts)
    return Block(raw, data[:LIMIT], len(data) > LIMIT, len(data) < min(raw.length or 0, LIMIT))


def content(block: Block) -> tuple[Head, bytes, Problems]:
    """HTTP head, payload (chunk framing off, content coding kept) and problems.

    Records without HTTP in them (resource) get a head of status 200 with their content type.
    """
    raw, cut = block.raw, (("body_too_long", f"block cut at {LIMIT} bytes"),) if block.is_cut else ()
    is_http = "application/http" in raw.header("content-type").lower() or block.data.startswith(b"HTTP/")
    if raw.type == "resource" or not is_http:
        return Head(200, (("content-type", raw.header("content-type")),)), block.data, cut
    found = message(block.data)
    payload, problems = unframed(block.data[found.start:], found.head)
    return found.head, payload, cut + problems


def unframed(body: bytes, told: Head) -> tuple[bytes, Problems]:
    """The payload of a body in memory, and problems (chunks_broken, chunks_cut)."""
    if not told.is_chunked:
        return body, ()
    framing = Dechunker()
    data = framing.feed(body) + framing.close()
    if framing.is_broken:
        return data, (("chunks_broken", "chunk framing breaks off, the rest stands as it came"),)
    if framing.is_framed and not framing.is_complete:
        return data, (("chunks_cut", "the last chunk is missing"),)
    return data, ()


def moment(text: str) -> datetime:
    """A WARC-Date of any precision as UTC; the epoch where it is none."""
    digits = "".join(c for c in text if c.isdigit())
    try:
        found = datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return found.replace(microsecond=int(digits[14:20].ljust(6, "0")))
