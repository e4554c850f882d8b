"""Each way in which real reports were seen to print a table: the least page that shows it, and what must be read."""

from decimal import Decimal

import pytest

from parsers import local
from parsers.fill import Filling, fill
from parsers.model import Cell, Grid, Kind, Source
from parsers.reading import document

HEAD = "2020年政府信息公开工作年度报告\n"
OPEN = "第二十条第(一)项 |\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
ITEMS = "第二十条第(五)项 |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n"
BUYING = "第二十条第(九)项 |\n信息内容 | 采购项目数量 | 采购总金额 |\n政府集中采购 | "
REQUESTS = (
    "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 |\n"
    "自然人 | 法人或其他组织 | 总计 |\n"
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
)
PROCEEDINGS = (
    "行政复议 | 行政诉讼 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n"
    + "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | " * 2
    + "\n"
)


def _filled(text: str, edition: str = "2019") -> Filling:
    return fill(edition, document(Source((HEAD + text).encode())).grids)


def _row(filling: Filling, row: str) -> list[Decimal | None]:
    return [c.value for c in filling.cells if c.row == row]


def _cell(filling: Filling, row: str, column: str) -> Cell:
    (cell,) = (c for c in filling.cells if (c.row, c.column) == (row, column))
    return cell


AMOUNTS = [
    ("2 | 160.5964万元", "1605964"),
    ("2 | 79000.1元", "79000.1"),
    ("9 | 13.02亿元", "1302000000"),
    ("15 | 6603610.09", "6603610.09"),
    ("2 | 395.721萬元", "3957210"),
    ("1 | 96171.6 万元", "961716000"),
    ("1 | １２.5万元", "125000"),
    ("1 | 1,234.5万元", "12345000"),
]


@pytest.mark.parametrize(("printed", "value"), AMOUNTS)
def test_units_in_the_cell(printed: str, value: str) -> None:
    assert _cell(_filled(BUYING + printed + " |"), "centralized_procurement", "procurement_amount").value == Decimal(
        value
    )


def test_a_unit_in_the_heading() -> None:
    found = _filled(BUYING.replace("采购总金额", "采购总金额(单位:万元)") + "7 | 80592 |")
    assert _cell(found, "centralized_procurement", "procurement_amount").value == Decimal(805920000)
    assert not [p for p in found.problems if p.code == "unit_missing"]


def test_a_unit_in_the_row_s_label_is_that_of_its_amount_alone() -> None:
    found = _filled(BUYING.replace("政府集中采购 |", "政府集中采购（万元） |") + "7 | 80592 |")
    values = {c.column: c.value for c in found.cells if c.row == "centralized_procurement"}
    assert values == {"procurement_items": 7, "procurement_amount": 805_920_000}
    assert not [p for p in found.problems if p.code == "unit_missing"]


def test_an_amount_without_any_unit_is_told() -> None:
    assert [p.code for p in _filled(BUYING + "15 | 6603610.09 |").problems].count("unit_missing") == 1


SIGNS = [
    ("+387", 387),
    ("＋19", 19),
    ("-21", -21),
    ("－21", -21),
    ("减71", -71),
    ("加89", 89),
    ("1228", 1228),
    ("減8", -8),
]


@pytest.mark.parametrize(("printed", "value"), SIGNS)
def test_signs_in_any_script(printed: str, value: int) -> None:
    assert _row(_filled(ITEMS + f"行政许可 | 12 | {printed} | 31 |"), "administrative_licensing") == [12, value, 31]


def test_a_mark_beside_negatives_means_none() -> None:
    found = _filled(ITEMS.replace("(五)", "(六)") + "行政处罚 | 4 | -8 | 9 |\n行政强制 | 4 | 4 | - |")
    assert _row(found, "administrative_penalty") == [4, -8, 9]
    assert _cell(found, "administrative_coercion", "decisions").kind is Kind.NOT_APPLICABLE


def test_slashes_in_one_row_and_zeros_in_another() -> None:
    found = _filled(OPEN + "规章 | / | / | / |\n规范性文件 | 0 | 0 | 0 |")
    assert [c.kind for c in found.cells[:6]] == [Kind.NOT_APPLICABLE] * 3 + [Kind.NUMBER] * 3


def test_blanks_but_for_the_total() -> None:
    found = _filled(REQUESTS + "一、本年新收政府信息公开申请数量 |  |  |  |  |  |  | 0 |")
    cells = [c for c in found.cells if c.row == "received_new"]
    assert [c.kind for c in cells] == [Kind.BLANK] * 6 + [Kind.NUMBER]


