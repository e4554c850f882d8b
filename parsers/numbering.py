"""The numbers that Word itself prints before paragraphs (一、（一）1.), put into their text: it does not hold them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from lxml import etree

DIGITS: Final = "零一二三四五六七八九"
ROMAN: Final = (("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40),
                ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
MAX_STYLES: Final = 20  # styles above a style that are asked for a number


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, how numbers are written, and the text around them ("（%1）")."""

    start: int
    style: str
    text: str


@dataclass(slots=True)
class Lists:
    """The lists of a document and how far each has come."""

    levels: Mapping[str, Mapping[int, Level]]          # by abstract list and depth
    nums: Mapping[str, tuple[str, Mapping[int, int]]]  # list → abstract list, depths that begin anew and where
    styles: Mapping[str, tuple[str, str, int | None]]  # style → the style above it, list, depth
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, num: str, depth: int) -> str:
        """The next number of a list at a depth, as it is printed; "" for bullets and unknown lists."""
        abstract, anew = self.nums.get(num, ("", {}))
        levels = self.levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if num not in self.begun:
            self.begun.add(num)
            counts.update({level: start - 1 for level, start in anew.items()})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        text = levels[depth].text if levels[depth].style not in ("bullet", "none") else ""
        for level, one in levels.items():
            text = text.replace(f"%{level + 1}", written(counts.get(level, one.start), one.style))
        return text

    def place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and the depth of a paragraph, its own or its style's; ("", 0) where it has none."""
        own = _child(paragraph, "pPr")
        num, depth = _numbered(own)
        style = _value(_child(own, "pStyle"))
        for _ in range(MAX_STYLES):
            if num or style not in self.styles:
                break
            style, num, above = self.styles[style]
            depth = above if depth is None else depth
        return ("", 0) if num == "0" else (num, depth or 0)


def lists(numbering: etree._Element | None, styles: etree._Element | None) -> Lists:
    """The lists that the parts `numbering` and `styles` of a Word file declare."""
    levels = {_value(one, "abstractNumId"): {int(_value(level, "ilvl") or 0): _level(level)
                                             for level in _children(one, "lvl")}
              for one in _children(numbering, "abstractNum")}
    nums = {_value(one, "numId"): (_value(_child(one, "abstractNumId")), {
        int(_value(level, "ilvl") or 0): int(start) for level in _children(one, "lvlOverride")
        if (start := _value(_child(level, "startOverride"))).isdecimal()}) for one in _children(numbering, "num")}
    named = {_value(one, "styleId"): (_value(_child(one, "basedOn")), *_numbered(_child(one, "pPr")))
             for one in _children(styles, "style")}
    return Lists(levels, nums, named)


def number(body: etree._Element, own: Lists) -> None:
    """Puts the printed number before the text of every paragraph that has one, in the order of the document."""
    for paragraph in [one for one in body.iter() if _name(one) == "p"]:
        printed = next((_value(t) for t in _children(_child(_child(paragraph, "pPr"), "listPr"), "t")), "")  # Word 2003
        label = printed or own.label(*own.place(paragraph))
        if label:
            run = etree.Element("r")
            etree.SubElement(run, "t").text = label
            paragraph.insert(0, run)


def written(count: int, style: str) -> str:
    """A number in the writing of a list; in plain figures where the writing is unknown or ends before.

    >>> written(12, "chineseCounting"), written(3, "decimalEnclosedCircle"), written(4, "lowerRoman"), written(2, "x")
    ('十二', '③', 'iv', '2')
    """
    writing = WRITINGS.get(style)
    return (writing(count) if writing else "") or str(count)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    ten = (DIGITS[tens] if tens > 1 else "") + "十" if 0 < tens < 10 else ""
    return ten + (DIGITS[ones] if ones else "") if count < 100 else ""


def _one_of(signs: str, count: int) -> str:
    return signs[count - 1] if 0 < count <= len(signs) else ""


def _roman(count: int) -> str:
    text = ""
    for sign, value in ROMAN:
        text, count = text + sign * (count // value), count % value
    return text


WRITINGS: Final[Mapping[str, Callable[[int], str]]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand", "ideographDigital", "chineseLegalSimplified"), _chinese),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
                    partial(_one_of, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")),
    "ideographTraditional": partial(_one_of, "甲乙丙丁戊己庚辛壬癸"),
    "upperLetter": partial(_one_of, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": partial(_one_of, "abcdefghijklmnopqrstuvwxyz"),
    "upperRoman": _roman, "lowerRoman": lambda count: _roman(count).lower(),
}


def _level(one: etree._Element) -> Level:
    start = _value(_child(one, "start"))
    return Level(int(start) if start.isdecimal() else 1, _value(_child(one, "numFmt")) or "decimal",
                 _value(_child(one, "lvlText")))


def _numbered(properties: etree._Element | None) -> tuple[str, int | None]:
    own = _child(properties, "numPr")
    depth = _value(_child(own, "ilvl"))
    return _value(_child(own, "numId")), int(depth) if depth.isdecimal() else None


def _children(parent: etree._Element | None, wanted: str) -> list[etree._Element]:
    return [] if parent is None else [one for one in parent if _name(one) == wanted]


def _child(parent: etree._Element | None, wanted: str) -> etree._Element | None:
    return next(iter(_children(parent, wanted)), None)


def _value(element: etree._Element | None, wanted: str = "val") -> str:
    found = () if element is None else element.attrib.items()
    return next((str(v) for k, v in found if str(k).rpartition("}")[2] == wanted), "")


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
