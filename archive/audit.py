"""Each record held against itself and against the records that it names."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.fields import fields
from archive.measure import Measure, measured
from archive.model import Fault, Location
from archive.reader import NOTE
from archive.stream import MAIN, WEB, Raw, spans

TYPES = frozenset(("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation",
                   "arc_header"))
NEEDED = ("WARC-Record-ID", "WARC-Date", "Content-Length")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?$")
Told = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Target:
    """What a revisit says that it refers to, and where it stands."""

    id: str
    url: str
    date: str
    payload_digest: str
    place: Location


@dataclass(slots=True)
class Trail:
    """What is kept of the records seen: hashes, some 300 bytes a capture."""

    ids: set[int] = field(default_factory=set)
    holders: dict[int, int] = field(default_factory=dict)  # id, or URL and date → payload digest
    targets: list[Target] = field(default_factory=list)
    captures: dict[int, tuple[str, int, int, int]] = field(default_factory=dict)  # id → file, offset, length, content
    records: int = 0


@dataclass(slots=True)
class Page:
    """What is known of the file that is being read."""

    name: str
    is_ours: bool = False
    bare: tuple[str, Location] | None = None  # the last capture, until its metadata record comes
    last: int = -1                            # offset of the record before


def short(*parts: object) -> int:
    """A 64-bit hash to keep in place of texts."""
    joined = "\n".join(map(str, parts)).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest())


def walk(path: Path, trail: Trail) -> Iterator[Fault | tuple[Measure, Location]]:
    """The faults of one file, and each record that could be read."""
    page = Page(path.name)
    for found in spans(path, measured):
        if isinstance(found, Fault):
            yield found
            continue
        measure, place = found
        trail.records += 1
        yield from (Fault(code, detail, place) for code, detail in own(measure))
        yield from (Fault(code, detail, at) for code, detail, at in among(measure, place, page, trail))
        yield measure, place
    if page.bare and page.is_ours:
        yield Fault("facts_missing", f"no metadata record follows {page.bare[0]}", page.bare[1])


def own(measure: Measure) -> Told:
    """What a record says of itself that does not hold."""
    raw = measure.raw
    if raw.type not in TYPES:
        yield "type_unknown", f"WARC-Type is {raw.type or 'missing'!r}"
    for name in NEEDED:
        if raw.type != "arc_header" and not raw.header(name.lower()):
            yield "header_missing", f"{name} is missing"
    if (date := raw.header("warc-date")) and not DATE.match(date):
        yield "date_invalid", f"WARC-Date {date!r} is no date of WARC/1.1"
    if raw.length is not None and measure.seen != raw.length:
        yield "length_wrong", f"Content-Length is {raw.length}, but {measure.seen} bytes could be read"
    elif measure.block_fault:
        yield "block_digest", measure.block_fault
    elif measure.payload_fault:
        yield "payload_digest", measure.payload_fault
    if raw.url.startswith(NOTE):
        yield from _json(measure)


def _json(measure: Measure) -> Told:
    try:
        json.loads(measure.block)
    except ValueError as error:
        yield "note_broken", f"{measure.raw.url} holds no JSON: {error}"


def among(measure: Measure, place: Location, page: Page, trail: Trail) -> Iterator[tuple[str, str, Location]]:
    """What does not hold between a record and those before it; the trail grows by it."""
    raw = measure.raw
    if place.offset == page.last:
        yield "member_shared", "several records in one gzip member: none can be found by its offset", place
    page.last = place.offset
    if raw.type == "warcinfo":
        told = fields(measure.block)
        page.is_ours = told.get("software", "").startswith("nianbao")
        if page.is_ours and raw.header("warc-filename") != page.name:
            yield "file_name", f"the file was written as {raw.header('warc-filename')!r}", place
    if (key := short(raw.id)) in trail.ids:
        yield "id_twice", f"record id {raw.id} is used before", place
    together = raw.header("warc-concurrent-to").strip("<>")
    if together and raw.type != "request" and short(together) not in trail.ids:
        yield "concurrent_unknown", f"belongs to {together}, which does not come before it", place
    trail.ids.add(key)
    yield from _facts(raw, place, page, together)
    _remember(measure, place, trail)


def _facts(raw: Raw, place: Location, page: Page, together: str) -> Iterator[tuple[str, str, Location]]:
    """Each of our captures is followed by its metadata record."""
    if page.bare and raw.type == "metadata" and together == page.bare[0]:
        page.bare = None
    elif page.bare and page.is_ours and (raw.type in (*MAIN, "warcinfo") or raw.url.startswith(NOTE)):
        yield "facts_missing", f"no metadata record follows {page.bare[0]}", page.bare[1]
        page.bare = None
    if raw.type in MAIN:
        page.bare = raw.id, place


def _remember(measure: Measure, place: Location, trail: Trail) -> None:
    raw, digest = measure.raw, measure.payload_digest
    if raw.type == "revisit":
        url, date = raw.header("warc-refers-to-target-uri").strip("<>"), raw.header("warc-refers-to-date")
        trail.targets.append(Target(raw.header("warc-refers-to").strip("<>"), url, date, digest, place))
    elif raw.type in MAIN:
        trail.holders[short(raw.id)] = trail.holders[short(raw.url, raw.header("warc-date"))] = short(digest)
    is_failed = raw.type == "metadata" and not raw.header("warc-concurrent-to") and b"error: " in measure.block
    if raw.is_capture or (is_failed and raw.url.startswith(WEB)):
        said = "" if is_failed else raw.header("warc-payload-digest")
        trail.captures[short(raw.id)] = (place.warc_file, place.offset, place.length, short(raw.url, said))


def revisits(trail: Trail) -> Iterator[Fault]:
    """Revisits that point nowhere, or at another payload than they say."""
    for target in trail.targets:
        if not (target.url and target.date):
            yield Fault("revisit_headers", "WARC-Refers-To-Target-URI or WARC-Refers-To-Date is missing", target.place)
            continue
        keys = [short(target.id)] if target.id else []
        known = [trail.holders.get(key) for key in (*keys, short(target.url, target.date))]
        if None in known:
            named = target.id if known[0] is None and target.id else f"{target.url} of {target.date}"
            yield Fault("revisit_target", f"refers to {named}, which is not in the archive", target.place)
        elif any(digest != short(target.payload_digest) for digest in known):
            yield Fault("revisit_digest", f"says {target.payload_digest}, the record referred to says otherwise",
                        target.place)
