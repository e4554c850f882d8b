"""Pages of reports over several addresses: told as parts, and joined to one report."""

from collections.abc import Mapping
from random import Random

import pytest

import parsers
from parsers.forms import form
from parsers.model import Kind, Report, Source
from tests import split
from tests.archives import html, report, table
from tests.papers import Paper

A = report(5, 2022)
LEAD = "2022年，我局按照条例开展政府信息公开工作，主动公开信息128条。统计期限：2022年1月1日至2022年12月31日。"
TABLES = [table(sheet) for sheet in A.sheets]
CHAPTERS = split.chapters(LEAD, TABLES, "公开形式不够丰富，下一步将加强培训。", "无其他需要报告的事项。", A.issuer)
FOLDER = "http://www.example.gov.cn/nb/"
THREE = CHAPTERS[0], "".join(CHAPTERS[1:3]), "".join(CHAPTERS[3:])
NAMES = ["t20230115_771.html", "t20230115_771_1.html", "t20230115_771_2.html"]
WAYS: dict[str, Mapping[str, str]] = {
    "TRS": split.trs("t20230115_771", A.title, THREE),
    "UCAP": split.trs("content_7710", A.title, THREE, base=1),
    "numbers": split.linked(NAMES, A.title, THREE),
    "next page only": split.linked(["a.html", "b.html", "c.html"], A.title, THREE, numbers=False),
    "numbers from 2": split.linked(["show7710.html", "show7710_2.html", "show7710_3.html"], A.title, THREE),
    "a parameter": split.linked(["show.jsp?id=77", "show.jsp?id=77&page=2", "show.jsp?id=77&page=3"], A.title, THREE),
    "flip-book": split.flipped(A.title, CHAPTERS),
    "menu": split.menu(A.title, CHAPTERS),
}


def read(markup: str | bytes, url: str = "") -> Report:
    body = markup.encode() if isinstance(markup, str) else markup
    (found,) = parsers.read(Source(body, url, "text/html"))
    return found


def joined(pages: Mapping[str, str], folder: str = FOLDER) -> Report:
    return parsers.joined([(n, Source(markup.encode(), folder + name, "text/html"))
                           for n, (name, markup) in enumerate(pages.items(), 1)])


def printed(found: Report) -> dict[tuple[str, str, str], str]:
    return {(c.table, c.row, c.column): c.raw for c in found.cells if c.kind is not Kind.MISSING}


@pytest.mark.parametrize("way", WAYS)
def test_each_page_is_told_as_a_part_and_names_the_others_in_order(way: str) -> None:
    addresses = [FOLDER + name for name in WAYS[way]]
    for address, markup in zip(addresses, WAYS[way].values(), strict=True):
        part = read(markup, address).part
        assert part is not None and part.leaf is not None
        assert part.stem == A.title
        named = [url for _, url in part.leaf.pages]
        assert address in named and [url for url in addresses if url in named] == named
        assert all(number in (0, addresses.index(url) + 1) for number, url in part.leaf.pages)


@pytest.mark.parametrize("way", WAYS)
def test_the_pages_joined_give_the_report_with_every_cell_and_its_page(way: str) -> None:
    found, whole = joined(WAYS[way]), read(html(A))
    assert printed(found) == A.raw
    assert (found.is_report, found.part, found.issuer, found.report_year, found.edition) == (
        True, None, whole.issuer, 2022, "2021")
    assert [s.key for s in found.sections] == ["overview", "disclosure", "requests", "proceedings", "problems", "other"]
    assert not {"part_of_report", "missing_cell"} & {p.code for p in found.problems}
    pages = {c.table: c.place.split(",")[0] for c in found.cells}
    names = list(WAYS[way].values())
    for n, key in enumerate(("disclosure", "requests", "proceedings")):
        assert TABLES[n] in names[int(pages[key].removeprefix("page ")) - 1]


@pytest.mark.parametrize("way", WAYS)
def test_heads_and_pagers_stand_once_in_the_joined_text(way: str) -> None:
    text = joined(WAYS[way]).text
    assert text.count(A.title) == 1 and LEAD in text
    assert "下一页" not in text and "Page 2" not in text


