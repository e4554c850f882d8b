"""How long a run has been busy with pages, so that no server is blamed for it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Work:
    """Seconds that a run has spent on looking at pages, of all portals."""

    seconds: float = 0.0
