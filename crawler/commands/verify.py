"""`scrapy verify`: is the archive what it says it is?"""

from parsers.errors import NianbaoError

from crawler.command import Command as Plain


class Command(Plain):
    """Check every record, digest, index line and row of the archive."""

    def act(self, *_: object) -> None:
        """Verifies DATA."""
        from archive.verify import Summary, line, verify

        if not self.folder.warc.is_dir():
            raise NianbaoError(f"no archive at {self.folder.warc}; crawl first, or name it with -s DATA=DIR")
        summary = Summary()
        for fault in verify(self.folder, summary):
            print(line(fault))
        print(summary)
        self.exitcode = 1 if summary.faults else 0
