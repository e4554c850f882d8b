"""ZIP packages from strangers: members within bounds of declared and of actual size, and XML without entities."""

import io
import zipfile
import zlib
from typing import IO, Final

from lxml import etree

MAX_MEMBERS: Final = 5_000
MAX_TOTAL: Final = 256 << 20   # bytes of all members together, unpacked
MAX_RATIO: Final = 500         # unpacked to packed, for members over 1 MB
CHUNK: Final = 1 << 16


class Unsafe(ValueError):
    """A file that must not or cannot be opened; the message says why and, where there is something to do, what."""


def opened(body: bytes) -> zipfile.ZipFile:
    """The package, after a look at what its directory declares. `Unsafe` when that is too much or unreadable."""
    try:
        package = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise Unsafe(f"the package's directory is broken: {error}") from error
    members = package.infolist()
    if len(members) > MAX_MEMBERS:
        raise Unsafe(f"the package has {len(members)} members; more than {MAX_MEMBERS} are not opened")
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        raise Unsafe(f"the package declares {total} bytes unpacked; more than {MAX_TOTAL} are not opened")
    for member in members:
        _modest(member)
    return package


def member(package: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes. `Unsafe` when it is encrypted, broken, absent, or longer than its directory entry says."""
    try:
        info = package.getinfo(name)
        with package.open(info) as stream:
            return _bounded(stream, info.file_size)
    except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError) as error:
        raise Unsafe(f"the package's member {name} cannot be unpacked: {error}") from error


def verified(body: bytes, folder: str) -> None:
    """Unpacks every member below `folder`; `Unsafe` at the first surprise.

    For libraries that unpack by themselves; what they never look at may be damaged.
    """
    with opened(body) as package:
        for info in package.infolist():
            if info.filename.startswith(folder) and b"<!ENTITY" in member(package, info.filename):
                raise Unsafe(f"the package's member {info.filename} declares entities")


def tree(xml: bytes) -> etree._Element:
    """The root of an XML text. `Unsafe` when it declares entities or holds nothing readable."""
    if b"<!ENTITY" in xml or b"<!\x00E\x00N\x00T\x00I\x00T\x00Y" in xml:
        raise Unsafe("the file's XML declares entities: this is used for attacks only")
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if root is None:
        raise Unsafe("the file's XML holds nothing readable")
    return root


def _modest(info: zipfile.ZipInfo) -> None:
    if info.file_size > 1 << 20 and info.file_size > info.compress_size * MAX_RATIO:
        raise Unsafe(f"the package's member {info.filename} grows {info.file_size} bytes from {info.compress_size}")


def _bounded(stream: IO[bytes], size: int) -> bytes:
    parts: list[bytes] = []
    length = 0
    while chunk := stream.read(CHUNK):
        parts.append(chunk)
        length += len(chunk)
        if length > size:
            raise zipfile.BadZipFile("longer than declared")
    return b"".join(parts)
