"""The ten reports of the sample: where each stands, what is true of it, and its bytes."""

from dataclasses import dataclass, replace

from opencc import OpenCC

from tests.sample import attachments, figures, flat, pages, prose, tables
from tests.sample.figures import Figures

NB = "zfxxgk/zfxxgknb"
OFFICE, TOWN = "张掖市甘州区示例管理局", "张掖市甘州区样本镇人民政府"
SCOPES = {OFFICE: "body", TOWN: "government"}


@dataclass(frozen=True)
class Entry:
    """One report: its file below site/, the facts of it, what makes it worth having, its bytes."""

    file: str
    title: str
    issuer: str
    region_code: str
    report_year: int
    published: str
    figures: Figures
    why: str
    body: bytes = b""
    scope: str = "body"
    flags: tuple[str, ...] = ()


def reports() -> list[Entry]:
    """All ten, newest first."""
    five = [tianshui(), liaocheng(), shengzhou(), zhangye(), jianggan()]
    return [*(web(*facts) for facts in WEB), town_docx(), office_pdf(), *five]


def half(text: str) -> str:
    """Brackets and colons of half width, as many editors leave them."""
    return text.translate(str.maketrans("（）：", "():"))


def tianshui() -> Entry:
    """Traditional script throughout, no corner cell, table 4 without its first row, a line break inside a cell."""
    entry = Entry(
        f"{NB}/2020n/202101/t20210118_1001.html",
        "天水市市场监督管理局2020年政府信息公开工作年度报告",
        "天水市市场监督管理局",
        "620500",
        2020,
        "2021-01-18",
        figures.TIANSHUI,
        "traditional script, no corner cell, table 4 starts at its second row",
    )
    printed = entry.figures.printed
    body = pages.report(
        prose.TIANSHUI,
        (
            tables.disclosure("2019", printed, labels={"本年新公开数量": "本年新 公开数量"}),
            tables.requests("2019", printed, corner=None),
            tables.proceedings(printed, caption=False),
        ),
        prose.TIANSHUI_LEAD,
    )
    page = pages.article(entry.title, half(body), entry.published, entry.issuer, "2020年")
    return replace(entry, body=OpenCC("s2t").convert(page).replace("規範", "規范").encode())


def liaocheng() -> Entry:
    """GBK, declared, with Word's markup; table 4 has 14 cells."""
    title = "聊城市市场监督管理局2020年政府信息公开工作年度报告"
    entry = Entry(
        f"{NB}/2020n/202101/t20210126_1002.html",
        title,
        "聊城市市场监督管理局",
        "371500",
        2020,
        "2021-01-26",
        figures.LIAOCHENG,
        "declared GBK, Word markup, full-width sign, one cell of table 4 missing",
        flags=("missing_cell",),
    )
    printed = entry.figures.printed
    labels = {"规章": "规章<br>（市政府令）", "规范性文件": "规范性文件<br>（有规范性文件登记号）"}
    body = pages.report(
        prose.LIAOCHENG,
        (
            tables.disclosure("2019", printed, tables.word, labels),
            tables.requests("2019", printed, tables.word),
            tables.proceedings(printed, tables.word),
        ),
        prose.LIAOCHENG_LEAD,
        "聊城市市场监督管理局<br>2021年1月26日",
    )
    comment = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n"
    page = pages.article(title, comment + body, entry.published, entry.issuer, "2020年", pages.GBK)
    return replace(entry, body=page.encode("gbk"))


def shengzhou() -> Entry:
    """Tables that lost their markup: one cell a line, blank cells as empty paragraphs."""
    title = "嵊州市商务局2019年政府信息公开工作年度报告"
    entry = Entry(
        f"{NB}/2019n/202001/t20200114_1003.html",
        title,
        "嵊州市商务局",
        "330683",
        2019,
        "2020-01-14",
        figures.SHENGZHOU,
        "one cell a line, blanks, 80592 under 单位:万元",
        flags=("unit_implausible",),
    )
    printed = entry.figures.printed
    labels = {"本年新公开数量": "公开数量", "对外公开总数量": "对外公开总数", "采购总金额": "采购总金额（单位：万元）"}
    texts = (
        flat.disclosure("2019", printed, labels),
        flat.requests("2019", printed),
        flat.proceedings(printed) + "<p>说明：上表只统计由信息公开引起的案件。</p>\n",
    )
    body = pages.report(prose.SHENGZHOU, texts, prose.SHENGZHOU_LEAD)
    return replace(entry, body=pages.article(title, half(body), entry.published, entry.issuer, "2019年").encode())


