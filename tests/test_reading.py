"""From bytes to reports: editions by labels, mixed and local tables, two reports on a page, hidden reports, prose."""

import json
import random
import re
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal
from urllib.parse import quote

import pytest

from parsers import read, second
from parsers.checks import checks
from parsers.fill import fill
from parsers.forms import form
from parsers.html import document
from parsers.model import Grid, Kind, Report, Source
from parsers.text import decode
from tests import rendering
from tests.rendering import Sheet

RNG = random.Random(11)


def _page(sheet: Sheet, layout: str = "html:plain", tables: tuple[str, ...] = ()) -> str:
    kept = [t for t in form(sheet.edition).tables if not tables or t.key in tables]
    return rendering.whole(
        [(t.key, rendering.markup(RNG, rendering.boxes(sheet, t), layout)) for t in kept], layout, ""
    )


def _read(text: str, **about: str) -> tuple[Report, ...]:
    return read(Source(text.encode(), **about))


def _values(report: Report) -> dict[tuple[str, str, str], Decimal | None]:
    return {(c.table, c.row, c.column): c.value for c in report.cells}


@pytest.mark.parametrize("edition", ["2014", "2019", "2021"])
def test_the_edition_is_told_by_labels_not_by_the_year(edition: str) -> None:
    sheet = rendering.report(RNG, edition)
    (report,) = _read(_page(sheet).replace("2020", "2023"))
    assert (report.is_report, report.edition, report.report_year) == (True, edition, 2023)
    assert _values(report) == sheet.values


def test_mixed_editions_are_both_read_and_told() -> None:
    old, new = rendering.report(RNG, "2019"), rendering.report(RNG, "2021")
    body = _page(old, tables=("disclosure",)).split("</body>")[0]
    (report,) = _read(body + _page(new, tables=("requests", "proceedings")).split("<body>")[1])
    assert report.edition == "2019" and "mixed_editions" in {p.code for p in report.problems}
    found = _values(report)
    assert len(found) == len(report.cells)
    assert found["disclosure", "regulations", "newly_made"] == old.values["disclosure", "regulations", "newly_made"]
    for row in ("other_no_correction", "other_fee_unpaid", "other_other"):
        assert found["requests", row, "total"] == new.values["requests", row, "total"]


def test_the_one_row_of_other_results_in_a_form_of_2021_is_the_older_forms() -> None:
    new, old = rendering.report(RNG, "2021"), rendering.report(RNG, "2019")
    body = _page(new, tables=("disclosure",)).split("</body>")[0]
    (report,) = _read(body + _page(old, tables=("requests", "proceedings")).split("<body>")[1])
    assert report.edition == "2021" and "mixed_editions" in {p.code for p in report.problems}
    assert _values(report)["requests", "other_all", "total"] == old.values["requests", "other_all", "total"]
    assert not report.leftovers


def test_local_tables_are_kept_by_label() -> None:
    rows = [
        ("指标名称", "计量单位", "代码", "本年累计"),
        ("主动公开信息数", "条", "01", "339"),
        ("其中：全文电子化", "条", "02", "300"),
        ("申请总数", "条", "10", "12"),
        ("同意公开答复数", "条", "18", "7"),
    ]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    (report,) = _read(
        "<html><head><title>沙河子市水务局2010年政府信息公开工作年度报告</title></head><body><h1>沙河子市水务局2010年政府信息"
        "公开工作年度报告</h1><p>一、概述</p><p>2010年，我局共主动公开政府信息339条，受理申请12件，均已按时答复。</p>"
        "<p>二、主动公开政府信息情况</p><p>网站公开300条，公告栏公开39条，编印简报12期。</p><p>三、依申请公开情况</p>"
        f"<table>{table}</table><p>四、复议、诉讼情况</p><p>全年没有发生行政复议和行政诉讼。</p><p>五、主要问题和改进措施</p><p>目录不全，将予补充。</p></body></html>"
    )
    assert report.edition == "local"
    assert {(c.row.split(" / ")[0], c.column): c.value for c in report.cells}["申请总数", "本年累计"] == 12


def test_two_reports_on_a_page() -> None:
    one, two = rendering.report(RNG, "2021"), rendering.report(RNG, "2021")
    second = _page(two).split("<div class='content'>")[1].replace("沙河子市", "白塔县").replace("2020", "2022")
    reports = _read(_page(one).replace("</body></html>", "") + second)
    assert [r.report_year for r in reports] == [2020, 2022]
    assert [_values(r) for r in reports] == [one.values, two.values]


def test_the_same_tables_twice_are_one_report() -> None:
    sheet = rendering.report(RNG, "2021")
    inner = _page(sheet).split("</p>", 3)[3].split("<div class='footer'>")[0]
    (report,) = _read(_page(sheet).replace("<div class='footer'>", inner + "<div class='footer'>"))
    assert _values(report) == sheet.values and "conflicting_values" not in {p.code for p in report.problems}


