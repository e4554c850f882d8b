"""Flattened text back to tables: pipes, one cell a line after a tab, one cell a paragraph, lone pipes between cells."""

import re
from collections.abc import Iterator

from parsers.model import Grid, Slot
from parsers.stacked import Region, by_labels, is_heading, is_texty, stacked
from parsers.vocabulary import is_label

_SEPARATOR = re.compile(r"\s*:?-{3,}:?\s*")
_BARS = str.maketrans("｜│┃¦", "||||")
_LONG = 60  # characters; no label of a form is longer, prose usually is


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


def _regions(lines: list[str]) -> Iterator[Region]:
    at = 0
    while at < len(lines):
        region = _piped(lines, at) or _tabbed(lines, at) or stacked(lines, at)
        if region:
            yield region
        at = region.end if region else at + 1


def _is_long(line: str) -> bool:
    return len(line) > _LONG and len("".join(line.split())) > _LONG


def _piped(lines: list[str], at: int) -> Region | None:
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
    return Region(at, last + 1, rows) if sum(map(len, rows)) >= 2 else None


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
    return tuple(by_labels(cell.strip() for cell in text.split("|")))


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
            last = end
            if single:
                rows[-1].append(line[1:].strip())
            else:
                rows.append([cell.strip() for cell in line.split("\t")])
        elif not line.strip():
            if not any("\t" in later for later in lines[end + 1 : end + 3]):
                break
            rows.append([])
        elif is_heading(line) or _is_long(line) or not _continues(rows, single):
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
    return Region(at, last + 1, kept) if sum(map(len, kept)) >= 4 else None


def _continues(rows: list[list[str]], single: bool) -> bool:
    """A line without a tab goes on with the cell before it if that is text."""
    return bool(rows[-1]) and is_texty(rows[-1][-1]) if single else bool(rows[-1])
