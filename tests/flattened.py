"""Tables as they come out of text extractors and copied pages: rows of boxes to plain text, one function a shape."""

import random
from collections.abc import Callable, Iterator

from tests.rendering import Box

Rows = list[list[Box]]
Shape = Callable[[random.Random, Rows], str]


def rectangle(rows: Rows, repeat: bool = False) -> list[list[str]]:
    """Rows of one length: a box's text at its upper left place; where its spans reach nothing or, to repeat, it."""
    found: list[list[str]] = []
    reached: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        boxes = iter(row)
        while True:
            if reached.get(len(line), 0):
                reached[len(line)] -= 1
                line.append(found[-1][len(line)] if repeat else "")
                continue
            box = next(boxes, None)
            if box is None:
                break
            for column in range(len(line), len(line) + box.across):
                reached[column] = box.down - 1
            line += [box.text, *[box.text if repeat else ""] * (box.across - 1)]
        found.append(line)
    return found


def _filled_up(rows: Rows) -> Iterator[tuple[list[str], int]]:
    """The cells of each row, and how many cells it is shorter than the table is wide."""
    width = max(map(len, rectangle(rows)))
    return (([box.text for box in row], width - len(row)) for row in rows)


def _broken(rng: random.Random, box: Box, end: str) -> str:
    """A label of some length, at times on two lines."""
    text = box.text
    breaks = box.label and len(text) > 3 and rng.random() < 0.4
    return f"{text[: len(text) // 2]}{end}{text[len(text) // 2 :]}" if breaks else text


def rows_filled_up(_rng: random.Random, rows: Rows) -> str:
    """A row a line; short rows are filled up with pipes at their end."""
    return "\n".join("".join(f"{t} | " if t else "| " for t in cells) + "|" * rest for cells, rest in _filled_up(rows))


def rows_short(_rng: random.Random, rows: Rows) -> str:
    """A row a line, cells that spans reach into left out."""
    return "\n".join(" | ".join(box.text for box in row) + " |" for row in rows)


def rows_spread(_rng: random.Random, rows: Rows) -> str:
    """Markdown: blank cells where spans reach, a line of dashes below the first row."""
    first, *rest = (f"| {' | '.join(line)} |" for line in rectangle(rows))
    return "\n".join((first, "|" + "---|" * len(rectangle(rows)[0]), *rest))


def rows_repeated(_rng: random.Random, rows: Rows) -> str:
    """Markdown: a merged cell again in each of its places."""
    first, *rest = (f"| {' | '.join(line)} |" for line in rectangle(rows, repeat=True))
    return "\n".join((first, "|" + "---|" * len(rectangle(rows)[0]), *rest))


def rows_repeated_after_tabs(_rng: random.Random, rows: Rows) -> str:
    """A row a line, tabs between cells, a merged cell again in each of its places."""
    return "\n".join("\t".join(line) for line in rectangle(rows, repeat=True))


def rows_open(_rng: random.Random, rows: Rows) -> str:
    """A row a line, pipes between cells only: one at the end stands before a blank cell."""
    return "\n".join(" | ".join(line) for line in rectangle(rows))


def rows_drawn(_rng: random.Random, rows: Rows) -> str:
    """Cells wrapped to a few characters, lines of dashes between the rows."""
    ruler = "+" + "------+" * len(rectangle(rows)[0])
    found = [ruler]
    for line in rectangle(rows):
        pieces = [[cell[n : n + 14] for n in range(0, len(cell), 14)] for cell in line]
        height = max(map(len, pieces))
        found += ["|" + "|".join(f" {(own + [''] * height)[n]} " for own in pieces) + "|" for n in range(height)]
        found.append(ruler)
    return "\n".join(found)


def cells_filled_up(_rng: random.Random, rows: Rows) -> str:
    """A cell a line with a pipe behind it; short rows are filled up by a line of pipes."""
    found = []
    for cells, rest in _filled_up(rows):
        found += [f"{cell} |" if cell else "|" for cell in cells]
        found += ["|" * rest] if rest else []
    return "\n".join(found)


def cells_after_a_pipe(_rng: random.Random, rows: Rows) -> str:
    """A cell a line with a pipe before it, and a lone pipe at the end of each row."""
    return "\n".join("\n| ".join(box.text for box in row) + "\n|" for row in rows)


def cells_in_borders(_rng: random.Random, rows: Rows) -> str:
    """A cell a line with a pipe behind it; each row begins with a lone pipe."""
    return "\n".join(
        "|\n" + "\n".join(f"{cell} |" if cell else "|" for cell in cells) + " " + "|" * rest
        for cells, rest in _filled_up(rows)
    )


def broken_labels_between_pipes(rng: random.Random, rows: Rows) -> str:
    """A cell and a lone pipe in turns, labels over two lines."""
    return "\n".join(f"{_broken(rng, box, chr(10))}\n|" for row in rows for box in row)


def lines(_rng: random.Random, rows: Rows) -> str:
    """A cell a line, blank lines for blank cells."""
    return "\n".join(box.text for row in rows for box in row)


def tabbed(_rng: random.Random, rows: Rows) -> str:
    """A row a line, tabs between cells."""
    return "\n".join("\t".join(box.text for box in row) for row in rows)


def spaced_paragraphs(_rng: random.Random, rows: Rows) -> str:
    """A cell a paragraph, blank ones too."""
    return "\n\n".join(f" {box.text}" for row in rows for box in row)


def broken_paragraphs(rng: random.Random, rows: Rows) -> str:
    """A cell a paragraph, labels over two; blank cells are gone."""
    return "\n\n".join(_broken(rng, box, "\n\n") for row in rows for box in row if box.text)


def words(_rng: random.Random, rows: Rows) -> str:
    """Everything in one line; blank cells are gone."""
    return " ".join(box.text for row in rows for box in row if box.text)


def rows_of_words(_rng: random.Random, rows: Rows) -> str:
    """A row a line, a space between cells; blank cells are gone."""
    return "\n".join(" ".join(box.text for box in row if box.text) for row in rows)


WHOLE: tuple[Shape, ...] = (
    rows_filled_up,
    rows_short,
    rows_spread,
    rows_repeated,
    rows_repeated_after_tabs,
    rows_open,
    rows_drawn,
    cells_filled_up,
    cells_after_a_pipe,
    cells_in_borders,
    broken_labels_between_pipes,
    lines,
    tabbed,
    spaced_paragraphs,
)
WITHOUT_BLANKS: tuple[Shape, ...] = (broken_paragraphs, words, rows_of_words)
