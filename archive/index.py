"""The CDXJ index: written with the records, made again from the WARCs whenever it does not cover them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from archive.cdxj import Entry, entry, original, text
from archive.compose import Original
from archive.folder import Folder
from archive.model import Fault
from archive.scan import scan
from archive.stream import raws


def path(folder: Folder) -> Path:
    """Where the index lies."""
    return folder.root / "index.cdxj"


def lines(folder: Folder) -> Iterator[tuple[str, Entry]]:
    """Every readable line of the index as it lies there, and what it says; none where there is no index."""
    file = path(folder)
    if file.exists():
        with file.open(encoding="utf-8", errors="replace") as kept:
            yield from ((line[:-1], found) for line in kept if line.endswith("\n") and (found := entry(line)))


def entries(folder: Folder) -> Iterator[Entry]:
    """The entries of the index."""
    return (found for _, found in lines(folder))


def write(folder: Folder, found: Iterable[str]) -> None:
    """Puts a sorted index in place of the old one, at once."""
    file = path(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".new")
    told = sorted({line.encode("utf-8", "replace") for line in found})
    with fresh.open("wb") as out:
        out.writelines(line + b"\n" for line in told)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _hash(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).digest())


class Index:
    """The index of an archive that is being written: look-ups by digest and by URL with validator.

    In memory are only hashes and offsets of lines, some 50 MB for 100,000 captures; the lines stay in the file.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._places: dict[int, int] = {}
        update(folder)
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
            if found and found.address == url:
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
        write(self._folder, (line for line, _ in lines(self._folder)))

    def _at(self, key: int) -> Entry | None:
        place = self._places.get(key)
        if place is None:
            return None
        self._file.seek(place)
        return entry(self._file.readline().decode("utf-8", "replace"))

    def _remember(self, found: Entry, place: int) -> None:
        if found.is_cut or not found.payload_digest:
            return
        self._places.setdefault(_hash("digest", found.payload_digest), place)
        if found.status == "200":
            self._places[_hash("url", found.address)] = place
            for validator in filter(None, (found.etag, found.modified)):
                self._places[_hash("url", found.address, validator)] = place


def update(folder: Folder) -> None:
    """Makes the index cover exactly the archive's files: what a crash, a copy or a removal left wrong is mended."""
    files = {file.name: file for file in folder.files()}
    found = list(entries(folder))
    ends: dict[str, int] = {}
    for one in found:
        place = one.location
        ends[place.warc_file] = max(ends.get(place.warc_file, 0), place.offset + place.length)
    behind = {name for name, file in files.items() if name not in ends or _is_behind(file, ends[name])}
    if behind or ends.keys() - files.keys() or not path(folder).exists():
        kept = [one for one in found if one.location.warc_file in files.keys() - behind]
        fresh = (one for name in sorted(behind) for one in scan(files[name]))
        write(folder, (text(one) for one in chain(kept, fresh)))


def _is_behind(file: Path, end: int) -> bool:
    """Whether records follow the last one that has a line: lines are lost at the end only, they are added in order."""
    return any(not isinstance(raw, Fault) and raw.is_indexed for raw in raws(file, end))


def rebuild(folder: Folder) -> None:
    """Makes the index from the WARCs alone."""
    path(folder).unlink(missing_ok=True)
    update(folder)
