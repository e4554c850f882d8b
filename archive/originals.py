"""The records that revisits refer to."""

from collections.abc import Iterator
from pathlib import Path

from archive.block import Block, loaded
from archive.model import Fault
from archive.stream import OPEN, Raw, raws

HOLDERS = ("response", "resource")


class Originals:
    """Finds referred-to records in a file and the files beside it; places once found are remembered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, tuple[Path, int]] = {}
        self._files: Iterator[Path] = iter([path, *(p for p in _beside(path) if p != path)])

    def block(self, revisit: Raw, hint: str = "") -> Block | None:
        """The record that holds the payload; None where it is not to be found. `hint`: "file offset" to try first."""
        hinted = self._hinted(hint)
        if hinted and hinted.raw.id in _keys(revisit):
            return hinted
        for key in _keys(revisit):
            while key not in self._places and self._scan():
                pass
            if key in self._places:
                return _read(*self._places[key])
        return None

    def _hinted(self, hint: str) -> Block | None:
        name, _, offset = hint.rpartition(" ")
        path = self._path.with_name(name) if name and "/" not in name else None
        if path and not path.exists():
            path = path.with_name(name + OPEN)
        return _read(path, int(offset)) if path and path.exists() and offset.isdecimal() else None

    def _scan(self) -> bool:
        path = next(self._files, None)
        if path is None:
            return False
        for raw in raws(path):
            if not isinstance(raw, Fault) and raw.type in HOLDERS:
                for key in (raw.id, f"{raw.url} {raw.header('warc-date')}"):
                    self._places.setdefault(key, (path, raw.offset))
        return True


def _keys(revisit: Raw) -> list[str]:
    url, date = revisit.header("warc-refers-to-target-uri").strip("<>"), revisit.header("warc-refers-to-date")
    id = revisit.header("warc-refers-to").strip("<>")
    return [key for key in (id, f"{url} {date}" if url and date else "") if key]


def _beside(path: Path) -> list[Path]:
    return sorted(p for p in path.parent.iterdir() if ".warc" in p.name and p.suffix in (".gz", ".warc", ".zst", OPEN))


def _read(path: Path, offset: int) -> Block | None:
    first = next(raws(path, offset), None)
    return None if first is None or isinstance(first, Fault) else loaded(first)
