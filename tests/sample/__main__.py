"""Write the sample site and the truth about it: `python -m tests.sample`."""

import json
from pathlib import Path

from tests.sample import pages
from tests.sample.pages import NB, article, listing, page, pager, paragraphs
from tests.sample.reports import Entry, reports

ROOT = Path(__file__).parents[2]
SITE = ROOT / "crawler/sample/site"
TRUTH = ROOT / "tests/sample_truth.json"
SIZE = 3  # reports on a page of a list
DOCX_PAGE = "zfxxgk/zfxxgknb/2022n/202301/t20230113_1009.html"
DECOYS = {  # file below the year's folder → title, body, date
    "2019n/202001/t20200116_1101.html": ("政府网站工作年度报表（2019年度）", pages.WORKSHEET, "2020-01-16"),
    "2020n/202101/t20210120_1102.html": (
        "《2020年政府信息公开工作年度报告》解读",
        paragraphs(pages.READING),
        "2021-01-20",
    ),
    "2020n/202012/t20201218_1103.html": (
        "关于做好2020年政府信息公开年度报告编写和发布的通知",
        paragraphs(pages.NOTICE),
        "2020-12-18",
    ),
    "2021n/202201/t20220118_1104.html": (
        "2021年法治政府建设年度报告",
        paragraphs(("2021年，本机关学习宣传宪法和行政处罚法，现将有关情况报告如下。",)),
        "2022-01-18",
    ),
}


def site() -> dict[str, bytes]:
    """Every file of the site by its path."""
    entries = reports()
    files = {entry.file: entry.body for entry in entries}
    texts = fixed() | decoys() | docx_page(entries)
    for year in range(2019, 2024):
        texts |= year_lists(year, entries)
    return files | {path: text.encode() for path, text in texts.items()}


def fixed() -> dict[str, str]:
    """The pages that hold no report: home, hubs, guide, news, map, robots.txt, style."""
    news = [
        ("全市政务公开培训班举办", "/xwdt/202301/t20230110_901.html", "2023-01-10"),
        ("门户网站改版上线", "/xwdt/202301/t20230104_902.html", "2023-01-04"),
    ]
    hub = [
        ("政府信息公开指南", "./zfxxgkzn/", ""),
        ("政府信息公开制度", "./zfxxgkzd/", ""),
        ("政府信息公开年报", "./zfxxgknb/", ""),
        ("依申请公开", "./ysqgk/", ""),
    ]
    years = [(f"{year}年", f"./{year}n/", "") for year in range(2023, 2018, -1)]
    links = [("首页", "/", ""), ("新闻动态", "/xwdt/", ""), *((t, f"/zfxxgk/{u[2:]}", d) for t, u, d in hub)]
    out = {
        "index.html": page(pages.SITE, home(news)),
        "xwdt/index.html": listing("新闻动态", news, ()),
        "wzdt/index.html": listing("网站地图", links, ()),
        "zfxxgk/index.html": listing("政府信息公开", hub, ()),
        "zfxxgk/zfxxgkzn/index.html": page("政府信息公开指南", paragraphs(GUIDE), NB[:1]),
        "zfxxgk/zfxxgkzd/index.html": page("政府信息公开制度", paragraphs(RULES), NB[:1]),
        "zfxxgk/ysqgk/index.html": page("依申请公开", paragraphs(APPLY), NB[:1]),
        "zfxxgk/zfxxgknb/index.html": listing("政府信息公开年报", years, NB[:1]),
        "robots.txt": "User-agent: *\nDisallow: /admin/\n",
        "css/style.css": "body { font-family: serif; margin: 2em auto; max-width: 60em }\n",
    }
    for title, url, date in news:
        text = paragraphs((f"{date}，{title}。有关部门负责人参加。",))
        out[url[1:]] = article(title, text, date, pages.SITE, "新闻动态", crumbs=())
    return out


