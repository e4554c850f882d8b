"""The date of publication: from metadata, a printed label, the address, or the signature."""

import re
from collections.abc import Iterator
from datetime import date

from parsers.model import Document, Evidence
from parsers.years import digits

_KEYS = (
    "pubdate", "publishdate", "publicationdate", "article:published_time", "dc.date",
    "发布日期", "发布时间", "公开日期", "生成日期", "发文日期", "成文日期", "创建时间", "date",
)
_DATE = re.compile(r"(20[0-3]\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_LABEL = re.compile(
    r"(?<!统计)(?<!截止)(?<!截至)(?:发布|公开|生成|发文|成文|发表|更新|信息)?(?:日期|时间)\s*[:：]?\s*(20[0-3]\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})"
)
_BESIDE = re.compile(r"20[0-3]\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?\s*(?:\d\d:\d\d(?::\d\d)?)?\s*来源")
_HEADED = re.compile(r"(?:报告|年报)\s*[（(]?(20[0-3]\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?)[)）]?\s*$")
_PATH = re.compile(
    r"/(20[0-3]\d)/(\d{1,2})/(\d{1,2})/|[/_]t?(20[0-3]\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d{3})|/(20[0-3]\d)-(\d\d)-?(\d\d)/"
)
_SIGNED = re.compile(r"^\s*[（(]?\s*(20[0-3]\d\s*年\s*\d{1,2}\s*月\s*\d{1,2})\s*日?\s*[)）]?\s*$")


def published(document: Document, url: str, text: str) -> tuple[date | None, tuple[Evidence, ...]]:
    """The date and the words that give it; None where nothing does.

    >>> published(Document("", ()), "http://a.gov.cn/art/2021/1/25/art_1_2.html", "")[0]
    datetime.date(2021, 1, 25)
    """
    for rule, quote in _quotes(document, url, text):
        if found := _date(quote):
            return found, (Evidence("published", rule, quote),)
    return None, ()


def signed(text: str) -> date | None:
    """The date that stands alone on one of the last lines.

    >>> signed("聊城市水务局\\n2021年1月26日")
    datetime.date(2021, 1, 26)
    """
    lines = [line for line in text.splitlines() if line.strip()][-8:]
    dates = (_date(m[1]) for line in reversed(lines) if (m := _SIGNED.match(digits(line))))
    return next((d for d in dates if d), None)


def _quotes(document: Document, url: str, text: str) -> Iterator[tuple[str, str]]:
    yield from ((f"metadata {key}", document.meta[key]) for key in _KEYS if key in document.meta)
    head = text[:1500]
    if "日期" in head or "时间" in head:
        yield from (("label", m[0]) for m in _LABEL.finditer(head))
    heads = (document.meta.get("headline", ""), document.title)
    yield from (("behind the title", m[1]) for head in heads for m in _HEADED.finditer(head))
    yield from (("beside its source", m[0]) for m in _BESIDE.finditer(head))
    for found in _PATH.finditer(url):
        yield "address", "-".join(g for g in found.groups() if g)
    if last := signed(text):
        yield "signature", last.isoformat()


def _date(text: str) -> date | None:
    for found in _DATE.finditer(digits(text)):
        try:
            return date(*(int(g) for g in found.groups()))
        except ValueError:
            continue
    return None
