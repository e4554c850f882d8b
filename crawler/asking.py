"""Scrapy requests for targets, with the facts that the archive keeps of each. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from archive.model import Facts
from scrapy import Request

from crawler.addresses import bare
from crawler.frontier import Target
from crawler.portals import Portal

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def request(portal: Portal, target: Target, reason: str, conditions: Mapping[str, str], parse: Callable[..., Any],
            failed: Callable[..., Any]) -> Request:
    """What asks the server for a target, `conditions` among its headers; answers of every status come back."""
    facts = Facts(portal.id, "", target.via, target.anchor, reason, target.depth)
    meta = {"facts": facts, "target": target, "dont_redirect": True, "handle_httpstatus_all": True,
            "download_timeout": portal.timeout} | ({"playwright": True} if target.is_rendered else {})
    headers = {**conditions, **(FORM if target.form else {}), **referrer(target)}
    return Request(target.url, parse, "POST" if target.form else "GET", headers, target.form,
                   errback=failed, dont_filter=True, priority=target.score, meta=meta)


def referrer(target: Target) -> Mapping[str, str]:
    """The page that a link stands on, as browsers tell it: not from https to http.

    >>> referrer(Target("http://a.gov.cn/2.html", via="http://a.gov.cn/1.html#top"))
    {'Referer': 'http://a.gov.cn/1.html'}
    >>> referrer(Target("http://a.gov.cn/", via="https://a.gov.cn/1.html")), referrer(Target("http://a.gov.cn/"))
    ({}, {})
    """
    is_told = target.via.startswith(("http:", "https:") if target.url.startswith("https:") else "http:")
    return {"Referer": bare(target.via)} if is_told else {}
