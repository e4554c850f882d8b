"""What a crash left: `.open` files are cut where the last thing is whole and finished, the tail is kept beside."""

import os
import re
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from archive.folder import Folder
from archive.members import member
from archive.segment import sync
from archive.stream import OPEN

TORN = ".torn"
OURS = b"\r\nsoftware: nianbao"
LAST = re.compile(rb"\r\nWARC-Type: (?:warcinfo|metadata)\r\n")


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that a crash left open: `kept` bytes are whole, `torn` bytes were put aside (`tail`, None where 0)."""

    path: Path
    kept: int
    torn: int
    tail: Path | None

    def __str__(self) -> str:
        aside = f"; {self.torn} torn bytes kept in {self.tail.name}" if self.tail else ""
        return f"salvaged {self.path.name}: {self.kept} bytes of whole records{aside}"


def whole(path: Path) -> int:
    """How many bytes at the start of a file are whole; in our own files exchanges, in others' records.

    Our exchanges end with their metadata record: a response without it would be a capture of which nothing is known.
    """
    end = kept = 0
    with path.open("rb") as file:
        is_ours = OURS in opening(file, 0)
        while (after := member(file, end)) is not None and after > end:
            kept = after if not is_ours or LAST.search(opening(file, end)) else kept
            end = after
    return kept


def opening(file: IO[bytes], offset: int) -> bytes:
    """The first bytes of a gzip member, decompressed; b"" where they cannot be."""
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(4096), 4096)
    except zlib.error:
        return b""


def salvage(folder: Folder) -> list[Saved]:
    """Finishes every `.open` file of the archive; run it only while nothing writes there."""
    return [_finish(path) for path in sorted(folder.warc.glob("*" + OPEN))]


def _finish(path: Path) -> Saved:
    kept, size = whole(path), path.stat().st_size
    final = _free(path.with_name(path.name.removesuffix(OPEN)))
    tail = _tail(path, kept, final) if size > kept else None
    if kept:
        with path.open("r+b") as file:
            file.truncate(kept)
            os.fsync(file.fileno())
        path.rename(final)
    else:
        path.unlink()
    sync(path.parent)
    return Saved(final, kept, size - kept, tail)


def _tail(path: Path, start: int, final: Path) -> Path:
    tail = _free(final.with_name(final.name + TORN))
    with path.open("rb") as file, tail.open("xb") as out:
        file.seek(start)
        shutil.copyfileobj(file, out)
        os.fsync(out.fileno())
    return tail


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        stem, dot, rest = path.name.partition(".")
        free = path.with_name(f"{stem}-{number}{dot}{rest}")
    return free
