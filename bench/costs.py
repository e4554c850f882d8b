"""What a command costs: the wall clock, and processor time, which other work on the machine disturbs less."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the wall clock, seconds of processor time (its own children's included), MB of memory at most."""

    wall: float
    cpu: float
    memory: int

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.wall - other.wall, self.cpu - other.cpu, self.memory)


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Runs a tool quietly; wget answers 8 where one page was missing, which is no matter here."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 8):
        raise SystemExit(f"{' '.join(command[:4])} … ended with status {process.returncode}; run it by hand to see why")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
