"""Places in a file: where a gzip member ends, where a record may start."""

import zlib
from collections.abc import Iterator
from typing import IO

GZIP = b"\x1f\x8b\x08"
PIECE = 1 << 16


def member(file: IO[bytes], offset: int) -> int | None:
    """Where the gzip member at an offset ends; None where it is torn or broken."""
    file.seek(offset)
    engine = zlib.decompressobj(31)
    try:
        while piece := file.read(PIECE):
            rest = piece
            while rest and not engine.eof:
                engine.decompress(rest, PIECE)
                rest = engine.unconsumed_tail
            if engine.eof:
                return file.tell() - len(engine.unused_data)
    except zlib.error:
        return None
    return None


def starts(file: IO[bytes], offset: int, mark: bytes) -> Iterator[int]:
    """Offsets, from one on, where a record may start: a gzip member, or a version line."""
    file.seek(offset)
    kept, base = b"", offset
    while piece := file.read(PIECE):
        data = kept + piece
        place = data.find(mark)
        while place >= 0:
            yield base + place
            file.seek(base + len(data))
            place = data.find(mark, place + 1)
        kept = data[-len(mark) + 1:]
        base += len(data) - len(kept)