def test_a_total_left_blank() -> None:
    found = _filled(REQUESTS + "三、本年度办理结果 | (一)予以公开 | 258 | 12 | 0 | 0 | 1 | 3 |  |")
    assert _row(found, "disclosed_full") == [258, 12, 0, 0, 1, 3, None]
    assert _cell(found, "disclosed_full", "total").kind is Kind.BLANK


def test_cells_dropped_because_they_repeat_are_lost_not_guessed() -> None:
    found = _filled(OPEN + "规章 | 0 |\n规范性文件 | 3 | 1 |\n" + ITEMS + "行政许可 | 5 | 2 |")
    assert not [c for c in found.cells if c.value is not None]
    assert {p.code for p in found.problems} >= {"values_lost", "missing_cell"}


def test_a_row_broken_over_two_lines() -> None:
    assert _row(
        _filled(ITEMS + "行政許可 | 69 | 0\n| 5361 |\n其他對外管理服務事項 | 0 | 0 | 0 |"), "administrative_licensing"
    ) == [69, 0, 5361]


def test_one_of_fifteen_numbers_missing() -> None:
    found = _filled(REQUESTS + "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n\n" + PROCEEDINGS + "0 | " * 14)
    assert _cell(found, "litigation_after_reconsideration", "total").kind is Kind.MISSING
    assert sum(c.table == "proceedings" and c.value == 0 for c in found.cells) == 14


def test_one_of_fifteen_numbers_missing_where_only_the_sums_can_tell() -> None:
    found = _filled(PROCEEDINGS + "3 | 0 | 0 | 0 | 3 | 0 | 1 | 0 | 0 | 1 | 2 | 0 | 0 | 5 | ")
    assert _row(found, "reconsideration") == [3, 0, 0, 0, 3]
    assert _row(found, "litigation_direct") == [0, 1, 0, 0, 1]
    invented = [v for v in _row(found, "litigation_after_reconsideration") if v not in (None, 2, 5, 0)]
    assert not invented and _row(found, "litigation_after_reconsideration").count(None) >= 1


HEADERS = [
    "信息内容 | 本年新 | 本年新 | 对外公开总数量",
    "信息内容 | 本年新制作数量 | 公开数量 | 对外公开总数",
    "信息 内容 | 本年新制作 数量 | 本年 新公开数量（件） | 对外公开总数量(累计)",
    "信息内容 | 本年新制作数 | 本年新公幵数量 | 对外公开总教量",
    "資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量",
]


@pytest.mark.parametrize("header", HEADERS)
def test_headings_cut_abbreviated_explained_or_misprinted(header: str) -> None:
    assert _row(_filled(f"第二十条第(一)项 |\n{header} |\n规章 | 6 | 5 | 18 |"), "regulations") == [6, 5, 18]


LABELS = [
    ("规章 （市政府令）", "regulations"),
    ("規範性檔案", "normative_documents"),
    ("规范性文件（有规范性文件登记号）", "normative_documents"),
    ("行政规范性文件", "normative_documents"),
    ("规范性攵件", "normative_documents"),
    ("规 章", "regulations"),
]


@pytest.mark.parametrize(("label", "row"), LABELS)
def test_labels_with_explanations_typos_and_spaces(label: str, row: str) -> None:
    assert _row(_filled(OPEN + f"{label} | 1 | 2 | 3 |"), row) == [1, 2, 3]


ROWS = [
    ("（三） 不予公开 | １．属于国家秘密", "refused_state_secret"),
    ("三)不予公开 | 6属于四类过程性信息", "refused_deliberative"),
    ('(三)不予公开 | 3.危及"三安全一稳定"', "refused_security_stability"),
    ("(七)總計", "result_total"),
    ("三 、 本 年 度 办 理 结 果 | （一）予以公开", "disclosed_full"),
    ("四、結轉下年度繼續辦理", "carried_over_out"),
    ("(二)部分公开(区分处理的,只计这一情形", "disclosed_partial"),
    ("(六)其他处理", "other_all"),
]


@pytest.mark.parametrize(("label", "row"), ROWS)
def test_row_labels_of_table_three(label: str, row: str) -> None:
    assert _row(_filled(REQUESTS + f"{label} | 1 | 2 | 3 | 4 | 5 | 6 | 21 |"), row) == [1, 2, 3, 4, 5, 6, 21]


def test_a_row_that_no_form_has_is_left_over() -> None:
    found = _filled(OPEN + "规章 | 0 | 0 | 0 |\n其他主動公開檔案 | 186 | 86 | 255 |\n规范性文件 | 1 | 2 | 3 |")
    assert _row(found, "normative_documents") == [1, 2, 3]
    assert [c.value for c in found.leftovers] == [186, 86, 255]
    assert "unknown_row" in {p.code for p in found.problems}


