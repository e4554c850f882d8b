"""Digests as WARC records carry them: computed as base32 SHA-1, compared in any algorithm and base."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash


def new() -> "_Hash":
    """A running SHA-1: what CDX indexes and other archivers use."""
    return hashlib.sha1(usedforsecurity=False)


def digest(parts: Iterable[bytes]) -> str:
    """`sha1:BASE32` of the joined parts."""
    running = new()
    for part in parts:
        running.update(part)
    return label(running)


def label(running: "_Hash") -> str:
    """`sha1:BASE32` of what a running SHA-1 has seen."""
    return f"{running.name}:{base64.b32encode(running.digest()).decode()}"


EMPTY = digest(())


def engine(recorded: str) -> "_Hash | None":
    """A fresh engine for the algorithm that a recorded digest names; None where it is not known here."""
    name = recorded.partition(":")[0].lower().replace("-", "")
    return hashlib.new(name, usedforsecurity=False) if name in hashlib.algorithms_available else None


def is_equal(recorded: str, raw: bytes) -> bool:
    """Whether a recorded digest (base16, base32 or base64, padded or not) names these digest bytes."""
    value = recorded.partition(":")[2].strip()
    decoders: tuple[Callable[[str], bytes], ...] = (
        bytes.fromhex,
        lambda v: base64.b32decode(v.rstrip("=") + "=" * (-len(v.rstrip("=")) % 8), casefold=True),
        lambda v: base64.b64decode(v.rstrip("=") + "=" * (-len(v.rstrip("=")) % 4), altchars=b"-_", validate=True),
        lambda v: base64.b64decode(v.rstrip("=") + "=" * (-len(v.rstrip("=")) % 4), validate=True),
    )
    return any(_is(decode, value, raw) for decode in decoders)


def _is(decode: Callable[[str], bytes], value: str, raw: bytes) -> bool:
    try:
        return decode(value) == raw
    except (ValueError, binascii.Error):
        return False
