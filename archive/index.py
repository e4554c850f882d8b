"""The CDXJ index: written with the records, made again from the WARCs whenever it does not cover them."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.compose import Original
from archive.folder import Folder
from archive.model import Location
from archive.surts import surt

HOLDERS = ("response", "resource")


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


def text(entry: Entry) -> str:
    """The CDXJ line, without a line feed: fields as pywb and cdxj-indexer name them, and ours."""
    told: dict[str, Any] = {
        "url": entry.url, "mime": "warc/revisit" if entry.type == "revisit" else entry.mime, "status": entry.status,
        "digest": entry.payload_digest, "length": str(entry.location.length), "offset": str(entry.location.offset),
        "filename": entry.location.warc_file, "id": entry.id, "date": entry.date, "type": entry.type,
        "etag": entry.etag, "modified": entry.modified, "cut": "1" if entry.is_cut else "",
        **_referred(entry.original)}
    stamp = "".join(c for c in entry.date[:19] if c.isdigit())
    return f"{surt(entry.url)} {stamp} {json.dumps({k: v for k, v in told.items() if v}, ensure_ascii=False)}"


def _referred(found: Original | None) -> dict[str, str]:
    """Flat, because pywb takes no nested values."""
    return {"refersTo": found.id, "refersToUrl": found.url, "refersToDate": found.date,
            "refersToAt": found.place} if found else {}


def entry(line: str) -> Entry | None:
    """The line read back; None where it is no line of this index."""
    try:
        told = json.loads(line.split(" ", 2)[2])
        original = Original(told.get("refersTo", ""), told["refersToUrl"], told["refersToDate"],
                            told.get("digest", ""), told.get("refersToAt", "")) if "refersToUrl" in told else None
        place = Location(told["filename"], int(told["offset"]), int(told["length"]))
        return Entry(told["type"], told["id"], told["url"], told["date"], told.get("status", ""), told.get("mime", ""),
                     told.get("digest", ""), place, told.get("etag", ""), told.get("modified", ""),
                     "cut" in told, original)
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def original(found: Entry) -> Original:
    """The record that holds the payload of an entry: itself, or what it refers to."""
    place = f"{found.location.warc_file} {found.location.offset}"
    return found.original or Original(found.id, found.url, found.date, found.payload_digest, place)


def path(folder: Folder) -> Path:
    """Where the index lies."""
    return folder.root / "index.cdxj"


def entries(folder: Folder) -> Iterator[Entry]:
    """Every readable line of the index as it lies there; none where there is no index."""
    file = path(folder)
    if file.exists():
        with file.open(encoding="utf-8", errors="replace") as lines:
            yield from (found for line in lines if line.endswith("\n") and (found := entry(line)))


def write(folder: Folder, found: Iterable[str]) -> None:
    """Puts a sorted index in place of the old one, at once."""
    file = path(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".new")
    lines = sorted({line.encode("utf-8", "replace") for line in found})
    with fresh.open("wb") as out:
        out.writelines(line + b"\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _hash(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).digest())


class Index:
    """The index of an archive that is being written: look-ups by digest and by URL with validator.

    In memory are only hashes and offsets of lines, some 50 MB for 100,000 captures; the lines stay in the file.
    """

    def __init__(self, folder: Folder, stale: Iterable[str] = ()) -> None:
        self._folder = folder
        self._places: dict[int, int] = {}
        update(folder, stale)
        self._file = path(folder).open("r+b")
        for line in self._file:
            if found := entry(line.decode("utf-8", "replace")):
                self._remember(found, self._file.tell() - len(line))
        self._end = self._file.seek(0, os.SEEK_END)

    def holder(self, payload_digest: str) -> Original | None:
        """The record that holds a payload."""
        found = self._at(_hash("digest", payload_digest))
        return original(found) if found and found.payload_digest == payload_digest else None

    def latest(self, url: str, validator: str) -> Original | None:
        """The payload that a 304 stands for: the last capture of the URL with that validator, else the last one."""
        for key in ((_hash("url", url, validator),) if validator else ()) + (_hash("url", url),):
            found = self._at(key)
            if found and found.url == url:
                return original(found)
        return None

    def add(self, found: Entry) -> None:
        """Adds a line and hands it to the operating system."""
        line = text(found).encode("utf-8", "replace") + b"\n"
        self._file.seek(self._end)
        self._file.write(line)
        self._file.flush()
        self._remember(found, self._end)
        self._end += len(line)

    def close(self) -> None:
        """Sorts the file, so that other tools can search it."""
        self._file.close()
        write(self._folder, (text(found) for found in entries(self._folder)))

    def _at(self, key: int) -> Entry | None:
        place = self._places.get(key)
        if place is None:
            return None
        self._file.seek(place)
        return entry(self._file.readline().decode("utf-8", "replace"))

    def _remember(self, found: Entry, place: int) -> None:
        is_not_modified = found.type == "revisit" and found.status == "304"
        if found.is_cut or is_not_modified or not found.payload_digest:
            return
        self._places.setdefault(_hash("digest", found.payload_digest), place)
        if found.status == "200":
            self._places[_hash("url", found.url)] = place
            for validator in filter(None, (found.etag, found.modified)):
                self._places[_hash("url", found.url, validator)] = place


def update(folder: Folder, stale: Iterable[str] = ()) -> None:
    """Makes the index cover exactly the archive's files; lines of `stale` files are made again."""
    from archive.scan import scan

    names = {file.name: file for file in folder.files()}
    stale = set(stale)
    kept = [found for found in entries(folder) if found.location.warc_file in names.keys() - stale]
    missing = names.keys() - {found.location.warc_file for found in kept}
    if missing or not path(folder).exists() or stale:
        fresh = [found for name in sorted(missing) for found in scan(names[name])]
        write(folder, (text(found) for found in [*kept, *fresh]))


def rebuild(folder: Folder) -> None:
    """Makes the index from the WARCs alone."""
    update(folder, {file.name for file in folder.files()})
