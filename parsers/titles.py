"""Titles: where a document's title stands, which year and name it holds, what kind of page it announces."""

import re
from dataclasses import dataclass
from functools import lru_cache

from parsers.bodies import is_generic
from parsers.gazetteer import mentions
from parsers.model import Document
from parsers.regions import by_name
from parsers.regions import parents as parents_of
from parsers.script import simplified
from parsers.years import digits, year

_WORDS = (
    "(?:(?:政府|政务|校务|院务)?(?:信息|政务)公开[^。，；！？:：、]{0,12}(?:报告|年报)"
    "|信息公开(?:工作)?(?:年度)?情况(?:的)?报告)"
)
_REPORT = re.compile(_WORDS)
_LONGEST = 400  # characters of a line's end that a title and what stands before it can take
_ENDS = re.compile(_WORDS + "(?:》|及|和|与|的|暨|附|情况|数据)*(?:附表|统计表|正文|全文)?$")
_TAIL = re.compile(r"(?:[（(【][^）)】]{0,12}[）)】]|全文|[.．](?:html?|pdf|docx?|wps|txt))$")
_EXTENSION = re.compile(r"[.．](?:html?|pdf|docx?|wps|txt)$")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*|\s*[-–—]{1,2}\s+|-(?=[^-]*(?:网|政府|平台|公开|年报)$)")
_NEVER = re.compile(
    "解读|图解|一图|读懂|图说|数说|问答|答记者问|格式|模板|模版|范本|说明$"
    "|^关于(?:做好|开展|报送|加强|进一步|印发|编制|转发|征求|召开)|(?:召开|举办|举行|部署).{0,30}(?:会|培训)"
    "|网站(?:工作)?年度|法治政府|依法行政"
)
ELSEWHERE = re.compile(  # part of a year, one topic alone, a look from outside
    "(?:半年|季度).{0,24}(?:信息|政务)公开|(?:信息|政务)公开.{0,12}(?:半年|季度|评估|测评|考核|检查|督查|调研|研究|自查|整改)"
    r"|(?<!\d)(?!0?1月?[-—~～至到]12月)\d{1,2}月?[-—~～至到]\d{1,2}月.{0,24}(?:信息|政务)公开|(?:公司|集团|厂).{0,12}环境信息"
    "|(?:财政|财务|扶贫|食品安全|采购|[预决]算|项目|公共资源.{0,4}|领域|征地|救助|经费)信息公开.{0,12}报"
)
_TEMPLATE = re.compile(
    "[XxＸ×]{2}|[（(【][^）)】]*(?:模板|模版|范本|范文|样本|样式|参考|(?<![含附及和])(?:图解|解读))[^）)】]*[）)】]$"
)
_PUBLISHED = re.compile(r"^(.*?)关于(?:印发|公布|发布|公开)(.*20\d\d.*(?:报告|年报)》?)的(?:公告|通告|通知)$")

_YEAR_WORDS = re.compile(
    r"20\d\d(?:年度?|度)?(?:[—–~～至到-]+20\d\d(?:年度?|学年度?)?)?|(?<!\d)[012]\d年度?(?!\d)"
)
_EDGES = re.compile(
    "(?:关于(?:公布|发布|公开)?|[公发]布|的|年度?|[（(][^）)]*[）)]|《)+$|^(?:关于(?:公布|发布|公开)?|[公发]布|[》《—_-])+"
)
_ABOVE = re.compile(
    r"[\u3400-\u9fff（）()、]{2,30}(?:[局委厅部办院会处所站署镇乡府心司馆队室]|街道|大学|海关)|[\d〇○一二三四五六七八九零]{4}\s*年度?"
)

