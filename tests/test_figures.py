"""Figures told in prose, each with its words, and what they are held against."""

from decimal import Decimal

import pytest

from parsers.claims import claims
from parsers.figures import figures, tellings
from parsers.forms import form
from parsers.model import Cell, Check, Kind
from parsers.numbers import number
from parsers.sections import sections
from parsers.statements import statements


def told(text: str, year: int | None = 2024) -> dict[str, int]:
    return {f.key: int(f.value or 0) for f in figures(text, sections(text), year)}


@pytest.mark.parametrize(("text", "expected"), [
    ("这一年全局办理依申请公开信息9条，都在期限之内。", {"requests_handled": 9}),
    ("各县区收到政府信息公开申请25件。", {"requests_received": 25}),
    ("我局收到申请31件，都作了答复。", {"requests_received": 31}),
    ("这一年有31件申请，都作了答复。", {"requests_received": 31}),
    ("共收到１２件政府信息公开申请。", {"requests_received": 12}),
    ("新收政府信息公开申请1,339宗。", {"requests_received": 1339}),
    ("本年受理政府信息公開申請1.2万件。", {"requests_received": 12000}),
    ("本年受理政府信息公开申请36件，上年结转7件，其中予以公开3件、部分公开24件、无法提供12件，结转下年度继续办理4件。",
     {"requests_received": 36, "carried_over_in": 7, "disclosed_full": 3, "disclosed_partial": 24, "unable": 12,
      "carried_over_out": 4}),
    ("收到政府信息公开申请35件，自然人34件，企业1件，办结32件，结转下年办理3件。",
     {"requests_received": 35, "requests_natural_person": 34, "requests_organizations": 1, "requests_handled": 32,
      "carried_over_out": 3}),
    ("制发行政规范性文件6件，废止6件，现行有效49件。",
     {"normative_documents_issued": 6, "normative_documents_repealed": 6, "normative_documents_in_force": 49}),
    ("现行有效规章25件，废止4件。", {"regulations_in_force": 25, "regulations_repealed": 4}),
    ("四、政府信息公开行政复议、行政诉讼情况\n行政复议案件3件；行政诉讼2件。", {"reconsideration": 3, "litigation": 2}),
    ("全年主动公开政府信息339条。", {"disclosed_items": 339}),
    ("未收到依申请公开事项。", {"requests_received": 0}),
    ("没有公民、法人和其他组织向我局申请公开政府信息。", {"requests_received": 0}),
    ("本年度没有任何单位和个人向我镇提出申请公开政府信息的要求。", {"requests_received": 0}),
    ("全年未收到申请公开政府信息的申请，无结转下年度继续办理的申请。", {"requests_received": 0, "carried_over_out": 0}),
    ("无依申请公开情况。", {"requests_received": 0}),
    ("三、收到和处理政府信息公开申请情况\n逾期不补正、行政机关不再处理1件，逾期未按收费通知要求缴纳费用、行政机关不再处理0件。",
     {"other_no_correction": 1, "other_fee_unpaid": 0}),
    ("收到政府信息公开申请420件，其中市级部门收到120件，县区收到申请300件。", {"requests_received": 420}),
    ("全年办理行政复议案件120件，涉及政府信息公开的行政复议3件。", {"reconsideration": 3}),
    ("收到政府信息公开申请12件，2023年结转1件，结转2025年办理2件。",
     {"requests_received": 12, "carried_over_in": 1, "carried_over_out": 2}),
])
def test_what_prose_tells(text: str, expected: dict[str, int]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", [
    "2023年收到政府信息公开申请20件。",                  # another year's
    "自条例施行以来累计收到政府信息公开申请900件。",      # many years'
    "与上年收到申请20件相比略有增加。",
    "其中下属单位收到申请3件。",                         # a part
    "受理行政许可申请1234件，办结1234件。",              # other business
    "全年办理行政复议案件300件，出庭应诉20次。",
    "处理各类信访事项56件，政府信息公开申请人12人。",
    "收到政府信息公开申请余件，共  件。",                # a placeholder left
    "收到政府信息公开申请30余件。",                      # no exact number
    "其中市级部门收到政府信息公开申请120件，县区收到申请300件。",
    "局机关收到政府信息公开申请12件，局属单位收到申请3件。",
    "2022年结转政府信息公开申请2件。",                    # not last year's
    "收到政府信息公开申请1 2件，行政复议、行政诉讼政府信息公开类1 2件行政复议。",  # 12, or two numbers
])
def test_what_it_does_not_tell(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(("issuer", "text", "expected"), [
    ("和县水利局", "全省共收到政府信息公开申请5.6万件，我局收到政府信息公开申请12件。", [12]),
    ("和县水利局", "县政府收到政府信息公开申请56件，我局收到政府信息公开申请3件。", [3]),
    ("和县水利局", "全县共收到政府信息公开申请56件。", []),
    ("和县水利局", "省水利厅收到政府信息公开申请99件。", []),
    ("和县水利局", "我县各部门共收到政府信息公开申请56件。", []),
    ("和县水利局", "安徽省和县水利局收到政府信息公开申请4件。", [4]),
    ("和县人民政府", "全县共收到政府信息公开申请56件，全省收到政府信息公开申请9万件。", [56]),
    ("和县人民政府办公室", "全县共收到政府信息公开申请56件。", [56]),
    ("和县历阳镇", "全镇共收到政府信息公开申请2件，全县收到政府信息公开申请56件。", [2]),
    ("芜湖经济技术开发区管委会", "全区共收到政府信息公开申请2件。", [2]),
    ("", "全县共收到政府信息公开申请56件。", [56]),
])
def test_totals_of_others_and_of_wider_areas_are_not_the_body_s(issuer: str, text: str, expected: list[int]) -> None:
    assert [int(t.figure.value or 0) for t in tellings(text, (), 2024, issuer)] == expected


def test_a_figure_keeps_its_words_and_its_chapter() -> None:
    text = "一、总体情况\n工作平稳。\n三、收到和处理政府信息公开申请情况\n今年收到申請２５件，均已办结。其余从略。"
    (figure,) = figures(text, sections(text), 2024)
    assert (figure.raw, figure.quote) == ("25件", "今年收到申請２５件，均已办结。")
    assert figure.place == "三、收到和处理政府信息公开申请情况"


def cells(edition: str = "2021", **given: str) -> list[Cell]:
    """A form of zeros, `row="raw"` in its column of totals; `disclosure__row__column="raw"` elsewhere."""
    result = []
    for c in form(edition).cells:
        raw = given.get(c.row if c.column == "total" else f"{c.table}__{c.row}__{c.column}", "0")
        result.append(Cell(c.table, c.row, c.column, number(raw).value, raw, number(raw).kind, c.unit))
    return result


def judged(text: str, held: list[Cell], mode: str = "strict") -> dict[str, tuple[str, str]]:
    told = tellings(text, sections(text), 2024)
    found: tuple[Check, ...] = (*claims([t.figure for t in told], held),
                                *statements(text, sections(text), "", 2024, told, held))
    return {c.rule: (c.scope, c.status) for c in found if c.mode == mode}


@pytest.mark.parametrize(("said", "scope"), [
    (36, "requests/received_new"), (43, "requests/received_and_carried_over"), (39, "requests/result_total"),
    (27, "requests/disclosed_full_and_partial"),
])
def test_which_of_the_possible_cells_the_prose_meant(said: int, scope: str) -> None:
    held = cells(received_new="36", carried_over_in="7", disclosed_full="3", disclosed_partial="24",
                 unable_not_held="12", result_total="39", carried_over_out="4")
    assert judged(f"本年收到政府信息公开申请{said}件。", held)["text_requests"] == (scope, "pass")


def test_cells_that_say_the_same_are_all_named() -> None:
    held = cells(received_new="9", result_total="9", disclosed_full="9")
    scope, status = judged("共办理依申请公开信息9条。", held)["text_requests"]
    assert status == "pass" and scope.removeprefix("handled/").split("|") == [
        "received_new", "received_and_carried_over", "result_total", "disclosed_full_and_partial"]


def test_a_number_that_no_cell_gives_fails_and_with_a_blank_it_cannot_be_told() -> None:
    said = "共收到政府信息公开申请52件。"
    assert judged(said, cells(received_new="25", result_total="25"))["text_requests"] == ("requests", "fail")
    blank = cells(received_new="25", carried_over_in="", result_total="25")
    assert judged(said, blank)["text_requests"] == ("requests", "not_assessable")
    assert judged(said, blank, "blank_as_zero")["text_requests"] == ("requests", "fail")


def test_none_told_is_not_met_by_a_part_that_is_none() -> None:
    refused = cells(received_new="5", refused_state_secret="5", result_total="5")
    assert judged("未收到政府信息公开申请。", refused)["text_requests"] == ("requests", "fail")
    assert judged("未收到政府信息公开申请。", cells())["text_requests"][1] == "pass"
    none, sued = "四、行政复议、行政诉讼情况\n无行政诉讼。", cells(litigation_direct="1")
    assert judged(none, sued)["text_proceedings"] == ("litigation", "fail")
    assert judged(none, cells())["text_proceedings"] == ("litigation/both", "pass")


def test_results_suits_and_documents_are_compared_too() -> None:
    held = cells(carried_over_in="7", unable_not_held="10", unable_unclear="2", reconsideration="3",
                 litigation_after_reconsideration="2", disclosure__normative_documents__in_force="49")
    assert judged("依申请公开中，无法提供12件。", held)["text_results"] == ("unable/total", "pass")
    suits = judged("四、行政复议、行政诉讼情况\n行政诉讼2件。", held)["text_proceedings"]
    assert suits == ("litigation/both|litigation_after_reconsideration", "pass")
    assert judged("现行有效规范性文件48件。", held)["text_documents"] == ("normative_documents/in_force", "fail")


def test_prose_that_balances_in_itself() -> None:
    whole = "受理政府信息公开申请36件，上年结转7件，办结39件，结转下年度继续办理4件。"
    assert judged(whole, [])["text_balance"] == ("prose", "pass")
    short = "收到政府信息公开申请35件，办结32件，结转下年办理3件。"
    assert judged(short, [])["text_balance"] == ("prose", "not_assessable")
    assert judged(short, [], "blank_as_zero")["text_balance"] == ("prose", "pass")
    assert judged(whole.replace("39", "38"), [])["text_balance"] == ("prose", "fail")


def test_the_number_of_parts_that_the_introduction_names() -> None:
    chapters = "".join(f"{n}、{title}\n平稳。\n" for n, title in zip("一二三四五六", (
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况",
        "存在的主要问题及改进情况", "其他需要报告的事项"), strict=True))
    assert judged(f"本报告分六个部分。\n{chapters}", [])["text_parts"] == ("introduction", "pass")
    assert judged(f"本年度报告由总体情况等四部分组成。\n{chapters}", [])["text_parts"] == ("introduction", "fail")
    assert "text_parts" not in judged(f"本报告第一部分为概述。\n{chapters}", [])


def test_the_old_sheet_is_compared_too() -> None:
    held = [Cell("statistics", "requests_received", "value", Decimal(12), "12", Kind.NUMBER, "件")]
    assert judged("共收到申请12件。", held)["text_requests"] == ("requests/requests_received", "pass")


def test_lines_without_an_end_cost_no_time() -> None:
    for piece in ("印发共", "收到公开", "共", "1", "现行有效规章", "申请1,", "报告由"):
        assert told(piece * 100_000) == {}
        assert statements(piece * 100_000, (), "", None, (), ()) == ()
