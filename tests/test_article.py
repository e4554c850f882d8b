"""The prose of a page is what trafilatura makes of it, with its headline, without its menus."""

import pytest
import trafilatura

from bench import corpus
from parsers import Source
from parsers.reading import document

MENU = "".join(f"<li><a href='/c/{i}'>第{i}个栏目</a></li>" for i in range(40))
SENTENCE = "全年第{}季度，我局按照规定登记、审核并答复群众提出的申请，全部在期限内办结，群众表示满意。"
PROSE = [SENTENCE.format(i) for i in range(1, 9)]


def page(body: str) -> Source:
    return Source(f"<html><head><title>样例县民政局</title></head><body><div class='menu'><ul>{MENU}</ul></div>"
                  f"<div class='article'>{body}</div><div class='footer'>版权所有 样例县</div></body></html>".encode())


def test_menus_and_footers_are_no_prose_and_the_headline_is() -> None:
    title = "样例县民政局2023年政府信息公开工作年度报告"
    opened = document(page(f"<h1>{title}</h1><p>发布时间：2024-01-20</p>" + "".join(f"<p>{p}</p>" for p in PROSE)))
    assert "第7个栏目" not in opened.text
    assert [line for line in opened.text.splitlines() if line in PROSE] == PROSE
    assert opened.text.count(title) == 1
    assert "2024-01-20" in opened.text


@pytest.mark.parametrize("number", range(5))
def test_trafilatura_and_we_keep_the_same_paragraphs(number: int) -> None:
    markup = corpus.report(number)
    theirs = (trafilatura.extract(markup, include_tables=False, deduplicate=False) or "").splitlines()
    ours = document(Source(markup.encode())).text
    kept = [line for line in theirs if line in ours]
    assert len(theirs) > 30
    assert len(kept) >= 0.99 * len(theirs)


def test_trafilatura_is_asked_and_not_the_fallback(caplog: pytest.LogCaptureFixture) -> None:
    document(page("".join(f"<p>{p}</p>" for p in PROSE)))
    assert [r for r in caplog.records if r.name.startswith("trafilatura") and r.levelname in ("ERROR", "WARNING")] == []


ODD = [
    "来自\ue06f的来信都作了答复，",
    "按照《办法》&amp;lt;第三章&amp;gt;的规定办理，",
    "编号&amp;#" + "9" * 5000 + ";的事项已经办结，",
    "甲\u2424乙两处窗口照常开放，",
    "\x7f标有记号&amp;符号\x0b的事项全部公开，",
]


@pytest.mark.parametrize("odd", ODD)
def test_no_line_is_lost_for_its_odd_characters(odd: str) -> None:
    opened = document(page("".join(f"<p>{p}</p>" for p in [*PROSE[:4], odd + PROSE[4], *PROSE[5:]])))
    assert "第7个栏目" not in opened.text
    assert [line for line in opened.text.splitlines() if line in PROSE] == [*PROSE[:4], *PROSE[5:]]
    assert any(line.endswith(PROSE[4]) for line in opened.text.splitlines())
