"""Printed values put into the columns of a row: by count, and where the count is off only as far as it is certain."""

from collections.abc import Sequence
from decimal import Decimal

from parsers.model import Kind
from parsers.numbers import number

Sums = Sequence[tuple[Sequence[int], int]]  # (indexes of the parts, index of the total)
_ALIKE = 7  # equal values of a longer row from which those that are printed stand first
MOST = 40  # values in a row; more are no row of a form


def place(
    texts: Sequence[str], width: int, sums: Sums = (), *, spare: int | None = 0, left: bool = False
) -> list[int | None]:
    """For each of `width` columns the index of its value, None where there is none or it is not certain.

    `spare`: blank cells before the first value that belong to the row before, None if unknown. `left`: the row stands
    at its left edge (a table's row with cells missing at its end), so that a prefix is certain.

    >>> place(["1", "0", "1", ""], 3), place(["0", "0"], 3), place(["0"] * 8, 9)[-2:]
    ([0, 1, 2], [None, None, None], [7, None])
    >>> place(["3", "0", "3", "2", "2"], 6, [((0, 1), 2), ((3, 4), 5)])
    [0, 1, 2, None, None, None]
    >>> place(["9", "8", "7", "6", "5", "4"], 7, [((0, 1, 2, 3, 4, 5), 6)]) == [None] * 7
    True
    """
    lost: list[int | None] = [None] * width
    if not texts or len(texts) > MOST:
        return lost
    if len(texts) >= width:
        return _window(texts, width, sums, spare) or lost
    alike = len({_value(text) for text in texts}) == 1
    if (alike and (left or len(texts) > _ALIKE)) or (left and not _may_end(texts, width, sums)):
        return [*range(len(texts)), *[None] * (width - len(texts))]
    return _gaps(texts, width, sums) if width - len(texts) == 1 and sums else lost


def spare(rows: Sequence[tuple[Sequence[str], int]]) -> int | None:
    """Blank cells before the first value, as all rows (with their columns) that have more cells have them alike.

    None where the rows do not settle it: the cells left over may stand first or last in each.

    >>> spare([(["", "", "4", "", "4"], 3)]), spare([(["4", "", "4", ""], 3)]), spare([(["", "4", "", ""], 3)])
    (40, 0, None)
    """
    longer = [(row, width) for row, width in rows if width < len(row) <= MOST]
    last = all(_blank(text) for row, width in longer for text in row[width:])
    first = all(_blank(text) for row, width in longer for text in row[:-width])
    return None if first == last else 0 if last else MOST


def crowded(rows: Sequence[tuple[Sequence[str], int]]) -> frozenset[int]:
    """How many cells some rows have beyond their columns, and print: such cells are another column's, never spare.

    >>> crowded([(["4", "2"], 1), (["", "2"], 1), (["", "7", ""], 1)])
    frozenset({1})
    """
    return frozenset(len(row) - width for row, width in rows if sum(not _blank(text) for text in row) > width)


def is_whole(texts: Sequence[str | None], sums: Sums) -> bool:
    """True where printed values obey the sums of their row, so that none of them is another column's."""
    return bool(sums) and _holds(texts, sums)


def _value(text: str) -> Decimal | str:
    found = number(text)
    return found.kind.value if found.value is None else found.value


def _blank(text: str) -> bool:
    return number(text).kind is Kind.BLANK


def _window(texts: Sequence[str], width: int, sums: Sums, spare: int | None) -> list[int | None] | None:
    """Where the row starts when more cells than columns are printed: only blank cells may be left out."""
    extra = len(texts) - width
    starts = [s for s in range(extra + 1) if all(_blank(t) for t in (*texts[:s], *texts[s + width :]))]
    if spare is not None:
        starts = [s for s in starts if s == min(spare, extra)]
    if not _is_one(starts, texts, width):
        starts = [s for s in starts if _holds(texts[s : s + width], sums)]
    return list(range(starts[0], starts[0] + width)) if starts and _is_one(starts, texts, width) else None


def _is_one(starts: Sequence[int], texts: Sequence[str], width: int) -> bool:
    """Whether the values are the same from wherever the row starts."""
    return len(starts) < 2 or len({tuple(map(_value, texts[s : s + width])) for s in starts}) == 1


def _holds(texts: Sequence[str | None], sums: Sums) -> bool:
    """True where no sum with all its operands printed fails; blanks count as zero."""
    for parts, total in sums:
        operands = [texts[i] for i in (*parts, total)]
        if any(text is None for text in operands):
            if not _possible(texts, parts, total):
                return False
            continue
        values = [_number(text or "") for text in operands]
        if sum(values[:-1]) != values[-1]:
            return False
    return True


def _possible(texts: Sequence[str | None], parts: Sequence[int], total: int) -> bool:
    """A sum with one operand unknown: the others may not exceed the total."""
    whole = texts[total]
    return whole is None or sum(_number(texts[i] or "") for i in parts) <= _number(whole)


def _may_end(texts: Sequence[str], width: int, sums: Sums) -> bool:
    """True where a row that lacks cells may lack one before its last: its sums hold or may hold with a gap further in.

    Where they can hold only with the cells at its end missing, or never, the row stands as it is printed.
    """
    for gap in range(len(texts)):
        short: list[str | None] = [*texts[:gap], *[None] * (width - len(texts)), *texts[gap:]]
        if any(text is not None and _number(text) for text in short[gap:]) and _holds(short, sums):
            return bool(sums)
    return False


def _number(text: str) -> Decimal:
    return number(text).value or Decimal(0)


def _gaps(texts: Sequence[str], width: int, sums: Sums) -> list[int | None]:
    """One value is not printed: what all places of the gap that the sums allow agree on.

    Of a row with a single sum nothing is known: its source may add up wrongly, and no other sum would show it.
    """
    if len(sums) < 2:
        return [None] * width
    ways = []
    for gap in range(width):
        indexes: list[int | None] = [*range(gap), None, *range(gap, width - 1)]
        if _holds([None if i is None else texts[i] for i in indexes], sums):
            ways.append(indexes)
    return _agreed(ways) if ways else [None] * width


def _agreed(ways: Sequence[list[int | None]]) -> list[int | None]:
    """Column by column what all ways give alike, else None."""
    return [column[0] if len(set(column)) == 1 else None for column in zip(*ways, strict=True)]
