"""List mechanisms, in the order in which they are tried. A new one is a module with `pages` and a line here."""

from collections.abc import Callable, Mapping

from crawler.listings import (
    generic,
    gkmlpt,
    hanweb_annualreport_jsp,
    hanweb_jpaas,
    hanweb_jpage,
    json_rows,
    openness_php,
    sd_channel,
    trs_static,
    ucap,
    vsb,
)
from crawler.listings.model import Listing, Step
from crawler.pages import Page

__all__ = ["MECHANISMS", "Listing", "Step", "listing"]

MECHANISMS: Mapping[str, Callable[[Page], Listing | None]] = {
    "hanweb_jpage": hanweb_jpage.pages,
    "hanweb_jpaas": hanweb_jpaas.pages,
    "hanweb_annualreport_jsp": hanweb_annualreport_jsp.pages,
    "gkmlpt": gkmlpt.pages,
    "ucap": ucap.pages,
    "openness_php": openness_php.pages,
    "sd_channel": sd_channel.pages,
    "json_rows": json_rows.pages,
    "trs_static": trs_static.pages,
    "vsb": vsb.pages,
    "generic": generic.pages,
}


def listing(page: Page) -> tuple[str, Listing] | None:
    """The first mechanism that knows this answer, by name, and what it makes of it."""
    for name, pages in MECHANISMS.items():
        found = pages(page)
        if found is not None:
            return name, found
    return None
