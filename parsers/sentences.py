"""Prose cut into sentences, each as printed and in the one script and width that words are sought in."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.model import Section
from parsers.script import simplified

_SENTENCE = re.compile("[^。！\n]+[。！]?")
_GAP = re.compile(r"\s(?:(?<!\d\s)\s*|\s*(?!\d))")  # between digits a gap stays: "1 2件" may be 12 or two numbers
_COUNTING = re.compile("[0-9零〇○一二两三四五六七八九十]")
_DENYING = re.compile("(?:未|没有|无)[^,;]{0,40}(?:申请|复议|诉讼|投诉|费|结转)")
# What may be one of these before it is folded.
_PERHAPS = re.compile("[^\u3400-\u9fff，、。；：！？（）《》“”‘’\\s]|[零〇一二两兩三四五六七八九十未无無没沒]")
_MARKS = tuple(zip("，：；！？（）", ",:;!?()", strict=True))
_TOO_LONG = 2000  # characters: no sentence, but a table run together
_LONGEST = 200  # characters of a quote


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence up to its full stop, as printed and in half-width simplified characters, under its chapter."""

    printed: str
    plain: str
    section: str  # key of the chapter
    place: str    # its heading as printed

    def quote(self, start: int) -> str:
        """The sentence as printed; of a long one what stands around a place of `plain`."""
        if len(self.printed) <= _LONGEST:
            return self.printed
        return self.plain[max(0, start - _LONGEST // 2):start + _LONGEST // 2]


def sentences(text: str, chapters: tuple[Section, ...]) -> Iterator[Sentence]:
    """The sentences with a number or a denial in them, those before the first chapter too."""
    before = text.split(chapters[0].title, 1)[0] if chapters else text
    for key, heading, body in (("", "", before), *((s.key, s.title, s.text) for s in chapters)):
        for found in _SENTENCE.finditer(body):
            if len(found[0]) > _TOO_LONG or not _PERHAPS.search(found[0]):
                continue
            if _COUNTING.search(plain := folded(found[0])) or _DENYING.search(plain):
                yield Sentence(found[0].strip(), plain, key, heading)


def folded(text: str) -> str:
    """Half-width, simplified, without white space but between digits.

    >>> folded("收到 申請２５件，1 2條")
    '收到申请25件,1 2条'
    """
    return _GAP.sub("", simplified(unicodedata.normalize("NFKC", _narrow(text))))


def _narrow(text: str) -> str:
    """Marks of Chinese text in half width, as NFKC gives them: it takes a glance where there are none, else long."""
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    return text
