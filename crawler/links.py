"""The links that a page prints, wherever it hides them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree

from crawler.addresses import MANY, joined, key, parts_of
from crawler.pages import Page, content, one_line

MOST = 5000      # links of one page that are looked at
LONGEST = 300    # characters of anchor text that are kept
_BEFORE, _AFTER = r"[\[【(（<«‹\s]*", r"[\s\]】)）>»›]*"
_PAGER = r"\d{1,3}|首页|尾页|末页|[上下前后][一1]?页|第一页|最后一页|<+|>+|»|«|\.{2,}|…|跳转|转到|GO"
PAGER = re.compile(f"^{_BEFORE}({_PAGER}){_AFTER}$", re.IGNORECASE)
FILES = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|zip|rar)$", re.IGNORECASE)
_MEDIA = r"jpe?g|png|gif|bmp|svg|ico|css|js|json|mp[34]|avi|wmv|flv|exe|apk|swf|woff2?|ttf"
MEDIA = re.compile(rf"\.({_MEDIA})$", re.IGNORECASE)
_JUMP = r"location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\(|window\.open\s*\("
JUMP = re.compile(rf"""(?:{_JUMP})\s*["']([^"']+)["']""")
TARGET = re.compile(r"""["']((?:https?:)?/[^"'\s]+|\.{1,2}/[^"'\s]+|[\w./-]+\.s?html?)["']""")
DATED = re.compile(r"20[012]\d\s*[-./年]\s*\d{1,2}|(?<!\d)[01]?\d-[0-3]?\d(?!\d)")

HOLDERS = frozenset(("body", "ul", "ol", "table", "tbody", "div"))


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a page prints it. `is_entry`: a date stands beside it, or a list's data gave it."""

    url: str
    text: str
    is_entry: bool = False


def links(page: Page) -> tuple[Link, ...]:
    """Every link that a page prints: anchors, areas, script jumps of anchors, frames. One a key, longest text kept."""
    if page.tree is None:
        return ()
    base = base_of(page)
    kept: dict[str, Link] = {}
    for link in islice(_printed(page.tree, base), MOST):
        old = kept.get(key(link.url))
        if old is None or len(link.text) > len(old.text):
            kept[key(link.url)] = link
    return tuple(kept.values())


def base_of(page: Page) -> str:
    """The address that relative links start from."""
    element = page.head.find(".//base[@href]") if page.head is not None else None
    return (element is not None and joined(page.url, element.get("href", ""))) or page.url


def _printed(tree: etree._Element, base: str) -> Iterator[Link]:
    long: dict[etree._Element, bool] = {}
    for element in tree.iter("a", "area"):
        text, url = text_of(element), joined(base, href_of(element))
        if url is not None and is_named(text, url):
            yield Link(url, text, is_dated(element, long))


@lru_cache(MANY)
def is_named(text: str, url: str) -> bool:
    """Whether a link is one to a page or file, by its text and address: no pager, no picture."""
    return not PAGER.match(text) and not MEDIA.search(parts_of(url).path)


def href_of(element: etree._Element) -> str:
    """Where an anchor leads, also when a script says it: href, or the address in `javascript:` or onclick."""
    href = (element.get("href") or "").strip()
    if href and not href.lower().startswith(("javascript:", "#", "mailto:", "tel:")):
        return href
    code = f"{href} {element.get('onclick') or ''}"
    jump = JUMP.search(code) or TARGET.search(code)
    return jump[1] if jump else "javascript:"


def text_of(element: etree._Element) -> str:
    """What an anchor says: its title where the text is cut or shorter, else its text, else a picture's alt."""
    text, title = one_line(content(element)), one_line(element.get("title") or "")
    if title and (len(title) > len(text) or text.endswith(("...", "…"))):
        text = title
    if not text:
        text = one_line(" ".join(img.get("alt") or "" for img in element.iter("img")))
    return text[:LONGEST]


def is_dated(element: etree._Element, long: dict[etree._Element, bool]) -> bool:
    """Whether a date stands in the list item around an anchor; `long` remembers which holders are no items."""
    parent = element.getparent()
    for _ in range(2):
        if parent is None:
            return False
        if parent not in long:
            long[parent] = parent.tag in HOLDERS and _is_long(parent)
        if long[parent]:
            return False
        if DATED.search(one_line(content(parent))[:LONGEST * 2]):
            return True
        parent = parent.getparent()
    return False


def _is_long(element: etree._Element) -> bool:
    """Whether an element holds more than one item; `len` would count all 100,000 children of some lists."""
    return next(islice(element.iterchildren(), 4, None), None) is not None
