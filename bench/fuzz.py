"""`python -m bench.fuzz [--minutes N] [--seed N]`: reads broken pages until the time is over; prints failing seeds."""

import argparse
import signal
import sys
import time
import traceback
from random import Random

from tests.mutations import faults, source

SLOW = 10.0  # seconds for one page: longer is a fault
HUNG = 60    # seconds after which a page is given up


def fault(seed: int) -> str:
    """What goes wrong with the page of this seed, "" for nothing."""
    given = source(Random(seed))
    started = time.perf_counter()
    signal.alarm(HUNG)
    try:
        found = faults(given)
    except Exception:
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    spent = time.perf_counter() - started
    if spent > SLOW:
        found.append(f"{spent:.1f} s for {len(given.body)} bytes")
    return "\n".join(found[:5])


def _give_up(*_: object) -> None:
    raise TimeoutError(f"no answer in {HUNG} s")


def main() -> int:
    """Runs until the time is over; 1 when a page failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=10.0)
    arguments.add_argument("--seed", type=int, default=0, help="where to start counting")
    given = arguments.parse_args()
    signal.signal(signal.SIGALRM, _give_up)
    end = time.monotonic() + given.minutes * 60
    seed, failed = given.seed, 0
    while time.monotonic() < end:
        if found := fault(seed):
            failed += 1
            print(f"seed {seed}:\n{found}", flush=True)
        seed += 1
    print(f"{seed - given.seed} pages, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
