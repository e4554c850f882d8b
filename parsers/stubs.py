"""Row labels of tables without lines: wrapped ones made whole, tied to their rows, tall ones laid over their rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from parsers.joining import ITEM, LABELS
from parsers.layout import Region
from parsers.prose import TALL, Word

LEVELS: Final = (re.compile(r"\s*[一二三四五六七八九十]\s*、"), re.compile(r"\s*[（(][一二三四五六七八九十][)）]"),
                 re.compile(r"\s*\d{1,2}\s*[.．、]"))
INDENT: Final = 3.0  # heights of a letter by which a label's first line is indented at most
FIRST: Final = re.compile(r"\s*1\s*[.．、]")


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its place; `first` is the height at which its first line stands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first: float

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return (self.top + self.bottom) / 2

    @property
    def level(self) -> int | None:
        """0 for 一、, 1 for (一), 2 for 1., None for labels without a number."""
        return next((depth for depth, pattern in enumerate(LEVELS) if pattern.match(self.text)), None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the height at which it stands and the label nearest to its figures."""

    level: float
    label: Label | None


def labelled(words: Iterable[Word], levels: list[float]) -> list[Label]:
    """Words as labels from top to bottom; a word right under another that begins no new item goes on with it.

    `levels`: heights of a column that is filled in every row, where there is one; a label has one of them at most.
    """
    labels: list[Label] = []
    for word in sorted(words, key=lambda w: (w.top, w.left)):
        index = _continued(labels, word, levels)
        if index is None:
            labels.append(Label(word.text, word.left, word.top, word.right, word.bottom, word.middle))
            continue
        one = labels[index]
        if _is_over(one, word):
            labels[index] = replace(one, text=one.text + word.text)
        else:
            labels[index] = replace(one, text=one.text + word.text, left=min(one.left, word.left),
                                    right=max(one.right, word.right), bottom=word.bottom)
    return labels


def _continued(labels: list[Label], word: Word, levels: list[float]) -> int | None:
    """The label that a word goes on with: the last one above it, close by or on the page before."""
    if ITEM.match(word.text) or word.text in LABELS:
        return None
    is_row = _is_level(word.top, word.bottom, levels)
    if levels and not is_row and labels and _is_near(labels[-1], word) and _is_indented(labels[-1], word):
        return len(labels) - 1
    for index in reversed(range(len(labels))):
        one = labels[index]
        shared = min(one.right, word.right) - max(one.left, word.left)
        if shared * 2 < min(one.right - one.left, word.right - word.left):
            continue
        if is_row and (_is_over(one, word) or _is_level(one.top, one.bottom, levels)):
            return None
        return index if _is_near(one, word) or _is_over(one, word) else None
    return None


def _is_near(one: Label, word: Word) -> bool:
    return -2 <= word.top - one.bottom <= 0.6 * (word.bottom - word.top)


def _is_over(one: Label, word: Word) -> bool:
    """True where the label stands on a page before."""
    return word.top // TALL > one.bottom // TALL


def _is_indented(one: Label, word: Word) -> bool:
    """True where the word begins before the label, as the second line of one with an indent does."""
    return word.left <= one.left + 1 and one.left - word.right < INDENT * (word.bottom - word.top)


def _is_level(top: float, bottom: float, levels: list[float]) -> bool:
    return any(top < level < bottom for level in levels)


def rows(labels: list[Label], levels: list[float]) -> tuple[list[Row], list[Label]]:
    """Rows from top to bottom, one for each height with figures and each label left over; and the tall labels.

    Labels of several lines stand with their middle or with their first line at the row's height: whichever fits all.
    """
    centred = _misfit([x.middle for x in labels], levels) <= _misfit([x.first for x in labels], levels)
    found: list[Row] = []
    for level in levels:
        near = [x for x in labels if abs((x.middle if centred else x.first) - level) <= 0.6 * _size(x)]
        found.append(Row(level, max(near, key=lambda x: x.left, default=None)))
    used = {row.label for row in found}
    deepest = max((row.label.level or 0 for row in found if row.label), default=0)
    tall = [x for x in labels if x not in used and x.level is not None and x.level < deepest]
    empty = [Row(x.middle if centred else x.first, x) for x in labels if x not in used and x not in tall]
    return sorted([*found, *empty], key=lambda row: row.level), tall


def _misfit(anchors: list[float], levels: list[float]) -> float:
    return sum(min((abs(anchor - level) for anchor in anchors), default=0.0) for level in levels)


def _size(label: Label) -> float:
    return min(label.bottom - label.top, 12.0)


def regions(own: list[Row], tall: list[Label]) -> tuple[list[Region], int]:
    """The label cells of rows 0, 1, … and how many columns they take."""
    outer = _laid(own, [x for x in tall if x.level == 0], 0)
    inner = _laid(own, [x for x in tall if x.level == 1], 1)
    width = 1 + bool(outer) + bool(inner)
    placed = [Region(a, 0, b, 1, x.text) for x, a, b in outer]
    placed += [Region(a, width - 2, b, width - 1, x.text) for x, a, b in inner]
    for index, row in enumerate(own):
        left = max((r.right for r in placed if r.top <= index < r.bottom and r.left < width - 1), default=0)
        placed.append(Region(index, left, index + 1, width, row.label.text if row.label else ""))
    return placed, width


def _laid(own: list[Row], tall: list[Label], level: int) -> list[tuple[Label, int, int]]:
    """Tall labels with their first row and the row after their last: runs of deeper rows, cut where items restart."""
    runs: list[list[int]] = []
    for index, row in enumerate(own):
        depth = row.label.level if row.label else None
        if depth is None or depth <= level:
            runs.append([])
        elif not runs or (level == 1 and row.label is not None and FIRST.match(row.label.text)):
            runs.append([index])
        else:
            runs[-1].append(index)
    runs = [run for run in runs if run]
    if len(runs) != len(tall):
        return []
    return [(label, run[0], run[-1] + 1) for label, run in zip(tall, runs, strict=True)]
