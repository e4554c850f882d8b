"""Pages of an article that is printed over several addresses, as one of them names the others.

Mechanisms: TRS's createPageHTML on the article's own name, links that are numbers or say 上一页 and 下一页, flip-books
whose pages are called `Page 8 - title`, and menus with an address a chapter.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.etree import _Element

from parsers.family import CALL, called, mark
from parsers.model import Document, Leaf
from parsers.script import simplified
from parsers.sections import key

MOST: Final = 300  # pages that an article may claim
WORDS: Final = ("createPageHTML", "basic-html", 'rel="next', 'rel="prev')
_TURNED = (re.compile("页(?<=[一上下]页)"), re.compile("頁(?<=[一上下]頁)"))  # one letter is found many times faster
_FLIP = re.compile(r"<(?i:title)>\s*(?i:Page|第)\s*\d{1,3}\s*(?:[页頁]\s*)?[-–—_|:：]")
_HINT = re.compile(r"</a>(?:(?<=[\d况況述\])】]</a>)|(?<=\d[页頁]</a>))")
FLIPPED: Final = re.compile(r"\s*(?:Page\s*(\d{1,3})|第\s*(\d{1,3})\s*[页頁])\s*[-–—_|:：]\s*(?=\S)", re.IGNORECASE)
_LEAF = re.compile(r"(.*/page[_-]?)0*(\d{1,3})(\.s?html?)$", re.IGNORECASE)
_NUMBER = re.compile(r"[\[【(（\s]*第?\s*(\d{1,3})\s*[页頁]?[\s\]】)）]*")
_NEXT = re.compile(r"[\s\[【]*(?:[下后後]\s*[一1]?\s*[页頁]|next(?:\s*page)?)[\s\]】>»›]*", re.IGNORECASE)
_BACK = re.compile(r"[\s\[【<«‹]*(?:[上前]\s*[一1]?\s*[页頁]|prev(?:ious)?(?:\s*page)?)[\s\]】]*", re.IGNORECASE)
_TURN = re.compile(f"{_NUMBER.pattern}|{_NEXT.pattern}|{_BACK.pattern}|rel (?:next|prev)", re.IGNORECASE)
_CHAPTERS = ("overview", "disclosure", "requests", "proceedings", "problems", "other")
_FEW = 4         # chapters that a menu must name, each with an address of its own
_LONGEST = 45    # characters of an anchor that is a chapter's heading
_ARTICLE = re.compile(r"\d{3}|^(?:content|article|detail|show|info)$", re.IGNORECASE)
_LISTED = re.compile(r"index|default|list|more|main|home", re.IGNORECASE)


def is_likely(text: str) -> bool:
    """A cheap look at markup: False is sure, True asks for a closer look."""
    return any(word in text for word in WORDS) or any(hint.search(text) for hint in (*_TURNED, _HINT, _FLIP))


def leaf(tree: _Element, text: str, url: str, title: str) -> Leaf | None:
    """Where a page stands among the pages of its article; None where it names no others. `text` is the whole markup."""
    if not is_likely(text):
        return None
    own = urldefrag(url)[0]
    return _called(tree, own) or _flipped(tree, own, title) or _paged(tree, own) or _chapters(tree, own)


def cleared(tree: _Element, own: str, found: Leaf) -> None:
    """Takes the pager and the menu out of a tree: what they say is not the article's."""
    others = {url for _, url in found.pages}
    for element in list(tree.iter("a")):
        if _address(own, element) in others:
            for child in list(element):
                element.remove(child)
            element.text = ""


def _called(tree: _Element, own: str) -> Leaf | None:
    for script in tree.iter("script"):
        call = called(script.text or "") if CALL.search(script.text or "") else None
        if call is None or not 1 < call.count <= MOST:
            continue
        stem = _stem(own) or "index"
        if own and stem != call.prefix and not re.fullmatch(re.escape(call.prefix) + r"_\d{1,3}", stem):
            continue
        pages = tuple((n, urljoin(own, call.name(n))) for n in range(1, call.count + 1))
        sure = not _LISTED.fullmatch(call.prefix)
        return Leaf(call.number, _with_own(pages, call.number, own), sure)
    return None


def _stem(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2].rpartition(".")[0]


def _with_own(pages: tuple[tuple[int, str], ...], number: int, own: str) -> tuple[tuple[int, str], ...]:
    return tuple((n, own if n == number and own else url) for n, url in pages)


def _flipped(tree: _Element, own: str, title: str) -> Leaf | None:
    named, at = FLIPPED.match(title), _LEAF.match(own)
    if not named and not (at and "basic-html" in own):
        return None
    number = int(at[2]) if at else int(named[1] or named[2]) if named else 0
    if not 0 < number <= MOST:
        return None
    if not at:
        return Leaf(number, ((number, own),), True)
    linked = [int(m[2]) for _, url in _anchors(tree, own, lambda _: True) if (m := _LEAF.match(url)) and m[1] == at[1]]
    last = max([number, *(n for n in linked if n <= MOST)])
    pages = tuple((n, f"{at[1]}{n:0{len(at[2]) if own[at.end(1)] == '0' else 1}d}{at[3]}") for n in range(1, last + 1))
    return Leaf(number, _with_own(pages, number, own), True)


