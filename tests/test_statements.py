"""What a report says of itself: prose against tables in the shapes of real cases, parts, periods, contradictions."""

import pytest

from parsers.claims import claims
from parsers.figures import tellings
from parsers.forms import form
from parsers.model import Cell, Check
from parsers.numbers import number
from parsers.sections import sections
from parsers.statements import contradictions, statements

SIX = "".join(f"{n}、{title}\n平稳。\n" for n, title in zip("一二三四五六", (
    "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况",
    "存在的主要问题及改进情况", "其他需要报告的事项"), strict=True))


def cells(edition: str = "2021", **given: str) -> list[Cell]:
    """A form of zeros, `row="raw"` in its column of totals; `table__row__column="raw"` elsewhere."""
    result = []
    for c in form(edition).cells:
        raw = given.get(c.row if c.column in ("total", "value") else "", "") or given.get(
            f"{c.table}__{c.row}__{c.column}", "0")
        result.append(Cell(c.table, c.row, c.column, number(raw).value, raw, number(raw).kind, c.unit))
    return result


def judged(text: str, held: list[Cell], title: str = "", year: int | None = 2024) -> set[tuple[str, str, str]]:
    told = tellings(text, sections(text), year)
    found: tuple[Check, ...] = (*claims([t.figure for t in told], held),
                                *statements(text, sections(text), title, year, told, held))
    return {(c.rule, c.scope, c.status) for c in found if c.mode == "strict"}


CASES = [
    ("handled = new = total", "这一年共办理依申请公开信息9条。", {"received_new": "9", "result_total": "9"},
     {("text_requests", "handled/received_new|received_and_carried_over|result_total", "pass")}),
    ("suits after review, dismissals counted as upheld",
     "处理因政府信息公开引起的争议，行政复议案件3件，其中驳回3件；行政诉讼2件，其中驳回2件。",
     {"reconsideration": "3", "proceedings__reconsideration__upheld": "3", "litigation_after_reconsideration": "2",
      "proceedings__litigation_after_reconsideration__upheld": "2"},
     {("text_proceedings", "reconsideration/total", "pass"),
      ("text_proceedings", "reconsideration_dismissed/total_upheld|total_upheld_and_other_outcome", "pass"),
      ("text_proceedings", "litigation/both|litigation_after_reconsideration", "pass"),
      ("text_proceedings", "litigation_dismissed/both_upheld|both_upheld_and_other_outcome"
       "|litigation_after_reconsideration_upheld|litigation_after_reconsideration_upheld_and_other_outcome", "pass")}),
    ("all results, balanced with both carries",
     "受理政府信息公开申请36件，上年结转7件，予以公开3件、部分公开24件、无法提供12件，结转下年度继续办理4件。",
     {"received_new": "36", "carried_over_in": "7", "disclosed_full": "3", "disclosed_partial": "24",
      "unable_not_held": "12", "result_total": "39", "carried_over_out": "4"},
     {("text_requests", "requests/received_new", "pass"), ("text_results", "carried_over_in/total", "pass"),
      ("text_results", "disclosed_full/total", "pass"), ("text_results", "disclosed_partial/total", "pass"),
      ("text_results", "unable/total", "pass"), ("text_results", "carried_over_out/total", "pass"),
      ("text_balance", "prose", "not_assessable")}),
    ("applicants by kind", "收到政府信息公开申请35件，自然人34件，企业1件，办结32件，结转下年办理3件。",
     {"received_new": "35", "requests__received_new__natural_person": "34",
      "requests__received_new__commercial_enterprise": "1", "result_total": "32", "carried_over_out": "3"},
     {("text_requests", "requests/received_new|received_and_carried_over", "pass"),
      ("text_requests", "handled/result_total", "pass"),
      ("text_natural_person", "natural_person/received_new|received_and_carried_over", "pass"),
      ("text_organizations", "organizations/received_new|received_and_carried_over", "pass"),
      ("text_results", "carried_over_out/total", "pass"), ("text_balance", "prose", "not_assessable")}),
    ("documents in force and repealed", "规范性文件现行有效25件、废止4件。",
     {"disclosure__normative_documents__in_force": "25", "disclosure__normative_documents__repealed": "4"},
     {("text_documents", "normative_documents/in_force/cell", "pass"),
      ("text_documents", "normative_documents/repealed/cell", "pass")}),
    ("documents made, repealed, in force", "制发行政规范性文件6件，废止6件，现行有效49件。",
     {"disclosure__normative_documents__issued": "6", "disclosure__normative_documents__repealed": "6",
      "disclosure__normative_documents__in_force": "48"},
     {("text_documents", "normative_documents/issued/cell", "pass"),
      ("text_documents", "normative_documents/repealed/cell", "pass"),
      ("text_documents", "normative_documents/in_force", "fail")}),
    ("decisions and fees", "作出行政许可决定1234件，行政事业性收费120.5万元。",
     {"disclosure__administrative_licensing__decisions": "1234",
      "disclosure__administrative_fees__fee_amount": "120.5万元"},
     {("text_disclosure", "licensing_decisions/cell", "pass"),
      ("text_disclosure", "administrative_fees/cell", "pass")}),
    ("notices sent are fewer than those unpaid",
     "六、其他需要报告的事项\n发出收费通知1件，总金额300元，实际收取总金额400元。",
     {"other_fee_unpaid": "2"}, {("text_fees", "collected", "fail"), ("text_fees", "unpaid", "fail")}),
]