@pytest.mark.parametrize("seed", range(12))
def test_a_table_goes_on_over_the_ends_of_pages(seed: int) -> None:
    rng = Random(seed)
    paper = report(seed, 2020 + seed % 3, edition="2019" if seed % 3 == 0 else "2021")
    tables = [table(sheet) for sheet in paper.sheets]
    texts = split.chapters(LEAD, tables, "公开形式不够丰富。", "无。")
    parts = []
    for text, markup in zip(texts[1:4], tables, strict=True):
        upper, lower = split.cut(markup, rng.randrange(4 if "申请人情况" in markup else 3, markup.count("<tr>")))
        parts += [text.replace(markup, upper), lower]
    found = joined(split.flipped(paper.title, [texts[0], *parts, texts[4] + texts[5]]))
    assert printed(found) == paper.raw
    assert len({c.place.split(",")[0] for c in found.cells}) >= 5


def test_a_page_that_is_not_there_leaves_its_cells_missing_never_blank_or_zero() -> None:
    pages = {n: m for n, m in WAYS["TRS"].items() if n != NAMES[1]}
    found = joined(pages)
    for cell in found.cells:
        assert (cell.kind is Kind.MISSING) == (cell.table != "proceedings") and (cell.value is None or cell.raw)
    assert any(p.code == "part_of_report" for p in found.problems)


@pytest.mark.parametrize(("markup", "holds"), [
    (split.page(f"Page 8 - {A.title}", "<pre>四、政府信息公开行政复议、行政诉讼情况\n结果 结果 其他 尚未 总\n"
                "维持 纠正 结果 审结 计\n0 0 0 0 0</pre>"), ("proceedings",)),
    (split.page(A.title, TABLES[2]), ("table proceedings",)),
    (split.page("", TABLES[1]), ("table requests",)),
    (split.page(A.title, f"<h1>{A.title}</h1>{CHAPTERS[4]}{CHAPTERS[5]}"), ("title", "problems", "other")),
    (split.page(f"Page 1 - {A.title}", f"<h1>{A.title}</h1>"), ("title",)),
])
def test_a_part_alone_says_what_it_holds(markup: str, holds: tuple[str, ...]) -> None:
    found = read(markup)
    assert found.part is not None and found.part.holds == holds
    assert found.is_report == (holds != ("title",))
    assert [p.code for p in found.problems if p.code == "part_of_report"] == ["part_of_report"]
    assert found.edition is None or found.edition in {f for f in ("2019", "2021") if form(f)}


def test_opening_prose_with_a_pager_is_a_part_and_without_one_a_report() -> None:
    first = read(next(iter(WAYS["TRS"].values())), FOLDER + NAMES[0])
    assert first.part is not None and [p.code for p in first.problems] == ["part_of_report"]
    alone = read(split.page(A.title, f"<h1>{A.title}</h1>{CHAPTERS[0]}"), FOLDER + NAMES[0])
    assert alone.is_report and alone.part is None and not alone.problems


def whole(pager: str, url: str = FOLDER + "t20230115_771.html") -> Report:
    return read(html(A).replace(b"</body>", f"<div>{pager}</div></body>".encode()), url)


@pytest.mark.parametrize("pager", [
    '<a href="t20230115_772.html">下一篇</a>',
    '<a href="list_2.html">下一页</a>',
    '<a href="t20230115_772.html">1</a> <a href="t20230115_773.html">2</a>',
    '<script>createPageHTML(7, 0, "index", "html");</script>',
    '<script>createPageHTML(1, 0, "t20230115_771", "html");</script>',
    '<a href="#1">总体情况</a> <a href="#2">主动公开</a> <a href="#3">依申请公开</a> <a href="#5">存在的主要问题</a>',
])
def test_a_whole_report_stays_whole_whatever_pager_stands_beside_it(pager: str) -> None:
    assert whole(pager).part is None


@pytest.mark.parametrize(("title", "text"), [
    ("《水务局2022年政府信息公开工作年度报告》解读", LEAD),
    ("关于做好2022年政府信息公开年度报告编写工作的通知", "各单位：现就有关事项通知如下。" + LEAD),
    ("政府信息公开年报", "<a href='/1.html'>水务局2022年政府信息公开工作年度报告</a>"),
    ("样州市召开政府信息公开培训会", LEAD),
])
def test_other_pages_with_pagers_are_no_parts(title: str, text: str) -> None:
    for pages in (split.trs("t20230115_771", title, (text, "<p>（续）</p>")), split.trs("index", title, (text, text))):
        for name, markup in pages.items():
            found = read(markup, FOLDER + name)
            assert (found.is_report, found.part) == (False, None)


def test_papers_are_what_they_should_be() -> None:
    assert isinstance(A, Paper) and len(A.raw) == 200
