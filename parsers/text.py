"""Bytes to text: which encoding, decided by what fits, and never a silent loss."""

import codecs
import re

import chardet

from parsers.garbled import restored
from parsers.model import Problem

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"}
_COMMON = re.compile("[的一是不了人在有中国政府信息公开年度工作报告情况机关本和行管理市县区局务開報國務機關]")
_CHINESE_ENOUGH = 0.1  # share of frequent characters in any Chinese text
_ASCII = bytes(range(128))


def decode(body: bytes, content_type: str = "") -> tuple[str, str, tuple[Problem, ...]]:
    """Text, name of the encoding, and a `decoding_lossy` problem where bytes had to be replaced.

    What had been decoded wrongly before it was saved is put back, with a `mojibake` problem.
    Order: byte order mark, strict UTF-8, what is declared, gb18030 or Big5 by fit, chardet on the non-ASCII bytes.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _clean(*_loosely(body, name))
    if (text := _strictly(body, "utf-8")) is not None:
        return _clean(text, "utf-8", ())
    for name in _declared(body, content_type):
        if (text := _strictly(body, name)) is not None:
            return _clean(text, name, ())
    fitting = [(text, name, ()) for name in ("gb18030", "big5hkscs") if (text := _strictly(body, name)) is not None]
    best = max((*fitting, _loosely(body, "utf-8")), key=lambda found: _fit(found[0]))
    return _clean(*(best if fitting or _fit(best[0]) > _CHINESE_ENOUGH else _loosely(body, _guess(body))))


def _clean(text: str, name: str, problems: tuple[Problem, ...]) -> tuple[str, str, tuple[Problem, ...]]:
    text, told = restored(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", ""), name, (*problems, *told)


def _declared(body: bytes, content_type: str) -> list[str]:
    """Names in the header and in the head of the page that Python knows, Chinese ones widened to gb18030."""
    names = [
        m.decode("ascii").lower()
        for m in _DECLARED.findall(content_type.encode("ascii", "replace") + b" " + body[:4096])
    ]
    known = []
    for name in names:
        try:
            codec = codecs.lookup("gb18030" if name in _CHINESE else name)
        except LookupError:
            continue
        if codec.name not in ("iso8859-1", "ascii", "utf-8", "cp1252"):  # these fit everything, or were tried
            known.append(codec.name)
    return list(dict.fromkeys(known))


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _loosely(body: bytes, name: str) -> tuple[str, str, tuple[Problem, ...]]:
    text = body.decode(name, "replace")
    lost = text.count("\ufffd")
    if not lost:
        return text, name, ()
    where = text.index("\ufffd")
    detail = f"{lost} places are no valid {name}, the first after {text[max(0, where - 20) : where]!r}"
    return text, name, (Problem("decoding_lossy", detail, f"character {where}"),)


def _fit(text: str) -> float:
    """How much a text reads like Chinese: share of frequent characters among the non-ASCII ones."""
    sample = [c for c in text[:20000] if c > "\x7f"]
    return len(_COMMON.findall("".join(sample))) / max(1, len(sample))


def _guess(body: bytes) -> str:
    """The encoding that loses least among UTF-8, gb18030 and what chardet makes of the non-ASCII bytes."""
    sample = body[:200_000].translate(None, _ASCII)[:8192]
    found = str(chardet.detect(sample)["encoding"] or "gb18030").lower() if sample else "utf-8"
    names = dict.fromkeys(("utf-8", "gb18030", "gb18030" if found in _CHINESE else found))
    sample = body[:200_000]
    return min((n for n in names if _known(n)), key=lambda n: sample.decode(n, "replace").count("\ufffd"))


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("iso8859-1", "cp1252")
    except LookupError:
        return False
