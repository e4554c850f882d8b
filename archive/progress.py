"""Progress for people: a bar on a terminal, a log line now and then elsewhere."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

LOG = logging.getLogger(__name__)
EVERY = 10.0  # seconds between log lines


@contextmanager
def progress(what: str, unit: str = "B") -> Iterator[Callable[[int, int], None]]:
    """A function to be told how much is done and how much there is."""
    if sys.stderr.isatty():
        with tqdm(desc=what, unit=unit, unit_scale=True, leave=False) as bar:
            yield lambda done, total: _move(bar, done, total)
    else:
        yield _logged(what)


def _move(bar: "tqdm[Any]", done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def _logged(what: str) -> Callable[[int, int], None]:
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            LOG.info("%s: %d%%", what, 100 * done // max(total, 1))

    return tell
