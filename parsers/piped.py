"""Tables of a flattened text whose cells are parted by pipes: a row a line, or a cell a line in one of many ways."""

import re
from collections.abc import Iterator
from itertools import groupby

from parsers.stacked import Region, by_labels, is_heading, is_texty

_SEPARATOR = re.compile(r"\s*:?-{3,}:?\s*")
_RULER = re.compile(r"\s*[+\-=\u2500-\u257f]{3}[\s+\-=\u2500-\u257f]*")  # +-----+ and lines of box drawings
_LONG = 60  # characters; no label of a form is longer, prose usually is


def is_long(line: str) -> bool:
    """True for what is too long to be a label."""
    return len(line) > _LONG and len("".join(line.split())) > _LONG


def piped(lines: list[str], at: int) -> Region | None:
    """A run of lines with pipes; lines between that belong to an open cell are kept with it."""
    if "|" not in lines[at] and not _opens(lines, at) and not (_RULER.fullmatch(lines[at]) and "|" in _next(lines, at)):
        return None
    end = last = at
    while end < len(lines):
        line = lines[end]
        if "|" in line or _RULER.fullmatch(line):
            last = end
        elif (line.strip() or not _more(lines, end)) and not _belongs(lines, last, end):
            break
        end += 1
    region = [line for line in lines[at : last + 1] if line.strip()]
    drawn = sum(_RULER.fullmatch(line) is not None for line in region) > 2
    rows = tuple(_ruled(region)) if drawn else _stream(region) if _is_stream(region) else _rows(region)
    return Region(at, last + 1, rows) if sum(map(len, rows)) >= 2 else None


def _opens(lines: list[str], at: int) -> bool:
    """A short line whose next one is a lone pipe starts a table of lone pipes."""
    return _next(lines, at) == "|" and bool(lines[at].strip()) and not is_long(lines[at]) and not is_heading(lines[at])


def _next(lines: list[str], at: int) -> str:
    """The line after, "" at the end."""
    return lines[at + 1].strip() if at + 1 < len(lines) else ""


def _more(lines: list[str], end: int) -> bool:
    """After one blank line the table goes on only with a line of pipes."""
    return "|" in _next(lines, end)


def _belongs(lines: list[str], last: int, end: int) -> bool:
    """A line without a pipe is part of a cell that is still open."""
    line = lines[end]
    return bool(line.strip()) and not is_heading(line) and not is_long(line) and _open(lines, last, end)


def _open(lines: list[str], last: int, end: int) -> bool:
    """The cell is still open: the last pipe line does not close it, or the lines that follow close or continue it."""
    if not lines[last].rstrip().endswith("|"):
        return any("|" in line for line in lines[end : end + 3])
    following = next((line.strip() for line in lines[end + 1 : end + 3] if "|" in line), "")
    return following.startswith("|") or (following.endswith("|") and len(_filled(following)) == 1)


def _filled(line: str) -> list[str]:
    """The cells of a line that hold something."""
    return [cell for cell in line.split("|") if cell.strip()]


def _is_stream(region: list[str]) -> bool:
    """True where a line is a cell and no row: few lines hold two."""
    filled = [len(cells) for line in region if (cells := _filled(line))]
    return sum(count > 1 for count in filled) * 2 < len(filled) and len(filled) > 2


def _rows(region: list[str]) -> tuple[tuple[str, ...], ...]:
    """One row a line; a line that the one before left open continues it."""
    region = [line for line in region if not _RULER.fullmatch(line)]
    bordered = sum(line.lstrip().startswith("|") for line in region) * 2 > len(region)
    closed = sum(line.rstrip().endswith("|") for line in region) * 2 > len(region)
    joined: list[str] = []
    for line in region:
        opened = joined and not joined[-1].rstrip().endswith("|")
        if opened and ((line.lstrip().startswith("|") and not bordered) or "|" not in line or "|" not in joined[-1]):
            joined[-1] += line
        elif joined and "|" not in line:
            joined[-1] = joined[-1].rstrip() + line
        else:
            joined.append(line)
    rows = (_cells(line, bordered, closed) for line in joined)
    return tuple(row for row in rows if not all(_SEPARATOR.fullmatch(cell) for cell in row))


def _ruled(region: list[str]) -> Iterator[tuple[str, ...]]:
    """What stands between two drawn lines is a row, also where its cells are wrapped."""
    for is_ruler, group in groupby(region, lambda line: _RULER.fullmatch(line) is not None):
        rows = [_cells(line, True, True) for line in group] if not is_ruler else []
        if len({len(row) for row in rows}) > 1:
            yield from rows
        elif rows:
            yield tuple(_unwrapped([piece for piece in column if piece]) for column in zip(*rows, strict=True))


def _unwrapped(pieces: list[str]) -> str:
    """The lines of a cell as one; figures below each other stay apart, for nothing says that they are one."""
    return ("" if all(map(is_texty, pieces)) else " ").join(pieces)


def _cells(line: str, bordered: bool, closed: bool) -> tuple[str, ...]:
    line = line.strip()
    if closed and line.endswith("|"):
        line = line[:-1]
    if bordered and line.startswith("|"):
        line = line[1:]
    return tuple(cell.strip() for cell in line.split("|"))


def _stream(region: list[str]) -> tuple[tuple[str, ...], ...]:
    """Cells between pipes: rows do not show, so a row begins where a label follows a value."""
    text = "\n".join(region).strip().removeprefix("|").removesuffix("|")
    return tuple(by_labels(cell.strip() for cell in text.split("|")))
