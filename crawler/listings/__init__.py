"""List mechanisms, in the order in which they are tried. A new one is a module with `pages` and a line here."""

from collections.abc import Callable, Mapping

from crawler.listings import generic, trs_static
from crawler.listings.model import Listing, Step
from crawler.pages import Page

__all__ = ["MECHANISMS", "Listing", "Step", "listing"]

MECHANISMS: Mapping[str, Callable[[Page], Listing | None]] = {
    "trs_static": trs_static.pages,
    "generic": generic.pages,
}


def listing(page: Page) -> tuple[str, Listing] | None:
    """The first mechanism that knows this answer, by name, and what it makes of it."""
    for name, pages in MECHANISMS.items():
        found = pages(page)
        if found is not None:
            return name, found
    return None
