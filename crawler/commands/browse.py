"""`scrapy browse`: the database in Datasette."""

import argparse

from parsers.errors import NianbaoError

from crawler.command import Command as Plain

PORT = 8001


class Command(Plain):
    """Look at the database in a browser (Datasette, read-only)."""

    usage = "[--port N] [-s DATA=DIR]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command."""
        super().add_options(parser)
        parser.add_argument("--port", default=str(PORT), metavar="N", help=f"default {PORT}")

    def act(self, _: list[str], opts: argparse.Namespace) -> None:
        """Serves until it is stopped with Ctrl-C."""
        if not opts.port.isdecimal() or not 0 < int(opts.port) < 1 << 16:
            raise NianbaoError(f"--port must be a number from 1 to 65535, not {opts.port!r}")
        from archive.browse import serve

        serve(self.folder, int(opts.port))
