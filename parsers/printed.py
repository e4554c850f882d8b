"""What a page prints, before any choice of article: its lines, its title, the facts that it states about itself."""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("div", "section", "article", "center", "header", "footer", "table", "tr", "td", "th")
_BLOCKS = frozenset(("p", "br", "li", "ul", "ol", "dd", "dt", "blockquote", "pre", *_TITLES, *_PARTS))
_SILENT = frozenset(("script", "style", "noscript", "template", "select", "option", "button", "textarea", "iframe"))
_LABELS = re.compile(
    "第二十[条條]第|结果[维維]持|結果[维維]持|本年新收政府信息|收到申[请請][数數]|统[计計]指[标標]|統[计計]指[标標]"
    "|申[请請]人情[况況]|申[请請][办辦][结結][数數]"
    "|同意公[开開]答[复復覆][数數]|微博微信回[应應]|被依法[纠糾][错錯]|第 二 十|收 到 申"
)  # every branch begins with a plain letter: that is found many times faster
_OF_SITE = re.compile(r"(网站标识码)\s*[:：]?\s*(\d{10})(?!\d)|(公网安备)\s*\d{14}")
_PRESERVED = re.compile(r"white-space\s*:\s*pre")
_FEED = re.compile(r"\s*\n\s*")
_EMPTY = re.compile(r"\n(?=[^\S\n]*\n)")
_BREAK = "\1"  # stands after a break until the lines are cut
_BLANK = "\n\0\n"
_LONG = 300  # characters of a cell that holds more than a label
FACT = re.compile(
    r"(索\s*引\s*号|发布(?:日期|时间|机构)|发文(?:日期|字号|机关)|生成日期|成文日期|公开日期|信息来源|来\s*源|主题分类|信息分类"
    r"|公开责任部门|文\s*号|文\s*件\s*编\s*号|名\s*称|标\s*题|作者|编辑|浏览次数|时间|日期)\s*[:：]\s*(\S[^\n|]{0,60})"
)


def wording(element: _Element) -> str:
    """All text in an element, in order, printed or not."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def title(tree: _Element) -> str:
    """The page's title as its head states it."""
    found = tree.find(".//title")
    return " ".join((found.text or "").split()) if found is not None else ""


def meta(tree: _Element) -> dict[str, str]:
    """What the page says of itself: its meta elements by names in lower case, its headline, the codes in its footer."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())[:500]
        if name and content:
            found.setdefault(name, content)
    for headline in tree.iter("h1"):
        said = " ".join(wording(headline).split())
        if said:
            found.setdefault("headline", said[:200])
    every = wording(tree)
    for text in map(str, tree.itertext()) if "网站标识码" in every or "公网安备" in every else ():
        found |= {m[1] or m[3]: m[2] or m[0] for m in _OF_SITE.finditer(text)}
    return found


def facts(text: str) -> dict[str, str]:
    """Printed facts of the block above an article: label without spaces → what follows it on the line."""
    return {re.sub(r"\s", "", m[1]): m[2].strip() for m in reversed(list(FACT.finditer(text)))}


def is_flattened(text: str) -> bool:
    """True where labels of the form stand outside of tables."""
    return bool(_LABELS.search(text))


def is_frame(cells: Sequence[str]) -> bool:
    """True for the cells of a table of layout: one is long and says the form's labels, the others do not.

    >>> is_frame(["首页", "第二十条第(一)项 规章 0" + "，其余从略" * 80]), is_frame(["第二十条第(一)项", "规章", "0"])
    (True, False)
    """
    around = [text for text in cells if len(text) > _LONG and is_flattened(text)]
    return len(around) == 1 and not any(is_flattened(text) for text in cells if text not in around)


def lines(root: _Element, until: _Element | None = None, blank: bool = False) -> list[str]:
    """The printed lines of a part of the tree, in order.

    `blank`: what shows blank cells stays: empty paragraphs and breaks as blank lines, tabs between words.
    """
    words: list[str] = []
    stack: list[tuple[_Element | str, bool]] = [(root, _keeps(root))]  # a string is what follows an element
    while stack:
        element, kept = stack.pop()
        if isinstance(element, str):
            words.append(element)
            continue
        if element is until:
            break
        tag, end = element.tag, "\n" if element.tag in _BLOCKS else ""
        tail = element.tail if element is not root else None
        if end or tail:
            stack.append((end + _text(tail, kept) if tail else end, kept))
        if isinstance(tag, str) and tag not in _SILENT:
            kept = kept or _keeps(element)
            again = blank and tag == "br" and _ends_in_break(words)
            words.append(_BLANK if again else end + _text(element.text or "", kept))
            if len(element):
                stack.extend((child, kept) for child in reversed(element))
            elif blank and tag in ("p", "div", "li"):
                words.append("\0")
            if tag == "br":
                words.append(_BREAK)
    found = "".join(words).replace(_BREAK, "").split("\n")
    whole = [(_tabbed(line) if blank else " ".join(line.split())) for line in (x.replace("\0", "") for x in found)]
    return [line for line, each in zip(whole, found, strict=True) if line or (blank and "\0" in each)]


def _keeps(element: _Element) -> bool:
    """True where line feeds are printed as such."""
    return element.tag == "pre" or bool(_PRESERVED.search(element.get("style") or ""))


def _text(text: str, kept: bool) -> str:
    """Words of the markup: a line feed is a space there, unless it is `kept`."""
    if kept:
        return _EMPTY.sub(_BLANK, text)
    return _FEED.sub(" ", text) if "\n" in text else text


def _ends_in_break(words: list[str]) -> bool:
    """True where nothing is printed since the last break."""
    last = next((word for word in reversed(words) if word.strip()), "")
    return last == _BREAK


def _tabbed(line: str) -> str:
    """A line without needless spaces; tabs stay where one stands between words, for there they part cells."""
    cells = [" ".join(cell.split()) for cell in line.lstrip().split("\t")]
    return "\t".join(cells) if len(list(filter(None, cells))) > 1 else "".join(cells)
