"""`-a years=` and `-a since=`: which reports a run leaves out because of what their links say."""

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.arguments import Choice
from crawler.frontier import Target
from crawler.scores import YEARLY, is_core

YEAR = re.compile(r"(?<!\d)(20[012]\d)(?!\d)")
DAY = re.compile(r"/t?(20[012]\d)[-/]?(0?[1-9]|1[0-2])[-/]?(0?[1-9]|[12]\d|3[01])(?=[_/.])|/t(20[012]\d)(\d\d)(\d\d)_")


def refusal(choice: Choice, target: Target) -> str:
    """Why a run leaves an address out, "" where it does not: the report of another year, one published before `since`.

    Only links that name a report are judged; a folder's year is not its reports' year, so lists are always followed.
    """
    if not is_core(target.anchor) or urlsplit(target.url).path.endswith("/"):
        return ""
    told = report_year(target.anchor)
    if choice.years and told and not choice.years[0] <= told <= choice.years[1]:
        return "years"
    day = published(target.url)
    return "since" if choice.since and day and day < choice.since else ""


def report_year(anchor: str) -> int | None:
    """The year of a report by its link, None where it names none or is a list's name.

    >>> report_year("某局2021年政府信息公开工作年度报告"), report_year("2021年")
    (2021, None)
    """
    found = YEAR.findall(anchor)
    return int(found[0]) if len(set(found)) == 1 and YEARLY.search(anchor) else None


def published(url: str) -> date | None:
    """The date that an address carries, which may be that of a migration.

    >>> published("http://a.gov.cn/nb/202201/t20220118_1104.html")
    datetime.date(2022, 1, 18)
    """
    told = DAY.search(url)
    if told is None:
        return None
    year, month, day = (int(part) for part in told.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None
