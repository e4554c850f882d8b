"""Recognising reports: a cheap look at bytes, a sure look at documents, and the kinds of pages that are no reports."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from parsers import garbled
from parsers.genres import other_kind
from parsers.model import Document
from parsers.script import simplified
from parsers.sections import sections
from parsers.titles import Title, head_lines, is_report_title, parts, title
from parsers.years import periods

__all__ = ["Verdict", "is_report", "looks_like_report", "page_kind", "sections"]

_ANCHORS = (
    "信息公开", "政务公开", "信息公開", "政務公開", "结转下年度继续办理", "不予公开", "不予公開", "依申请公开",
    "处理决定数量", "现行有效件数", "申请答复数", "年度报告", "年度報告", "行政复议", "行政復議", "行政複議",
)
_SIX = frozenset(("overview", "disclosure", "requests", "proceedings", "problems", "other"))
_FORMULAS = re.compile(
    "通知如下|现印发给你们|印发给你们|请遵照执行|请参照执行|请认真(?:贯彻|组织|抓好)|特此通知|现就[^。]{0,40}(?:有关)?事项"
    "|请(?:各|你)[^。]{0,30}(?:于|在)[^。]{0,20}(?:前|内)"
)
_SALUTATION = re.compile(
    r"(?:各|[\u3400-\u9fff]{2,12}(?:人民政府|委员会|办事处|局|委|办)[、，])[^。]{0,80}"
    r"(?:单位|部门|政府|机构|办事处|街道|乡镇|办公厅|办公室|管委会|企业)(?:[（(][^）)]*[）)])?[:：]"
)
_VOICE = re.compile(
    "我[局委办厅部院镇乡市县区州盟旗省站街社处]|本(?:机关|局|委|办|厅|镇|乡|街道|报告|年度报告|年报)|向社会公布|编制"
)
_WORKSHEET = re.compile("独立用户访问总量|网站总访问量|首页网址|信息发布总数|留言办理")
_GUIDE = re.compile("本指南|编制本指南|公开指南由|申请表可在")
_FIGURE = re.compile(r"\d[,.]*\s*万?余?(?:条|件|篇|次|期|项|份|人次|起|宗|场)")
_INDICATOR = re.compile("(?:公开|申请|答复|复议|诉讼|咨询|接待).{0,8}数$")
_SENTENCE = re.compile("[。；！]|，.*，|^[一二三四五六七八九十]+、")
_GLOSSED = re.compile(rb"\((?:xi|gong|x\xc3|g\xc5|zheng|bao|b\xc3|yi|bu|kai|k\xc4)")
_GLOSSED_WIDE = re.compile("（(?:xi|gong|xì|xī|gōng|zheng|zhèng|bao|bào|yi|yī|bu|bù|kai|kāi)".encode())
_NUMBER = re.compile(r"[-+＋－]?[\d０-９][\d０-９,.，．]*(?:万|亿)?[元件条项]?")
_HARD = frozenset(("worksheet", "interpretation", "format", "elsewhere"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is and why.

    Kinds: report, notice, format, interpretation, worksheet, guide, news, elsewhere (a report on something else), list,
    cover (a report's title without its text, mostly with an attachment), other.
    """

    kind: str
    rule: str
    quote: str = ""


@cache
def _spelled(is_wide: bool) -> tuple[bytes, ...]:
    """The anchors as bytes, the likeliest first: in UTF-16, or in UTF-8, GB 18030, entities and JavaScript escapes."""
    if is_wide:
        return tuple(a.encode(coding) for coding in ("utf-16-le", "utf-16-be") for a in _ANCHORS)
    escaped = [form("信息公开") for form in (_entities, _hexadecimal, _javascript)]
    spelled = [a.encode(coding) for coding in ("utf-8", "gb18030") for a in _ANCHORS]
    return tuple(dict.fromkeys([*spelled, *escaped, *(e.upper().replace(b"U", b"u") for e in escaped)]))


def _entities(text: str) -> bytes:
    return "".join(f"&#{ord(c)};" for c in text).encode()


def _hexadecimal(text: str) -> bytes:
    return "".join(f"&#x{ord(c):x};" for c in text).encode()


def _javascript(text: str) -> bytes:
    return text.encode("unicode_escape")


def looks_like_report(page: bytes | str) -> bool:
    """A cheap look at HTML or text before any parsing: False is sure, True asks for a closer look.

    >>> looks_like_report("政府信息公开工作年度报告".encode("gb18030")), looks_like_report("天气预报")
    (True, False)
    """
    if isinstance(page, str):
        return _has_anchor(page) or _has_anchor(simplified(page))
    found = any(anchor in page for anchor in _spelled(b"\0" in page[:200])) or any(a in page for a in garbled.anchors())
    return found or bool((_GLOSSED.search(page) or _GLOSSED_WIDE.search(page)) and _is_glossed(page))


def _is_glossed(page: bytes) -> bool:
    return _has_anchor(simplified(page.decode("utf-8", errors="replace")))


