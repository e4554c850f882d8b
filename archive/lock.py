"""One writer at a time below DATA: an advisory lock that the system lets go when its process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from parsers.errors import NianbaoError

from archive.folder import Folder


@contextmanager
def locked(folder: Folder, purpose: str) -> Iterator[None]:
    """Holds DATA/runs/lock; NianbaoError when another process has it, naming that process and what it does.

    The lock is tied to the open file: a killed run leaves the file behind and no lock on it. Child processes that are
    forked and inherit the file would hold it too, so it is opened close-on-exec and they are started from a clean one.
    """
    path = folder.runs / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise NianbaoError(
            f"cannot write below {folder.root}: {error.strerror}; choose another folder with -s DATA=DIR"
        ) from None
    try:
        _hold(handle, folder, purpose)
        yield
        os.truncate(handle, 0)
    finally:
        os.close(handle)


def _hold(handle: int, folder: Folder, purpose: str) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
        raise NianbaoError(
            f"{folder.root} is in use by {holder}; wait until it ends or choose another folder with -s DATA=DIR"
        ) from None
    os.truncate(handle, 0)
    os.pwrite(handle, f"scrapy {purpose} (process {os.getpid()})".encode(), 0)
