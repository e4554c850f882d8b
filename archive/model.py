"""The values at rest and on their way there: what the crawl hands over, what a WARC gives back."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from parsers.model import Source


@dataclass(frozen=True, slots=True)
class Facts:
    """What HTTP does not say about a fetch; kept in the capture's metadata record."""

    portal_id: str = ""
    run_id: str = ""
    via: str = ""         # URL of the page that led here
    anchor: str = ""      # text of the link
    reason: str = ""      # why it was fetched: seed, link, list, due, forced, robots …
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back, on its way into the archive.

    `response` is positioned at 0 and holds status line, headers and body as they were on the wire; None when no byte
    of a response came. `fidelity`: wire (as sent), decoded (content-coding undone by a browser), reconstructed.
    """

    url: str
    fetched_at: datetime          # UTC, when the request went out
    seconds: float                # from the request to the last byte
    request: bytes | None         # request head and body as sent
    response: IO[bytes] | None
    fidelity: str
    facts: Facts
    ip: str = ""
    truncated: str = ""           # "", length, time, disconnect, unspecified (WARC/1.1 §5.13)
    error: str = ""               # "timeout: …", "dns: …", "tls: …" where no response came
    etag: str = ""                # the validator that a 304 answers: If-None-Match, else If-Modified-Since
    rendered: str | None = None   # DOM serialised by a browser, written as a conversion record
    protocol: str = "http/1.1"    # WARC-Protocol values


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record starts: file name inside DATA/warc (or a path), offset and length in bytes as stored."""

    warc_file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch as the archive tells it: a response or revisit record with its metadata record joined in.

    `body` has transfer- and content-coding undone and, for an identical-payload revisit, is the referred-to body when
    that record could be found (else b"" and a problem). Failed fetches without a response have status None and `error`.
    """

    id: str                       # WARC-Record-ID without the brackets
    url: str
    fetched_at: datetime
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    payload_digest: str           # "sha1:BASE32" or "sha256:…", as recorded or computed; "" for a failed fetch
    location: Location
    fidelity: str
    facts: Facts
    record_type: str = "response"  # response | revisit | resource | metadata (a failed fetch)
    revisit_profile: str = ""      # "", identical-payload-digest, server-not-modified
    refers_to: str = ""            # record id that a revisit refers to
    truncated: str = ""
    error: str = ""
    problems: tuple[tuple[str, str], ...] = ()  # (code, detail)
    rendered: str | None = None    # DOM as a browser made it (conversion record), what the parsers read where it is

    def header(self, name: str) -> str:
        """The last value of a response header, "" where there is none."""
        return next((v for k, v in reversed(self.headers) if k.lower() == name.lower()), "")

    @property
    def source(self) -> Source:
        """What the parsers need of it: the page as a browser rendered it where it did, else the body."""
        if self.rendered is not None:
            return Source(self.rendered.encode(), self.url, "text/html; charset=utf-8", "", self.facts.anchor)
        return Source(self.body, self.url, self.header("content-type"), "", self.facts.anchor)


@dataclass(frozen=True, slots=True)
class Note:
    """A fact about the archive itself, kept in it as a metadata record: a portal's entry, a run's start or end.

    `kind` is portal, run or left (what a run did not visit of a portal); the target URI of the record is
    `urn:nianbao:<kind>:<id>` and its block is JSON.
    """

    kind: str
    id: str
    data: dict[str, Any]
    noted_at: datetime
    location: Location
    record_id: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A place of the archive that cannot be read or does not hold together."""

    code: str
    detail: str
    location: Location
