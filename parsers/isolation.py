"""Untrusted files are opened in a child process with limits; what goes wrong there comes back as a problem."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import IO, Final

from parsers.dump import decoded
from parsers.model import Document, Problem, Source

Reader = Callable[[Source], Document]

MAX_INPUT: Final = 64 << 20    # bytes of a file that is opened at all
MAX_OUTPUT: Final = 32 << 20   # bytes of one answer of the child
MAX_FILE: Final = 256 << 20    # bytes of one file that a converter may write
PATIENCE: Final = 4            # wall seconds for each CPU second: a busy machine is no reason to give up
LIFETIME: Final = 500          # documents after which a child is replaced, whatever it leaked
SOUND: Final = b"+"            # before an answer: the child goes on
WORN: Final = b"-"             # before an answer: the child ends itself
START: Final = ("import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
                "from parsers.service import serve; serve()")


def isolated(function: Reader, source: Source, seconds: int = 30, megabytes: int = 1024) -> Document:
    """`function(source)`, run in a child process with that much CPU time and address space.

    `function` is a module's own function, found again by its name. A bomb, a hang, a crash or an exception gives a
    Document without blocks and the problem `attachment_unreadable` that says what happened.
    """
    if len(source.body) > MAX_INPUT:
        return unreadable(f"the file has {len(source.body)} bytes; files over {MAX_INPUT} are not opened")
    return _child(os.getpid(), threading.get_ident()).document(function, source, seconds, megabytes)


def unreadable(detail: str) -> Document:
    """A document that holds nothing but the reason why it could not be opened."""
    return Document("", (), {}, (Problem("attachment_unreadable", detail),))


class Child:
    """A process that opens one document after another; replaced when it dies, hangs or grows old."""

    def __init__(self) -> None:
        self._start()

    def document(self, function: Reader, source: Source, seconds: int, megabytes: int) -> Document:
        """What the process answers, or what became of it."""
        if self._process.poll() is not None or self._served >= LIFETIME:
            self._replace()
        expired = threading.Event()
        timer = threading.Timer(seconds * PATIENCE, _expire, (self._process, expired))
        timer.daemon = True
        timer.start()
        answer = _ask(self._process, function, source, seconds, megabytes)
        timer.cancel()
        self._served += 1
        if answer is not None and not expired.is_set():
            if answer.startswith(WORN):
                self._replace()
            return decoded(answer[1:])
        status = self._replace()
        return unreadable(_cause(status, seconds, expired.is_set()))

    def _start(self) -> None:
        self._served = 0
        folder = tempfile.mkdtemp(prefix="nianbao-")
        self._process = subprocess.Popen(
            [sys.executable, "-c", START, json.dumps(sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8", "TMPDIR": folder}, start_new_session=True)
        self._end = weakref.finalize(self, _end, self._process, os.getpid(), folder)

    def _replace(self) -> int:
        """A new process in place of this one; the exit status of the old."""
        status = self._end()
        self._start()
        return status if status is not None else 0


@lru_cache(maxsize=64)
def _child(pid: int, thread: int) -> Child:
    """One child for each process and thread: a pipe is never shared, not even after a fork."""
    del pid, thread
    return Child()


def _expire(process: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes], owner: int, folder: str) -> int:
    """The exit status of a process, ended if it still runs and its folder removed; a fork of its owner does nothing."""
    if os.getpid() != owner:
        return 0
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    _kill(process)
    shutil.rmtree(folder, ignore_errors=True)
    return process.wait()


def _cause(status: int, seconds: int, expired: bool) -> str:
    if expired:
        return f"opening was stopped after {seconds * PATIENCE} s"
    if status == -signal.SIGXCPU:
        return f"opening took more than {seconds} s of computing time"
    name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return f"the program that opens such files crashed ({name})"


def _ask(process: subprocess.Popen[bytes], function: Reader, source: Source, seconds: int, megabytes: int
         ) -> bytes | None:
    """The child's answer; None when it died or said something that is no answer."""
    request = {"module": function.__module__, "function": function.__qualname__, "seconds": seconds,
               "megabytes": megabytes, "size": len(source.body), "url": source.url,
               "content_type": source.content_type, "name": source.name, "anchor": source.anchor}
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None and stdout is not None
    try:
        stdin.write(json.dumps(request).encode() + b"\n" + source.body)
        stdin.flush()
        return _answer(stdout)
    except OSError:
        return None


def _answer(stdout: IO[bytes]) -> bytes | None:
    header = stdout.read(8)
    size = int.from_bytes(header, "big")
    if len(header) < 8 or size > MAX_OUTPUT + 1:
        return None
    body = stdout.read(size)
    return body if len(body) == size else None