def home(news: list[tuple[str, str, str]]) -> str:
    """The body of the home page."""
    items = "".join(f'<li><a href="{url}">{text}</a></li>' for text, url, _ in news)
    return (
        f'<div class="news"><h2><a href="/xwdt/">新闻动态</a></h2><ul>{items}</ul></div>\n'
        '<div class="gov"><h2><a href="/zfxxgk/">政府信息公开</a></h2><a href="/zfxxgk/ysqgk/">依申请公开</a></div>'
    )


GUIDE = ("为方便公民、法人和其他组织获取政府信息，编制本指南。", "公开机构：办公室。办公时间：工作日上午9时至下午5时。")
RULES = ("信息发布实行先审查、后公开。", "栏目按季度检查一次。")
APPLY = ("申请人可以当面、通过信函或者网络提出政府信息公开申请。",)


def decoys() -> dict[str, str]:
    """The pages of the columns that look like reports and are none."""
    return {
        f"zfxxgk/zfxxgknb/{file}": article(title, body, date, pages.SITE, f"{file[:4]}年")
        for file, (title, body, date) in DECOYS.items()
    }


def docx_page(entries: list[Entry]) -> dict[str, str]:
    """The page that holds the Word file."""
    entry = next(e for e in entries if e.file.endswith(".docx"))
    name = entry.file.rsplit("/", 1)[1]
    link = f'<a href="./{name}" title="{entry.title}.docx">{entry.title}.docx</a>'
    body = f"<p>{entry.title}见附件。</p>\n<p>附件：{link}</p>\n"
    return {DOCX_PAGE: article(entry.title, body, entry.published, entry.issuer, "2022年")}


def year_lists(year: int, entries: list[Entry]) -> dict[str, str]:
    """The list of one year in pages of SIZE, newest first: index.html, index_1.html …"""
    folder = f"zfxxgk/zfxxgknb/{year}n/"
    items = [(e.title, DOCX_PAGE if e.file.endswith(".docx") else e.file, e.published) for e in entries]
    items += [(title, f"zfxxgk/zfxxgknb/{file}", date) for file, (title, _, date) in DECOYS.items()]
    links = sorted(
        ((t, f"./{u.removeprefix(folder)}", d) for t, u, d in items if u.startswith(folder)), key=lambda x: x[2]
    )
    links.reverse()
    chunks = [links[i : i + SIZE] for i in range(0, len(links), SIZE)]
    call = pager(len(chunks), len(links))
    return {
        f"{folder}index{f'_{n}' if n else ''}.html": listing(f"{year}年政府信息公开年报", chunk, NB, call)
        for n, chunk in enumerate(chunks)
    }


def truth() -> dict[str, object]:
    """What a crawl of the sample must find: every report with its cells, and the pages that are none."""
    entries = reports()
    return {
        "reports": [
            {
                "path": "/" + e.file,
                "title": e.title,
                "issuer": e.issuer,
                "region_code": e.region_code,
                "report_year": e.report_year,
                "edition": e.figures.edition,
                "scope": e.scope,
                "published": e.published if e.file.endswith(".html") else None,  # no attachment says it
                "is_clone": "clone" in e.flags,
                "flags": list(e.flags),
                "why": e.why,
                "cells": {"/".join(key): value for key, value in e.figures.values.items()},
            }
            for e in entries
        ],
        "others": sorted("/" + p.removesuffix("index.html") for p in site().keys() - {e.file for e in entries}),
    }


def lines(data: dict[str, object]) -> str:
    """JSON with the cells of a report on one line."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    head, *rest = text.split('"cells": {')
    packed = ["".join(line.strip() for line in r[: r.index("}")].splitlines()) + r[r.index("}") :] for r in rest]
    return '"cells": {'.join([head, *packed]) + "\n"


def main() -> None:
    """Write everything, remove what the site no longer has."""
    files = site()
    for old in SITE.rglob("*"):
        if old.is_file() and old.relative_to(SITE).as_posix() not in files:
            old.unlink()
    for path, body in files.items():
        target = SITE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    TRUTH.write_text(lines(truth()), "utf-8")


if __name__ == "__main__":
    main()
