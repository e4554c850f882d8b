"""What the spider looks at: one answer, decoded once; what its text alone does not tell is parsed when asked for."""

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from lxml import etree

LARGEST = 8_000_000  # characters that are looked at; a list page has a few thousand
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SCRIPT = "script|SCRIPT|Script|style|STYLE|Style"  # spelled out: folding case costs as much again
UNSEEN = re.compile(rf"<(?=[!sStTnN])(?:!--.*?(?:-->|\Z)|({_SCRIPT})\b(?i:.*?(?:</\1\s*>|\Z))"
                    r"|(?:noscript|template|NOSCRIPT|TEMPLATE)\b[^<>]*>[^<]*)", re.DOTALL)
SAID = re.compile(r">([^<]+(?:<[^a-zA-Z/!?<][^<]*)*)")
BODY = re.compile(r"<body\b", re.IGNORECASE)
STYLED = re.compile(rb' style="[^"]*"')  # before decoding: in no encoding are these bytes a part of others
_ALONE = r"(?i:a[\s/>]|(?:area|i?frame|meta|title|base)\b)"
MARK = re.compile(rf"<(?=[abfimtABFIMT])(?:[aA]\s[^<>]*>[^<]*(?:<(?!/?{_ALONE})[^<]*)*</[aA]\s*>|{_ALONE})")
SHORTEST = len("<a ></a>")
CRUMBS = "crumb", "location", "position", "weizhi", "dqwz", "bread"
HERE = "当前位置", "您的位置", "您现在的位置", "當前位置"


@dataclass(frozen=True, eq=False)
class Page:
    """An answer as discovery sees it."""

    url: str                 # as asked for, fragment included
    body: bytes
    content_type: str = ""
    form: str = ""           # body of the request, for lists that are asked for with POST

    @cached_property
    def text(self) -> str:
        """The body, decoded."""
        return decoded(self.body, self.content_type)[:LARGEST]

    @cached_property
    def is_markup(self) -> bool:
        """Whether the text is HTML; JSON and Hanweb's XML answers are not."""
        start = self.lean[:2000].lstrip().lower()
        return (start.startswith("<") and not start.startswith(("<?xml", "<datastore"))) or "<html" in start

    @cached_property
    def tree(self) -> etree._Element | None:
        """The parsed page, None for what is no markup."""
        return parsed(self.text.encode("utf-8", "replace")) if self.is_markup else None

    @cached_property
    def head(self) -> etree._Element | None:
        """A tree with title, base and meta elements: of what stands before the body, where they all do."""
        if not self.start or any(mark.lower() in ("<title", "<base", "<meta") for mark in self.marks[1]):
            return self.tree
        return parsed(self.seen[:self.start].encode("utf-8", "replace"))

    @cached_property
    def lean(self) -> str:
        """The source without style attributes, two thirds of what Word exports."""
        return decoded(STYLED.sub(b"", self.body), self.content_type)[:LARGEST]

    @cached_property
    def seen(self) -> str:
        """The lean source without scripts, styles and comments; "" for what is no markup."""
        return UNSEEN.sub(" ", self.lean) if self.is_markup else ""

    @cached_property
    def start(self) -> int:
        """Where its body starts, 0 where that is not told."""
        body = BODY.search(self.seen)
        return body.start() if body else 0

    @cached_property
    def marks(self) -> tuple[list[str], list[str]]:
        """Before and after that: its anchors, and the openings of what counts for navigation beside them."""
        return MARK.findall(self.seen, 0, self.start), MARK.findall(self.seen, self.start)

    @cached_property
    def anchors(self) -> tuple[str, ...] | None:
        """The source of each anchor, None where some are open, nested or areas: then only the tree tells them."""
        alone = {mark[:3].lower() for part in self.marks for mark in part if len(mark) < SHORTEST}
        whole = (mark for part in self.marks for mark in part if len(mark) >= SHORTEST)
        return None if any(mark[1] == "a" for mark in alone) else tuple(whole)

    @property
    def is_framed(self) -> bool:
        """Whether there is a frame in it."""
        return any(mark[-5:].lower() == "frame" for part in self.marks for mark in part)

    @cached_property
    def words(self) -> str:
        """The text that a reader of the page sees, on one line; "" for what is no markup."""
        text = " ".join(SAID.findall(f">{self.seen}"))
        return one_line(unescape(text) if "&" in text else text)

    @cached_property
    def metas(self) -> dict[str, str]:
        """The meta elements by name in lower case, empty ones left out."""
        return metas(self.head)

    @cached_property
    def title(self) -> str:
        """Title by the page's own word: ArticleTitle, else the title element, else "" ."""
        named = self.metas.get("articletitle", "")
        return named or (one_line(self.head.findtext(".//title") or "") if self.head is not None else "")

    @cached_property
    def column(self) -> str:
        """Where the page says that it stands: ColumnName and breadcrumb, as one text."""
        return " ".join(filter(None, (self.metas.get("columnname", ""), crumbs(self.tree))))


def one_line(text: str) -> str:
    """Text with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())


def decoded(body: bytes, content_type: str = "") -> str:
    """Text of a page, for navigation: strict UTF-8, else the declared charset, else gb18030 with replacements."""
    try:
        return body.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        declared = CHARSET.search(content_type.encode("latin-1", "replace")) or CHARSET.search(body[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    try:
        return body.decode("big5hkscs" if name.startswith("big5") else "gb18030", "strict")
    except UnicodeDecodeError:
        return body.decode("utf-8" if name.startswith("utf") else "gb18030", "replace")


def parsed(source: bytes) -> etree._Element | None:
    """The tree of a page or fragment, without comments; None where there is nothing to parse."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree: etree._Element | None = etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree


def content(element: etree._Element) -> str:
    """The text in an element."""
    return element.text or "" if not len(element) else "".join(str(text) for text in element.itertext())


def metas(tree: etree._Element | None) -> dict[str, str]:
    """The meta elements by name in lower case, empty ones left out."""
    if tree is None:
        return {}
    named = ((m.get("name", "").lower(), one_line(m.get("content", ""))) for m in tree.iter("meta"))
    return {name: content for name, content in named if name and content}


def crumbs(tree: etree._Element | None) -> str:
    """Text of the first breadcrumb: an element called crumb, location, position or path, or 当前位置."""
    if tree is None:
        return ""
    for element in tree.iter("div", "p", "ul", "ol", "td", "span", "nav", "section"):
        name = f"{element.get('class', '')} {element.get('id', '')}".lower()
        if any(mark in name for mark in CRUMBS) or (element.text or "").strip().startswith(HERE):
            text = one_line(content(element))
            if 0 < len(text) < 200:
                return text
    return ""
