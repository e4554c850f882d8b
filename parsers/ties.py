"""Printed labels tied to the form's by measured distance: exact, then clearly nearest, then what neighbours leave."""

from collections.abc import Sequence
from functools import lru_cache

from parsers.labels import edits, likeness

NEAR = 0.75  # likeness from which a label is taken alone
MARGIN = 0.15  # by how much it must be nearer than any other
_ALONE = 0.7  # likeness from which a label is taken among the options that its neighbours leave
_WEAK = 0.55  # likeness from which a label is taken where its neighbours leave exactly its place

_LONG = 8  # characters of a label in which one that is wrong is a slip

Wordings = tuple[str, ...]


@lru_cache(maxsize=65536)
def nearest(name: str, options: tuple[Wordings, ...], near: float = NEAR) -> int | None:
    """Index of the option (its wordings) that a label stands for, None where none is near enough and clearly so.

    >>> nearest("行政许司", (("行政许可",), ("行政处罚",))), nearest("行政", (("行政许可",), ("行政处罚",)))
    (0, None)
    >>> nearest("上年囗转政府信息公开申请数量", (("本年新收政府信息公开申请数量",), ("上年结转政府信息公开申请数量",)))
    1
    """
    exact = next((i for i, names in enumerate(options) if name in names), None)
    if exact is not None or len(name) < 2:
        return exact
    scores = [max((likeness(name, other) for other in names), default=0.0) for names in options]
    best = max(range(len(options)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < near:
        return None
    rest = max((score for i, score in enumerate(scores) if i != best), default=0.0)
    return best if scores[best] - rest >= MARGIN or _is_slip(name, best, options) else None


def _is_slip(name: str, best: int, options: tuple[Wordings, ...]) -> bool:
    """True for a long label with one character wrong that is three away from any other."""
    if len(name) < _LONG or min(edits(name, other) for other in options[best]) > 1:
        return False
    return all(edits(name, other) >= 3 for i, names in enumerate(options) if i != best for other in names)


def tie(printed: Sequence[str], options: Sequence[Wordings]) -> list[int | None]:
    """For each printed label the index of its option, each option at most once.

    Options that bear one wording are told apart by their tied neighbours.

    >>> tie(["本年新", "本年新", "对外公开总数量"], [("本年新制作数量",), ("本年新公开数量",), ("对外公开总数量",)])
    [0, 1, 2]
    >>> tie(["属于国家秘密", "属于工作秘密", "信访"], [("属于国家秘密",), ("信访",)])
    [0, None, 1]
    >>> tie(["诉讼", "其他", "复议", "其他"], [("复议",), ("其他",), ("诉讼",), ("其他",)])
    [2, 3, 0, 1]
    """
    ties: list[int | None] = [None] * len(printed)
    where: dict[Wordings, list[int]] = {}
    for i, names in enumerate(options):
        where.setdefault(names, []).append(i)
    distinct = tuple(where)
    likes = [nearest(name, distinct) if name else None for name in printed]
    for sure in (True, False):
        for i, like in enumerate(likes):
            if like is not None and ties[i] is None and (printed[i] in distinct[like]) is sure:
                free = [o for o in where[distinct[like]] if o not in ties]
                ties[i] = free[0] if free and len(where[distinct[like]]) == 1 else None
    for i, like in enumerate(likes):
        if like is not None and ties[i] is None:
            ties[i] = _among(where[distinct[like]], i, ties)
    _between(printed, options, ties)
    return ties


def _among(same: list[int], at: int, ties: list[int | None]) -> int | None:
    """Of options with one wording that which follows the tied label before, and comes before any other of them."""
    before = next((t for t in reversed(ties[:at]) if t is not None), -1)
    after = [o for o in same if o > before]
    return after[0] if after and after[0] not in ties and _is_next(after[0], at, ties) else None


def _is_next(option: int, at: int, ties: list[int | None]) -> bool:
    """The option stands before the next tied label's, or that one belongs to another part of the form."""
    following = next((t for t in ties[at + 1 :] if t is not None), None)
    before = next((t for t in reversed(ties[:at]) if t is not None), None)
    return following is None or option < following or (before is not None and following < before)


def _between(printed: Sequence[str], options: Sequence[Wordings], ties: list[int | None]) -> None:
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
        free = [o for o in range((-1 if below is None else below) + 1, above or 0) if o not in ties]
        for i, o in _pairs(run, free, printed, options):
            ties[i] = o
        start = end


def _pairs(
    run: list[int], free: list[int], printed: Sequence[str], options: Sequence[Wordings]
) -> list[tuple[int, int]]:
    if run and len(run) == len(free):
        pairs = list(zip(run, free, strict=True))
        if all(_weakly(printed[i], options[o]) for i, o in pairs):
            return pairs
    pairs = []
    for i in run:
        best = nearest(printed[i], tuple(options[o] for o in free), _ALONE) if free else None
        if best is not None and _weakly(printed[i], options[free[best]]):
            pairs.append((i, free.pop(best)))
    return pairs


def _weakly(name: str, names: Wordings) -> bool:
    """Near enough for the place that neighbours leave; 其他规章 is no 规章."""
    return any(
        name.startswith("其他") == other.startswith("其他")
        and (likeness(name, other) >= _WEAK or (len(other) <= 3 and edits(name, other) <= 1))
        for other in names
    )
