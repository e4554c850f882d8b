"""Text that was decoded wrongly and saved again (mojibake): put back byte by byte, and told with what is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from parsers.model import Document, Problem
from parsers.script import mojibake

_MANY: Final = 40  # lost letters of a page that says nothing more
_GONE: Final = "\ufffd".encode()
_ASCII: Final = bytes(range(128))
_LEAST: Final = 8  # characters put back; fewer are no sign of a garbled page
_PLAIN: Final = re.compile(
    "[\u2010-\u203b\u2103\u2116\u2160-\u217f\u2190-\u22ff\u2460-\u2473\u25a0-\u25cf\u3000-\u3017\u3400-\u9fff"
    "\uff01-\uff5e\u00a0-\u00bf\u00d7\ufeff\ue000-\uf8ff]"
)  # what Chinese pages are made of beside ASCII
_ANCHORS: Final = ("政府信息", "年度报告", "年度報告", "行政复议")
_WINDOWS: Final = {
    byte: bytes((byte,)).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_BYTES: Final = str.maketrans({letter: chr(byte) for byte, letter in _WINDOWS.items()})
_HIGH: Final = "\u0080-\u00ff" + "".join(_WINDOWS.values())
_LETTERS: Final = re.compile("[0-9\u0080-\u009f\u00a1-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00ff]")  # not “”—…·×°±
_TWICE: Final = re.compile(f"[{_HIGH}]{{2,}}")
_OTHER: Final = {"\ufffd": b"\xff", "\x80": b"\x80", "\u1e3f": b"\xa8\xbc"}  # ḿ by a later table than Python's
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_GIVEN_UP: Final = re.compile("\ufffd(?=[^\0-\x7f])")
_LOST: Final = re.compile("\ufffd+")
_SHAPE: Final = re.compile(rb"[\0-\xbf\xc2\xe2-\xef\xff]*")  # UTF-8 of Chinese pages, whole or in pieces; \xff: lost
_AFTER: Final = ((re.compile(r"\ufffd\?(?=/[A-Za-z]\w*>)"), "\ufffd<"),  # the lost byte took the < with it
                 (re.compile(r"\ufffd\?[\d.,]+"), "\ufffd"),             # or the first figure: the rest is no number
                 (re.compile(r"\ufffd+\??"), "\ufffd"))


@dataclass(frozen=True, slots=True)
class Way:
    """A wrong decoding: its words, stretches that it may have left, letters of its pages, how one is put back."""

    words: str
    stretch: re.Pattern[str]
    signs: tuple[str, ...]
    back: Callable[[str, bool], str | None]


def restored(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with what a wrong decoding garbled put back; `mojibake` says how, `decoding_lossy` what stays lost.

    >>> restored("Õþ¸®ÐÅÏ¢¹«¿ªÄê¶È±¨¸æ")[0], restored("政府信息公开")
    ('政府信息公开年度报告', ('政府信息公开', ()))
    """
    problems: list[Problem] = []
    for _ in range(3):  # a text can have gone wrong more than once
        found = next((r for way in _ways() if (r := _put_back(text, way)) is not None), None)
        if found is None:
            break
        text, told = found
        problems.append(told)
    lost = text.count("\ufffd") if problems else 0
    if lost:
        where = text.index("\ufffd")
        detail = f"{lost} places cannot be put back, the first after {text[max(0, where - 20) : where]!r}"
        problems.append(Problem("decoding_lossy", detail, f"character {where}"))
    return text, tuple(problems)


def left(opened: Document) -> tuple[Problem, ...]:
    """A `mojibake` problem where stretches inside words stand wrongly decoded, as 各。ㄗ灾螀^."""
    cells = (slot.text for grid in opened.grids for row in grid.rows for slot in row)
    found = [s for s in mojibake("\n".join((opened.text, *cells))) if not _LOST.fullmatch(s)]
    if not found:
        return ()
    where = next((line for line in opened.text.split("\n") if found[0] in line), "in a table")
    return (Problem("mojibake", f"{len(found)} stretches stay garbled, first {found[0]!r}", where[:60]),)


def lost(page: bytes) -> tuple[Problem, ...]:
    """A `decoding_lossy` problem for a page most of whose letters were lost before it was saved."""
    count = page.count(_GONE) + page.count("锟斤拷".encode())
    if count < _MANY or 6 * count < len(page.translate(None, _ASCII)):
        return ()
    return (Problem("decoding_lossy", f"{count} letters were lost before it was saved: it may be a report", "page"),)


