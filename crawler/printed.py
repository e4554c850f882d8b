"""What reports of a portal printed before: the same menu stands on each of them and is looked at once."""

import re
from dataclasses import dataclass, field, replace

from crawler.frontier import Target
from crawler.links import base_of
from crawler.pages import Page

MOST = 1 << 14  # anchors that are remembered of one folder
OWN = re.compile(r"""=\s*["']?\s*\?""")  # an address like "?page=2" leads elsewhere from each page


@dataclass(slots=True)
class Printed:
    """The anchors that reports printed, by what decides where they lead and what they are worth."""

    _anchors: dict[tuple[str, int, int], set[str]] = field(default_factory=dict)

    def fresh(self, page: Page, target: Target) -> Page:
        """The report with those anchors alone that no other of its folder, reached as it was, has printed yet.

        The page as it is where its source does not tell its anchors for certain.
        """
        if page.anchors is None or base_of(page) != page.url:
            return page
        folder = page.url.partition("#")[0].partition("?")[0].rpartition("/")[0]
        known = self._anchors.setdefault((folder, target.score, target.depth), set())
        new = [anchor for anchor in page.anchors if anchor not in known]
        if len(known) < MOST:
            known.update(anchor for anchor in new if not OWN.search(anchor))
        return replace(page, body=f"<html><body>{' '.join(new)}</body></html>".encode() if new else b"")
