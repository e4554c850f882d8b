"""`application/warc-fields`: name and value a line, UTF-8, safe for any text."""

import re
from collections.abc import Iterable, Mapping

UNSAFE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\\\ud800-\udfff]|^ | $")
ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|\\)")


def escaped(text: str) -> str:
    r"""A value on one line; control characters, lone surrogates, outer spaces and backslashes become escapes.

    >>> escaped("年报\n2023 ")
    '年报\\u000a2023\\u0020'
    """
    return UNSAFE.sub(lambda m: r"\\" if m[0] == "\\" else f"\\u{ord(m[0]):04x}", text)


def plain(text: str) -> str:
    r"""The inverse of `escaped`.

    >>> plain(r"a\u000ab")
    'a\nb'
    """
    return ESCAPE.sub(lambda m: "\\" if m[1] == "\\" else chr(int(m[1][1:], 16)), text)


def block(fields: Mapping[str, str]) -> bytes:
    """The record block; empty values are left out."""
    return "".join(f"{name}: {escaped(value)}\r\n" for name, value in fields.items() if value).encode()


def lines(data: bytes) -> Iterable[tuple[str, str]]:
    """Name and raw value of each line of any producer's block; lines without a colon are skipped."""
    for line in data.decode("utf-8", "replace").split("\n"):
        name, colon, value = line.rstrip("\r").partition(":")
        if colon:
            yield name.strip(), value.removeprefix(" ")


def fields(data: bytes) -> dict[str, str]:
    """The block as a mapping; the first value of a repeated name counts."""
    found: dict[str, str] = {}
    for name, value in lines(data):
        found.setdefault(name, plain(value))
    return found