_BEFORE = re.compile("^(?:.*[>＞»›]|附件?\\d*[：:.]|\\d{1,2}[.、．]|标题[：:]|当前位置[：:])+")
_MENU = re.compile(
    "^(?:(?:网站)?首页|政务公开|(?:政府)?信息公开(?:专栏|平台|目录|年报)?|机构概况|工作动态|通知公告|公开年报)+"
    r"(?=[\u3400-\u9fff]{1,12}[省市县区旗州盟镇乡][\u3400-\u9fff]{0,24}(?:20\d\d|[二２][〇○零])年?[^。]*信息公开)"
)
_FIELD = re.compile(
    "(?:组配|信息|主题|主体|体裁|服务对象)?分类|(?:信息)?类别|(?:所属|当前)?(?:栏目|位置|频道)|(?:信息)?名称|索引号?"
)
_UNFINISHED = re.compile("(?:政府|政务|信息|公开|工作|年度|年|情况|的)$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed (in simplified script), with what stands before the words 信息公开…报告 and the year in it."""

    text: str
    name: str
    year: int | None
    rule: str


def is_report_title(text: str) -> bool:
    """Whether a line is the title of an annual report, by its words alone.

    >>> is_report_title("2019年嵊州市商务局政府信息公开工作年度报告"), is_report_title("2020年政府网站工作报表")
    (True, False)
    """
    end = text[-_LONGEST:]
    if "公" not in end or ("报" not in end and "報" not in end):
        return False
    flat = flat_title(end)
    if _NEVER.search(flat) or ELSEWHERE.search(flat) or _TEMPLATE.search(whole_title(end)):
        return False
    return len(flat) < 80 and bool(_ENDS.search(flat))


def flat_title(text: str) -> str:
    """A title's own words: without file ending, remarks in brackets behind it, and 关于公布…的公告 around it."""
    flat = whole_title(text)
    while (shorter := _TAIL.sub("", flat)) != flat:
        flat = shorter
    return _PUBLISHED.sub(r"\1\2", flat).strip("《》")


def whole_title(text: str) -> str:
    """Without path and menu before it: a menu's entry can stand on the title's line where a page has no blocks."""
    end = "".join(simplified(text[-_LONGEST:]).split()).strip("《》“”\"【】·•>〉»")
    return _MENU.sub("", _BEFORE.sub("", end))


def parts(title: str) -> tuple[str, ...]:
    """A page's title cut at the marks that join site and column names to it.

    >>> parts("聊城市水利局2020年政府信息公开年报_聊城市水利局")
    ('聊城市水利局2020年政府信息公开年报', '聊城市水利局')
    """
    return tuple(p.strip() for p in _SITE.split(title) if p and p.strip())


def head_lines(document: Document) -> tuple[str, ...]:
    """The printed lines before the report's first sentence, at most 30, in simplified script."""
    found: list[str] = []
    for line in document.text.splitlines():
        plain = simplified(line).strip()
        if plain:
            found.append(plain)
        if len(found) == 30 or len(plain) > 90:
            break
    return tuple(found)


def title(document: Document) -> Title | None:
    """The report's own title: a printed heading (also over several lines), else the page's; None if none is there."""
    metas = tuple(document.meta.get(k, "") for k in ("articletitle", "title", "dc.title", "headline"))
    return _chosen(head_lines(document), metas, (*parts(document.title), document.title))


@lru_cache(maxsize=4)
def _chosen(lines: tuple[str, ...], metas: tuple[str, ...], pages: tuple[str, ...]) -> Title | None:
    """A page's title is asked for again and again while it is read."""
    printed = [_joined(lines, i) for i in range(len(lines))]
    found = [_title(text, rule) for rule, texts in (("heading", printed), ("meta", metas), ("page title", pages))
             for text in texts if text and is_report_title(text)]
    first = next((t for t in found if t.name or t.year), next(iter(found), None))
    named = (t for t in found if first and t.name and t.year == first.year and _is_of(first, t))
    return next(named, first)


def _is_of(one: Title, other: Title) -> bool:
    """Whether two are found by one rule, or the one is the end of the other's words."""
    return one.rule == other.rule or other.text.endswith(one.text)


def _title(text: str, rule: str) -> Title:
    plain = _EXTENSION.sub("", whole_title(text))
    return Title(plain, _name(flat_title(text)), year(plain), rule)


def _name(flat: str) -> str:
    """What stands before the last words 信息公开…报告: a column's name with the same words may come first."""
    ends = [0, *(m.end() for m in _REPORT.finditer(flat))]
    starts = [m.start() for m in _REPORT.finditer(flat)]
    before = flat[ends[len(starts) - 1]:starts[-1]] if starts else flat
    name = _EDGES.sub("", _YEAR_WORDS.sub("", digits(before)))
    return "" if _FIELD.fullmatch(name) or is_generic(name) else name


def _joined(lines: tuple[str, ...], i: int) -> str:
    """The line, with those before it that belong to the same title: a name or a year alone, or an unfinished head."""
    text = lines[i]
    if not _REPORT.search(flat_title(text)):
        return _split_title(lines, i)
    for before in reversed(lines[max(0, i - 2):i]):
        if not (_ABOVE.fullmatch(before) or _lies_in(text, before)):
            break
        if before not in text:
            text = before + text
    return text


def _lies_in(text: str, place: str) -> bool:
    """Whether a text begins with the name of a division within that place."""
    above = {region.code for region in by_name().get(place, ())}
    first = next((each for at, each in mentions(text[:20]) if at == 0), "") if above else ""
    return any(above & set(parents_of(region.code)) for region in by_name().get(first, ()))


def _split_title(lines: tuple[str, ...], i: int) -> str:
    """A title broken inside its words: 硚口区审计局2025年政府 / 信息公开工作年度报告."""
    joined = lines[i]
    for line in lines[i + 1:i + 3]:
        if not _UNFINISHED.search(joined) or re.search("[。，：:]", joined):
            break
        if _REPORT.search(line) and year(line):  # whole by itself: what stands above is the way to the page
            break
        joined += line
    return joined