def _has_anchor(text: str) -> bool:
    return any(anchor in text for anchor in _ANCHORS)


def is_report(document: Document, has_form_tables: bool) -> bool:
    """Whether a document is an annual report. `has_form_tables`: a table of the form was found, filled in or not."""
    return page_kind(document, has_form_tables).kind == "report"


def page_kind(document: Document, has_form_tables: bool = False) -> Verdict:
    """What a page is, by its title first, then by what a report has: the form, the chapters, a voice of its own."""
    text = simplified(document.text)
    own, announced = title(document), _announced(document)
    filled = has_form_tables and _filled(document)
    chapters = {s.key for s in sections(text)} & _SIX
    if announced.kind in _HARD and not _is_summary(announced, text, chapters):
        return announced
    if _is_worksheet(document, text) and not has_form_tables:
        return Verdict("worksheet", "labels of the website work sheet")
    if not filled and (notice := _notice(text, own)):
        return notice
    if announced.kind and announced.kind != "list" and not (filled or _is_headed(own, announced, chapters)):
        return announced
    verdict = _by_substance(text, own, has_form_tables, chapters)
    if verdict.kind == "cover" and _is_indicators(document):
        return Verdict("report", "title, and a table of indicators with figures", verdict.quote)
    return verdict


def _is_headed(own: Title | None, announced: Verdict, chapters: set[str]) -> bool:
    """Whether chapters stand under a heading that is a report's, whatever the page's own title says (指南_…)."""
    return bool(own and own.rule == "heading" and own.year and len(chapters) >= 4) or "总结" in announced.quote


def _is_summary(announced: Verdict, text: str, chapters: set[str]) -> bool:
    """Whether a 总结 is the report under an old name: it has the report's chapters and names its statistic period."""
    words = "信息公开" in announced.quote and "总结" in announced.quote
    return words and len(chapters) >= 4 and "统计" in text and bool(periods(text))


def _by_substance(text: str, own: Title | None, has_form_tables: bool, chapters: set[str]) -> Verdict:
    listed = sum(map(is_report_title, text.splitlines()))
    if has_form_tables:
        return Verdict("report", "tables of the form", own.text if own else "")
    if listed >= 4 and len(chapters) < 3:
        return Verdict("list", "titles of reports, one below the other", f"{listed} titles")
    if own and (own.year or own.name) and (len(chapters) >= 3 or _is_prose(text)):
        return Verdict("report", "title, and chapters or prose with figures", own.text)
    if not _GUIDE.search(text) and len(chapters) >= 4 and "problems" in chapters and _is_prose(text):
        return Verdict("report", "chapters of the outline, figures and a voice of its own", " ".join(sorted(chapters)))
    if own and (own.year or own.name):
        return Verdict("cover", "title of a report without its text", own.text)
    return Verdict("list" if listed else "other", "nothing that a report has")


def _announced(document: Document) -> Verdict:
    """The kind that the page's titles announce; a heading that is a report's title comes before a column's name."""
    metas = tuple(document.meta.get(k, "") for k in ("articletitle", "title"))
    lines = tuple(line for line in head_lines(document)[:3] if len(line) < 80 and not _SENTENCE.search(line))
    for text in (*metas, *parts(document.title)[:1], *lines):
        if text and is_report_title(text):
            return Verdict("", "")
        if text and (kind := other_kind(text)):
            return Verdict(kind, "title", text)
    return Verdict("", "")


def _notice(text: str, own: Title | None) -> Verdict | None:
    start = "\n".join(text.splitlines()[:12])[:800]
    if found := _SALUTATION.search(start):
        return Verdict("notice", "salutation to other offices", found[0])
    found = _FORMULAS.search(text)
    if found and not (own and own.year and own.rule == "heading" and _VOICE.search(text)):
        return Verdict("notice", "formula of a notice", found[0])
    return None


def _is_worksheet(document: Document, text: str) -> bool:
    cells = " ".join(slot.text for grid in document.grids for row in grid.rows for slot in row)
    return len({m[0] for m in _WORKSHEET.finditer(text + cells)}) >= 2


def _is_indicators(document: Document) -> bool:
    """True for tables as districts made them before there was a form, alone in a file: their rows count something."""
    cells = (slot.text for grid in document.grids for row in grid.rows for slot in row if not slot.span)
    return _filled(document) and len(tuple(islice(filter(_INDICATOR.search, cells), 3))) == 3


def _is_prose(text: str) -> bool:
    prose = sum(len(line) for line in text.splitlines() if len(line) >= 40)
    return prose >= 60 and bool(_FIGURE.search(text)) and bool(_VOICE.search(text))


def _filled(document: Document) -> bool:
    cells = (slot.text.strip() for grid in document.grids for row in grid.rows for slot in row if not slot.span)
    return len(tuple(islice(filter(_NUMBER.fullmatch, cells), 10))) == 10
