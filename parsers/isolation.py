"""Untrusted files are opened in a child process with limits; what goes wrong there comes back as a problem."""

import contextlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import IO, Any, Final

from parsers.dump import decoded, encoded
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
                "from parsers.isolation import serve; serve()")


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
        self._process = subprocess.Popen(
            [sys.executable, "-c", START, json.dumps(sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8"}, start_new_session=True)
        self._end = weakref.finalize(self, _end, self._process, os.getpid())

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


def _end(process: subprocess.Popen[bytes], owner: int) -> int:
    """The exit status of a process that is ended if it still runs; nothing is done in a fork of its owner."""
    if os.getpid() != owner:
        return 0
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    _kill(process)
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


def serve() -> None:
    """The child's life: requests from standard input, answers on standard output, until the input ends."""
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not stand among the answers
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))
    while line := stdin.readline():
        request = json.loads(line)
        body = stdin.read(request["size"])
        answer, state = _served(request, body)
        stdout.write((len(answer) + 1).to_bytes(8, "big") + state + answer)
        stdout.flush()
        if state == WORN:
            return


def _served(request: dict[str, Any], body: bytes) -> tuple[bytes, bytes]:
    """The answer to one request, and SOUND or WORN: whether the process may go on after it."""
    source = Source(body, request["url"], request["content_type"], request["name"], request["anchor"])
    function: Reader = getattr(importlib.import_module(request["module"]), request["function"])
    _limit(request["seconds"], request["megabytes"])
    try:
        answer = encoded(function(source))
    except MemoryError:
        return encoded(unreadable(f"opening needs more than {request['megabytes']} MB of memory")), WORN
    except Exception as error:  # whatever a broken file makes a library raise is about the file
        return encoded(unreadable(f"the file cannot be read: {type(error).__name__}: {str(error)[:200]}")), SOUND
    if len(answer) > MAX_OUTPUT:
        return encoded(unreadable(f"the text of the file is longer than {MAX_OUTPUT} bytes")), WORN
    return answer, SOUND


def _limit(seconds: int, megabytes: int) -> None:
    """Sets the limits for one document; the CPU time already used does not count."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, resource.RLIM_INFINITY))
