"""The Referer header of redirects; that of links is set where their requests are made (crawler.asking)."""

from typing import Any

from scrapy.spidermiddlewares.referer import RefererMiddleware


class Referrer(RefererMiddleware):
    """Leaves what the spider yields alone: Scrapy would name whichever page was answered last."""

    process_spider_output: Any = None
    process_spider_output_async: Any = None
