"""What the spider looks at: one answer, decoded and parsed once."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

LARGEST = 8_000_000  # characters that are parsed for links; a list page has a few thousand
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
UNSEEN = "script", "style", "noscript", "template", "head"
SEEN = etree.XPath(f"//text()[not({' or '.join(f'parent::{tag}' for tag in UNSEEN)})]", smart_strings=False)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """An answer as discovery sees it. `tree` is None for what is no markup (JSON, XML data)."""

    url: str                 # as asked for, fragment included
    text: str                # the body, decoded
    tree: HtmlElement | None
    form: str = ""           # body of the request, for lists that are asked for with POST
    metas: dict[str, str] = field(default_factory=dict)  # names in lower case

    @property
    def title(self) -> str:
        """Title by the page's own word: ArticleTitle, else the title element, else "" ."""
        named = self.metas.get("articletitle", "")
        return named or (one_line(self.tree.findtext(".//title") or "") if self.tree is not None else "")

    @property
    def column(self) -> str:
        """Where the page says that it stands: ColumnName and breadcrumb, as one text."""
        return " ".join(filter(None, (self.metas.get("columnname", ""), crumbs(self.tree))))


def one_line(text: str) -> str:
    """Text with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())


def decoded(body: bytes, content_type: str = "") -> str:
    """Text of a page, for navigation: strict UTF-8, else the declared charset, else gb18030 with replacements."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = CHARSET.search(content_type.encode("latin-1", "replace")) or CHARSET.search(body[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    try:
        return body.decode("big5hkscs" if name.startswith("big5") else "gb18030", "strict")
    except UnicodeDecodeError:
        return body.decode("utf-8" if name.startswith("utf") else "gb18030", "replace")


def page(url: str, body: bytes, content_type: str = "", form: str = "") -> Page:
    """One answer opened: decoded, parsed if it is markup, metas read."""
    text = decoded(body, content_type)[:LARGEST]
    tree = parsed(text) if is_markup(text) else None
    return Page(url, text, tree, form, metas(tree))


def is_markup(text: str) -> bool:
    """Whether the text is HTML; JSON and Hanweb's XML answers are not."""
    start = text[:2000].lstrip().lower()
    return (start.startswith("<") and not start.startswith(("<?xml", "<datastore"))) or "<html" in start


def parsed(text: str) -> HtmlElement | None:
    """The tree of a page or fragment, None where there is nothing to parse."""
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None
    return tree


def metas(tree: HtmlElement | None) -> dict[str, str]:
    """The meta elements by name in lower case, empty ones left out."""
    if tree is None:
        return {}
    named = ((m.get("name", "").lower(), one_line(m.get("content", ""))) for m in tree.iter("meta"))
    return {name: content for name, content in named if name and content}


def crumbs(tree: HtmlElement | None) -> str:
    """Text of the first breadcrumb: an element called crumb, location, position or path, or 当前位置."""
    if tree is None:
        return ""
    marks = "crumb", "location", "position", "weizhi", "dqwz", "bread"
    for element in tree.iter("div", "p", "ul", "ol", "td", "span", "nav", "section"):
        name = f"{element.get('class', '')} {element.get('id', '')}".lower()
        said = (element.text or "").strip()
        if any(mark in name for mark in marks) or said.startswith(("当前位置", "您的位置", "您现在的位置", "當前位置")):
            text = one_line(element.text_content())
            if 0 < len(text) < 200:
                return text
    return ""


def visible(tree: HtmlElement | None, enough: int = 2000) -> str:
    """The text that a reader sees, as far as `enough` characters."""
    return _visible(tree)[:enough].rstrip() if tree is not None else ""


@lru_cache(1)  # several judgements ask for the text of the page at hand
def _visible(tree: HtmlElement) -> str:
    texts: Any = SEEN(tree)
    return one_line(" ".join(texts))
