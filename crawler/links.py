"""The links that a page prints, wherever it hides them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.addresses import joined, key, parts_of
from crawler.pages import Page, one_line

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
    for link in _limited(_printed(page.tree, base)):
        old = kept.get(key(link.url))
        if old is None or len(link.text) > len(old.text):
            kept[key(link.url)] = link
    return tuple(kept.values())


def _limited(found: Iterable[Link]) -> Iterator[Link]:
    for number, link in enumerate(found):
        if number == MOST:
            return
        yield link


def base_of(page: Page) -> str:
    """The address that relative links start from."""
    element = page.tree.find(".//base[@href]") if page.tree is not None else None
    return (element is not None and joined(page.url, element.get("href", ""))) or page.url


def _printed(tree: HtmlElement, base: str) -> Iterator[Link]:
    for element in tree.iter("a", "area"):
        link = anchor(element, base)
        if link is not None:
            yield link


def anchor(element: HtmlElement, base: str) -> Link | None:
    """The link of one `a` element, None for pagers, pictures and what leads nowhere."""
    text = text_of(element)
    url = joined(base, href_of(element))
    if url is None or PAGER.match(text) or MEDIA.search(parts_of(url).path):
        return None
    return Link(url, text, is_dated(element))


def href_of(element: HtmlElement) -> str:
    """Where an anchor leads, also when a script says it: href, or the address in `javascript:` or onclick."""
    href = (element.get("href") or "").strip()
    if href and not href.lower().startswith(("javascript:", "#", "mailto:", "tel:")):
        return href
    code = f"{href} {element.get('onclick') or ''}"
    jump = JUMP.search(code) or TARGET.search(code)
    return jump[1] if jump else "javascript:"


def text_of(element: HtmlElement) -> str:
    """What an anchor says: its title where the text is cut or shorter, else its text, else a picture's alt."""
    text, title = one_line(element.text_content()), one_line(element.get("title") or "")
    if title and (len(title) > len(text) or text.endswith(("...", "…"))):
        text = title
    if not text:
        text = one_line(" ".join(img.get("alt") or "" for img in element.iter("img")))
    return text[:LONGEST]


def is_dated(element: HtmlElement) -> bool:
    """Whether a date stands in the list item around an anchor."""
    parent = element.getparent()
    for _ in range(2):
        if parent is None or (parent.tag in HOLDERS and _is_long(parent)):
            return False
        if DATED.search(one_line(parent.text_content())[:LONGEST * 2]):
            return True
        parent = parent.getparent()
    return False


def _is_long(element: HtmlElement) -> bool:
    """Whether an element holds more than one item; `len` would count all 100,000 children of some lists."""
    return next(islice(element.iterchildren(), 4, None), None) is not None
