"""Sums of local tables, by their labels."""

from collections.abc import Mapping, Sequence

import pytest

from parsers import read
from parsers.model import Cell, Report, Source
from parsers.numbers import number
from parsers.tallies import failed, tallies

SHEET = {
    "主动公开信息数 / 条": "339", "其中：全文电子化的主动公开信息数 / 条": "300",
    "属于国家秘密的公文类信息数 / 条": "8",
    "申请总数 / 条": "12", "当面申请数 / 条": "3", "传真申请数 / 条": "0", "电子邮件申请数 / 条": "2",
    "网上申请数 / 条": "4", "信函申请数 / 条": "3", "其他形式申请数 / 条": "0",
    "对申请的答复总数 / 条": "12", "同意公开答复数 / 条": "6", "同意部分公开答复数 / 条": "1",
    "否决公开答复总数 / 条": "5",
    "非《规定》所指政府信息数 / 条": "1", "信息不存在数 / 条": "2", "非本部门掌握数 / 条": "1",
    "申请内容不明确数 / 条": "0",
    "免予公开范围1 / 条": "1", "免予公开范围2 / 条": "0", "其它原因 / 条": "0", "行政复议数 / 件": "1",
    "收取费用总数 / 元": "40", "检索费 / 元": "10", "邮寄费 / 元": "30", "复制费（纸张） / 元": "0",
    "政府信息公开指定专职人员数 / 人": "5", "全职人员数 / 人": "2", "兼职人员数 / 人": "3", "专项费 / 万元": "1",
}


def cells(given: Mapping[str, str], column: str = "本年累计") -> list[Cell]:
    codes = [Cell("local", row, "代码", number(str(n)).value, str(n), number(str(n)).kind, "")
             for n, row in enumerate(given, 1)]
    return codes + [Cell("local", row, column, number(raw).value, raw, number(raw).kind, "")
                    for row, raw in given.items()]


def judged(given: Mapping[str, str], mode: str = "strict") -> dict[str, str]:
    return {c.rule: c.status for c in tallies(cells(given)) if c.mode == mode}


def test_the_sums_of_the_sheet_hold() -> None:
    assert judged(SHEET) == dict.fromkeys(("local_requests_by_channel", "local_replies", "local_refused", "local_fees",
                                           "local_staff", "local_electronic"), "pass")


def test_other_codes_and_other_order_of_columns_change_nothing() -> None:
    renumbered = {f"{row.split(' / ')[0]}": raw for row, raw in SHEET.items()}
    assert judged(renumbered) == judged(SHEET)


def test_a_version_in_which_the_first_reasons_stand_beside_refusal() -> None:
    beside = SHEET | {"否决公开答复总数 / 条": "1"}  # 6 + 1 + 1 and 1 + 2 + 1 beside them are the 12 replies
    assert judged(beside)["local_replies"] == judged(beside)["local_refused"] == "pass"


@pytest.mark.parametrize(("row", "rule"), [
    ("当面申请数 / 条", "local_requests_by_channel"), ("同意公开答复数 / 条", "local_replies"),
    ("免予公开范围2 / 条", "local_refused"), ("邮寄费 / 元", "local_fees"), ("兼职人员数 / 人", "local_staff"),
])
def test_a_wrong_part_fails_and_is_told(row: str, rule: str) -> None:
    wrong = SHEET | {row: "77"}
    assert [r for r, status in judged(wrong).items() if status == "fail"] == [rule]
    assert [p.code for p in failed(tallies(cells(wrong)))] == ["sum_fails"]


def test_a_blank_is_not_zero_unless_it_is_taken_for_it() -> None:
    blank = SHEET | {"传真申请数 / 条": ""}
    assert judged(blank)["local_requests_by_channel"] == "not_assessable"
    assert judged(blank, "blank_as_zero")["local_requests_by_channel"] == "pass"


def test_soft_limits_make_no_problem() -> None:
    month = cells({"主动公开信息数": "400"}, "本期实际") + cells({"主动公开信息数": "339", "全文电子化": "340"})
    found = tallies(month)
    assert {(c.rule, c.status) for c in found} == {("local_electronic", "fail"), ("local_year_to_date", "fail")}
    assert failed(found) == ()