def test_a_new_ground_of_refusal_is_not_taken_for_the_old_one() -> None:
    found = _filled(
        REQUESTS
        + "(三)不予公开 | 9.属于工作秘密 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n(七)总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    )
    assert _row(found, "refused_state_secret") == [None] * 7
    assert len(found.leftovers) == 7


def test_numbers_without_any_heading_are_not_placed() -> None:
    found = _filled("规章 | 1 | 2 | 3 |\n规范性文件 | 4 | 5 | 6 |\n行政许可 | 7 | 8 | 9 |")
    assert not [c for c in found.cells if c.value is not None]
    assert "values_lost" in {p.code for p in found.problems}


def test_a_table_four_without_captions_is_not_placed() -> None:
    found = _filled(OPEN + "规章 | 0 | 0 | 0 |\n\n" + "1 | " * 15)
    assert not [c for c in found.cells if c.table == "proceedings" and c.value is not None]


def test_captions_hold_only_until_another_table_begins() -> None:
    other = "指标 | 甲类 | 乙类 | 丙类 |\n规章 | 7 | 8 | 9 |"
    found = _filled(OPEN + "规范性文件 | 1 | 2 | 3 |\n\n另附统计。\n" + other)
    assert _row(found, "regulations") == [None] * 3
    assert _row(found, "normative_documents") == [1, 2, 3]


def test_captions_in_another_order_carry_their_values() -> None:
    header = "信息内容 | 对外公开总数量 | 本年新制作数量 | 本年新公开数量"
    assert _row(_filled(f"第二十条第(一)项 |\n{header} |\n规章 | 18 | 6 | 5 |"), "regulations") == [6, 5, 18]


def test_the_fee_of_2021_is_in_ten_thousands() -> None:
    found = _filled("第二十条第(八)项 |\n信息内容 | 本年收费金额(单位:万元) |\n行政事业性收费 | 33.5 |", "2021")
    assert _cell(found, "administrative_fees", "fee_amount").value == Decimal(335000)


def test_merged_values_stand_for_no_single_row() -> None:
    page = (
        "<table><tr><td>信息内容</td><td>本年新制作数量</td><td>本年新公开数量</td><td>对外公开总数量</td></tr>"
        "<tr><td>规章</td><td rowspan=2>5</td><td>1</td><td>2</td></tr>"
        "<tr><td>规范性文件</td><td>3</td><td>4</td></tr></table>"
    )
    found = fill("2019", document(Source(f"<html><body><p>年度报告</p>{page}</body></html>".encode())).grids)
    assert _row(found, "regulations") == [None, 1, 2]
    assert _row(found, "normative_documents") == [None, 3, 4]
    assert [(c.raw, c.row) for c in found.leftovers] == [("5", "第二十条第(一)项/规章")]
    assert [p.code for p in found.problems].count("values_lost") == 2


def _page(rows: str) -> Filling:
    page = f"<html><body><p>年度报告</p><table>{rows}</table></body></html>"
    return fill("2019", document(Source(page.encode())).grids)


OPEN_ROWS = "<tr><td>信息内容<td>本年新制作数量<td>本年新公开数量<td>对外公开总数量</tr>"

HIDDEN = [
    "<tr style='DISPLAY: none'><td>规章<td>9<td>9<td>9</tr><tr><td>规章<td>5<td>1<td>2</tr>",
    "<tr hidden><td>规章<td>9<td>9<td>9</tr><tr><td>规章<td>5<td>1<td>2</tr>",
    "<tr><td>规章<td style='display:none'>9<td>5<td>1<td>2</tr>",
    "<tr><td>规章<td><span hidden>9</span>5<td><span style='visibility:hidden'>9</span>1<td>2</tr>",
    "<tr><td>规章<td>5<td>1<td>2<span style='vertical-align: super'>①</span></tr>",
]


@pytest.mark.parametrize("row", HIDDEN)
def test_what_a_page_hides_or_raises_is_no_value(row: str) -> None:
    assert _row(_page(OPEN_ROWS + row), "regulations") == [5, 1, 2]


def test_hidden_rows_are_told() -> None:
    page = f"<html><body><p>年度报告</p><table>{OPEN_ROWS}{HIDDEN[0]}</table></body></html>"
    (problem,) = document(Source(page.encode())).problems
    assert (problem.code, problem.detail) == ("hidden_cells", "hidden rows and cells of tables: 1, not read")


def test_a_table_of_layout_is_no_table_of_values() -> None:
    cells = ["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"]
    lines = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"], *cells] * 8
    inner = "".join(f"<div>{''.join(f'<div>{cell}</div>' for cell in row)}</div>" for row in lines)
    page = f"<table><tr><td>首页</td><td><p>第二十条第(一)项</p><div>{inner}</div></td></tr></table>"
    found = fill("2019", document(Source(f"<html><body>{page}</body></html>".encode())).grids)
    assert _row(found, "regulations") == [1, 2, 3]
    assert _row(found, "normative_documents") == [4, 5, 6]


NO_ROWS = ["规章和规范性文件", "其他规章", "法规", "党内规范性文件", "小计"]


@pytest.mark.parametrize("label", NO_ROWS)
def test_a_label_near_to_the_form_s_is_not_taken_for_it(label: str) -> None:
    found = _page(f"{OPEN_ROWS}<tr><td>{label}<td>7<td>8<td>9</tr>")
    assert not [c for c in found.cells if c.value is not None]
    assert [c.value for c in found.leftovers] == [7, 8, 9]


BOUGHT = "<td>政府集中采购<td>7<td>80592</tr>"


STATED = ("第二十条第（九）项（单位：万元）<tr><td>信息内容", "第二十条第（九）项<tr><td>信息内容（单位：万元）")


@pytest.mark.parametrize("stated", STATED)
def test_a_unit_above_the_captions_is_that_of_the_amount(stated: str) -> None:
    found = _page(f"<tr><td colspan=3>{stated}<td>采购项目数量<td>采购总金额</tr><tr>{BOUGHT}")
    assert _row(found, "centralized_procurement") == [7, 805_920_000]


def test_columns_of_two_years_are_not_told_apart_by_blanks() -> None:
    rows = "<tr><td>统计指标<td>2016年<td>2015年</tr><tr><td>当面申请数<td>3<td>4</tr><tr><td>传真申请数<td><td>9</tr>"
    found = fill("2014", document(Source(f"<html><body><table>{rows}</table></body></html>".encode())).grids)
    assert not [c for c in found.cells if c.value is not None]
    assert [p.code for p in found.problems].count("values_lost") == 2


def test_a_column_without_a_caption_is_no_blank_one_of_the_form() -> None:
    rows = "<tr><td>规章<td>9<td><td><td></tr><tr><td>规范性文件<td>8<td><td><td></tr>"
    found = _page(OPEN_ROWS.replace("信息内容", "信息内容<td>") + rows)
    assert not [c for c in found.cells if c.value is not None]
    assert [c.raw for c in found.leftovers] == ["9", "8"]


def test_a_row_without_one_of_its_cells_is_not_shifted() -> None:
    captions = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    head = "<tr><td>项目" + "".join(f"<td>{c}" for c in captions)
    found = _page(f"{head}</tr><tr><td>本年新收政府信息公开申请数量<td>4<td>0<td>0<td>3<td>0<td>7</tr>")
    assert all(c.value in (None, 4) for c in found.cells)
    assert "values_lost" in {p.code for p in found.problems} or _row(found, "received_new").count(None) == 6


def test_rows_of_bodies_in_table_four_leave_the_one_of_all() -> None:
    values = {"局机关": 1, "下属中心": 2, "合计": 3}
    rows = "".join(f"<tr><td>{body}{f'<td>{n}' * 15}</tr>" for body, n in values.items())
    head = "<tr><td rowspan=3><td colspan=5>行政复议<td colspan=10>行政诉讼</tr>"
    caps = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"
    tall = caps.replace("<td", "<td rowspan=2")
    head += f"<tr>{tall}<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉</tr><tr>{caps * 2}</tr>"
    assert {c.value for c in _page(head + rows).cells if c.table == "proceedings"} == {3}
    assert _page(head + rows.replace("合计", "本级")).leftovers[0].raw == "1"


def test_a_blank_figure_of_a_local_table_is_no_row_of_captions() -> None:
    figures = {"主动公开信息数": "3", "网上咨询数": "", "申请总数": "5", "当面申请数": "5"}
    rows = "".join(f"<tr><td>{name}<td>条<td>{figure}</tr>" for name, figure in figures.items())
    page = f"<html><body><table><tr><td>指标名称<td>计量单位<td>本年累计</tr>{rows}</table></body></html>"
    found = local.cells(document(Source(page.encode())).grids)
    assert {c.column for c in found} == {"本年累计"}
    assert [c.raw for c in found] == list(figures.values())


def test_every_cell_of_the_form_comes_once_whatever_is_printed() -> None:
    for edition in ("2014", "2019", "2021"):
        cells = fill(edition, [Grid((), "table 1")]).cells
        assert len({(c.table, c.row, c.column) for c in cells}) == len(cells) and {c.kind for c in cells} == {
            Kind.MISSING
        }
