"""What stands on a page beside its report: index block, footer and headline; whose it is, where and from which day."""

from datetime import date

import pytest

import parsers
from parsers.imprint import imprint
from parsers.model import Grid, Slot, Source
from parsers.reading import document

OUTLINE = (
    "<p>根据条例编制本报告，统计期限自2021年1月1日起至2021年12月31日止。</p><p>一、总体情况</p><p>我局健全制度，持续公开信息120条。</p>"
    "<p>二、主动公开政府信息情况</p>"
    "<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td><td>1</td><td>0</td><td>3</td></tr></table>"
    "<p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p>"
    "<p>有待丰富。</p><p>六、其他需要报告的事项</p><p>无。</p>"
)


def read(title: str, above: str = "", below: str = "") -> parsers.Report:
    page = f"<html><body>{above}<h1>{title}</h1><div>{OUTLINE}</div><div>{below}</div></body></html>"
    return parsers.read(Source(page.encode(), "http://www.example.gov.cn/a.html", "text/html; charset=utf-8"))[0]


def index(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def test_the_index_block_gives_day_and_place() -> None:
    block = index(("索 引 号", "6207020081/2022-00007", "发布机构：", "水利局"), ("文号", "", "发文日期", "2022-01-28"))
    found = read("水利局2021年政府信息公开工作年度报告", block)
    assert (found.issuer, found.region_code, found.published) == ("水利局", "620702", date(2022, 1, 28))


def test_who_published_is_the_issuer_only_where_the_text_speaks_as_such_a_body() -> None:
    office, government = (index(("发布机构", name, "发布日期", "2022-1-28")) for name in ("和县水利局", "和县人民政府"))
    assert read("2021年政府信息公开工作年度报告", office).issuer == "和县水利局"
    assert read("2021年政府信息公开工作年度报告", government).issuer is None


@pytest.mark.parametrize(("footer", "code"), [
    ("主办：示例 网站标识码：4102040001", "410204"),
    ("<a>闽公网安备 35010202000123号</a>", "350102"),
    ("版权所有", None),
])
def test_the_footer_decides_between_namesakes(footer: str, code: str | None) -> None:
    assert read("鼓楼区商务局2021年政府信息公开工作年度报告", below=footer).region_code == code


def test_a_headline_over_two_lines_is_one_title() -> None:
    found = read("硚口区审计局2021年政府<br>信息公开工作年度报告")
    assert (found.issuer, found.report_year) == ("硚口区审计局", 2021)


def test_tables_of_the_form_are_no_index_block() -> None:
    opened = document(Source(f"<html><body><h1>x</h1><div>{OUTLINE}</div></body></html>".encode(), "", "text/html"))
    assert opened.grids and imprint(opened.grids) == {}
    assert imprint([Grid((tuple(map(Slot, ("来源", "发布日期", "2021-1-2"))),), "")]) == {
        "发布日期": "2021-1-2"}