def test_a_report_in_a_script_s_string() -> None:
    sheet = rendering.report(RNG, "2021")
    inner = _page(sheet).split("<body>")[1].split("</body>")[0]
    (report,) = _read(
        f"<html><body><div id='app'></div><script>var content = {json.dumps(inner)};</script></body></html>"
    )
    assert report.edition == "2021" and _values(report) == sheet.values


def test_a_report_in_an_answer_of_an_interface() -> None:
    sheet = rendering.report(RNG, "2019")
    inner = _page(sheet).split("<body>")[1].split("</body>")[0]
    (report,) = _read(json.dumps({"code": 200, "data": {"content": inner}}), content_type="application/json")
    assert report.edition == "2019" and _values(report) == sheet.values


def test_a_list_of_articles_is_no_report_even_where_it_quotes_them_whole() -> None:
    sheet = rendering.report(RNG, "2019")
    inner = _page(sheet).split("<body>")[1].split("</body>")[0]
    entry = {"title": "2019年政府信息公开工作年度报告", "url": "/c1/2.shtml", "contentHtml": inner}
    for entries in ([entry], [entry, entry | {"url": "/c1/3.shtml"}]):
        (report,) = _read(json.dumps({"data": {"total": 2, "results": entries}}), content_type="application/json")
        assert not report.is_report and not report.cells
    article = {"content": inner, "attachment": [{"name": "年度报告.pdf", "url": "/a.pdf"}]}
    (report,) = _read(json.dumps(article), content_type="application/json")
    assert _values(report) == sheet.values


def test_an_inner_page_given_in_place() -> None:
    sheet = rendering.report(RNG, "2021")
    srcdoc = _page(sheet).replace("&", "&amp;").replace('"', "&quot;")
    (report,) = _read(f'<html><body><iframe srcdoc="{srcdoc}"></iframe></body></html>')
    assert report.edition == "2021" and _values(report) == sheet.values


def test_prose_and_tables_stand_in_order() -> None:
    found = document(Source(_page(rendering.report(RNG, "2021")).encode()))
    order = ["grid" if isinstance(b, Grid) else b.split("\n")[-1][:2] for b in found.blocks]
    assert order == ["二、", "grid", "三、", "grid", "四、", "grid", "无。"]
    assert all(line in found.text for line in (*rendering.BEFORE, *rendering.AFTER))


def test_sections_of_a_report() -> None:
    (report,) = _read(_page(rendering.report(RNG, "2021")))
    assert [s.key for s in report.sections] == [
        "overview",
        "disclosure",
        "requests",
        "proceedings",
        "problems",
        "other",
    ]


def test_a_page_that_is_no_report() -> None:
    (report,) = _read("<html><body><p>关于开展春季植树活动的通知</p></body></html>")
    assert (report.is_report, report.edition, report.cells) == (False, None, ())


def test_an_interpretation_with_the_words_of_a_report_is_none() -> None:
    (report,) = _read(
        "<html><head><title>《政府信息公开工作年度报告格式》解读</title></head><body><h1>《政府信息公开工作年度报告格式》解读"
        "</h1><p>为便于各单位编制年度报告，现将格式的有关要求解读如下。</p></body></html>"
    )
    assert report.is_report is False


def test_lossy_bytes_of_a_report_are_told() -> None:
    sheet = rendering.report(RNG, "2021")
    (report,) = read(Source(_page(sheet).encode() + b"<p>\xff\xfe\xfa</p>"))
    assert "decoding_lossy" in {p.code for p in report.problems} and _values(report) == sheet.values


def test_a_failed_sum_is_laid_to_the_source_where_all_readings_agree() -> None:
    sheet = rendering.report(RNG, "2019")
    sheet.printed["requests", "result_total", "total"] = "987654"
    (report,) = _read(_page(sheet))
    faults = [p.detail for p in report.problems if p.code == "sum_fails"]
    assert faults and all("likely the source's" in detail for detail in faults)
    assert "readings_differ" not in {p.code for p in report.problems}


def test_a_failed_sum_is_laid_to_the_reading_where_readings_differ() -> None:
    """The first reading is seeded with a slip: two values of a row changed places."""
    sheet = rendering.report(random.Random(3), "2021")
    grids = document(Source(_page(sheet).encode())).grids
    right = fill("2021", grids)
    total, new = (
        next(c for c in right.cells if (c.row, c.column) == (row, "total")) for row in ("result_total", "received_new")
    )
    slip = {total: replace(total, value=new.value, raw=new.raw), new: replace(new, value=total.value, raw=total.raw)}
    wrong = replace(right, cells=tuple(slip.get(cell, cell) for cell in right.cells))
    assert second.judged("2021", grids, right, checks("2021", right.cells)) == ()
    told = second.judged("2021", grids, wrong, checks("2021", wrong.cells))
    faults = [p.detail for p in told if p.code == "sum_fails"]
    assert faults and all("likely the reading's" in detail for detail in faults)
    assert {p.detail.split(":")[0] for p in told if p.code == "readings_differ"} == {
        "requests/result_total/total", "requests/received_new/total"}


