"""What of a request is not stored: credentials, cookies and the operator's e-mail address."""

import re

DROPPED = frozenset({b"cookie", b"cookie2", b"authorization", b"proxy-authorization", b"from"})
MAIL = re.compile(rb"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def stored(request: bytes) -> tuple[bytes, tuple[str, ...]]:
    r"""The request as it is kept, and the names of the headers that were left out or changed.

    >>> stored(b"GET / HTTP/1.1\r\nCookie: a=b\r\nUser-Agent: n (me@example.org)\r\n\r\n")
    (b'GET / HTTP/1.1\r\nUser-Agent: n (-)\r\n\r\n', ('cookie', 'user-agent'))
    """
    head, gap, body = request.partition(b"\r\n\r\n")
    kept: list[bytes] = []
    changed: list[str] = []
    dropping = False
    for line in head.split(b"\r\n"):
        name = line.partition(b":")[0].strip().lower()
        if line[:1] in (b" ", b"\t"):
            if not dropping:
                kept.append(line)
            continue
        dropping = name in DROPPED
        masked = MAIL.sub(b"-", line) if name == b"user-agent" else line
        if dropping or masked != line:
            changed.append(name.decode("latin-1"))
        if not dropping:
            kept.append(masked)
    return b"\r\n".join(kept) + gap + body, tuple(changed)
