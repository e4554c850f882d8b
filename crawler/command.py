"""What the commands have in common: a mistake of the user is one line on stderr and exit status 2."""

import argparse
import sys
from abc import abstractmethod
from pathlib import Path

from archive.folder import Folder
from parsers.errors import NianbaoError
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError


class Command(ScrapyCommand):
    """A command whose `act` may raise NianbaoError; its docstring is what `scrapy` says of it, `usage` what -h says.

    `most` is the largest number of arguments that it takes.
    """

    requires_project = True
    requires_crawler_process = False
    usage = "[-s DATA=DIR]"
    most: int | None = 0

    def syntax(self) -> str:
        """Shown by -h."""
        return self.usage

    def short_desc(self) -> str:
        """Shown by `scrapy`."""
        return (type(self).__doc__ or "").strip().rstrip(".")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's options, with mistakes in them as one line."""
        try:
            super().process_options(args, opts)
        except UsageError as error:
            stop(str(error))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Runs `act` and sets the exit status."""
        try:
            for unknown in (a for a in args if a.startswith("-")):
                raise NianbaoError(f"unknown option {unknown}; `{sys.argv[0].rsplit('/', 1)[-1]} "
                                   f"{' '.join(sys.argv[1:2])} -h` lists the options")
            if self.most is not None and len(args) > self.most:
                raise NianbaoError(f"one argument too many: {args[self.most]!r}")
            self.act(args, opts)
        except NianbaoError as error:
            print(" ".join(str(error).split()), file=sys.stderr)
            self.exitcode = 2

    @abstractmethod
    def act(self, args: list[str], opts: argparse.Namespace) -> None:
        """What the command does; sets `exitcode` where it is not 0."""

    @property
    def folder(self) -> Folder:
        """DATA, as -s DATA=DIR or the settings name it."""
        assert self.settings is not None
        return Folder(Path(self.settings.get("DATA") or "data"))


def stop(message: str) -> None:
    """Ends the program with one line and exit status 2."""
    print(message, file=sys.stderr)
    sys.exit(2)
