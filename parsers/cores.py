"""Letters without which a pattern cannot match: a look at them spares the search."""

import re
from collections.abc import Mapping, Sequence

NEVER = "(?!)"  # a pattern that nothing fits
_OPEN = re.compile(
    r"\((?:[^()\\]|\\.)*\)(?:[*+?]|\{[^}]*\})*|\[[^\]]*\](?:[*+?]|\{[^}]*\})*|\\.|[^|()](?:[*?]|\{[^}]*\})"
)  # groups, classes, and letters that may be left out


def cores(pattern: str) -> tuple[str, ...]:
    """For each branch of a pattern letters that it needs, "" where they are not plain to see; none for NEVER.

    >>> cores("(?:政策)?解读(?:稿件?|材料)|应收(?:总)?金额"), cores("(?:按时|按期)办结"), cores("办结|(?:没有)?")
    (('解读', '应收'), ('办结',), ('办结', ''))
    """
    if pattern == NEVER:
        return ()
    while (shorter := _OPEN.sub("\0", pattern)) != pattern:
        pattern = shorter
    return tuple(max(re.split("[\0^$.+]", branch), key=len) for branch in pattern.split("|"))


def by_core(patterns: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Indexes of patterns by letters of which each needs one."""
    found: dict[str, list[int]] = {}
    for i, pattern in enumerate(patterns):
        for core in cores(pattern):
            found.setdefault(core, []).append(i)
    return found
