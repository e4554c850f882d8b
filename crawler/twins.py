"""The same report at two addresses, told by its figures: titles, dates and what stands around differ. Pure."""

import hashlib
import re

from crawler.pages import Page

FIRST = re.compile(r"一\s*[、.．]\s*(?:总体情况|概述|主动公开|基本情况)")
LAST = re.compile(r"六\s*[、.．]\s*其他|五\s*[、.．]\s*存在")
FIGURE = re.compile(r"\d+")
FEW = 20        # figures; with fewer the words count too
LONG = 200_000  # characters of a page that are read


def mark(page: Page) -> str:
    """A digest that two addresses of one report share; pages that are no markup by their whole text."""
    text = (page.words or page.text)[:LONG]
    start, ends = FIRST.search(text), [m.start() for m in LAST.finditer(text)]
    body = text[start.start() if start else 0:ends[-1] if ends else None]
    figures = FIGURE.findall(body)
    told = " ".join(figures) if len(figures) >= FEW else re.sub(r"\s+", "", body)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
