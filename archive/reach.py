"""Whether a host answers programs: one judgement for an answer, the same while crawling and from the captures. Pure."""

from collections.abc import Sequence

REFUSALS = frozenset({401, 403, 429})
WAITING = frozenset({202, 412, 521})  # answers of protections that carry no content, whatever their body
TROUBLES = frozenset(("robots", "timeout", "dns", "tls", "refused", "unreachable", "disconnect", "private", "browser",
                      "forbidden"))
WINDOW, TOO_MANY = 10, 3              # so many refusals among so many answers block a host


def verdict(status: int, challenge: str) -> str:
    """Reach by one answer: ok, challenge:KIND, forbidden, or error (the server's own trouble).

    >>> verdict(200, ""), verdict(404, ""), verdict(412, "ruishu"), verdict(429, ""), verdict(503, "")
    ('ok', 'ok', 'challenge:ruishu', 'forbidden', 'error')
    """
    if challenge:
        return f"challenge:{challenge}"
    if status in REFUSALS:
        return "forbidden"
    return f"challenge:{status}" if status in WAITING else "error" if status >= 500 else "ok"


def trouble(error: str) -> str:
    """Reach by a fetch that brought no answer, from the error that the archive keeps.

    >>> trouble("dns: no such name"), trouble("challenge:acw: left alone until …"), trouble("other: ?")
    ('dns', 'challenge:acw', 'error')
    """
    kind = error.partition(": ")[0].strip().lower()
    return kind if kind in TROUBLES or kind.startswith("challenge:") else "error"


def is_refusal(reach: str) -> bool:
    """Whether the host does not want to be asked."""
    return reach == "forbidden" or reach.startswith("challenge:")


def refused(latest: Sequence[str]) -> int | None:
    """Which of the latest answers (their reach, newest first) shows that the host is blocked now; None if it is not.

    >>> refused(["forbidden", "ok", "forbidden", "forbidden", "ok"]), refused(["forbidden", "ok"])
    (0, None)
    """
    found = [i for i, reach in enumerate(latest[:WINDOW]) if is_refusal(reach)]
    return found[0] if len(found) >= TOO_MANY else None