@cache
def anchors() -> tuple[bytes, ...]:
    """Words of every report as they stand in a garbled page's UTF-8, whichever way it went wrong."""
    found: list[str] = []
    for word in _ANCHORS:
        utf, gb = word.encode(), word.encode("gb18030")
        found += [_paired(utf), _paired(utf[1:])]
        for raw in (utf, gb):
            found += [raw.decode("latin-1"), "".join(_WINDOWS.get(b, chr(b)) for b in raw)]
    return tuple(dict.fromkeys(word.encode() for word in found if len(word) > 3))


def _paired(raw: bytes) -> str:
    """The longest start of some bytes that every decoder of GBK reads alike."""
    for end in range(len(raw) - len(raw) % 2, 0, -2):
        text = raw[:end].decode("gb18030", "replace")
        if "\ufffd" not in text and not _PRIVATE.search(text):
            return text
    return ""


@cache
def _ways() -> tuple[Way, ...]:
    high = re.compile(f"[{_HIGH}\ufffd]{{2,}}")
    return (
        Way("UTF-8 read as GB 18030", re.compile(r"[^\0-\x7f]+\??"), tuple("锛銆鏀骞"), _from_gb),
        Way("UTF-8 read as Latin-1", high, tuple("åÃ"), _from_latin),
        Way("GBK read as Latin-1", re.compile(f"(?:[{_HIGH}](?:[{_HIGH}@-~]|[0-9][{_HIGH}][0-9]))+"), tuple("ÄÕ"),
            _from_latin_gb),
    )


def _put_back(text: str, way: Way) -> tuple[str, Problem] | None:
    if not any(sign in text for sign in way.signs):
        return None
    count, first = 0, -1
    is_whole = len(_PRIVATE.findall(text)) >= 3

    def stretch(found: re.Match[str]) -> str:
        nonlocal count, first
        back = way.back(found[0], is_whole)
        if back is None:
            return found[0]
        first = found.start() if first < 0 else first
        count += len(back) - back.count("\ufffd")
        return back

    again = way.stretch.sub(stretch, text)
    if count < _LEAST:
        return None
    for pattern, words in _AFTER:
        again = pattern.sub(words, again)
    return again, Problem("mojibake", f"{way.words} and saved so: {count} characters put back", f"character {first}")


def _from_gb(garbled: str, is_whole: bool) -> str | None:
    """Characters that GB 18030 made of UTF-8.

    `is_whole`: the decoder knew every pair of bytes, so what it gave up before another character was a byte 0x80.
    """
    words = garbled.rstrip("?")
    text = _GIVEN_UP.sub("\x80", words) if is_whole else words
    for euro in ("\x80", "€") if "€" in text else ("€",):
        raw = b"".join(_OTHER.get(c) or c.encode("gb18030", "replace") for c in text.replace("€", euro))
        back = _sound(raw, "utf-8", words != garbled)
        if back is not None:
            return back + garbled[len(words) :]
    return None


def _from_latin(garbled: str, _is_whole: bool) -> str | None:
    raw = _raw(garbled)
    once = raw.decode("utf-8", "replace")
    return _sound(_raw(once) if _TWICE.fullmatch(once) else raw, "utf-8")


def _from_latin_gb(garbled: str, _is_whole: bool) -> str | None:
    return _sound(_raw(garbled), "gb18030") if _LETTERS.search(garbled) else None


def _raw(garbled: str) -> bytes:
    """The bytes of characters of Windows-1252 or Latin-1; 0xff for one that was lost."""
    return garbled.translate(_BYTES).replace("\ufffd", "\xff").encode("latin-1")


def _sound(raw: bytes, coding: str, is_cut: bool = False) -> str | None:
    """The bytes as text where they are Chinese, whole or with single bytes lost; None where they were never garbled."""
    text = raw.decode(coding, "replace")
    good = sum(c < "\x80" or _PLAIN.match(c) is not None for c in text)
    lost = len(_LOST.findall(text))
    if good + text.count("\ufffd") < 0.8 * len(text):
        return None
    if not lost or good >= 4 * lost:
        return text
    shaped = coding == "utf-8" and _SHAPE.fullmatch(raw) is not None
    return text if shaped and (good >= 2 * lost or is_cut or b"\xff" in raw) else None
