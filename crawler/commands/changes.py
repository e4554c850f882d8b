"""`scrapy changes`: what is new, changed, removed or out of reach."""

import argparse

from crawler.command import Command as Plain


class Command(Plain):
    """Tell which reports are new, changed, removed or out of reach."""

    usage = "[--since DATE] [--format text|json|atom] [-s DATA=DIR]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command."""
        super().add_options(parser)
        parser.add_argument("--since", default="", metavar="DATE", help="from this day on, such as 2024-03-01")
        parser.add_argument("--format", choices=("text", "json", "atom"), default="text", help="default text")

    def act(self, _: list[str], opts: argparse.Namespace) -> None:
        """Prints the events."""
        from archive.changes import as_atom, as_json, as_text, read, since

        found = read(self.folder.database, since(opts.since) if opts.since else "")
        if opts.format == "atom":
            print(as_atom(found))
            return
        for line in as_text(found) if opts.format == "text" else as_json(found):
            print(line)
