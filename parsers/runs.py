"""The words of a Word paragraph as a reader sees them: without what is deleted, hidden or struck, notes in brackets."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

STRUCK: Final = frozenset({"strike", "dstrike"})
OFF: Final = frozenset({"0", "false", "off", "none", "baseline"})
HIDDEN: Final = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "footnoteReference", "pict", "rt"})


def name(element: etree._Element) -> str:
    """An element's local name in whatever namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element) -> str:
    """The element's `val`, "" where it has none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "val"), "")


def paragraph(element: etree._Element, struck: bool = False) -> str:
    """The visible text of a paragraph, tabs and breaks kept, text boxes left out, ends trimmed.

    Raised and lowered words stand in brackets behind others, for they are notes; struck ones only if `struck`.
    """
    text = ""
    for piece, is_note in _runs(element, struck):
        text += f"[{piece}]" if is_note and piece.strip() and text.strip() else piece
    return text.strip(" \t\r\n\u3000")


def _runs(element: etree._Element, struck: bool, is_note: bool = False) -> Iterator[tuple[str, bool]]:
    for child in element:
        kind = name(child)
        if kind == "t":
            yield child.text or "", is_note
        elif kind in ("tab", "br", "cr", "noBreakHyphen"):
            yield {"tab": "\t", "noBreakHyphen": "-"}.get(kind, "\n"), False
        elif kind == "r":
            looks = _looks(child)
            if "vanish" not in looks and (struck or not looks & STRUCK):
                yield from _runs(child, struck, "vertAlign" in looks)
        elif kind not in HIDDEN and kind not in ("txbxContent", "pPr", "rPr", "tbl"):
            yield from _runs(child, struck, is_note)


def _looks(run: etree._Element) -> set[str]:
    """Names of the properties that are set on a run."""
    if not len(run) or name(run[0]) != "rPr":
        return set()
    return {name(one) for one in run[0] if value(one) not in OFF}
