"""`python -m bench.fuzz [--minutes N] [--seed N] [--files]`: reads broken pages, or attachments, till the time is over.

Failing seeds are printed; status 1 where there is one.
"""

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Callable
from random import Random

from parsers.model import Source
from tests.mutations import faults, source
from tests.spoilt import attachment

SLOW = 10.0  # CPU seconds for one page: longer is a fault
HUNG = 60    # seconds after which a page is given up


def fault(seed: int, make: Callable[[Random], Source] = source) -> str:
    """What goes wrong with the page of this seed, "" for nothing."""
    given = make(Random(seed))
    started = time.process_time()
    signal.alarm(HUNG)
    try:
        found = faults(given)
    except Exception:
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    spent = time.process_time() - started
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
    arguments.add_argument("--files", action="store_true", help="attachments instead of pages")
    given = arguments.parse_args()
    make = attachment if given.files else source
    signal.signal(signal.SIGALRM, _give_up)
    end = time.monotonic() + given.minutes * 60
    seed, failed = given.seed, 0
    while time.monotonic() < end:
        if found := fault(seed, make):
            failed += 1
            print(f"seed {seed}:\n{found}", flush=True)
        seed += 1
    print(f"{seed - given.seed} read, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
