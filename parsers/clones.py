"""Clones: copies of genuine pages on hijacked domains, told by their signs and tied to their original."""

import hashlib
import re
from collections.abc import Iterable

from parsers.model import Cell, Kind
from parsers.script import simplified

_LEAST_CELLS = 8    # numbers other than 0 that make a vector of cells one body's own
_LEAST_FIGURES = 6  # different figures that make prose one body's own
_FIGURE = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*万?余?(?:条|件|篇|次|期|项|个|人|份|场|起|宗|%|％|万元)")


def fingerprint(cells: Iterable[Cell], text: str) -> str:
    """What a copy keeps of its original whatever names, script or host were replaced: its numbers.

    "cells:…" where at least eight cells hold a number other than 0 (three different ones), else "text:…" where the
    prose has six different figures, else "": an all-zero report says nothing about whose it is.
    """
    numbers = sorted((c.table, c.row, c.column, str(c.value.normalize())) for c in cells
                     if c.kind is Kind.NUMBER and c.value)
    if len(numbers) >= _LEAST_CELLS and len({n[3] for n in numbers}) >= 3:
        return "cells:" + _digest(repr(numbers))
    figures = sorted({f for f in _FIGURE.findall(simplified(text)) if len(f) > 1})
    return "text:" + _digest(repr(figures)) if len(figures) >= _LEAST_FIGURES else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
