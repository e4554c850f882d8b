"""What discovery makes of one answer: its kind, and the addresses that it leads to. Pure."""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler import onward
from crawler.addresses import joined, key, parts_of
from crawler.frontier import ENOUGH, Target
from crawler.links import FILES, Link, links
from crawler.listings import Listing, listing
from crawler.pages import Page
from crawler.printed import Printed
from crawler.scores import Context, Scored, is_core, is_year, plain, score
from crawler.shells import frames, targets
from crawler.sitemaps import is_sitemap
from crawler.sitemaps import links as sitemap

HEADINGS = tuple(re.compile(p) for p in (
    r"一[、.．]\s*(总体情况|概述|主动公开)",
    r"二[、.．]\s*主动公开",
    r"三[、.．]\s*(收到和处理|政府信息公开申请|依申请公开|申请)",
    r"四[、.．]\s*(政府信息公开行政复议|因政府信息公开|行政复议|复议|收费)",
    r"五[、.．]\s*(存在的?(主要)?问题|政府信息公开工作存在)",
    r"六[、.．]\s*其他需要报告",
))
LABELS = "现行有效件数", "结转下年度继续办理", "本年新收", "处理决定数量", "结果维持", "申请答复数"
SURE = 60         # score of the other years of a column that is the report itself
PLAIN_PAGES = 3   # pages of a list that shows no annual report yet
MOST_HOPS = 6     # redirects and shells in a row


@dataclass(frozen=True, slots=True)
class Look:
    """One answer, looked at. `children` are offered to the frontier, `entries` tell two pages of a list apart."""

    kind: str                       # report | list | hub | shell | other
    is_report: bool = False
    is_column: bool = False
    mechanism: str = ""
    children: tuple[Target, ...] = ()
    entries: frozenset[str] = frozenset()
    scored: tuple[Scored, ...] = ()
    title: str = ""


def is_report_page(page: Page) -> bool:
    """Whether a page holds an annual report, as the parsers judge it.

    Where a title or the first words name one, three headings of its outline or three labels of its form settle it;
    with one or two of them the parsers' own judgement is asked, which takes longer.
    """
    text = plain(page.words[:200_000])
    if not (is_core(page.title) or is_core(text[:1500])):
        return False
    signs = max(sum(bool(h.search(text)) for h in HEADINGS), sum(label in text for label in LABELS))
    return signs >= 3 or (signs > 0 and _is_judged(page))


def _is_judged(page: Page) -> bool:
    from parsers.editions import edition  # here, for few pages need it and the parsers take half a second to import
    from parsers.model import Source
    from parsers.reading import document
    from parsers.recognise import is_report

    opened = document(Source(page.text.encode("utf-8", "replace"), page.url, "text/html; charset=utf-8"))
    return is_report(opened, edition(opened.grids)[0] is not None)


def look(page: Page, target: Target, familiar: Set[str] = frozenset(),
         printed: Printed | None = None, holds_report: Callable[[Page], bool] = is_report_page) -> Look:
    """Kind and children of an answer to `target`; `familiar` are keys of links that stand all over the portal.

    With `printed` a report leads only to what the reports that it remembers did not lead to.
    """
    if is_sitemap(page.lean):
        named = (Target(s.url, "", "link", 60, target.depth + 1, target.url, s.text) for s in sitemap(page.lean))
        return Look("hub", mechanism="sitemap", children=tuple(named))
    sent_on = targets(page)
    if sent_on:
        return Look("shell", children=tuple(_shells(page, target, sent_on)), title=page.title)
    report = holds_report(page)
    others = onward.pages(page, target, report)
    is_part = others is not None and others.is_sure
    report, found = report or is_part, None if is_part else listing(page)
    is_column = (not report or found is not None) and _is_column(page, target)
    context = Context(target.score, is_column, familiar)
    is_leaf = report and found is None
    scored = _scored(printed.fresh(page, target) if printed is not None and is_leaf else page, found, context)
    entries = frozenset(key(s.link.url) for s in scored) - familiar
    kind = _kind(report, is_column, found, scored)
    children = [*_children(target, scored, is_column, kind), *_frames(page, target),
                *_steps(target, found, scored, is_column), *onward.targets(others, page, target)]
    name = found[0] if found else ""
    is_new = report and onward.is_first(others, target)
    return Look(kind, is_new, is_column, name, tuple(children), entries, scored, page.title)