def unnumbered(document: Document) -> Document:
    """A flip-book's page with its number taken off the title, which it prints as a line too."""
    if not FLIPPED.match(document.title):
        return document
    title = FLIPPED.sub("", document.title)
    blocks = tuple("\n".join(map(_unnumbered, block.split("\n"))) if isinstance(block, str) else block
                   for block in document.blocks)
    return replace(document, title=title, blocks=blocks)


def _unnumbered(line: str) -> str:
    found = FLIPPED.match(line)
    return line[found.end():] if found else line


def _anchors(tree: _Element, own: str, fits: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """Text and address of each link with a fitting text to another page of the host; also of the head's, by rel."""
    host = urlsplit(own).netloc
    for element in tree.iter("a", "link"):
        said = " ".join("".join(map(str, element.itertext())).split()) or f"rel {element.get('rel') or ''}"
        url = _address(own, element) if len(said) <= _LONGEST and fits(said) else ""
        if url and urlsplit(url).netloc == host:
            yield said, url


def _chapter(said: str) -> str:
    """The chapter of the outline that a link names, "" for none."""
    return next((chapter for chapter in _CHAPTERS if chapter == key(simplified(said))), "")


def _address(own: str, element: _Element) -> str:
    """Where a link leads, "" where it is broken or leads nowhere else."""
    href = (element.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:")):
        return ""
    try:
        url = urldefrag(urljoin(own, href))[0]
        return url if urlsplit(url).scheme in ("http", "https", "") else ""
    except ValueError:
        return ""


def _paged(tree: _Element, own: str) -> Leaf | None:
    """Numbers count only where the addresses differ by a number alone; 下一页 by its words."""
    numbered: dict[int, str] = {}
    following = before = ""
    for said, url in _anchors(tree, own, _TURN.fullmatch):
        if found := _NUMBER.fullmatch(said):
            if mark(own, url) is not None or url == own:
                numbered.setdefault(int(found[1]), url)
        elif url != own and (_NEXT.fullmatch(said) or (said == "rel next" and mark(own, url))):
            following = following or url
        elif url != own and (_BACK.fullmatch(said) or (said == "rel prev" and mark(own, url))):
            before = before or url
    others = [url for url in (*numbered.values(), following, before) if url and url != own]
    if not others:
        return None
    number = _own_number(own, numbered, following, before)
    sure = _is_article(own, others)
    if not number:
        return Leaf(0, tuple((0, url) for url in (before, own, following) if url), sure)
    pages = numbered | {number: own}
    if following:
        pages.setdefault(number + 1, following)
    if before and number > 1:
        pages.setdefault(number - 1, before)
    return Leaf(number, tuple(sorted((n, u) for n, u in pages.items() if 0 < n <= MOST)), sure)


def _own_number(own: str, numbered: dict[int, str], following: str, before: str) -> int:
    """From the numbers that its links have, 0 where they do not tell: an address without a number is page 1."""
    for n, url in numbered.items():
        if url == own:
            return n
    for n, url in numbered.items():
        marks = mark(own, url)
        if marks and marks[1]:
            return marks[0] + n - marks[1] if marks[0] else 1
    marks = mark(own, following) if following else None
    if not before or (marks and not marks[0]):
        return 1
    marks = mark(own, before)
    return 2 if marks and not marks[1] else 0


def _is_article(own: str, others: list[str]) -> bool:
    """Whether the numbers belong to an article's own name, not to a list's."""
    stem = re.sub(r"[_-]\d{1,3}$", "", _stem(own))
    return bool(_ARTICLE.search(stem)) and any(
        mark(own, url) is not None and urlsplit(url).query == urlsplit(own).query for url in others)


def _chapters(tree: _Element, own: str) -> Leaf | None:
    """A menu with an address for each chapter, in the outline's order; a page that it does not name stands first."""
    found: dict[str, str] = {}
    for said, url in _anchors(tree, own, _chapter):
        if urlsplit(url).query.count("=") < 9:
            found.setdefault(_chapter(said), url)
    addresses = list(dict.fromkeys(found[c] for c in _CHAPTERS if c in found))
    if len(addresses) < _FEW or "problems" not in found or not found.keys() & {"overview", "other"}:
        return None
    if own and own not in addresses:
        absent = [c for c in _CHAPTERS if c not in found]
        addresses.insert(_CHAPTERS.index(absent[0]) if len(absent) == 1 else 0, own)
    return Leaf(0, tuple((0, url) for url in addresses), True)
