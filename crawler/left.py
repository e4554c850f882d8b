"""Addresses that a run met and did not visit, each with the reason, for the archive. Pure."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any

MOST = 2000  # addresses of one portal and run that are named; of the rest only the number is kept


@dataclass(frozen=True, slots=True)
class Left:
    """One address that was not visited, why, and where it was met. The reasons stand in archive.words."""

    url: str
    reason: str
    via: str = ""
    anchor: str = ""


@dataclass(slots=True)
class Rest:
    """What was left so far, by key of the address, with the reason that came first; `more` counts links beyond."""

    named: dict[str, Left] = field(default_factory=dict)
    more: Counter[str] = field(default_factory=Counter)

    def add(self, key: str, left: Left) -> None:
        """One more, unless it is there."""
        if key in self.named:
            return
        if len(self.named) < MOST:
            self.named[key] = left
        else:
            self.more[left.reason] += 1


def note(run: str, portal: str, rows: Iterable[Left], told: Set[tuple[str, str]]) -> dict[str, Any]:
    """The note that the archive keeps of them: rows of reason, address, page and link; not what was `told` before."""
    fresh = [[r.reason, r.url, r.via, r.anchor] for r in rows if (r.url, r.reason) not in told]
    return {"run": run, "portal": portal, "left": fresh}
