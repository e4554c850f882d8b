"""Web pages opened: lxml once; tables from the tree, prose with trafilatura on the tree without them."""

import json
import re
from html import unescape

from lxml import etree
from lxml.etree import _Element

from parsers import article, printed, tables
from parsers.model import Document, Problem, Source
from parsers.recognise import looks_like_report
from parsers.text import decode

MAX_TEXT = 30_000_000  # characters of a page that are read
_ESCAPED = re.compile(r"""(["'`])((?:\\.|(?!\1)[^\\]){200,})\1""", re.DOTALL)
_TABLE = re.compile(r"<(?:table|p|div|td)\b", re.IGNORECASE)


def document(source: Source) -> Document:
    """A page: its title, metadata, prose and tables in document order. Never raises for bad bytes."""
    text, _, problems = decode(source.body, source.content_type)
    if len(text) > MAX_TEXT:
        problems = (*problems, Problem("page_too_long", f"{len(text)} characters, read are {MAX_TEXT}", ""))
    return opened(text[:MAX_TEXT], problems)


def opened(text: str, problems: tuple[Problem, ...] = ()) -> Document:
    """A page from its decoded text."""
    tree = parsed(text)
    if tree is None:
        return Document("", (), {}, problems)
    found = _document(tree, problems)
    if not printed.is_flattened("\n".join(slot.text for grid in found.grids for row in grid.rows for slot in row)):
        again = parsed(text)
        fragments = _hidden(again, text) if again is not None else []
        if again is not None and fragments:
            again.extend(fragments)
            return _document(again, problems)
    return found


def _document(tree: _Element, problems: tuple[Problem, ...]) -> Document:
    meta, title = printed.meta(tree), printed.title(tree)
    grids = [(table, tables.grid(table, f"table {n}")) for n, table in enumerate(tables.tables(tree), 1)]
    kept = [(table, grid) for table, grid in grids if grid.rows]
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


def _hidden(tree: _Element, text: str) -> list[_Element]:
    """Reports that a page keeps where they are not printed: in a script's string, a field's value, an inner page."""
    pieces = [
        element.get(name) or ""
        for name, path in (("srcdoc", "iframe"), ("value", "input"), ("content", "meta"))
        for element in tree.iter(path)
    ]
    pieces += [element.text or "" for element in tree.iter("textarea", "template", "xmp", "noscript")]
    scripts = [element.text or "" for element in tree.iter("script")]
    scripts += [text] if text.lstrip()[:1] in "{[" or (not scripts and "<html" not in text[:2000].lower()) else []
    pieces += [_unescaped(m[2]) for script in scripts for m in _ESCAPED.finditer(script)]
    trees = (parsed(unescape(p) if "&lt;" in p else p) for p in pieces if _is_report(p))
    return [t for t in trees if t is not None]


def _is_report(piece: str) -> bool:
    return len(piece) >= 200 and (_TABLE.search(piece) or "&lt;" in piece) is not None and looks_like_report(piece)


def _unescaped(literal: str) -> str:
    r"""A JavaScript string's text: \" \/ \n \u5e74 undone; as it stands where it is no such string."""
    try:
        return str(json.loads('"' + re.sub(r'(?<!\\)"', r"\"", literal.replace("\\'", "'").replace("\n", "\\n")) + '"'))
    except ValueError:
        return literal
