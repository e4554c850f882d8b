"""An exchange as WARC/1.1 records: pure, but for reading the response stream."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

from archive import fields, policy
from archive.codings import payload, pieces
from archive.digests import EMPTY, digest, label, new
from archive.messages import Message, lead, message
from archive.model import Exchange

PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
RESPONSE, REQUEST = "application/http; msgtype=response", "application/http; msgtype=request"
FIELDS, JSON, HTML = "application/warc-fields", "application/json", "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: `head` and then the rest of `body` from where it stands (`length` bytes) make its block."""

    type: str
    id: str
    headers: tuple[tuple[str, str], ...]
    content_type: str
    head: bytes
    body: IO[bytes]
    length: int
    is_packed: bool = False  # whether a content coding makes the body small already


@dataclass(frozen=True, slots=True)
class Original:
    """The record that holds the payload which a revisit stands for."""

    id: str
    url: str
    date: str
    payload_digest: str
    place: str  # "file offset", a hint for fast reading


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, measured: where its body starts and what its digests are. `size` is the payload's, in bytes."""

    message: Message
    length: int
    size: int
    block_digest: str
    payload_digest: str


def identifier() -> str:
    """A fresh record id."""
    return f"urn:uuid:{uuid.uuid4()}"


def iso(moment: datetime) -> str:
    """A WARC-Date, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def answer(stream: IO[bytes]) -> Answer | None:
    """Measures a response in one pass over the stream; None where it holds no byte."""
    stream.seek(0)
    found = message(lead(stream.read))
    if not found.raw:
        return None
    stream.seek(found.start)
    block, body, length, size = new(), new(), 0, 0
    block.update(found.raw)

    def seen() -> Iterator[bytes]:
        nonlocal length
        for piece in pieces(stream):
            length += len(piece)
            block.update(piece)
            yield piece

    for part in payload(seen(), found.head.is_chunked):
        body.update(part)
        size += len(part)
    return Answer(found, length, size, label(block), label(body))


def _uri(url: str) -> str:
    if url.isprintable() and " " not in url:
        return url
    return "".join(c if c.isprintable() and c != " " else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
                   for c in url)


def _headers(kind: str, id: str, date: str, url: str, more: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    first = {"WARC-Type": kind, "WARC-Record-ID": f"<{id}>", "WARC-Date": date, "WARC-Target-URI": _uri(url)}
    return tuple((k, v) for k, v in {**first, **more}.items() if v)


def small(kind: str, date: str, url: str, content_type: str, data: bytes, more: Mapping[str, str]) -> Record:
    """A record whose block is at hand."""
    id = identifier()
    headers = _headers(kind, id, date, url, {**more, "WARC-Block-Digest": digest([data])})
    return Record(kind, id, headers, content_type, data, BytesIO(), 0)


def note(kind: str, id: str, data: Mapping[str, Any], now: datetime) -> Record:
    """A fact about a portal or a run, as JSON."""
    body = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "backslashreplace")
    return small("metadata", iso(now), f"urn:nianbao:{kind}:{id}", JSON, body, {})


def warcinfo(name: str, run_id: str, info: Mapping[str, str], now: datetime) -> Record:
    """The first record of a file."""
    told = {"software": "nianbao", "format": "WARC File Format 1.1", "isPartOf": run_id,
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/", **info}
    return small("warcinfo", iso(now), "", FIELDS, fields.block(told), {"WARC-Filename": name})


def facts(exchange: Exchange, redacted: tuple[str, ...], interim: bytes, original: Original | None) -> dict[str, str]:
    """The fields of a capture's metadata record."""
    known = exchange.facts
    return {
        "portal": known.portal_id, "run": known.run_id, "via": known.via, "anchor": known.anchor,
        "reason": known.reason, "depth": str(known.depth), "fidelity": exchange.fidelity,
        "fetchTimeMs": str(round(exchange.seconds * 1000)), "error": exchange.error, "validator": exchange.etag,
        "requestHeadersWithheld": ", ".join(redacted), "interimResponses": interim.decode("latin-1"),
        "payloadAt": original.place if original else "",
    }


def records(exchange: Exchange, answer: Answer | None, original: Original | None) -> list[Record]:
    """The records of an exchange, the response, revisit or failed record first."""
    date, url = iso(exchange.fetched_at), exchange.url
    request, redacted = policy.stored(exchange.request or b"")
    told = facts(exchange, redacted, answer.message.interim if answer else b"", original)
    if answer and exchange.response:
        first = _first(exchange, exchange.response, answer, original)
    else:
        failed = fields.block({**told, "error": exchange.error or "unspecified: no byte of a response came"})
        first = small("metadata", date, url, FIELDS, failed, {"WARC-IP-Address": exchange.ip})
    together = {"WARC-Concurrent-To": f"<{first.id}>"}
    out = [first]
    if request:
        out.append(small("request", date, url, REQUEST, request, together))
    if exchange.rendered is not None:
        dom = exchange.rendered.encode("utf-8", "replace")
        out.append(small("conversion", date, url, HTML, dom, {"WARC-Refers-To": f"<{first.id}>"}))
    if answer:
        out.append(small("metadata", date, url, FIELDS, fields.block(told), together))
    return out


def _first(exchange: Exchange, stream: IO[bytes], found: Answer, original: Original | None) -> Record:
    id, kind = identifier(), "revisit" if original else "response"
    more = {"WARC-IP-Address": exchange.ip, "WARC-Protocol": exchange.protocol, "WARC-Truncated": exchange.truncated,
            "WARC-Block-Digest": found.block_digest, "WARC-Payload-Digest": found.payload_digest}
    head, length = found.message.raw, found.length
    stream.seek(found.message.start)
    if original:
        profile = "server-not-modified" if found.message.head.status == 304 else "identical-payload-digest"
        more |= {"WARC-Profile": PROFILE + profile, "WARC-Refers-To": f"<{original.id}>",
                 "WARC-Refers-To-Target-URI": _uri(original.url), "WARC-Refers-To-Date": original.date,
                 "WARC-Payload-Digest": original.payload_digest, "WARC-Block-Digest": digest([head])}
        stream, length = BytesIO(), 0
    return Record(kind, id, _headers(kind, id, iso(exchange.fetched_at), exchange.url, more), RESPONSE,
                  head, stream, length, bool(found.message.head.header("content-encoding")))


def is_whole(exchange: Exchange, found: Answer) -> bool:
    """Whether a later record may refer to this one's payload."""
    return found.payload_digest != EMPTY and not exchange.truncated