def _spanned(third: str) -> Report:
    """A report whose first row has a cell that claims the row below too, and that row with all its own."""
    sheet = rendering.report(random.Random(3), "2021")
    columns = [column.key for column in form("2021").tables[1].blocks[0].columns]
    for row, printed in (("received_new", "4000004"), ("carried_over_in", "200000" + third)):
        sheet.printed.update({("requests", row, c): n.strip() for c, n in zip(columns, printed, strict=True)})
    page = _page(sheet)
    at = page.index("本年新收政府信息公开申请数量")
    return _read(page[:at] + re.sub(r"<td>4</td>", "<td rowspan=2>4</td>", page[at:], count=1))[0]


def test_a_span_into_a_row_that_has_no_room_for_it_is_a_slip_of_the_page() -> None:
    found = {(c.row, c.column): c.value for c in _spanned("2").cells}
    assert found["carried_over_in", "natural_person"] == found["carried_over_in", "total"] == 2


def test_a_span_into_a_row_with_a_blank_leaves_open_which_values_are_its_own() -> None:
    report = _spanned(" ")
    assert all(c.value is None for c in report.cells if c.row == "carried_over_in")
    assert any(p.code == "values_lost" and "reaches into it" in p.detail for p in report.problems)


def test_a_page_in_mojibake_is_a_report_and_says_so() -> None:
    sheet = rendering.report(RNG, "2021")
    (report,) = _read(_page(sheet).encode("gb18030").decode("latin-1"))
    assert (report.edition, _values(report)) == ("2021", sheet.values)
    assert [p.code for p in report.problems if p.code == "mojibake"] == ["mojibake"]


def test_a_page_whose_tables_alone_are_in_mojibake_is_read() -> None:
    sheet = rendering.report(RNG, "2019")
    page = _page(sheet)
    table = page[page.index("<table"):page.rindex("</table>")]
    (report,) = _read(page.replace(table, table.encode().decode("latin-1")))
    assert _values(report) == sheet.values and "mojibake" in {p.code for p in report.problems}


def test_a_page_of_lost_letters_is_not_silently_no_report() -> None:
    gone = _page(rendering.report(RNG, "2021")).encode("gb18030").decode("utf-8", "replace")
    (report,) = _read(gone)
    assert not report.is_report and [p.code for p in report.problems] == ["decoding_lossy"]


def test_stretches_garbled_inside_words_are_told() -> None:
    page = _page(rendering.report(RNG, "2021")).replace("按时答复申请", "按时答复各。ㄗ灾螀^(qū)的申请")
    (report,) = _read(page)
    assert [p.detail for p in report.problems if p.code == "mojibake"] == ["1 stretches stay garbled, first 'ㄗ'"]


def test_traditional_script_is_kept_as_printed() -> None:
    sheet = rendering.report(RNG, "2021")
    text = str(rendering.TRADITIONAL["s2t"].convert(_page(sheet)))
    (report,) = _read(text)
    assert _values(report) == sheet.values and "主動公開" in report.text


def test_cells_say_where_they_were_read() -> None:
    (report,) = _read(_page(rendering.report(RNG, "2021")))
    assert all(c.place.startswith("table ") for c in report.cells if c.kind is not Kind.MISSING)


def test_a_page_in_gb2312_without_a_word_about_it() -> None:
    text = _page(rendering.report(RNG, "2021"))
    assert decode(text.encode("gb18030"))[0] == text


@pytest.mark.parametrize("menu", ["政务公开", "首页政务公开", "政府信息公开专栏"])
def test_a_menu_on_the_title_s_own_line_is_no_part_of_the_issuer_s_name(menu: str) -> None:
    sheet = rendering.report(RNG, "2021")
    tables = _page(sheet).split("</p>", 3)[3]
    title = "沙河子市水务局2020年政府信息公开工作年度报告"
    head = f"<html><head><title>年报</title></head><body><a href='/'>{menu}</a><b>{title}</b>"
    (report,) = _read(f"{head}<p>一、总体情况</p>{tables}")
    assert (report.issuer, report.title) == ("沙河子市水务局", title)


