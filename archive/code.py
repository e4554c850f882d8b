"""Which code made a database's rows: where it has changed since, equal captures may seem to say something else."""

import hashlib
from functools import lru_cache
from itertools import chain
from pathlib import Path

import parsers

HERE = Path(__file__).parent
SOURCES = frozenset((".py", ".toml", ".csv", ".txt"))
READING = "gist.py", "furniture.py", "reading.py", "entries.py"  # what of this package words what a capture says


@lru_cache(maxsize=1)
def mark() -> int:
    """A number from 1 to 2³¹ − 1 that follows from the sources that read captures (PRAGMA application_id)."""
    found = hashlib.sha1(usedforsecurity=False)
    folder = Path(parsers.__file__).parent
    sources = sorted(path for path in folder.rglob("*") if path.suffix in SOURCES)
    for path in chain(sources, (HERE / name for name in READING)):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return int.from_bytes(found.digest()[:4]) >> 1 or 1
