"""`scrapy wacz OUT.wacz`: the archive as one file that ReplayWeb.page and pywb open."""

import argparse
from pathlib import Path

from parsers.errors import NianbaoError

from crawler.command import Command as Plain


class Command(Plain):
    """Package the archive as one WACZ file."""

    usage = "OUT.wacz [-s DATA=DIR]"
    most = 1

    def act(self, args: list[str], _: argparse.Namespace) -> None:
        """Writes the file and says what is in it."""
        from archive.wacz import wacz

        if not args or not args[0].endswith(".wacz"):
            raise NianbaoError("name the file to write: scrapy wacz OUT.wacz")
        resources = wacz(self.folder, Path(args[0]))
        warcs = [r for r in resources if r.path.startswith("archive/")]
        print(f"{args[0]}: {len(warcs)} WARC files, {sum(r.bytes for r in warcs):,} bytes")
