"""Lines of a CDXJ index."""

import json
from dataclasses import dataclass
from typing import Any

from archive import posted
from archive.compose import Original
from archive.model import Location
from archive.surts import surt


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a response, revisit or resource record. `original` is set for a revisit whose target is known."""

    type: str
    id: str
    url: str
    date: str
    status: str
    mime: str
    payload_digest: str
    location: Location
    etag: str = ""
    modified: str = ""
    is_cut: bool = False
    original: Original | None = None
    posted: str = ""  # what the request adds to the address, see archive/posted.py

    @property
    def address(self) -> str:
        """The address under which the archive knows it."""
        return posted.address(self.url, self.posted)


def text(entry: Entry) -> str:
    """The CDXJ line, without a line feed: fields as pywb and cdxj-indexer name them, and ours."""
    told: dict[str, Any] = {
        "url": entry.url, "mime": "warc/revisit" if entry.type == "revisit" else entry.mime, "status": entry.status,
        "digest": entry.payload_digest, "length": str(entry.location.length), "offset": str(entry.location.offset),
        "filename": entry.location.warc_file, "id": entry.id, "date": entry.date, "type": entry.type,
        "etag": entry.etag, "modified": entry.modified, "cut": "1" if entry.is_cut else "",
        **_referred(entry.original), **_posted(entry.posted)}
    stamp = "".join(c for c in entry.date[:19] if c.isdigit())
    key = surt(posted.whole(entry.url, entry.posted))
    return f"{key} {stamp} {json.dumps({k: v for k, v in told.items() if v}, ensure_ascii=False)}"


def _referred(found: Original | None) -> dict[str, str]:
    """Flat, because pywb takes no nested values."""
    return {"refersTo": found.id, "refersToUrl": found.url, "refersToDate": found.date,
            "refersToAt": found.place} if found else {}


def _posted(query: str) -> dict[str, str]:
    method, _, form = query.removeprefix(posted.MARK).partition("&")
    return {"method": method, "requestBody": form}


def _query(told: dict[str, Any]) -> str:
    method, form = told.get("method", ""), told.get("requestBody", "")
    return f"{posted.MARK}{method}" + (f"&{form}" if form else "") if method else ""


def entry(line: str) -> Entry | None:
    """The line read back; None where it is no line of this index."""
    try:
        told = json.loads(line.split(" ", 2)[2])
        original = Original(told.get("refersTo", ""), told["refersToUrl"], told["refersToDate"],
                            told.get("digest", ""), told.get("refersToAt", "")) if "refersToUrl" in told else None
        place = Location(told["filename"], int(told["offset"]), int(told["length"]))
        return Entry(told["type"], told["id"], told["url"], told["date"], told.get("status", ""), told.get("mime", ""),
                     told.get("digest", ""), place, told.get("etag", ""), told.get("modified", ""),
                     "cut" in told, original, _query(told))
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def original(found: Entry) -> Original:
    """The record that holds the payload of an entry: itself, or what it refers to."""
    place = f"{found.location.warc_file} {found.location.offset}"
    return found.original or Original(found.id, found.url, found.date, found.payload_digest, place)
