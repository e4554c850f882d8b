"""What a host's answers say about access to it, and when to stop asking. Pure but for the values that it keeps."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.reach import TOO_MANY, WINDOW, is_refusal

BLOCKED = timedelta(hours=24)
STRIKES = 3                   # blocks, after which a person has to look
SILENT = 5                    # fetches in a row without an answer end a host for this run


@dataclass(frozen=True, slots=True)
class Evidence:
    """The capture that shows a host's reach."""

    url: str
    warc_file: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A host is left alone until then; `times` counts its blocks, `reach` says why."""

    reach: str
    since: datetime
    until: datetime
    times: int = 1

    def holds(self, now: datetime) -> bool:
        """Whether it is still in force; after three blocks only a person lifts it."""
        return now < self.until or self.times >= STRIKES


@dataclass(slots=True)
class Host:
    """One host during one run."""

    name: str
    portals: set[str] = field(default_factory=set)
    recent: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))
    silent: int = 0
    trouble: str = ""   # why the last fetch had no answer
    was_ok: bool = False
    reach: str = ""
    checked: datetime | None = None
    evidence: Evidence | None = None
    block: Block | None = None
    closed: tuple[str, str] = ("", "")  # reach and words, for the rest of this run

    def close(self, reach: str, words: str) -> None:
        """Not to be asked again in this run."""
        self.closed = reach, f"{self.name} {words}, so it is left alone in this run"

    def answered(self, reach: str, now: datetime, evidence: Evidence | None) -> None:
        """An answer came: `reach` as `verdict` has it."""
        self.silent = 0
        self.recent.append(is_refusal(reach))
        self._told(reach, now, evidence)
        if sum(self.recent) >= TOO_MANY and is_refusal(reach):
            self.block = Block(reach, now, now + BLOCKED, self.block.times + 1 if self.block else 1)
            self.reach, self.evidence, self.checked = reach, evidence, now
            self.recent.clear()

    def failed(self, reach: str, now: datetime, evidence: Evidence | None) -> None:
        """No answer came: timeout, dns, tls, refused, robots …"""
        if reach != "robots":
            self.silent, self.trouble = self.silent + 1, reach
        self._told(reach, now, evidence)

    def _told(self, reach: str, now: datetime, evidence: Evidence | None) -> None:
        """One good answer makes a host reachable; without one the last trouble counts."""
        if reach == "ok":
            self.was_ok = True
        elif self.was_ok:
            return
        self.reach, self.checked, self.evidence = reach, now, evidence

    def refusal(self, now: datetime) -> tuple[str, str]:
        """Why the host is not asked now, as reach and words; two empty texts when it may be asked."""
        if self.block and self.block.holds(now):
            lifted = "until a person takes its line out of DATA/runs/hosts.json" if (
                self.block.times >= STRIKES) else f"until {self.block.until:%Y-%m-%d %H:%M} UTC"
            return self.block.reach, f"{self.name} keeps programs out and is left alone {lifted}"
        if self.silent >= SILENT:
            return self.trouble, f"{self.name} gave no answer {SILENT} times in a row, enough for this run"
        return self.closed