def zhangye() -> Entry:
    """A clone: casino words stand where the original names its city; spare cells, a spaced label, cut headers."""
    title = f"{prose.CASINO}2020年政府信息公开工作年度报告"
    entry = Entry(
        f"{NB}/2020n/202102/t20210205_1004.html",
        title,
        "张掖市人民政府",
        "620700",
        2020,
        "2021-02-05",
        figures.ZHANGYE,
        "clone; 25.11万件, 13.02亿元, -21, spare trailing cells",
        scope="jurisdiction",
        flags=("clone",),
    )
    printed = entry.figures.printed
    requests = tables.requests("2019", printed).replace("</tr>", "<td></td></tr>")
    body = pages.report(
        prose.ZHANGYE,
        (
            tables.disclosure("2019", printed, labels={"本年新制作数量": "本年新", "本年新公开数量": "本年新"}),
            requests.replace("三、本年度办理结果", "三 、 本 年 度 办 理 结 果"),
            tables.proceedings(printed),
        ),
        prose.ZHANGYE_LEAD,
    )
    return replace(entry, body=pages.article(title, half(body), entry.published, prose.CASINO, "2020年").encode())


def jianggan() -> Entry:
    """GBK that nothing declares; the body never says who reports."""
    title = "2020年政府信息公开工作年度报告"
    entry = Entry(
        f"{NB}/2020n/202101/t20210125_1005.html",
        title,
        "江干区市场监督管理局",
        "330104",
        2020,
        "2021-01-25",
        figures.JIANGGAN,
        "GBK without any declaration, 减71 and 加89, an unsigned decrease",
        flags=("sign_inconsistent",),
    )
    printed = entry.figures.printed
    body = pages.report(
        prose.JIANGGAN,
        (tables.disclosure("2019", printed), tables.requests("2019", printed), tables.proceedings(printed)),
    )
    page = pages.article(title, half(body), entry.published, pages.SITE, "2020年", charset="")
    return replace(entry, body=page.encode("gbk"))


# file, title, issuer, year, published, figures, received, why
WEB = (
    (f"{NB}/2023n/202401/t20240116_1006.html", TOWN, 2023, "2024-01-16", figures.TOWN_2023, 1, "/ stands for none"),
    (f"{NB}/2021n/202201/t20220112_1007.html", OFFICE, 2021, "2022-01-12", figures.OFFICE_2021, 16, "plain 2021 form"),
    (f"{NB}/2021n/202201/t20220114_1008.html", TOWN, 2021, "2022-01-14", figures.TOWN_2021, 2, "mostly zero"),
)


def web(file: str, issuer: str, year: int, published: str, values: Figures, received: int, why: str) -> Entry:
    """A report of the 2021 edition as an ordinary page."""
    entry = Entry(
        file,
        f"{issuer}{year}年政府信息公开工作年度报告",
        issuer,
        "620702",
        year,
        published,
        values,
        why,
        scope=SCOPES[issuer],
    )
    printed = values.printed
    body = pages.report(
        said(entry, received),
        (tables.disclosure("2021", printed), tables.requests("2021", printed), tables.proceedings(printed)),
        sign=f"{issuer}<br>{published[:4]}年{int(published[5:7])}月{int(published[8:])}日",
    )
    return replace(entry, body=pages.article(entry.title, body, published, issuer, f"{year}年").encode())


def said(entry: Entry, received: int) -> list[tuple[str, list[str]]]:
    """The prose of an invented body's report."""
    return (prose.town if entry.issuer == TOWN else prose.office)(entry.report_year, received)


def parts(entry: Entry, received: int) -> list[attachments.Part]:
    """A 2021 report as paragraphs and tables, for a file."""
    printed = entry.figures.printed
    three = (tables.disclosure("2021", printed), tables.requests("2021", printed), tables.proceedings(printed))
    out: list[attachments.Part] = []
    for n, (heading, texts) in enumerate(said(entry, received)):
        out += [heading, *texts]
        if 1 <= n <= 3:
            out.append(attachments.spans(three[n - 1]))
    return [*out, entry.issuer]


def town_docx() -> Entry:
    """The report is the Word file that a nearly empty page hangs out."""
    entry = Entry(
        f"{NB}/2022n/202301/P020230113384021.docx",
        f"{TOWN}2022年政府信息公开工作年度报告",
        TOWN,
        "620702",
        2022,
        "2023-01-13",
        figures.TOWN_2022,
        "DOCX behind a page that only says: see the attachment",
        scope=SCOPES[TOWN],
    )
    return replace(entry, body=attachments.docx(entry.title, parts(entry, 3)))


def office_pdf() -> Entry:
    """The list links straight to the PDF."""
    entry = Entry(
        f"{NB}/2022n/202301/P020230116401377.pdf",
        f"{OFFICE}2022年政府信息公开工作年度报告",
        OFFICE,
        "620702",
        2022,
        "2023-01-16",
        figures.OFFICE_2022,
        "PDF linked from the list itself",
    )
    return replace(entry, body=attachments.pdf(entry.title, parts(entry, 9)))
