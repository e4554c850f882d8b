"""One WARC file while it is being written: `.open` until it is whole, then synced and renamed."""

import os
import zlib
from pathlib import Path

from parsers.errors import NianbaoError

from archive.codings import pieces
from archive.compose import Record
from archive.model import Location
from archive.stream import OPEN

LEVEL, STORED = 6, 0  # of gzip; what a content coding has packed already is stored, at a fifteenth of the time
BATCH = 1 << 18  # bytes kept before they go to the file


class WriteError(NianbaoError):
    """The archive cannot be written: nothing after this may be fetched."""


class Segment:
    """A WARC file of gzip members. After an error the file is cut back to the last whole exchange."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open_path = path.with_name(path.name + OPEN)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.open_path.open("xb", buffering=0)
        except OSError as error:
            raise _error(self.open_path, error) from error
        self._pending = bytearray()
        self._synced = 0
        self.size = 0

    def put(self, record: Record) -> Location:
        """Adds a record as one gzip member."""
        start = self.size
        member = zlib.compressobj(STORED if record.is_packed else LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self._add(member.compress(_header(record) + record.head))
        for piece in pieces(record.body):
            self._add(member.compress(piece))
        self._add(member.compress(b"\r\n\r\n") + member.flush())
        return Location(self.path.name, start, self.size - start)

    def commit(self) -> None:
        """Hands everything to the operating system: from here on a killed process loses none of it."""
        self._drain()
        self._synced = self.size

    def undo(self) -> None:
        """Cuts the file back to the last commit."""
        self._pending.clear()
        self.size = self._synced
        self._file.truncate(self._synced)
        self._file.seek(self._synced)

    def close(self) -> None:
        """Syncs to disk and gives the file its final name; an empty file goes away."""
        try:
            self.undo()
            os.fsync(self._file.fileno())
            self._file.close()
            if not self._synced:
                self.open_path.unlink()
                return
            self.open_path.rename(self.path)
            sync(self.path.parent)
        except OSError as error:
            raise _error(self.open_path, error) from error

    def _add(self, data: bytes) -> None:
        self._pending += data
        self.size += len(data)
        if len(self._pending) >= BATCH:
            self._drain()

    def _drain(self) -> None:
        data = bytes(self._pending)
        self._pending.clear()
        while data:
            data = data[self._file.write(data) or 0:]


def sync(folder: Path) -> None:
    """Makes a rename in the folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _header(record: Record) -> bytes:
    """The header of a record with the blank line behind it (WARC/1.1 §4)."""
    fields = (*record.headers, ("Content-Type", record.content_type),
              ("Content-Length", str(len(record.head) + record.length)))
    return "".join(("WARC/1.1\r\n", *(f"{name}: {value}\r\n" for name, value in fields), "\r\n")).encode()


def _error(path: Path, error: OSError) -> WriteError:
    return WriteError(f"cannot write the archive {path}: {error.strerror or error}; nothing more is fetched, "
                      "make room or mend the folder and run again")


def failure(path: Path, error: OSError) -> WriteError:
    """The error that ends a crawl."""
    return _error(path, error)
