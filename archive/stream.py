"""Raw records of any WARC or ARC file, in order, and the places that cannot be read."""

import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from fastwarc.warc import ArchiveIterator
from parsers.errors import NianbaoError
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.members import GZIP, PIECE, member, starts
from archive.model import Fault, Location

MAIN = ("response", "revisit", "resource")
WEB = ("http://", "https://", "ftp://", "file://")
OPEN = ".open"  # what a file is called while it is written
T = TypeVar("T")
Skip = Generator[Fault, None, int | None]


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as it is stored. `read(n)` gives the next bytes of its block, until the next record is asked for."""

    type: str
    headers: tuple[tuple[str, str], ...]
    offset: int
    length: int | None  # of the block, as the record says; None where it does not
    read: Callable[[int], bytes]

    def header(self, name: str) -> str:
        """A WARC header, "" where there is none."""
        return next((v for k, v in self.headers if k.lower() == name), "")

    @property
    def is_capture(self) -> bool:
        """Whether it is an answer that an address on the web gave."""
        return self.type in MAIN and self.url.startswith(WEB)

    @property
    def is_indexed(self) -> bool:
        """Whether the index has a line for it. A 304 has none: players would answer a reader's date with it."""
        return self.is_capture and not self.header("warc-profile").endswith("server-not-modified")

    @property
    def id(self) -> str:
        """The record id without brackets."""
        return self.header("warc-record-id").strip("<>")

    @property
    def url(self) -> str:
        """The target URI; some producers put it in brackets."""
        return self.header("warc-target-uri").strip("<>")


def _fast(file: IO[bytes]) -> Iterator[Raw]:
    for record in ArchiveIterator(file, parse_http=False, strict_mode=False):
        headers = tuple((_text(k), _text(v)) for k, v in record.headers.items_bytes())
        told = next((v for k, v in headers if k.lower() == "content-length"), "")
        kind = next((v for k, v in headers if k.lower() == "warc-type"), "")
        length = int(told) if told.isdecimal() else None
        yield Raw(kind.lower(), headers, record.stream_pos, length, _reader(record.reader))


def _slow(file: IO[bytes]) -> Iterator[Raw]:
    records = WarcioIterator(file, no_record_parse=True, arc2warc=True)
    for record in records:
        headers = tuple((k, v) for k, v in record.rec_headers.headers)
        yield Raw(record.rec_type, headers, records.offset, record.length, _reader(record.raw_stream))


def _reader(stream: Any) -> Callable[[int], bytes]:
    """Reads a block; where its bytes are broken it ends early, and asking for the next record tells why."""
    def read(size: int) -> bytes:
        try:
            return bytes(stream.read(size))
        except (OSError, ValueError, zlib.error):
            return b""

    return read


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip()


def is_record(file: IO[bytes], offset: int) -> bool:
    """Whether a record that can be read starts there."""
    file.seek(offset)
    try:
        return next(_fast(file), None) is not None
    except (OSError, ValueError):
        return False


def resume(file: IO[bytes], offset: int, is_gzip: bool) -> int | None:
    """The next place at or after `offset` where a record starts; None where there is none to the end."""
    return next((s for s in starts(file, offset, GZIP if is_gzip else b"WARC/") if is_record(file, s)), None)


def raws(path: Path, offset: int = 0) -> Iterator[Raw | Fault]:
    """Every record from an offset on; what cannot be read is a `Fault`, and reading goes on after it.

    Raises NianbaoError where the file cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise NianbaoError(f"cannot read {path}: {error.strerror}; name a WARC file that is there") from error
    with file:
        size = file.seek(0, 2)
        file.seek(offset)
        start = file.read(4)
        if not start:
            if not offset:
                yield _fault("no_record", "the file is empty", path, 0, 0)
            return
        is_arc = not start.startswith((GZIP, b"WARC", b"\x28\xb5\x2f\xfd")) or _is_arc(file)
        yield from (_arcs if is_arc else _warcs)(path, file, offset, size)


def _is_arc(file: IO[bytes]) -> bool:
    file.seek(0)
    engine = zlib.decompressobj(31)
    try:
        return engine.decompress(file.read(PIECE), 11).startswith(b"filedesc://")
    except zlib.error:
        return False


def _warcs(path: Path, file: IO[bytes], offset: int, size: int) -> Iterator[Raw | Fault]:
    file.seek(offset)
    is_gzip = file.read(3) == GZIP
    at: int | None = offset
    while at is not None and at < size:
        file.seek(at)
        last: Raw | None = None
        error = "the file ends within this record"
        try:
            for last in _fast(file):
                if last.length is not None:
                    yield last
            if last and _is_whole(file, at, last, is_gzip, size):
                return
        except (OSError, ValueError) as found:
            error = str(found)
        at = yield from _skip(path, file, at, last, is_gzip, error)


def _skip(path: Path, file: IO[bytes], start: int, last: Raw | None, is_gzip: bool, error: str) -> Skip:
    """Tells of a place that cannot be read; where reading can go on, None where nothing readable follows."""
    bad = start if last is None else (member(file, last.offset) if is_gzip else None) or last.offset
    after = resume(file, bad + 1, is_gzip)
    end = file.seek(0, 2) if after is None else after
    code = "unreadable" if after is not None else "torn" if last else "no_record"
    yield _fault(code, f"{error}; {end - bad} bytes skipped", path, bad, end)
    return after


def _is_whole(file: IO[bytes], start: int, last: Raw, is_gzip: bool, size: int) -> bool:
    """Whether the file ends with its last record: readers tell nothing of a torn tail."""
    if is_gzip:
        is_one = last.offset >= size  # one gzip member over all records: not seekable, but readable
        return (member(file, start) is not None) if is_one else member(file, last.offset) == size
    file.seek(last.offset)
    head = file.read(PIECE).partition(b"\r\n\r\n")
    is_plain = head[0].startswith(b"WARC/")
    return not is_plain or (bool(head[1]) and last.offset + len(head[0]) + 4 + (last.length or 0) <= size)


def _arcs(path: Path, file: IO[bytes], offset: int, size: int) -> Iterator[Raw | Fault]:
    file.seek(offset)
    at = offset
    try:
        for raw in _slow(file):
            at = raw.offset
            yield raw
    except (ArchiveLoadFailed, OSError, ValueError, zlib.error, EOFError) as error:
        yield _fault("unreadable", " ".join(str(error).split()), path, at, size)


def _fault(code: str, detail: str, path: Path, start: int, end: int) -> Fault:
    return Fault(code, detail[:200], Location(name(path), start, end - start))


def name(path: Path) -> str:
    """A file as locations name it: by name within DATA/warc, finished or still open; elsewhere by its full path."""
    return path.name.removesuffix(OPEN) if path.parent.name == "warc" else str(path.absolute())


def spans(path: Path, look: Callable[[Raw], T], offset: int = 0) -> Iterator[tuple[T, Location] | Fault]:
    """What `look` makes of each record (it must read what it needs at once), with the record's place in the file."""
    file = name(path)
    held: tuple[T, int] | None = None
    for raw in raws(path, offset):
        start = raw.location.offset if isinstance(raw, Fault) else raw.offset
        if held:
            yield held[0], Location(file, held[1], start - held[1])
        held = None if isinstance(raw, Fault) else (look(raw), raw.offset)
        if isinstance(raw, Fault):
            yield raw
    if held:
        yield held[0], Location(file, held[1], path.stat().st_size - held[1])
