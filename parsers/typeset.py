"""From letters on a page to lines, and from lines to text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from parsers.ink import Box, Letter

FIGURES: Final = frozenset("0123456789.,%+-０１２３４５６７８９－＋．")
GAP: Final = 0.3   # of the letter's height: a wider gap between figures or Latin letters is a space
WIDE: Final = 0.5  # of the letter's height: a wider gap parts words
FULL: Final = 1.6  # letters' heights left free at most in a line that was broken for want of room


def lines(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Letters in lines from top to bottom, each from left to right."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda x: x.middle[1]):
        if rows and abs(_level(rows[-1]) - letter.middle[1]) <= 0.5 * max(min(letter.size, rows[-1][0].size), 2.0):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [sorted(row, key=lambda x: x.left) for row in rows]


def _level(row: list[Letter]) -> float:
    return sum(letter.middle[1] for letter in row[-8:]) / len(row[-8:])


def chunks(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Runs of figures without a gap as one chunk, every other letter as a chunk of its own."""
    for row in lines(letters):
        chunk: list[Letter] = []
        for letter in row:
            if chunk and (letter.text not in FIGURES or letter.left - chunk[-1].right > GAP * letter.size):
                yield chunk
                chunk = []
            if letter.text in FIGURES:
                chunk.append(letter)
            else:
                yield [letter]
        if chunk:
            yield chunk


def line(row: Sequence[Letter]) -> str:
    """The text of one line; gaps between figures or Latin letters, and wide ones anywhere, are spaces."""
    text = ""
    for index, letter in enumerate(row):
        if index:
            gap = letter.left - row[index - 1].right
            plain = letter.text.isascii() and row[index - 1].text.isascii()
            if gap > letter.size * (GAP if plain else 1.0):
                text += " "
        text += letter.text
    return text


def parts(row: list[Letter]) -> list[list[Letter]]:
    """A line cut at its wide gaps; two figures are two values where a space would stand between them."""
    cut: list[list[Letter]] = []
    for letter in row:
        before = cut[-1][-1] if cut else None
        if before is None or letter.left - before.right > letter.size * _least(before, letter):
            cut.append([letter])
        else:
            cut[-1].append(letter)
    return cut


def _least(one: Letter, other: Letter) -> float:
    return GAP if one.text in FIGURES and other.text in FIGURES else WIDE


def lettering(letters: Iterable[Letter], box: Box) -> str:
    """The text of a cell. Lines that fill the cell run on; after a shorter one stands a line feed."""
    text = ""
    broken = False
    for row in lines(letters):
        text += ("\n" if broken else "") + line(row)
        room = (box.right - box.left) - (row[-1].right - row[0].left)
        broken = room > 2 * FULL * max(row[0].size, 6.0)
    return text
