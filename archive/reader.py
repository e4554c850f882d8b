"""Captures, notes and faults from any producer's WARC or ARC file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from parsers.errors import NianbaoError

from archive import posted
from archive.block import Block, Problems, content, loaded, moment
from archive.codings import decoded
from archive.digests import digest
from archive.fields import fields
from archive.folder import Folder
from archive.messages import Head
from archive.model import Capture, Facts, Fault, Location, Note
from archive.originals import Originals
from archive.stream import OPEN, WEB, spans

LIMIT = 64 << 20
NOTE = "urn:nianbao:"


@dataclass(frozen=True, slots=True)
class Held:
    """A capture whose further records may still follow; `block` is None for a failed fetch."""

    capture: Capture
    block: Block | None = None
    hint: str = ""  # where the payload of a revisit lies, as our own metadata records say: "file offset"


def records(path: Path, offset: int = 0) -> Iterator[Capture | Note | Fault]:
    """Everything the file tells, in order, from an offset on. Never raises for a broken record: that is a `Fault`.

    Raises NianbaoError where the file cannot be opened. Bodies above 64 MiB are cut, with a problem.
    """
    originals = Originals(path)
    held: Held | None = None
    for found in spans(path, loaded, offset):
        if not isinstance(found, Fault) and held and _belongs(found[0], held.capture):
            held = joined(held, found[0])
            continue
        started = found if isinstance(found, Fault) else begun(*found)
        if started is None:
            continue
        if held:
            yield finished(held, originals)
        held = started if isinstance(started, Held) else None
        if not isinstance(started, Held):
            yield started
    if held:
        yield finished(held, originals)


def captures(path: Path) -> Iterator[Capture]:
    """The captures alone."""
    yield from (found for found in records(path) if isinstance(found, Capture))


def place(folder: Folder, location: Location) -> Path:
    """The file of a location: in DATA/warc under its name, or still open, or a path of its own."""
    path = folder.warc / location.warc_file
    still_open = path.with_name(path.name + OPEN)
    return still_open if still_open.exists() and not path.exists() else path


def read_at(folder: Folder, location: Location) -> Capture:
    """The capture whose first record starts there. Raises NianbaoError where there is none."""
    path = place(folder, location)
    found = next(records(path, location.offset), None)
    if not isinstance(found, Capture) or found.location.offset != location.offset:
        detail = f": {found.detail}" if isinstance(found, Fault) else ""
        raise NianbaoError(f"no capture at byte {location.offset} of {path}{detail}; run scrapy verify")
    return found


def _belongs(block: Block, held: Capture) -> bool:
    """Whether a record tells more about the capture before it."""
    raw = block.raw
    ids = [v.strip("<>") for k, v in raw.headers if k.lower() in ("warc-concurrent-to", "warc-refers-to")]
    return raw.type in ("metadata", "conversion", "request") and held.id in ids


def joined(held: Held, block: Block) -> Held:
    """The capture with its metadata, its rendered page, or the form that was posted for it."""
    if block.raw.type == "request":
        url = posted.address(held.capture.url, posted.query(block.data))
        return replace(held, capture=replace(held.capture, url=url))
    if block.raw.type == "conversion" and "html" in block.raw.header("content-type"):
        return replace(held, capture=replace(held.capture, rendered=block.data.decode("utf-8", "replace")))
    if block.raw.type != "metadata":
        return held
    told = fields(block.data)
    known = replace(held.capture, facts=facts(told), fidelity=told.get("fidelity", held.capture.fidelity),
                    error=told.get("error", held.capture.error))
    return replace(held, capture=known, hint=told.get("payloadAt", ""))


def facts(told: dict[str, str]) -> Facts:
    """What a metadata record says, ours or Heritrix's (via, hopsFromSeed)."""
    depth = told.get("depth", "")
    hops = told.get("hopsFromSeed", told.get("pathFromSeed", ""))
    return Facts(told.get("portal", ""), told.get("run", ""), told.get("via", ""), told.get("anchor", ""),
                 told.get("reason", ""), int(depth) if depth.isdecimal() else len(hops))


def begun(block: Block, where: Location) -> Held | Note | Fault | None:
    """What a record starts: a capture, a note, or nothing that concerns us."""
    raw = block.raw
    if raw.type == "metadata":
        return note(block, where) if raw.url.startswith(NOTE) else failed(block, where)
    if raw.type == "continuation":
        return Fault("segmented", "a segmented record; its parts are not joined", where)
    if not raw.is_capture:
        return None
    profile = raw.header("warc-profile").rpartition("/")[2] if raw.type == "revisit" else ""
    return Held(Capture(
        raw.id, raw.url, moment(raw.header("warc-date")), None, (), b"", raw.header("warc-payload-digest"), where,
        "unstated", Facts(), raw.type, profile, raw.header("warc-refers-to").strip("<>"),
        raw.header("warc-truncated")), block)


def note(block: Block, where: Location) -> Note | Fault:
    """A fact about a portal or a run."""
    kind, _, id = block.raw.url.removeprefix(NOTE).partition(":")
    try:
        data = json.loads(block.data)
    except ValueError as error:
        return Fault("note_broken", f"{block.raw.url} is no JSON: {error}", where)
    return Note(kind, id, data, moment(block.raw.header("warc-date")), where, block.raw.id)


def failed(block: Block, where: Location) -> Held | None:
    """A fetch that brought no response; other producers' metadata gives None."""
    raw, told = block.raw, fields(block.data)
    if not told.get("error") or not raw.url.startswith(WEB):
        return None
    return Held(Capture(raw.id, raw.url, moment(raw.header("warc-date")), None, (), b"", "", where,
                        told.get("fidelity", "unstated"), facts(told), "metadata", error=told["error"]))


def finished(held: Held, originals: Originals) -> Capture:
    """The capture with status, headers and body."""
    found, block = held.capture, held.block
    if block is None:
        return found
    told, payload, problems = content(block)
    if found.record_type == "revisit" and found.revisit_profile != "server-not-modified":
        told, payload, problems = _referred(held, told, originals)
    body, more = decoded(payload, told.header("content-encoding"), LIMIT)
    if block.is_torn:
        more += (("record_torn", f"the record holds {len(block.data)} of {block.raw.length} bytes"),)
    return replace(found, status=told.status, headers=told.headers, body=body, problems=problems + more,
                   payload_digest=found.payload_digest or digest([payload]))


def _referred(held: Held, told: Head, originals: Originals) -> tuple[Head, bytes, Problems]:
    original = originals.block(held.block.raw, held.hint) if held.block else None
    if original is None:
        detail = f"the payload's record {held.capture.refers_to or 'unnamed'} was not found"
        return told, b"", (("revisit_unresolved", detail),)
    other, payload, problems = content(original)
    return (told if told.headers else other), payload, problems