@pytest.mark.parametrize(("text", "given", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_prose_against_the_tables(text: str, given: dict[str, str], expected: set[tuple[str, str, str]]) -> None:
    assert judged(text, cells(**given)) == expected


def test_the_sheet_of_2014_is_held_against_prose_cell_by_cell() -> None:
    held = cells("2014", channel_wechat="78", staff_full_time="2", request_fees="0.12万元", answer_refused="4",
                 disclosed_items="23.3412万")
    text = "主动公开信息23.3万条，微信发布78条，专职人员3名，收取依申请公开信息费用1200元，公开申请中不同意公开4件。"
    assert judged(text, held) == {
        ("text_statistics", "disclosed_items/cell", "pass"), ("text_statistics", "channel_wechat/cell", "pass"),
        ("text_statistics", "staff_full_time", "fail"), ("text_statistics", "request_fees/cell", "pass"),
        ("text_statistics", "refused/cell", "pass"),
    }


@pytest.mark.parametrize(("said", "status"), [
    ("本报告由总体情况、主动公开政府信息情况等六部分组成。", "pass"), ("本年度报告共6个部分。", "pass"),
    ("本报告由概述、主动公开政府信息情况共四个部分组成。", "fail"), ("报告内容包括五项内容。", "fail"),
    ("本报告包括六个方面内容。", "pass"), ("全文共十二部分。", "fail"),
])
def test_parts(said: str, status: str) -> None:
    assert ("text_parts", "introduction", status) in judged(said + "\n" + SIX, [])
    assert ("text_parts", "introduction", status) in judged(said + "\n" + SIX + "附件：统计表\n", [])


@pytest.mark.parametrize(("said", "title", "status"), [
    ("统计期限自2024年1月1日起至2024年12月31日止。", "某县水利局2024年政府信息公开工作年度报告", "pass"),
    ("统计期限自2023年1月1日起至2023年12月31日止。", "某县水利局2024年政府信息公开工作年度报告", "fail"),
    ("統計期限為2024年1月1日至12月31日。", "", "pass"),
])
def test_the_statistic_period(said: str, title: str, status: str) -> None:
    assert judged(said, [], title) == {("text_period", "introduction", status)}


def disputes(text: str, *held: Cell) -> list[str]:
    told = tellings(text, sections(text), 2024)
    found = contradictions(told, held)
    assert {p.code for p in found} <= {"figures_contradict"}
    return [p.detail for p in found]


def test_a_fact_told_with_two_numbers_is_told_with_both_quotes() -> None:
    (detail,) = disputes("一、总体情况\n全年收到政府信息公开申请25件。\n三、申请情况\n共收到政府信息公开申请26件。")
    assert "“全年收到政府信息公开申请25件。”" in detail and "“共收到政府信息公开申请26件。”" in detail
    assert "neither is preferred" in detail
    (again,) = disputes("收到政府信息公开申请二十五件。共收到政府信息公开申请26件。", *cells(received_new="25"))
    assert "二十五件" in again and "26件" in again


@pytest.mark.parametrize("text", [
    "收到政府信息公开申请25件。共收到政府信息公开申请二十五件。",                      # the same number
    "收到政府信息公开申请36件，上年结转7件。全年共收到申请43件。",                      # with last year's
    "全市收到政府信息公开申请25件，市本级收到政府信息公开申请12件。",                   # of another reach
    "主动公开信息339条。财政方面主动公开信息12条。",                                # a whole and a part
    "2023年收到政府信息公开申请20件。2024年收到政府信息公开申请25件。",                # of two years
    "主动公开信息23.3万条，全年共主动公开信息233412条。",                           # one is rounded
    "举办培训班2期。举办培训班3期。政务公开。",                                      # events here and there
])
def test_what_only_seems_to_contradict(text: str) -> None:
    assert disputes(text) == []


def test_numbers_that_the_tables_explain_do_not_contradict() -> None:
    text = "收到政府信息公开申请36件。共收到政府信息公开申请43件。"
    assert disputes(text, *cells(received_new="36", carried_over_in="7")) == []
    assert len(disputes(text, *cells(received_new="36", carried_over_in="6"))) == 1
