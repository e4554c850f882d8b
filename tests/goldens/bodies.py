"""Files that are more than a page with tables: how each is made, and edits of a page's markup."""

import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.goldens.paper import Case, before, page, parts, shell
from tests.papers import Paper, paper
from tests.printing import Style, as_pdf
from tests.renderings import as_docx, as_xls, as_xlsx

Edit = Callable[[str], str]
MEASURES = ("代码", "本期实际", "本年累计")
INDICATORS = (
    ("主动公开信息数", "条", "01", "12", "140"),
    ("其中：全文电子化的主动公开信息数", "条", "02", "12", "139"),
    ("申请总数", "条", "10", "1", "7"),
    ("当面申请数", "条", "11", "0", "2"),
    ("网上申请数", "条", "14", "1", "5"),
    ("对申请的答复总数", "条", "17", "1", "7"),
    ("同意公开答复数", "条", "18", "1", "7"),
    ("行政复议数", "件", "32", "0", "0"),
)


def inside(case: Case) -> str:
    """A page without the ways about it."""
    return page(case).split('<div class="content">')[1].split('</div>\n<div class="footer"')[0]


def swap(*pairs: tuple[str, str]) -> Edit:
    """Other words for some; each must be there."""

    def edit(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return edit


def paged(text: str) -> str:
    """Each table's cells once: an extractor that drops repeated strings."""

    def once(found: re.Match[str]) -> str:
        seen: dict[str, None] = dict.fromkeys(re.findall(r"<td[^>]*>([^<]*)</td>", found[0]))
        return "<p>" + " ".join(seen) + "</p>"

    return re.sub(r"<table.*?</table>", once, text, flags=re.S)


def pictures(text: str) -> str:
    """A picture in place of each table."""
    return re.sub(
        r"<table.*?</table>",
        '<p><img src="/uploadfile/2021/01/table.png" width="680" height="900"></p>',
        text,
        flags=re.S,
    )


def pinyin(text: str) -> str:
    """Readings in brackets behind some characters."""
    return text.replace("府信", "府(fǔ)信").replace("统计", "统(tǒng)计").replace("局", "局(jú)")


def mojibake(case: Case) -> bytes:
    """UTF-8 bytes taken for GB18030 on the way, as mojibake arises."""
    return page(case).encode().decode("gb18030", "replace").encode()


def shifted(text: str) -> str:
    """The text's GB18030 bytes without the first one, as half a character lost shows all others of its run.

    The last byte of 區 stays alone and is `^`.
    """
    return text.encode("gb18030")[1:].decode("gb18030", "replace")


def torn(case: Case) -> bytes:
    """Bytes lost in the middle of the prose."""
    return page(case).encode().replace("计划更新".encode(), b"\xe8\xae\xff\xfe\x88\x80")


def earlier(case: Case) -> Case:
    """The same body's report of the year before."""
    return replace(case, year=case.year - 1, name=case.name + "-2")


def two(case: Case) -> bytes:
    """The report of the year before, and this one."""
    inner = inside(earlier(case)) + inside(case)
    return shell("政府信息公开年报", inner).encode()


def scripted(case: Case) -> bytes:
    """The report in a string of a script."""
    inner = inside(case)
    code = json.dumps(inner, ensure_ascii=False).replace("</", "<\\/")
    return shell(case.title, f"<div id='zoom'></div><script>var article = {{content: {code}}};</script>").encode()


def framed(case: Case) -> bytes:
    """The report in an inner page."""
    return shell(case.title, f'<iframe srcdoc="{html.escape(page(case))}"></iframe>').encode()


def newer(case: Case) -> Case:
    """The same in the edition of 2021."""
    return replace(case, edition="2021", values={"requests/*": "0"})


def mixed(case: Case) -> bytes:
    """Table 2 of 2019, table 3 of 2021."""
    new = dict(parts(newer(case)))
    old = dict(parts(case))
    keys = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    inner = "".join(f"<p>{k}</p>{t}" for k, t in ((keys[0], old[keys[0]]), (keys[1], new[keys[1]])))
    return shell(case.title, "".join(f"<p>{line}</p>" for line in before(case)) + inner).encode()


def local(case: Case) -> bytes:
    """A table of indicators as before 2014."""
    head = ("指标名称", "计量单位", *MEASURES)
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (head, *INDICATORS))
    above = (
        case.title,
        "一、概述",
        f"{case.year}年，{case.issuer}更新栏目四次。",
        "二、主动公开政府信息情况",
        "见附表。",
        "三、依申请公开政府信息情况",
        "全年收到申请7件，都作了答复。",
        "七、附表",
    )
    return shell(case.title, "".join(f"<p>{line}</p>" for line in above) + f"<table>{table}</table>").encode()


def prose(case: Case) -> bytes:
    """Figures in sentences only."""
    lines = (
        case.title,
        "一、概述",
        f"{case.year}年，{case.issuer}主动公开政府信息339条，其中网站公开112条，占33.04%。",
        "二、依申请公开政府信息情况",
        "全年收到政府信息公开申请6件，办结6件。",
        "三、主要问题和改进措施",
        "栏目更新偏慢，来年改进。",
    )
    return shell(case.title, "".join(f"<p>{line}</p>" for line in lines)).encode()


def typed(case: Case) -> Paper:
    """A whole report for files that are no pages."""
    return replace(
        paper(Random(5 if case.edition == "2019" else 1), case.edition),
        title=case.title,
        issuer=case.issuer,
        year=case.year,
    )


def ruled(case: Case) -> bytes:
    """PDF with lines."""
    rl_config.invariant = 1
    return as_pdf(typed(case), Style("strokes", repeat=True))


def unruled(case: Case) -> bytes:
    """PDF without lines."""
    rl_config.invariant = 1
    return as_pdf(typed(case), Style("none", landscape=True))


def docx(case: Case) -> bytes:
    """Word."""
    return as_docx(typed(case))


def xlsx(case: Case) -> bytes:
    """Excel."""
    return as_xlsx(typed(case))


def xls(case: Case) -> bytes:
    """Excel 97."""
    return as_xls(typed(case))


def scan(_: Case) -> bytes:
    """PDF of one picture."""
    rl_config.invariant = 1
    picture = Image.new("L", (60, 80), 230)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, A4[0], A4[1])
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def stub(case: Case) -> bytes:
    """A page with a file to download."""
    link = f'<p>文件下载：<a href="/uploadfile/2018/{case.name}.doc">{case.title}</a></p>'
    return shell(case.title, f"<p>{case.title}</p>{link}").encode()


def flip(case: Case) -> bytes:
    """One page of a book of pictures with its text layer."""
    lines = (
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        "结果 结果 其他 尚未 总",
        "维持 纠正 结果 审结 计",
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
    )
    head = f"Page 8 - {case.title}"
    return shell(head, f"<p>{head}</p><pre>" + "\n".join(lines) + "</pre>").encode()


def listed(case: Case) -> bytes:
    """A list that shows the latest report below."""
    links = "".join(
        f'<li><a href="./{y}.html">{case.issuer}{y}年政府信息公开工作年度报告</a> {y + 1}-01-20</li>'
        for y in range(2019, 2015, -1)
    )
    inner = inside(case)
    return shell("政府信息公开年报", f'<ul class="list">{links}</ul>{inner}').encode()
