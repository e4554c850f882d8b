"""Reports that stand in the strings of a script, as where a site loads its articles as modules."""

import json
import random

import pytest

from parsers import read
from parsers.forms import form
from parsers.model import Source
from tests import rendering

TITLE = "张掖市水务局2020年政府信息公开工作年度报告"
MENU = f'let menu = [{{"id": "4", "name": "政府信息公开年报"}}, {{"id": "5", "name": "{TITLE}"}}]'


@pytest.mark.parametrize("name", ["data.js", "data.txt", "data.html"])
def test_a_module_that_holds_a_report_beside_its_menus(name: str) -> None:
    rng = random.Random(11)
    sheet = rendering.report(rng, "2019")
    parts = [(t.key, rendering.markup(rng, rendering.boxes(sheet, t), "html:plain")) for t in form("2019").tables]
    content = rendering.page(parts).split("<body>")[1].replace("沙河子市水务局2020年政府信息公开工作年度报告", "")
    module = f"// 菜单\n{MENU}\nlet content = {json.dumps(content, ensure_ascii=False)}\n"
    (report,) = read(Source(module.encode(), name=name))
    assert (report.edition, report.title) == ("2019", TITLE)
    assert {(c.table, c.row, c.column): c.value for c in report.cells} == sheet.values
    assert "let menu" not in report.text and "公开的内容还不够细" in report.text
