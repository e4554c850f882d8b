"""Web pages opened: lxml once; tables from the tree, prose with trafilatura on the tree without them."""

import json
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element

from parsers import article, leaves, printed, tables, unseen
from parsers.model import Document, Grid, Problem, Source
from parsers.recognise import looks_like_report
from parsers.text import decode

MAX_TEXT = 30_000_000  # characters of a page that are read
_ESCAPED = re.compile(r"""(?<!\\)(["'`])((?:\\.|(?!\1)[^\\]){200,})\1""", re.DOTALL)
_WORD = r"""[^"'<>{}\n]"""
_TITLE = re.compile(rf"""["'](?=[^"']*20\d\d)({_WORD}{{0,60}}信息公开{_WORD}{{0,20}}(?:报告|年报){_WORD}{{0,8}})["']""")
_STRING = re.compile(r"""(?<!\\)(["'`])((?:\\.|(?!\1)[^\\\n])*)\1""")
_WIDE = re.compile("%u([0-9a-fA-F]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
_LEAST = 200  # characters of a piece that may hold a report
_LINES = 5  # strings with markup in a script that writes a page
_TABLE = re.compile(r"<(?:table|p|div|td)\b", re.IGNORECASE)


def document(source: Source) -> Document:
    """A page: its title, metadata, prose and tables in document order. Never raises for bad bytes."""
    text, _, problems = decode(source.body, source.content_type)
    if len(text) > MAX_TEXT:
        problems = (*problems, Problem("page_too_long", f"{len(text)} characters, read are {MAX_TEXT}", ""))
    return opened(text[:MAX_TEXT], problems, source.url)


def opened(text: str, problems: tuple[Problem, ...] = (), url: str = "") -> Document:
    """A page from its decoded text."""
    tree = _scripted(text)
    if tree is not None:
        return _shown(tree, problems)
    tree = parsed(text)
    if tree is None:
        return Document("", (), {}, problems)
    leaf = leaves.leaf(tree, text, url, printed.title(tree))
    if leaf:
        leaves.cleared(tree, url, leaf)
    found = _opened(tree, text, problems)
    return replace(leaves.unnumbered(found), leaf=leaf) if leaf else found


def _opened(tree: _Element, text: str, problems: tuple[Problem, ...]) -> Document:
    hidden = unseen.cleared(tree)
    kept = _kept(tree)
    pieces = [] if _has_labels(grid for _, grid in kept) else list(_pieces(tree))
    found = _document(tree, kept, (*problems, *hidden))
    if pieces and not _has_labels(found.grids):
        fragments = _fragments(_joined(tree)) or _fragments(pieces)
        again = parsed(text) if fragments else None
        if again is not None:
            again.extend(fragments)
            return _shown(again, problems)
    return found


def _shown(tree: _Element, problems: tuple[Problem, ...]) -> Document:
    """A tree as its styles show it."""
    hidden = unseen.cleared(tree)
    return _document(tree, _kept(tree), (*problems, *hidden))


def _kept(tree: _Element) -> list[tuple[_Element, Grid]]:
    """The tables that hold anything, each with its grid."""
    grids = [(table, tables.grid(table, f"table {n}")) for n, table in enumerate(tables.tables(tree), 1)]
    return [(table, grid) for table, grid in grids if grid.rows]


def _has_labels(grids: Iterable[Grid]) -> bool:
    return printed.is_flattened("\n".join(slot.text for grid in grids for row in grid.rows for slot in row))


def _document(tree: _Element, kept: list[tuple[_Element, Grid]], problems: tuple[Problem, ...]) -> Document:
    meta, title = printed.meta(tree), printed.title(tree)
    blocks = article.blocks(tree, [t for t, _ in kept], [g for _, g in kept])
    first = next((block for block in blocks if isinstance(block, str)), "")
    return Document(title, tuple(blocks), {**printed.facts(first[:3000]), **meta}, problems)


def parsed(text: str) -> _Element | None:
    """The tree of a page, None where nothing is left of it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    body = text.encode("utf-8", "replace")
    if not body.strip():
        return None
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None


def _pieces(tree: _Element) -> Iterator[str]:
    """What a page keeps where it is not printed: in a script's string, a field's value, an inner page."""
    for name, path in (("srcdoc", "iframe"), ("value", "input"), ("content", "meta")):
        yield from (element.get(name) or "" for element in tree.iter(path))
    yield from (element.text or "" for element in tree.iter("textarea", "template", "xmp", "noscript"))
    yield from (_inside(element.get("src") or "") for element in tree.iter("iframe"))
    for script in (element.text or "" for element in tree.iter("script")):
        yield from (_inside(_unescaped(m[2])) for m in _ESCAPED.finditer(script))


def _joined(tree: _Element) -> Iterator[str]:
    """The strings of each script put together where it writes a page line by line: none of them is most of it."""
    for script in (element.text or "" for element in tree.iter("script")):
        strings = [m[2] for m in _STRING.finditer(script)]
        if sum("<" in s for s in strings) >= _LINES and max(map(len, strings)) * 2 < sum(map(len, strings)):
            yield "\n".join(map(_unescaped, strings))


def _inside(piece: str) -> str:
    """What an encoded piece stands for: %u5e74, %E5%B9%B4, Base64; the piece itself where it is none."""
    data = piece.partition(",")[2] if piece.startswith("data:") else piece
    if "%u" in data or "%E" in data or "%e" in data:
        return unquote(_WIDE.sub(lambda m: chr(int(m[1], 16)), data))
    if len(data) < _LEAST or not _BASE64.fullmatch(data):
        return piece
    try:
        return b64decode(data).decode("utf-8")
    except ValueError:
        return piece


def _scripted(text: str) -> _Element | None:
    """The page that a script or an answer holds in its strings, under the one that reads like its title; else None."""
    if text.lstrip()[:1] == "<" or "<html" in text[:2000].lower():
        return None
    strings = [_unescaped(m[2]) for m in _ESCAPED.finditer(text)]
    fragments = _fragments(strings)
    if not fragments:
        return None
    titles = {_unescaped(m[1]).strip() for m in _TITLE.finditer(text)}
    root = etree.Element("html")
    if len(titles) == 1:
        etree.SubElement(etree.SubElement(root, "head"), "title").text = titles.pop()
    root.extend(fragments)
    return root


def _fragments(pieces: Iterable[str]) -> list[_Element]:
    return [fragment for piece in pieces if (fragment := _fragment(piece)) is not None]


def _fragment(piece: str) -> _Element | None:
    """The tree of a report that such a piece holds."""
    return parsed(unescape(piece) if "&lt;" in piece else piece) if _is_report(piece) else None


def _is_report(piece: str) -> bool:
    return len(piece) >= _LEAST and (_TABLE.search(piece) or "&lt;" in piece) is not None and looks_like_report(piece)


def _unescaped(literal: str) -> str:
    r"""A JavaScript string's text: \" \/ \n \u5e74 undone; as it stands where it is no such string."""
    try:
        return str(json.loads('"' + re.sub(r'(?<!\\)"', r"\"", literal.replace("\\'", "'").replace("\n", "\\n")) + '"'))
    except ValueError:
        return literal
