"""Flattened text back to tables: pipes, one cell a line after a tab, one cell a paragraph, lone pipes between cells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from parsers.model import Grid, Kind, Slot
from parsers.numbers import number
from parsers.vocabulary import is_label, is_like_label

_HEADING = re.compile(r"\s*[一二三四五六七八九]\s*[、.．]\s*\S")
_SEPARATOR = re.compile(r"\s*:?-{3,}:?\s*")
_BARS = str.maketrans("｜│┃¦", "||||")
_LONG = 60  # characters; no label of a form is longer, prose usually is


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines start..end (end not included) that are one table."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def blocks(text: str) -> tuple[str | Grid, ...]:
    """Prose and tables of a plain text, in order. Tables are unaligned grids, blank cells kept as far as they show."""
    lines = text.translate(_BARS).split("\n")
    result: list[str | Grid] = []
    at = 0
    for region in _regions(lines):
        result += _prose(lines[at : region.start])
        rows = tuple(tuple(Slot(cell) for cell in row) for row in region.rows)
        result.append(Grid(rows, f"lines {region.start + 1}-{region.end}", aligned=False))
        at = region.end
    return (*result, *_prose(lines[at:]))


def _prose(lines: list[str]) -> list[str]:
    text = "\n".join(line.strip() for line in lines if line.strip())
    return [text] if text else []


def _regions(lines: list[str]) -> Iterator[_Region]:
    at = 0
    while at < len(lines):
        region = _piped(lines, at) or _tabbed(lines, at) or _stacked(lines, at)
        if region:
            yield region
        at = region.end if region else at + 1


def is_heading(line: str) -> bool:
    """True for a chapter's heading, which ends a table; the table's own 一、二、三、四 rows are none."""
    return bool(_HEADING.match(line)) and not is_like_label(line)


def _is_long(line: str) -> bool:
    return len(line) > _LONG and len("".join(line.split())) > _LONG


def _texty(cell: str) -> bool:
    return number(cell).kind is Kind.TEXT


def _piped(lines: list[str], at: int) -> _Region | None:
    """A run of lines with pipes; lines between that belong to an open cell are kept with it."""
    if "|" not in lines[at] and not _opens(lines, at):
        return None
    end = last = at
    while end < len(lines):
        line = lines[end]
        if "|" in line:
            last = end
        elif (line.strip() or not _more(lines, end)) and not _belongs(lines, last, end):
            break
        end += 1
    region = [line for line in lines[at : last + 1] if line.strip()]
    lone = sum(line.strip() == "|" for line in region)
    rows = _stream(region) if lone >= 3 and lone * 4 >= len(region) else _rows(region)
    return _Region(at, last + 1, rows) if sum(map(len, rows)) >= 2 else None


def _opens(lines: list[str], at: int) -> bool:
    """A short line whose next one is a lone pipe starts a table of lone pipes."""
    following = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return following == "|" and bool(lines[at].strip()) and not _is_long(lines[at]) and not is_heading(lines[at])


def _more(lines: list[str], end: int) -> bool:
    """After one blank line the table goes on only with a line of pipes."""
    return end + 1 < len(lines) and "|" in lines[end + 1]


def _belongs(lines: list[str], last: int, end: int) -> bool:
    """A line without a pipe is part of a cell that is still open."""
    line = lines[end]
    return bool(line.strip()) and not is_heading(line) and not _is_long(line) and _open(lines, last, end)


def _open(lines: list[str], last: int, end: int) -> bool:
    """The cell is still open: the last pipe line does not close it, or the next line of pipes begins with one."""
    if not lines[last].rstrip().endswith("|"):
        return any("|" in line for line in lines[end : end + 3])
    following = next((line for line in lines[end + 1 : end + 3] if line.strip()), "")
    return following.lstrip().startswith("|")


def _rows(region: list[str]) -> tuple[tuple[str, ...], ...]:
    """One row a line; a line that the one before left open continues it."""
    bordered = sum(line.lstrip().startswith("|") for line in region) * 2 > len(region)
    joined: list[str] = []
    for line in region:
        opened = joined and not joined[-1].rstrip().endswith("|")
        if opened and ((line.lstrip().startswith("|") and not bordered) or "|" not in line or "|" not in joined[-1]):
            joined[-1] += line
        elif joined and "|" not in line:
            joined[-1] = joined[-1].rstrip() + line
        else:
            joined.append(line)
    rows = (_cells(line, bordered) for line in joined)
    return tuple(row for row in rows if not all(_SEPARATOR.fullmatch(cell) for cell in row))


def _cells(line: str, bordered: bool) -> tuple[str, ...]:
    line = line.strip()
    if line.endswith("|"):
        line = line[:-1]
    if bordered and line.startswith("|"):
        line = line[1:]
    return tuple(cell.strip() for cell in line.split("|"))


def _stream(region: list[str]) -> tuple[tuple[str, ...], ...]:
    """Cells between lone pipes: rows do not show, so a row begins where a label follows a value."""
    text = "\n".join(region).strip().strip("|")
    return tuple(_by_labels(cell.strip() for cell in text.split("|")))


def _tabbed(lines: list[str], at: int) -> _Region | None:
    """Cells after tabs: several in a line are a row; one a line is a cell, and a blank line ends the row."""
    if "\t" not in lines[at]:
        return None
    stacked = lines[at].startswith("\t") and lines[at].count("\t") == 1
    rows: list[list[str]] = [[]]
    end = last = at
    while end < len(lines):
        line = lines[end]
        if "\t" in line:
            last = end
            if stacked:
                rows[-1].append(line[1:].strip())
            else:
                rows.append([cell.strip() for cell in line.split("\t")])
        elif not line.strip():
            if not any("\t" in later for later in lines[end + 1 : end + 3]):
                break
            rows.append([])
        elif is_heading(line) or _is_long(line) or not _continues(rows, stacked):
            if stacked or not is_label(line):
                break
            rows.append([line.strip()])
            last = end
        elif stacked:
            rows[-1][-1] += line.strip()
            last = end
        else:
            rows.append([line.strip()])
            last = end
        end += 1
    kept = tuple(tuple(row) for row in rows if row)
    return _Region(at, last + 1, kept) if sum(map(len, kept)) >= 4 else None


def _continues(rows: list[list[str]], stacked: bool) -> bool:
    """A line without a tab goes on with the cell before it if that is text."""
    return bool(rows[-1]) and _texty(rows[-1][-1]) if stacked else bool(rows[-1])


def _stacked(lines: list[str], at: int) -> _Region | None:
    """One cell a paragraph: from a label on, as long as labels and values follow."""
    if not is_label(lines[at]):
        return None
    end = last = at
    known = 0
    while end < len(lines):
        line = lines[end].strip()
        if line and (is_heading(line) or "|" in line or "\t" in lines[end] or not _cell(line)):
            break
        if line:
            known += is_label(line)
            last = end
        end += 1
    if known < 3 or last - at < 5:
        return None
    tail = end if end < len(lines) else last + 1
    return _Region(at, tail, tuple(_by_labels(_paragraphs(lines[at:tail]))))


def _cell(line: str) -> bool:
    return is_like_label(line) or (len(line) <= 24 and not re.search(r"[。；!！?？]", line))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Cells and blank cells: a filled cell is its text and `feed` line feeds, a blank one is a single line feed."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    gaps = [b - a for a, b in pairwise(filled)]
    feed = 2 if gaps and sum(gap == 1 for gap in gaps) * 10 <= len(gaps) else 1
    for here, there in zip(filled, [*filled[1:], len(lines)], strict=True):
        yield lines[here].strip()
        yield from [""] * max(0, there - here - feed)


def _by_labels(cells: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Rows of a stream of cells: a label after a value, a blank or another row's label begins one."""
    row: list[str] = []
    for cell in cells:
        if row and _texty(cell) and not _texty(row[-1]):
            yield tuple(row)
            row = []
        row.append(cell)
    if row:
        yield tuple(row)
