"""Flattened text back to tables: pipes, one cell a line after a tab, one cell a paragraph, lone pipes between cells."""

from collections.abc import Iterator

from parsers import repeated
from parsers.model import Grid
from parsers.piped import is_long, piped
from parsers.spaced import spaced
from parsers.stacked import Region, is_heading, is_texty, stacked
from parsers.vocabulary import is_label

_BARS = str.maketrans("｜│┃¦", "||||")


def blocks(text: str) -> tuple[str | Grid, ...]:
    """Prose and tables of a plain text, in order. Tables are unaligned grids, blank cells kept as far as they show."""
    lines = text.translate(_BARS).split("\n")
    result: list[str | Grid] = []
    at = 0
    for region in _regions(lines):
        result += _prose(lines[at : region.start])
        result.append(repeated.grid(region.rows, f"lines {region.start + 1}-{region.end}"))
        at = region.end
    return (*result, *_prose(lines[at:]))


def _prose(lines: list[str]) -> list[str]:
    text = "\n".join(line.strip() for line in lines if line.strip())
    return [text] if text else []


def _regions(lines: list[str]) -> Iterator[Region]:
    at = 0
    while at < len(lines):
        region = piped(lines, at) or _tabbed(lines, at) or stacked(lines, at) or spaced(lines, at)
        if region:
            yield region
        at = region.end if region else at + 1


def _tabbed(lines: list[str], at: int) -> Region | None:
    """Cells after tabs: several in a line are a row; one a line is a cell, and a blank line ends the row."""
    if "\t" not in lines[at]:
        return None
    single = lines[at].startswith("\t") and lines[at].count("\t") == 1
    rows: list[list[str]] = [[]]
    end = last = at
    while end < len(lines):
        line = lines[end]
        if "\t" in line:
            if is_long(max(line.split("\t"), key=len)):
                break
            last = end
            if single:
                rows[-1].append(line[1:].strip())
            else:
                rows.append([cell.strip() for cell in line.split("\t")])
        elif not line.strip():
            if not any("\t" in later for later in lines[end + 1 : end + 3]):
                break
            rows.append([])
        elif is_heading(line) or is_long(line) or not _continues(rows, single):
            if single or not is_label(line):
                break
            rows.append([line.strip()])
            last = end
        elif single:
            rows[-1][-1] += line.strip()
            last = end
        else:
            rows.append([line.strip()])
            last = end
        end += 1
    kept = tuple(tuple(row) for row in rows if row)
    return Region(at, last + 1, kept) if end > at and sum(map(len, kept)) >= 4 else None


def _continues(rows: list[list[str]], single: bool) -> bool:
    """A line without a tab goes on with the cell before it if that is text."""
    return bool(rows[-1]) and is_texty(rows[-1][-1]) if single else bool(rows[-1])
