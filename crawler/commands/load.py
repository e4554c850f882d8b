"""`scrapy load`: makes the rows from WARCs."""

import argparse
import os
from itertools import islice
from pathlib import Path

from archive.lock import locked
from parsers.errors import NianbaoError

from crawler.command import Command as Plain


class Command(Plain):
    """Make the rows from WARCs, ours or any producer's (default: all in DATA)."""

    usage = "[WARC ...] [--rebuild] [--workers N] [-s DATA=DIR]"
    most = None

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command."""
        super().add_options(parser)
        parser.add_argument("--rebuild", action="store_true", help="start from nothing and swap in the new file")
        parser.add_argument("--workers", default=str(os.cpu_count() or 1), metavar="N",
                            help="processes that read captures (default: one a core)")

    def act(self, args: list[str], opts: argparse.Namespace) -> None:
        """Loads and tells what was made."""
        from archive.load import load
        from archive.progress import progress

        if not opts.workers.isdecimal() or not 1 <= int(opts.workers) <= 64:
            raise NianbaoError(f"--workers must be a number from 1 to 64, not {opts.workers!r}")
        paths = [Path(a) for a in args] or None
        if paths is None and not self.folder.files():
            raise NianbaoError(f"no WARC files below {self.folder.warc}; crawl first with `scrapy crawl portals`, "
                               "or name WARC files")
        for path in paths or ():
            _check(path)
        with locked(self.folder, "load"), progress("loading") as tell:
            told = load(self.folder, paths, workers=int(opts.workers), rebuild=opts.rebuild, progress=tell)
        print("\n".join(told.lines()))


def _check(path: Path) -> None:
    """NianbaoError for a file in which no record can be read at all; a missing one is told by `load`."""
    from archive.model import Fault
    from archive.warc import records

    first, *more = islice(records(path), 2) if path.is_file() else (None,)
    if isinstance(first, Fault) and not more:
        raise NianbaoError(f"{path} is no WARC file: {first.detail}; a report itself is read with "
                           f"`python -m parsers {path}`")