def test_a_report_with_a_sheet_of_its_own_has_its_sums_checked() -> None:
    rows = "".join(f"<tr><td>{row.split(' / ')[0]}</td><td>{n:02}</td><td>{raw}</td></tr>"
                   for n, (row, raw) in enumerate((SHEET | {"网上申请数 / 条": "5"}).items(), 1))
    page = ("<html><head><title>沙河子市水务局2010年政府信息公开工作年度报告</title></head><body>"
            "<h1>沙河子市水务局2010年政府信息公开工作年度报告</h1><p>一、概述</p><p>2010年，我局共主动公开政府信息339条，受理申请12件，均已按时答复。</p>"
            "<p>二、依申请公开情况</p><p>数字见附表，各项工作按计划开展，没有收到投诉，今后将继续改进工作。</p>"
            "<p>三、复议、诉讼情况</p><p>全年没有发生。</p><p>四、主要问题和改进措施</p><p>目录不全，将予补充。</p>"
            f"<table><tr><td>指标名称</td><td>代码</td><td>本年累计</td></tr>{rows}</table></body></html>")
    (report,) = read(Source(page.encode()))
    assert report.edition == "local"
    assert {c.rule: c.status for c in report.checks if c.mode == "strict" and c.rule.startswith("local")} == (
        judged(SHEET) | {"local_requests_by_channel": "fail"})
    assert [p.code for p in report.problems if p.code == "sum_fails"] == ["sum_fails"]


HEAD = ("指标名称", "计量单位", "代码", "本期实际", "本年累计")
ROWS = (
    ("主动公开信息数", "条", "01", "12", "339"), ("其中：全文电子化的主动公开信息数", "条", "02", "12", "300"),
    ("申请总数", "条", "10", "3", "12"), ("当面申请数", "条", "11", "1", "3"), ("传真申请数", "条", "12", "", "0"),
    ("网上申请数", "条", "14", "2", "9"), ("对申请的答复总数", "条", "17", "3", "12"),
    ("同意公开答复数", "条", "18", "2", "9"), ("否决公开答复总数", "条", "20", "1", "3"),
    ("行政复议数", "件", "32", "", ""), ("专项费", "万元", "40", "0.5", "1.2"),
)


def sheet(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Report:
    """A report of 2010 with a sheet of indicators."""
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (head, *rows) if row)
    (report,) = read(Source((
        "<h1>沙河子市水务局2010年政府信息公开年度报告</h1><p>一、概述</p><p>2010年，我局主动公开政府信息339条，受理申请12件。</p>"
        f"<p>二、主动公开政府信息情况</p><p>网站公开300条。</p><p>三、依申请公开政府信息情况</p><table>{table}</table>"
        "<p>四、复议、诉讼情况</p><p>没有。</p><p>五、主要问题和改进措施</p><p>目录不全，将予补充。</p>").encode()))
    return report


def values(report: Report) -> dict[tuple[str, str], object]:
    """(label, caption) → value, or the kind where there is none."""
    return {(c.row.split(" / ")[0], c.column): c.value if c.value is not None else str(c.kind) for c in report.cells}


def test_a_code_is_no_figure_and_two_periods_stay_two_columns() -> None:
    found = values(sheet(ROWS))
    assert found["申请总数", "代码"] == "text"
    assert (found["申请总数", "本期实际"], found["申请总数", "本年累计"]) == (3, 12)
    assert (found["传真申请数", "本期实际"], found["行政复议数", "本年累计"]) == ("blank", "blank")
    assert found["专项费", "本年累计"] == 12_000
    assert not [c for c in sheet(ROWS).cells if c.value is not None and c.column == "代码"]
    assert {c.rule for c in sheet(ROWS).checks if c.status == "pass" and c.scope == "local/本年累计"} >= {
        "local_requests_by_channel", "local_replies", "local_electronic"}


@pytest.mark.parametrize("order", [(2, 0, 1, 3, 4), (0, 2, 1, 3, 4), (0, 1, 4, 2, 3)])
def test_codes_stand_in_any_column(order: tuple[int, ...]) -> None:
    moved = sheet([[row[i] for i in order] for row in ROWS], [HEAD[i] for i in order])
    assert values(moved) == values(sheet(ROWS))


def test_codes_without_captions_are_known_by_their_zeros() -> None:
    found = values(sheet(ROWS, ()))
    assert found["申请总数", "column 3"] == "text" and found["申请总数", "column 5"] == 12


def test_a_sheet_in_two_halves_ties_each_figure_to_its_own_label() -> None:
    halves = [(*ROWS[i], *ROWS[i + 5]) for i in range(5)]
    assert values(sheet(halves, HEAD * 2)) == values(sheet(ROWS[:10]))
