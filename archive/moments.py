"""A moment as rows and notes write it."""

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """UTC to the second, so that two moments compare as texts.

    >>> stamp(datetime.fromisoformat("2026-01-02T11:04:05.678+08:00"))
    '2026-01-02T03:04:05Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
