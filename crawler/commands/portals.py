"""`scrapy portals`: the portals of crawler/portals with what the last runs found; `--check FILE` looks for mistakes."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.visits import Standing, standings

from crawler.command import Command as Plain
from crawler.portals import Portal, bundled, portals, read


class Command(Plain):
    """List portals with mechanism, last run, reports found and reach; --check validates a portal file."""

    usage = "[FILE.toml] [--check FILE.toml] [-s DATA=DIR]"
    most = 1

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        super().add_options(parser)
        parser.add_argument("--check", metavar="FILE", help="say whether a portal file is right, and stop")

    def act(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints a line a portal."""
        if opts.check:
            found = read(Path(opts.check))
            print(f"{opts.check}: {len(found)} portal{'s' if len(found) != 1 else ''}, no mistakes")
            return
        listed = portals(args[0]) if args else bundled()
        for line in table(listed, standings(self.folder)):
            print(line)


def table(listed: Iterable[Portal], found: Iterable[Standing]) -> Iterator[str]:
    """Columns parted by tabs: id, name, mechanism, verified, last run, reports, reach."""
    by_id = {s.portal_id: s for s in found}
    yield "\t".join(("id", "name", "mechanism", "verified", "last run", "reports", "reach"))
    for portal in listed:
        standing = by_id.get(portal.id)
        yield "\t".join((
            portal.id, portal.name, portal.cms or "generic", "yes" if portal.verified else "no",
            standing.last_run or "never" if standing else "never", str(standing.reports if standing else 0),
            standing.reach or "unknown" if standing else "unknown",
        ))
