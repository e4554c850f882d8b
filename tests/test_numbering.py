"""Word prints numbers that its text does not hold: chapters, items and rows are read with them."""

from random import Random

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from parsers import read
from parsers.attachments import document
from parsers.model import Source
from parsers.numbering import written
from tests.papers import paper
from tests.renderings import as_docx
from tests.test_attachments import faults
from tests.test_office import saved

LEVELS = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("bullet", "·"))


def counted(*paragraphs: tuple[int, str], overridden: tuple[int, str] | None = None) -> bytes:
    """A Word file of paragraphs on depths of one list, -1 for plain ones; `overridden` begins anew in a second list."""
    file = docx.Document()
    levels = "".join(f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
                     f'<w:lvlText w:val="{text}"/></w:lvl>' for depth, (style, text) in enumerate(LEVELS))
    numbers = file.part.numbering_part.element
    numbers.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    for number, more in ((78, ""), (79, anew)):
        numbers.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>{more}'
                                 "</w:num>"))
    for number, (depth, text) in [*((78, p) for p in paragraphs), *([(79, overridden)] if overridden else [])]:
        properties = file.add_paragraph(text)._p.get_or_add_pPr()
        if depth >= 0:
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
                                        "</w:numPr>"))
    return saved(file)


def test_items_are_counted_on_every_depth() -> None:
    body = counted((0, "总体情况"), (1, "主动公开"), (2, "网站"), (2, "微信"), (1, "依申请公开"), (2, "收"), (-1, "无"),
                   (3, "点"), (0, "存在的问题"), (1, "不足"), overridden=(0, "附件"))
    assert document(Source(body)).text.split("\n") == [
        "一、总体情况", "（一）主动公开", "1.网站", "2.微信", "（二）依申请公开", "1.收", "无", "点",
        "二、存在的问题", "（一）不足", "五、附件"]


def test_style_gives_its_paragraphs_their_number() -> None:
    file = docx.Document()
    for text in ("总体情况", "其他"):
        file.add_paragraph(text, style="List Number")
    assert document(Source(saved(file))).text == "1.总体情况\n2.其他"


def test_number_that_word_2003_says_stands() -> None:
    xml = ('<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
           'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><w:p><w:pPr><w:listPr>'
           '<w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr><w:r><w:t>总体情况</w:t>'
           "</w:r></w:p></w:body></w:wordDocument>")
    assert document(Source(xml.encode(), name="a.doc")).text == "一、总体情况"


def test_chapters_that_word_counts_are_sections() -> None:
    one = paper(Random(3), "2021")
    (report,) = read(Source(as_docx(one, is_numbered=True)))
    assert faults(one, report) == []
    assert [section.title[:2] for section in report.sections] == ["一、", "二、", "三、", "四、", "五、", "六、"]


@pytest.mark.parametrize(("count", "style", "text"), [
    (10, "chineseCounting", "十"), (20, "japaneseCounting", "二十"), (21, "chineseCounting", "二十一"),
    (100, "chineseCounting", "100"), (27, "upperLetter", "27"), (9, "upperRoman", "IX"),
    (7, "ideographTraditional", "庚"),
])
def test_numbers_as_lists_write_them(count: int, style: str, text: str) -> None:
    assert written(count, style) == text
