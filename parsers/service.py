"""The life of the child process that opens untrusted files: requests in, documents out, within limits."""

import contextlib
import importlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from parsers.dump import encoded
from parsers.isolation import MAX_FILE, MAX_OUTPUT, SOUND, WORN, Reader, unreadable
from parsers.model import Source
from parsers.offline import offline


def serve() -> None:
    """The child's life: requests from standard input, answers on standard output, until the input ends."""
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not stand among the answers
    offline()
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
    except subprocess.TimeoutExpired as error:  # what the program has started may go on: it ends with this process
        return encoded(unreadable(f"{Path(error.cmd[0]).stem} did not finish within {error.timeout:.0f} s")), WORN
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
