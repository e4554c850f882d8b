"""Scrapy's settings, where ours differ from its defaults; the default stands beside each."""

import logging
import os

from crawler.contact import AGENT

BOT_NAME = "nianbao"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"
DATA = "data"  # ours: the folder of archive and database, -s DATA=DIR

# Who we are. Name yourself in a deployment: -s CONTACT=https://example.org/our-crawl
CONTACT = "https://github.com/nianbao/nianbao"  # ours: where a webmaster learns who asks and how to make it stop
OPERATOR = ""                        # ours: your name in the archive's warcinfo records
USER_AGENT = AGENT.format(CONTACT)   # default names Scrapy
ADDONS = {"crawler.contact.Contact": 0}  # default none; builds USER_AGENT anew where CONTACT is given

# The archive: bytes as they were on the wire, written before anyone sees them.
DOWNLOAD_HANDLERS = {  # default HTTP11DownloadHandler
    "http": "crawler.handler.Handler",
    "https": "crawler.handler.Handler",
}
# Scrapy's own, as far as a crawl needs them: what is put to None is imported all the same, a third of a start.
EXTENSIONS_BASE = {  # default eleven; without telnet, feeds, remote control and what nobody reads
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
EXTENSIONS = {  # default none
    "crawler.hosts.Hosts": 50,
    "crawler.archiver.Archiver": 100,
    "crawler.live.LiveRows": 200,
    "crawler.watch.Watch": 300,
}
DOWNLOADER_MIDDLEWARES_BASE = {  # default fourteen; without those that are ours below, cache and refresh
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": 700,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
}
DOWNLOADER_MIDDLEWARES = {  # default none
    "crawler.middlewares.guard.Guard": 20,
    "crawler.middlewares.breaker.Breaker": 90,
    "crawler.middlewares.robots.Robots": 100,
    "crawler.middlewares.breaker.Watch": 560,
    "crawler.middlewares.compression.Decompression": 590,
    "crawler.middlewares.redirects.Redirects": 600,
    "crawler.middlewares.again.Again": 610,
    "crawler.middlewares.politeness.Politeness": 960,
    "crawler.middlewares.archive.Archive": 995,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # default six: the frontier sees to depth and lengths, asking to referrers
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# A browser, for portals with browser = "allow" only; it is started with the first page that needs it.
PLAYWRIGHT_BROWSER_TYPE = "chromium"  # the default; Playwright's own where installed, else the system's
PLAYWRIGHT_LAUNCH_OPTIONS = {  # default none; as root (in most containers) Chromium only starts without its sandbox
    "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
}
PLAYWRIGHT_PROCESS_REQUEST_HEADERS = None  # default Scrapy's headers; the browser's own, with our user agent
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 1  # default CONCURRENT_REQUESTS
PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT = 45_000  # ms, default 30 s; slow sites send their first byte after 30

# TLS as browsers do it, whatever Scrapy's defaults; this holds only for portals with insecure_tls = true.
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.0"  # default None, which is TLSv1.2

# Limits.
DOWNLOAD_MAXSIZE = 32 << 20   # default 1 GiB; for a body as received and for the same body decompressed
DOWNLOAD_WARNSIZE = 0         # default 32 MiB
DOWNLOAD_TIMEOUT = 45         # default 180; a portal's own `timeout` goes first
REDIRECT_MAX_TIMES = 5        # default 20

# Politeness.
ROBOTSTXT_OBEY = True         # default False
CONCURRENT_REQUESTS = 512     # default 16; waiting turns count, so slow hosts would keep all others from theirs
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; a domain is a registrable domain here
AUTOTHROTTLE_ENABLED = True   # default False
AUTOTHROTTLE_START_DELAY = 0  # default 5; each portal's own `delay` is the floor
AUTOTHROTTLE_MAX_DELAY = 10   # default 60; an answer that takes long is no reason to wait as long again
HTTPPROXY_ENABLED = False     # default True; behind a proxy the address guard sees only the proxy

# Calm and quick.
CONCURRENT_ITEMS = 1          # default 100, that many tasks are started for each response; there are no items
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True, reads the callbacks' source again and again
LOG_LEVEL = "INFO"            # default DEBUG
for _name in ("scrapy.utils.log", "scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.core.engine",
              "scrapy-playwright", "charset_normalizer"):
    # Lists of components, of no use to someone who crawls; a filter, since Scrapy sets levels of its own.
    logging.getLogger(_name).addFilter(lambda record: record.levelno != logging.INFO)
LOG_VERSIONS: list[str] = []  # default ten libraries
LOGSTATS_INTERVAL = 0         # default 60; it counts items, of which there are none: crawler.watch tells more
ROWS = True                   # ours: False archives without making rows; `scrapy load` makes them later
STATS_CLASS = "crawler.counts.Counts"  # default MemoryStatsCollector
STATS_DUMP = False            # default True; the run's counts are in its note and in the summary
