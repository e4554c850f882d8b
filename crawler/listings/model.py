"""What every list mechanism gives back."""

from dataclasses import dataclass

from crawler.links import Link


@dataclass(frozen=True, slots=True)
class Step:
    """A request for a further part of a list. `form` is a body to be posted, "" for GET."""

    url: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a list: the links that its data holds beyond the page's anchors, and what to ask next.

    `total` is the number of entries that the list itself states, None where it does not say.
    """

    links: tuple[Link, ...] = ()
    steps: tuple[Step, ...] = ()
    total: int | None = None