def _is_column(page: Page, target: Target) -> bool:
    return target.is_column or is_core(target.anchor) or is_core(page.column) or is_core(page.title)


def _scored(page: Page, found: tuple[str, Listing] | None, context: Context) -> tuple[Scored, ...]:
    """Links of the page and of the list's data, one a key, the longer text kept, best first."""
    merged: dict[str, Link] = {}
    for link in (*links(page), *(found[1].links if found else ())):
        old = merged.get(key(link.url))
        if old is None or len(link.text) > len(old.text) or link.is_entry > old.is_entry:
            merged[key(link.url)] = link
    merged.pop(key(page.url), None)
    return tuple(sorted((score(link, context) for link in merged.values()), key=lambda s: -s.score))


def _kind(report: bool, is_column: bool, found: tuple[str, Listing] | None, scored: tuple[Scored, ...]) -> str:
    if report:
        return "report"
    cores = sum(is_core(s.link.text) for s in scored)
    if cores >= 3 or (found is not None and (cores or is_column)):
        return "list"
    return "hub" if sum(s.score >= 30 for s in scored) >= 2 else "other"


def _children(target: Target, scored: tuple[Scored, ...], is_column: bool, kind: str) -> Iterator[Target]:
    """Links worth a visit. From a report, and from a page that is nothing in particular, only files and sure ones."""
    is_leaf = kind == "report" or (kind == "other" and target.depth > 0 and not is_column)
    for item in scored:
        is_file = bool(FILES.search(parts_of(item.link.url).path))
        is_sibling = kind == "report" and is_year(item.link.text) and _beside(item.link.url, target.url)
        least = ENOUGH if is_file and (kind == "report" or is_core(target.anchor)) else SURE if is_sibling else 0
        worth = max(item.score, least)
        if worth and (least or not is_leaf or is_core(item.link.text)):
            yield Target(item.link.url, "", "attachment" if is_file else "link", worth, target.depth + 1, target.url,
                         item.link.text, is_column=is_column and kind != "report")


def _beside(url: str, other: str) -> bool:
    """Whether two pages lie in one folder; the folder itself does not count."""
    here, there = urlsplit(url).path, urlsplit(other).path
    return here.rpartition("/")[0] == there.rpartition("/")[0] and not here.endswith("/")


def _frames(page: Page, target: Target) -> Iterator[Target]:
    for url in frames(page):
        yield Target(url, "", "frame", max(target.score, ENOUGH), target.depth, target.url, target.anchor,
                     is_column=target.is_column)


def _shells(page: Page, target: Target, urls: tuple[str, ...]) -> Iterator[Target]:
    for url in urls if target.hops < MOST_HOPS else ():
        yield replace(target, url=url, form="", reason="shell", via=page.url, hops=target.hops + 1)


def moved(target: Target, location: str) -> Iterator[Target]:
    """Where a redirect leads, () for one that has no address or is one too many."""
    url = joined(target.url, location) if location else None
    if url and target.hops < MOST_HOPS:
        yield replace(target, url=url, form="", reason="redirect", via=target.url, hops=target.hops + 1)


def _steps(target: Target, found: tuple[str, Listing] | None, scored: tuple[Scored, ...],
           is_column: bool) -> Iterator[Target]:
    """The next pages of a list; one that shows no annual report is followed for a few pages only."""
    is_worth = is_column or any(is_core(s.link.text) for s in scored)
    for step in found[1].steps if found and (is_worth or target.number < PLAIN_PAGES) else ():
        yield Target(step.url, step.form, "list", max(target.score, ENOUGH), target.depth, target.url, target.anchor,
                     target.chain or target.key, target.number + 1, is_column=is_column)