def test_a_page_with_one_table_of_the_form_says_which_are_not_there() -> None:
    sheet = rendering.report(RNG, "2021")
    (whole,) = _read(_page(sheet))
    assert "part_of_report" not in {p.code for p in whole.problems}
    (page,) = _read(_page(sheet, tables=("proceedings",)).replace("<title>", "<title>Page 8 - "))
    (told,) = (p for p in page.problems if p.code == "part_of_report")
    assert told.detail == "tables not here: disclosure, requests; only proceedings of the form"
    assert {c.kind for c in page.cells if c.table != "proceedings"} == {Kind.MISSING}


def _emptied(edition: str) -> Sheet:
    sheet = rendering.report(random.Random(1), edition)
    sheet.printed = dict.fromkeys(sheet.printed, "")
    return sheet


@pytest.mark.parametrize("layout", [x for x in rendering.LAYOUTS if x != "paragraphs"])
def test_a_form_without_a_single_value_is_a_form_of_blanks(layout: str) -> None:
    for edition in ("2014", "2019", "2021"):
        (report,) = _read(_page(_emptied(edition), layout))
        assert report.edition == edition and {c.kind for c in report.cells} == {Kind.BLANK}
        assert not {p.code for p in report.problems} & {"values_lost", "part_of_report", "missing_cell"}


@pytest.mark.parametrize("between", [" ", "", "</p><p>", "<br>"])
@pytest.mark.parametrize("edition", ["2014", "2019", "2021"])
def test_labels_without_a_table_decide_the_edition_and_the_loss_is_told(edition: str, between: str) -> None:
    sheet = _emptied(edition)
    text = [(t.key, between.join(box.text for row in rendering.boxes(sheet, t) for box in row if box.label))
            for t in form(edition).tables]
    (report,) = _read(rendering.page([(key, f"<p>{labels}</p>") for key, labels in text]))
    assert report.is_report and report.edition == edition
    assert {c.kind for c in report.cells} == {Kind.MISSING} and len(report.cells) == len(sheet.values)
    assert "values_lost" in {p.code for p in report.problems}


def _body(sheet: Sheet) -> str:
    page = _page(sheet)
    return page[page.index("<body>") + 6 : page.index("</body>")]


def _percented(text: str) -> str:
    return "".join(c if c.isalnum() and c < "\x7f" else f"%u{ord(c):04x}" for c in text)


WRITTEN = {
    "unescape": lambda body: f"<script>document.write(unescape('{_percented(body)}'))</script>",
    "decodeURIComponent": lambda body: f"<script>document.write(decodeURIComponent('{quote(body)}'))</script>",
    "atob": lambda body: f"<script>document.write(atob('{b64encode(body.encode()).decode()}'))</script>",
    "data": lambda body: f'<iframe src="data:text/html;base64,{b64encode(body.encode()).decode()}"></iframe>',
    "lines": lambda body: "<script>var s='';" + "".join(
        "s+='" + line.replace("'", "\\'") + "';\n" for line in body.split("\n")) + "</script>",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_report_that_a_script_writes(way: str) -> None:
    sheet = rendering.report(random.Random(5), "2021")
    (report,) = _read(f"<html><body><p>政府信息公开</p>{WRITTEN[way](_body(sheet))}</body></html>")
    assert report.edition == "2021" and _values(report) == sheet.values


def test_what_stands_in_a_comment_is_not_printed() -> None:
    (report,) = _read(f"<p>沙河子市水务局政府信息公开</p><!-- {_body(rendering.report(RNG, '2021'))} -->")
    assert not report.is_report and not report.cells


@pytest.mark.parametrize(("cell", "value"), [
    ("<del>9</del><ins>4</ins>", 4), ("<s>9</s>4", 4), ("<span style='text-decoration: line-through'>9</span>4", 4),
    ("4<sup>1</sup>", 4), ("4①", 4), ("4<sup>注2</sup>", 4), ("<sup>4</sup>", 4), ("①4", None), ("4<sub>2</sub>", 4),
])
def test_notes_and_struck_figures_are_no_part_of_a_value(cell: str, value: int | None) -> None:
    sheet = rendering.report(random.Random(5), "2021")
    sheet.printed["requests", "received_new", "natural_person"] = "4444"
    (report,) = _read(_page(sheet).replace("<td>4444</td>", f"<td>{cell}</td>"))
    assert _values(report)["requests", "received_new", "natural_person"] == value


def test_two_reports_of_different_editions_on_a_page() -> None:
    new, old = rendering.report(random.Random(5), "2021"), rendering.report(random.Random(8), "2019")
    both = _read(f"<html><body>{_body(new)}{_body(old).replace('2020', '2019')}</body></html>")
    assert [(r.edition, r.report_year) for r in both] == [("2021", 2020), ("2019", 2019)]
    assert [_values(r) for r in both] == [new.values, old.values]
