"""The archive as one WACZ file (Webrecorder's layout, WACZ 1.1.1), streamed: nothing is held in memory but a block."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO

from parsers.errors import NianbaoError

from archive import index
from archive.cdxj import Entry
from archive.connection import read_only
from archive.folder import Folder
from archive.moments import stamp
from archive.stream import OPEN

VERSION = "1.1.1"
BLOCK = 1024      # index lines a compressed block
PIECE = 1 << 20
PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the package, as datapackage.json lists it."""

    path: str
    hash: str
    bytes: int


@dataclass(slots=True)
class Package:
    """The zip being written, and what is in it."""

    zip: zipfile.ZipFile
    resources: list[Resource] = field(default_factory=list)

    def add(self, path: str, parts: Iterable[bytes]) -> None:
        """Stores a file, uncompressed, as its bytes come."""
        told = zipfile.ZipInfo(path, datetime.now(UTC).timetuple()[:6])
        told.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self.zip.open(told, "w", force_zip64=True) as out:
            for part in parts:
                out.write(part)
                digest.update(part)
                size += len(part)
        self.resources.append(Resource(path, f"sha256:{digest.hexdigest()}", size))


def wacz(folder: Folder, out: Path, title: str = "政府信息公开年度报告") -> list[Resource]:
    """Packages every finished WARC with its index and pages; the index is brought up to date before.

    Raises NianbaoError where there is nothing to package, a crawl is running, or the file cannot be written.
    """
    files = folder.files()
    if not files:
        raise NianbaoError(f"no WARC in {folder.warc}; crawl first, or name the archive with -s DATA=DIR")
    if still_open := next(folder.warc.glob("*" + OPEN), None):
        raise NianbaoError(f"{still_open.name} is not finished; wait for the crawl, or start one that salvages it")
    fresh = out.with_name(out.name + ".new")
    try:
        index.update(folder)
        with zipfile.ZipFile(fresh, "w") as archive:
            package = Package(archive)
            _fill(package, folder, files, title)
        fresh.replace(out)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise NianbaoError(f"cannot write {out}: {error.strerror or error}; name another file") from error
    return package.resources


def _fill(package: Package, folder: Folder, files: list[Path], title: str) -> None:
    for path in files:
        package.add(f"archive/{path.name}", _content(path))
    heads: list[str] = ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    package.add("indexes/index.cdx.gz", _blocks(folder, heads))
    package.add("indexes/index.idx", (head.encode() for head in heads))
    package.add("pages/pages.jsonl", _pages(folder))
    told = {
        "profile": "data-package", "wacz_version": VERSION, "software": "nianbao", "title": title,
        "created": stamp(datetime.now(UTC)),
        "resources": [{"name": r.path.rpartition("/")[2].lower(), "path": r.path, "hash": r.hash, "bytes": r.bytes}
                      for r in package.resources]}
    data = json.dumps(told, ensure_ascii=False, indent=2).encode()
    package.add("datapackage.json", [data])
    seal = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    package.add("datapackage-digest.json", [json.dumps(seal, indent=2).encode()])


def _content(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _parts(file)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(PIECE):
        yield part


def _blocks(folder: Folder, heads: list[str]) -> Iterator[bytes]:
    """The CDXJ in compressed blocks (ZipNum); `heads` gets a line a block."""
    offset = 0
    with index.path(folder).open("rb") as lines:
        while block := list(islice(lines, BLOCK)):
            engine = zlib.compressobj(wbits=31)
            data = engine.compress(b"".join(block)) + engine.flush()
            told = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}",
                    "filename": "index.cdx.gz"}
            heads.append(f"{b' '.join(block[0].split(b' ', 2)[:2]).decode()} {json.dumps(told)}\n")
            offset += len(data)
            yield data


def _pages(folder: Folder) -> Iterator[bytes]:
    """Pages that a reader may open: HTML that was answered with 200, titles as the database has them."""
    titles = _titles(folder)
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages", "hasText": False}
    yield json.dumps(head).encode() + b"\n"
    for found in index.entries(folder):
        if _is_page(found):
            page = {"id": found.id.rpartition(":")[2], "url": found.url, "ts": found.date,
                    "title": titles.get(found.url, found.url)}
            yield json.dumps(page, ensure_ascii=False).encode() + b"\n"


def _is_page(found: Entry) -> bool:
    return found.type != "revisit" and found.status == "200" and found.mime in PAGES


def _titles(folder: Folder) -> dict[str, str]:
    """Titles of reports by URL; none where there is no database that can be read."""
    if not folder.database.exists():
        return {}
    try:
        with read_only(folder.database) as conn:
            return dict(conn.execute("SELECT url, title FROM reports WHERE title != ''"))
    except NianbaoError:
        return {}
