"""scrapy-webarchive beside us, run by the Python of an environment that has it (docs/performance.md says how).

`python bench/webarchive.py LIST FOLDER` fetches the addresses of a list into a WACZ below FOLDER.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class Listed(Spider):
    """Asks for each address once."""

    name = "listed"

    def start_requests(self) -> Iterator[Request]:
        """Every address of the list."""
        for url in Path(sys.argv[1]).read_text().split():
            yield Request(url)

    def parse(self, response: Response) -> None:
        """Nothing: the extension archives."""


if __name__ == "__main__":
    process = CrawlerProcess({
        "EXTENSIONS": {"scrapy_webarchive.extensions.WaczExporter": 543}, "SW_EXPORT_URI": sys.argv[2],
        "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "TELNETCONSOLE_ENABLED": False, "CONCURRENT_ITEMS": 4,
    })
    process.crawl(Listed)
    process.start()
