"""Goldens: one capture cut out of an archive as an uncompressed WARC, and all that is read in it as tests keep it."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fastwarc.stream_io import ZstdReader
from parsers import read
from parsers.__main__ import lines
from parsers.errors import NianbaoError
from parsers.model import Source

from archive.members import GZIP
from archive.model import Fault, Location
from archive.stream import Raw, spans

ZSTD = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says of itself and of others."""

    id: str
    type: str
    others: tuple[str, ...]  # ids of records that it belongs or refers to
    place: Location


def cut(path: Path, record_id: str) -> bytes:
    """The capture's records as they are stored, its first record first; a revisit brings the record it refers to.

    `record_id` may leave out brackets and `urn:uuid:`. Raises NianbaoError where the file holds no such record.
    """
    found = list(_told(path))
    wanted = record_id.strip("<>").removeprefix("urn:uuid:")
    main = next((r for r in found if r.id.removeprefix("urn:uuid:") == wanted), None)
    if main is None:
        raise NianbaoError(f"no record {record_id} in {path}; scrapy browse shows the id of each capture and its file")
    belong = [r for r in found if main.id in r.others and r.type != "revisit"]
    referred = [r for r in found if main.type == "revisit" and r.id in main.others]
    return b"".join(stored(path, record.place) for record in (main, *belong, *referred))


def expected(source: Source) -> str:
    """All that is read in a source: a JSON array of the objects that `python -m parsers` prints, a fact a line."""
    name = source.url or source.name
    return "[\n" + ",\n".join(lines(report, name) for report in read(source)) + "\n]\n"


def _told(path: Path) -> Iterator[Told]:
    for found in spans(path, lambda raw: (raw.id, raw.type, _others(raw))):
        if not isinstance(found, Fault):
            yield Told(*found[0], found[1])


def _others(raw: Raw) -> tuple[str, ...]:
    return tuple(v.strip("<>") for k, v in raw.headers if k.lower() in ("warc-concurrent-to", "warc-refers-to"))


def stored(path: Path, place: Location) -> bytes:
    """A record's bytes, decompressed."""
    with path.open("rb") as file:
        file.seek(place.offset)
        data = file.read(place.length)
    if data.startswith(GZIP):
        data = zlib.decompressobj(31).decompress(data)
    elif data.startswith(ZSTD):
        data = ZstdReader(BytesIO(data)).read(-1)
    if not data.startswith(b"WARC/"):
        raise NianbaoError(f"no single WARC record at byte {place.offset} of {path}; recompress it, a record a member")
    return data
