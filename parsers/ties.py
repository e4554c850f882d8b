"""Printed labels tied to the form's by measured distance: exact first, then clearly nearest, then what the gap leaves."""

from collections.abc import Sequence
from functools import lru_cache

from parsers.labels import edits, likeness

NEAR = 0.75    # likeness from which a label is taken alone
MARGIN = 0.15  # by how much it must be nearer than any other
_WEAK = 0.5    # likeness from which a label is taken where its neighbours leave exactly its place


@lru_cache(maxsize=65536)
def nearest(name: str, options: tuple[tuple[str, ...], ...], near: float = NEAR) -> int | None:
    """Index of the option (its wordings) that a label stands for, None where none is near enough and clearly so.

    >>> nearest("行政许司", (("行政许可",), ("行政处罚",))), nearest("行政", (("行政许可",), ("行政处罚",)))
    (0, None)
    """
    exact = [i for i, names in enumerate(options) if name in names]
    if exact or len(name) < 2:
        return exact[0] if exact else None
    scores = [max((likeness(name, other) for other in names), default=0.0) for names in options]
    best = max(range(len(options)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < near:
        return None
    rest = max((score for i, score in enumerate(scores) if i != best), default=0.0)
    return best if scores[best] - rest >= MARGIN else None


def tie(printed: Sequence[str], options: Sequence[tuple[str, ...]]) -> list[int | None]:
    """For each printed label the index of its option, each option at most once.

    >>> tie(["本年新", "本年新", "对外公开总数量"], [("本年新制作数量",), ("本年新公开数量",), ("对外公开总数量",)])
    [0, 1, 2]
    >>> tie(["属于国家秘密", "属于工作秘密", "信访"], [("属于国家秘密",), ("信访",)])
    [0, None, 1]
    """
    ties: list[int | None] = [None] * len(printed)
    used: set[int] = set()
    _exact(printed, options, ties, used)
    wordings = tuple(options)
    for i, name in enumerate(printed):
        if ties[i] is None and name:
            best = nearest(name, wordings)
            if best is not None and best not in used:
                ties[i] = best
                used.add(best)
    _between(printed, options, ties, used)
    return ties


def _exact(printed: Sequence[str], options: Sequence[tuple[str, ...]], ties: list[int | None], used: set[int]) -> None:
    """Equal labels; where several options bear one name, the next after the last tied."""
    where: dict[str, list[int]] = {}
    for i, names in enumerate(options):
        for name in names:
            where.setdefault(name, []).append(i)
    last = -1
    for i, name in enumerate(printed):
        free = [o for o in where.get(name, []) if o not in used]
        if free:
            ties[i] = last = next((o for o in free if o > last), free[0])
            used.add(last)


def _between(printed: Sequence[str], options: Sequence[tuple[str, ...]], ties: list[int | None], used: set[int]) -> None:
    """Labels too noisy alone, where their tied neighbours leave as many options as labels."""
    start = 0
    while start < len(printed):
        if ties[start] is not None:
            start += 1
            continue
        end = start
        while end < len(printed) and ties[end] is None:
            end += 1
        below = ties[start - 1] if start else -1
        above = ties[end] if end < len(printed) else len(options)
        run = [i for i in range(start, end) if printed[i]]
        free = [o for o in range((-1 if below is None else below) + 1, above or 0) if o not in used]
        for i, o in _pairs(run, free, printed, options):
            ties[i] = o
            used.add(o)
        start = end


def _pairs(run: list[int], free: list[int], printed: Sequence[str],
           options: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    if run and len(run) == len(free):
        pairs = list(zip(run, free, strict=True))
        if all(_weakly(printed[i], options[o]) for i, o in pairs):
            return pairs
    pairs = []
    for i in run:
        best = nearest(printed[i], tuple(options[o] for o in free), 0.6) if free else None
        if best is not None and _weakly(printed[i], options[free[best]]):
            pairs.append((i, free.pop(best)))
    return pairs


def _weakly(name: str, names: tuple[str, ...]) -> bool:
    return any(likeness(name, other) >= _WEAK or (len(other) <= 3 and edits(name, other) <= 1) for other in names)
