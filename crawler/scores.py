"""What a link is worth: a table of signals, applied by one pure function."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from crawler.addresses import MANY, key, parts_of
from crawler.links import Link

OLD = "報開資訊務區縣鎮鄉單員會據與導讀點擊頁聞總體況動處請複復議訴訟問題"
NEW = "报开资讯务区县镇乡单员会据与导读点击页闻总体况动处请复复议诉讼问题"
FOLD = str.maketrans(OLD, NEW)
FOLDED = re.compile(f"[{OLD}]")


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


CORE = _any(
    r"(信息|资讯|政务|政府)公开.{0,8}?(年度?(工作)?(情况)?(报告|报)|(工作|情况)总?(报告|总结))",
    r"公开(工作)?年报", r"公开年度", r"年报(专栏|公示|汇总)", r"annual\s*report",
    r"(部门|单位|街道|乡镇|镇街|政府).{0,6}年报",
    r"^(\d{4}年?度?)?(各?(部门|单位|镇街|街道|乡镇|区县|县区|机关|本级|[市区县]级)|政府)?(工作)?(年报|年度报告?)$",
)
YEAR = _any(r"(?<!\d)20[012]\d(?!\d)", r"二[〇○零]+[一二][〇○零一二三四五六七八九]", r"二[〇○零][一二][〇○零一-九]")
YEARLY = _any(r"年度?(工作)?报", r"报告")
DISCLOSURE = _any(r"信息公开", r"政[务府]公开", r"公开(目录|平台|专栏)", r"主动公开",
                  r"(部门|单位|乡镇|街道|镇街|区县|县区)公开")
GROUPS = _any(r"部门", r"街道", r"乡镇", r"镇街", r"镇[（(]", r"各单位", r"[市区县]直", r"委办局", r"区县", r"县[区市]",
              r"[市区县]级", r"垂管", r"事业单位", r"开发区", r"各[市县区镇]")
SHELF = _any(r"目录", r"最新(文件|公开|信息)", r"重点领域", r"法定", r"通知公告", r"公示公告", r"网站地图", r"站点导航",
             r"往年", r"历年", r"归档", r"更多", r"^more", r"查看")
DECOY = _any(r"网站.{0,6}(报表|报告)", r"解读", r"图解", r"一图", r"法治政府", r"指南", r"制度", r"依申请", r"统计年报",
             r"企业年报", r"[预决]算", r"的通知$", r"通报$")
ELSEWHERE = _any(
    r"招标", r"采购", r"领导", r"新闻", r"要闻", r"视频", r"登录", r"注册", r"邮箱", r"English", r"财务", r"招聘",
    r"上市公司", r"友情链接", r"无障碍", r"信访", r"办事(?!处)", r"服务大厅", r"互动", r"投诉", r"版权", r"联系我们",
)
ANNUAL_PATH = _any(r"zfxxgknb", r"xxgknb", r"gknb", r"ndbg", r"annual_?report", r"open=zfxxgknb", r"frame=nb",
                   r"nianbao", r"[/_]nb[/_\d]", r"openness(branch|annual)")
OPEN_PATH = _any(r"zfxxgk", r"xxgk", r"zwgk", r"gongkai", r"openness", r"gkmlpt", r"[?&]open=")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the page that the links stand on."""

    score: int = 0               # the page's own score
    is_column: bool = False      # the page is about annual reports by title, breadcrumb or anchor
    familiar: Set[str] = frozenset()  # keys of links that other pages of the portal print too: navigation


PLAIN = Context()


@dataclass(frozen=True, slots=True)
class Scored:
    """A link with its worth (0…100) and the signals that made it."""

    link: Link
    score: int
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the table: `points` when `pattern` is found in the anchor or in path and query of the address."""

    name: str
    place: str  # anchor | url
    pattern: re.Pattern[str]
    points: int


SIGNALS = (
    Signal("annual report", "anchor", CORE, 60),
    Signal("disclosure", "anchor", DISCLOSURE, 30),
    Signal("shelf", "anchor", SHELF, 15),
    Signal("decoy", "anchor", DECOY, -200),
    Signal("elsewhere", "anchor", ELSEWHERE, -40),
    Signal("annual path", "url", ANNUAL_PATH, 25),
    Signal("disclosure path", "url", OPEN_PATH, 10),
)


def score(link: Link, context: Context = PLAIN) -> Scored:
    """Worth of one link: the sum of its signals, cut to 0…100."""
    text, signals = _signals(link.text, link.url)
    found = [*signals, *_by_year(text, context)]
    if key(link.url) not in context.familiar:
        found += _by_parent(link, text, context)
    total = sum(points for _, points in found)
    return Scored(link, max(0, min(100, total)), tuple(f"{name} {points:+d}" for name, points in found))


@lru_cache(MANY)
def _signals(anchor: str, url: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The anchor in simplified form, and what it and the address say by themselves, wherever the link stands."""
    parts, text = parts_of(url), plain(anchor)
    said = {"anchor": text, "url": f"{parts.path}?{parts.query}"}
    found = tuple((s.name, s.points) for s in SIGNALS if s.pattern.search(said[s.place]))
    if ("annual report", 60) in found:  # offices are called 信访局 or 领导小组 too
        found = tuple(f for f in found if f[0] != "elsewhere")
    return text, found


def _by_year(text: str, context: Context) -> Iterator[tuple[str, int]]:
    if not any(c in text for c in "2二"):
        return
    if YEAR.search(text) and YEARLY.search(text):
        yield "year and report", 25
    elif YEAR.search(text) and context.is_column:
        yield "year", 10


def _by_parent(link: Link, text: str, context: Context) -> Iterator[tuple[str, int]]:
    if context.score >= 4:
        yield "parent", context.score // 4
    if context.is_column:
        yield "under annual reports", 15
        if GROUPS.search(text):
            yield "group", 20
        if link.is_entry:
            yield "entry", 10


def plain(text: str) -> str:
    """Text with those characters of traditional script that matter here in simplified form; the parsers do it all.

    >>> plain("政府資訊公開年報")
    '政府资讯公开年报'
    """
    return text.translate(FOLD) if FOLDED.search(text) else text


@lru_cache(1 << 12)
def is_core(text: str) -> bool:
    """Whether an anchor or title names annual reports on government information, and no decoy of them.

    >>> is_core("天水市市场监督管理局2020年政府信息公开工作年度报告"), is_core("2020年政府网站年度工作报表")
    (True, False)
    """
    return bool(CORE.search(plain(text))) and not is_decoy(text)


def is_decoy(text: str) -> bool:
    """Whether an anchor or title names what stands beside annual reports and is none."""
    return bool(DECOY.search(plain(text)))


def is_year(text: str) -> bool:
    """Whether an anchor is a year and nothing more.

    >>> is_year("2021年度"), is_year("2021年公告")
    (True, False)
    """
    return bool(re.fullmatch(r"\s*20[012]\d\s*年?度?\s*", text))
