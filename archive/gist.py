"""What a body says, as a digest: versions are compared on cells and text, never on bytes."""

import hashlib
import re
from collections.abc import Iterable

from parsers.model import Cell, Kind, Report

from archive.furniture import article

HIDDEN = re.compile(rb"<!--.*?-->|<(script|style|noscript)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(rb"<[^>]*>")
LINK = re.compile(rb"""<a\b[^>]*?\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
SESSION = re.compile(rb";jsessionid=[^?#]*|([?&])(?:_|t|ts|time|timestamp|random|rnd|r|v)=[\d.]+", re.IGNORECASE)
SPACE = re.compile(r"\s+")
MOVING = re.compile(r"[\d０-９]+|[〇零一二三四五六七八九十]{2,}|星期[一二三四五六日天]|[上下]午")
COUNTER = re.compile(r"(?:浏览|点击|阅读|访问|瀏覽|點擊|閱讀)(?:次数|量|数|次數|數)[:：]\d*次?")
SUSPENDED = re.compile(
    r"(?:网站|站点|本站|系统|栏目|页面|平台)(?:已经?|正在|现已|现)?(?:暂停|关闭|关停|停用|停止|下线|维护|升级|整合|迁移)"
    r"|(?:暂停|停止)(?:服务|访问|使用)|(?:页面|网页|内容|文件|信息)(?:不存在|已删除|已被删除|找不到|未找到)"
    r"|(?:找不到|无法找到|没有找到)(?:该|此|您)?.{0,8}(?:页面|网页|内容)|404 ?(?:Not Found|错误)|Not Found",
    re.IGNORECASE)
NOTICE = 400  # characters; a longer page is no mere notice


def digest(parts: Iterable[str]) -> str:
    """Forty hexadecimal digits over the parts, which are kept apart."""
    return hashlib.sha1("\x1f".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def number(*parts: str) -> int:
    """A positive integer of 52 bits, so that JavaScript can hold it exactly.

    >>> number("urn:uuid:1", "0") == number("urn:uuid:1", "0") < 2**52
    True
    """
    return int(digest(parts)[:13], 16)


def said(reports: Iterable[Report]) -> str:
    """Digest of what a page with reports says: every cell, and the article without spaces and visit counters."""
    return digest(part for report in reports for part in (
        report.edition or "", *map(_cell, report.cells), *map(_cell, report.leftovers), prose(article(report.text))))


def prose(text: str) -> str:
    """Text as it is compared: no white space, no counters.

    >>> prose("一、总体情况  浏览次数：1024 次\\n无")
    '一、总体情况无'
    """
    return COUNTER.sub("", SPACE.sub("", text))


def same(cell: Cell) -> tuple[str, ...]:
    """What two versions of a cell are compared by: the value, or the words where there is none."""
    value = "" if cell.value is None else format(cell.value.normalize(), "f")
    return cell.kind, value, SPACE.sub("", cell.raw) if cell.kind is Kind.TEXT else ""


def _cell(cell: Cell) -> str:
    return "\x1e".join((cell.table, cell.row, cell.column, *same(cell)))


def plain(body: bytes) -> str:
    """The words of a page that is no report: markup and white space gone. Cheap: no tree is built."""
    bare = TAG.sub(b" ", HIDDEN.sub(b" ", body))
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError:
        text = bare.decode("gb18030", "replace")
    return SPACE.sub("", text)


def shown(body: bytes, words: str) -> str:
    """Digest of a page that is no report: its links, and its words without the numbers that move by themselves."""
    links = sorted({SESSION.sub(rb"\1", link) for link in LINK.findall(HIDDEN.sub(b" ", body))})
    return digest([COUNTER.sub("", MOVING.sub("", words)), *(link.decode("utf-8", "replace") for link in links)])


def is_suspended(words: str) -> bool:
    """True for a short page that says the page or the site is closed, moved away or not found.

    >>> is_suspended("本网站已停止服务，请访问新网站")
    True
    >>> is_suspended("2021年政府信息公开工作年度报告")
    False
    """
    return len(words) < NOTICE and SUSPENDED.search(words) is not None
