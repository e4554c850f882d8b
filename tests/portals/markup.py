"""Markup that many replicas share: articles, hubs, items of lists, decoys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.portals import reports
from tests.portals.site import Site

CITY = "样州市"  # no such place
OFFICES = tuple(
    f"{CITY}{name}局"
    for name in (
        "教育",
        "科技",
        "民政",
        "司法",
        "财政",
        "水务",
        "农业",
        "商务",
        "文旅",
        "卫健",
        "审计",
        "统计",
        "林业",
        "体育",
        "信访",
        "医保",
        "城管",
        "交通",
        "住建",
        "应急",
        "粮食",
        "机关事务",
        "乡村振兴",
        "大数据",
        "气象",
        "档案",
        "地震",
        "邮政",
        "税务",
        "人防",
    )
)
TOWNS = tuple(
    f"{CITY}{name}人民政府" for name in ("东镇", "西镇", "南镇", "北镇", "上河乡", "下河乡", "山口乡", "湖滨街道办事处")
)
Links = Iterable[tuple[str, str]]  # text, address


@dataclass(frozen=True)
class Item:
    """One line of a list: `link` as printed there, `address` in full."""

    title: str
    link: str
    date: str
    address: str = ""


def page(title: str, body: str, metas: Sequence[tuple[str, str]] = (), crumbs: str = "", charset: str = "utf-8") -> str:
    """A page with a little navigation, as any."""
    head = "".join(f'<meta name="{name}" content="{content}">\n' for name, content in metas)
    where = f'<div class="crumbs">当前位置：首页 &gt; {crumbs}</div>\n' if crumbs else ""
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n' if charset else ""
    return (
        f"<!DOCTYPE html>\n<html><head>\n{declared}<title>{title}</title>\n{head}</head>\n<body>\n"
        f'<div class="nav"><a href="/">首页</a> <a href="/xwzx/">新闻中心</a> <a href="/bsfw/">办事服务</a></div>\n'
        f'{where}{body}\n<div class="foot">主办：{CITY}人民政府办公室</div>\n</body></html>\n'
    )


def hub(title: str, links: Links, crumbs: str = "") -> str:
    """A page whose body is a few links."""
    rows = "\n".join(f'<li><a href="{address}">{said}</a></li>' for said, address in links)
    return page(title, f"<h2>{title}</h2>\n<ul>\n{rows}\n</ul>", crumbs=crumbs)


def report(
    issuer: str,
    year: int,
    column: str = "政府信息公开年报",
    wrap: str = 'class="TRS_Editor"',
    title: str = "",
    charset: str = "utf-8",
) -> str:
    """An article with a whole report in it."""
    said = title or reports.title(issuer, year)
    metas = (
        ("ArticleTitle", said),
        ("PubDate", f"{year + 1}-01-15 09:00"),
        ("ContentSource", issuer),
        ("ColumnName", column),
    )
    text = f"<h1>{said}</h1>\n<div {wrap}>\n{reports.body(issuer, year)}</div>"
    return page(said, text, metas, f"政府信息公开 &gt; {column}", charset)


def note(title: str, column: str = "政府信息公开年报") -> str:
    """An article that is no report."""
    metas = ("ArticleTitle", title), ("PubDate", "2022-02-01 10:00"), ("ColumnName", column)
    text = f"<h1>{title}</h1>\n<p>现将有关情况公布如下，具体内容请向承办科室咨询。</p>"
    return page(title, text, metas, f"政府信息公开 &gt; {column}")


def rows(items: Iterable[Item]) -> str:
    """A list as most systems print it."""
    return "\n".join(
        f'<li><a href="{i.link}" title="{i.title}" target="_blank">{i.title}</a><span>{i.date}</span></li>'
        for i in items
    )


DECOYS = (
    "样州市政府网站工作年度报表（2021年度）",
    "《样州市2021年政府信息公开工作年度报告》解读",
    "2021年法治政府建设年度报告",
    "关于做好2021年政府信息公开年度报告编写和发布的通知",
    "样州市政府信息公开指南（2021年修订）",
)


def publish(site: Site, address: str, issuer: str, year: int, markup: str = "") -> Item:
    """Hang a report at an address and enter it into the site's truth."""
    site.put(address, markup or report(issuer, year))
    site.reports[address] = issuer, year
    return Item(reports.title(issuer, year), address, f"{year + 1}-01-15", address)


def distract(site: Site, address: str, title: str) -> Item:
    """Hang a decoy at an address and enter it into the site's truth."""
    site.put(address, note(title))
    site.decoys.add(address)
    return Item(title, address, "2022-02-01", address)


def chunks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Pages of a list."""
    return [items[i : i + size] for i in range(0, len(items), size)]


def stranger(site: Site, host: str) -> None:
    """News and services that any portal has and that hold no report."""
    site.put(
        f"http://{host}/xwzx/", hub("新闻中心", [(f"全市召开第{n}次会议", f"/xwzx/{n}.html") for n in range(1, 9)])
    )
    site.put(f"http://{host}/bsfw/", hub("办事服务", [("个人办事", "/bsfw/gr.html"), ("法人办事", "/bsfw/fr.html")]))
    for n in range(1, 9):
        site.put(f"http://{host}/xwzx/{n}.html", note(f"全市召开第{n}次会议", "新闻中心"))
