"""The prose of a page: the article's paragraphs with the places of its tables, the headline, the page's own facts."""

import copy
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree, html
from lxml.etree import _Element

from parsers import flat
from parsers.boxes import boxes
from parsers.model import Grid
from parsers.printed import FACT, is_flattened, lines, wording
from parsers.sections import sections

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

_UNXML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # all that XML cannot hold
_MARK = "tabletabletable{:04d}"
_MARKED = re.compile(r"tabletabletable(\d{4})")
_NAMED = re.compile("年度?报告|年报|年度報告")
_FIRST = ("总体情况", "總體情況", "概述", "基本情况")  # headings of the first chapter
_MOST = 5000   # lines of an article; of 100,000 links trafilatura makes half a gigabyte
_SHORT = 50    # characters that a heading has at most
_ENOUGH = 0.5  # share of the article's own text that trafilatura must keep to be believed


def blocks(tree: _Element, tables: Sequence[_Element], grids: Sequence[Grid]) -> list[str | Grid]:
    """Prose and grids in document order: the article alone, without menus and footers as far as they can be told."""
    body = tree.find(".//body")
    root = body if body is not None else tree
    container = _container(root, tables)
    head = _head(root, container)
    for number, table in enumerate(tables):
        _swap(table, number)
    own = lines(container)
    if is_flattened("".join(own)):
        return _flattened(container, head, grids)
    result = _split("\n".join([*head, *_extracted(container, own)]), grids)
    shown = {id(block) for block in result if isinstance(block, Grid)}
    return [*result, *(g for g in grids if id(g) not in shown)]


def _flattened(container: _Element, head: list[str], grids: Sequence[Grid]) -> list[str | Grid]:
    """An article whose tables are no table elements: divisions or paragraphs as cells, or text with pipes and tabs."""
    found = boxes(container)
    for number, (element, _) in enumerate(found, len(grids)):
        _swap(element, number)
    text = "\n".join([*head, *lines(container, blank=True)])
    blocks = _split(text, [*grids, *(grid for _, grid in found)], strip=False)
    return [part for block in blocks for part in (flat.blocks(block) if isinstance(block, str) else [block])]


def _container(root: _Element, tables: Sequence[_Element]) -> _Element:
    """The smallest element around all tables of values that holds the first chapter too; the page without tables."""
    large = [t for t in tables if sum(1 for _ in t.iter("td", "th")) >= 8] or list(tables)
    if not large:
        return root
    paths = [[*reversed(list(t.iterancestors()))] for t in large]
    shared: list[_Element] = [lv[0] for lv in zip(*paths, strict=False) if all(e is lv[0] for e in lv)]
    for element in reversed(shared):
        if element.tag in ("tr", "tbody", "table", "td") and element is not root:
            continue
        said = wording(element)
        if element is root or any(heading in said for heading in _FIRST):
            return element
    return root


def _swap(table: _Element, number: int) -> None:
    """A paragraph that marks the place stands in for a table."""
    mark = etree.Element("p")
    mark.text, mark.tail = _MARK.format(number), _UNXML.sub("\ufffd", table.tail or "")
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, mark)


def _head(root: _Element, container: _Element) -> list[str]:
    """Headline and facts that stand before the article: short lines only, menus left out."""
    before = lines(root, until=container) if container is not root else []
    return list(dict.fromkeys(filter(_tells, before)))[-12:]


def _tells(line: str) -> bool:
    """Whether a line names a report or a fact about the page; such lines stay whatever else goes."""
    return bool(FACT.search(line) or _NAMED.search(line))


def _extracted(container: _Element, own: list[str]) -> list[str]:
    """The article's printed lines that trafilatura keeps; all where it keeps little, or they are too many or deep."""
    if len(own) > _MOST:
        return own
    from trafilatura import bare_extraction  # a fifth of a second: not for processes that open no pages

    page = html.Element("html")  # trafilatura reads trees of lxml.html only
    body = etree.SubElement(page, "body")
    body.append(copy.deepcopy(container))
    try:
        found = getattr(bare_extraction(page, options=_options()), "body", ())  # its tree: its text reads "&" anew
    except RecursionError:
        return own
    inside = _squeezed("".join(text for element in found for text in element.itertext()))
    kept = [line for line in own
            if _is_inside(line, inside) or _MARKED.search(line) or _tells(line) or _heads(line)]
    size = sum(map(len, kept))
    is_enough = size >= _ENOUGH * sum(map(len, own)) or (container.tag == "body" and size > 600)
    return kept if is_enough else own


def _heads(line: str) -> bool:
    """Whether a line is the heading of a chapter: where a table alone follows, trafilatura leaves it out."""
    return len(line) < _SHORT and any(section.key for section in sections(line))


def _is_inside(line: str, inside: str) -> bool:
    """Whether a text has the line, in which trafilatura may have left out signs that are no letters."""
    return _squeezed(line) in inside or (bool(own := _letters(line)) and own in _letters(inside))


def _squeezed(text: str) -> str:
    return "".join(text.split())


@lru_cache(maxsize=2)
def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@lru_cache(maxsize=1)
def _options() -> "Extractor":
    """trafilatura's settings, with short articles kept."""
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    config = copy.deepcopy(DEFAULT_CONFIG)
    for name in ("MIN_OUTPUT_SIZE", "MIN_OUTPUT_COMM_SIZE", "MIN_EXTRACTED_SIZE"):
        config["DEFAULT"][name] = "0"
    return Extractor(config=config, fast=True, recall=True, comments=False, tables=False)


def _split(text: str, grids: Sequence[Grid], strip: bool = True) -> list[str | Grid]:
    result: list[str | Grid] = []
    used: set[int] = set()
    for n, part in enumerate(_MARKED.split(text)):
        if n % 2:
            if int(part) < len(grids) and int(part) not in used:
                used.add(int(part))
                result.append(grids[int(part)])
        elif part.strip():
            result.append("\n".join(line.strip() for line in part.splitlines() if line.strip()) if strip else part)
    return result
