"""`scrapy probe URL`: what discovery makes of one page, to help people write a portal file."""

import argparse
from collections.abc import Iterator
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from parsers.errors import NianbaoError

from crawler.addresses import bare, joined
from crawler.command import Command as Plain
from crawler.contact import named
from crawler.frontier import ENOUGH, Target

if TYPE_CHECKING:
    from crawler.explore import Look
    from crawler.pages import Page

LARGEST = 32 << 20  # bytes
SHOWN = 40          # links printed unless --all is given


class Command(Plain):
    """Show what discovery makes of one page: kind, list mechanism, links with their scores."""

    usage = "URL [--anchor TEXT] [--all]"
    most = 1

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of our own."""
        super().add_options(parser)
        parser.add_argument("--anchor", default="", metavar="TEXT", help="text of the link that leads to the page")
        parser.add_argument("--all", action="store_true", help="print links that are worth nothing too")

    def act(self, args: list[str], opts: argparse.Namespace) -> None:
        """Prints the look."""
        from crawler.explore import look

        if not args:
            raise NianbaoError("which page? scrapy probe URL")
        url = joined(args[0], "")
        if url is None:
            raise NianbaoError(f"{args[0]} is no address; write http:// or https:// first")
        assert self.settings is not None
        opened = fetched(url, named(self.settings), self.settings.getfloat("DOWNLOAD_TIMEOUT"))
        seen = look(opened, Target(url, anchor=opts.anchor, score=ENOUGH))
        for line in told(opened, seen, None if opts.all else SHOWN):
            print(line)


def fetched(url: str, agent: str, seconds: float) -> "Page":
    """One page over the network, redirects followed; NianbaoError where there is none."""
    from crawler.pages import Page

    try:
        with urlopen(Request(bare(url), headers={"User-Agent": agent}), timeout=seconds) as answer:
            there = url if "#" in url else answer.url
            return Page(there, answer.read(LARGEST), answer.headers.get("Content-Type", ""))
    except HTTPError as error:
        raise NianbaoError(f"{url} answers {error.code} {error.reason}; open it in a browser to see why") from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise NianbaoError(f"{url} cannot be fetched: {getattr(error, 'reason', error)}") from None


def told(opened: "Page", seen: "Look", most: int | None) -> Iterator[str]:
    """The look as lines: kind first, then requests of the list, then links, best first."""
    kinds = seen.kind + (", part of an annual report column" if seen.is_column else "")
    yield f"{opened.url}\n  title: {seen.title or 'none'}\n  kind: {kinds}"
    yield f"  list mechanism: {seen.mechanism or 'none'}"
    for child in seen.children:
        if child.reason in ("list", "shell", "frame"):
            yield f"  {child.reason}: {child.url}" + (f" with body {child.form}" if child.form else "")
    links = [s for s in seen.scored if s.score or most is None]
    worth = sum(s.score >= ENOUGH for s in links)
    yield f"  links: {len(seen.scored)}, {worth} worth a visit (score {ENOUGH} and more)"
    for item in links[:most]:
        yield f"  {item.score:4} {item.link.url}  {item.link.text[:60]}  [{', '.join(item.signals)}]"
