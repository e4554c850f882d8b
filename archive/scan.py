"""Index entries made from a WARC."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archive import posted
from archive.block import Block, content, loaded
from archive.cdxj import Entry
from archive.compose import Original
from archive.digests import digest
from archive.model import Fault, Location
from archive.stream import spans


def scan(path: Path) -> Iterator[Entry]:
    """An entry for each record that has a line in the index; faults are left to `verify`."""
    held: Entry | None = None
    for found in spans(path, loaded):
        if isinstance(found, Fault):
            continue
        block, place = found
        if held and block.raw.type == "request" and held.id in block.raw.header("warc-concurrent-to"):
            held = replace(held, posted=posted.query(block.data))
        elif block.raw.is_indexed:
            if held:
                yield held
            held = entry(block, place)
    if held:
        yield held


def entry(block: Block, place: Location) -> Entry:
    """The entry of one record."""
    raw, (told, payload, _) = block.raw, content(block)
    recorded = raw.header("warc-payload-digest") or digest([payload])
    mime = told.header("content-type").partition(";")[0].strip().lower()
    is_cut = bool(raw.header("warc-truncated"))
    return Entry(raw.type, raw.id, raw.url, raw.header("warc-date"), str(told.status or ""), mime, recorded, place,
                 told.header("etag"), told.header("last-modified"), is_cut, _original(block))


def _original(block: Block) -> Original | None:
    raw = block.raw
    url, date = raw.header("warc-refers-to-target-uri").strip("<>"), raw.header("warc-refers-to-date")
    if raw.type != "revisit" or not (url and date):
        return None
    return Original(raw.header("warc-refers-to").strip("<>"), url, date, raw.header("warc-payload-digest"), "")
