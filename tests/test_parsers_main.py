"""`python -m parsers`: JSON lines in order, exact numbers, plain errors."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers.__main__ import line, main
from parsers.forms import form
from parsers.model import Cell, Kind, Report

KEYS = {
    "source",
    "is_report",
    "edition",
    "title",
    "issuer",
    "region_code",
    "report_year",
    "scope",
    "published",
    "text",
    "sections",
    "cells",
    "checks",
    "problems",
}


def _report_file(folder: Path, amount: str = "6603610.09") -> Path:
    path = folder / "report.txt"
    path.write_text(
        "沙河子市水务局2020年政府信息公开工作年度报告\n一、总体情况\n2020年，我局按时答复申请，统计期限为2020年1月1日至12月31日。\n"
        "二、主动公开政府信息情况\n第二十条第(一)项 |\n"
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 0 |\n"
        f"第二十条第(九)项 |\n信息内容 | 采购项目数量 | 采购总金额 |\n政府集中采购 | 15 | {amount} |\n",
        encoding="utf-8",
    )
    return path


def _printed(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    captured = capsys.readouterr()
    return [json.loads(text, parse_float=Decimal) for text in captured.out.splitlines()], captured.err


def test_the_contract_s_keys_and_every_cell_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _report_file(tmp_path)
    assert main([str(path)]) == 0
    (report,), errors = _printed(capsys)
    assert report.keys() >= KEYS and errors == ""
    assert report["source"] == str(path)
    assert [(c["table"], c["row"], c["column"]) for c in report["cells"]] == [
        (c.table, c.row, c.column) for c in form("2019").cells
    ]
    (amount,) = (c for c in report["cells"] if c["column"] == "procurement_amount")
    assert (amount["value"], amount["raw"], amount["kind"], amount["unit"]) == (
        Decimal("6603610.09"),
        "6603610.09",
        "number",
        "元",
    )


def test_numbers_lose_nothing() -> None:
    cell = Cell("t", "r", "c", Decimal("123456789012345.1234567"), "", Kind.NUMBER, "元")
    report = Report(True, "2019", "", None, None, None, None, None, "", cells=(cell,))
    assert '"value": 123456789012345.1234567,' in line(report, "x")


def test_whole_numbers_are_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(_report_file(tmp_path, "1007.25万元"))])
    assert '"value": 10072500,' in capsys.readouterr().out


def test_a_missing_file_is_one_line_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, last = _report_file(tmp_path), tmp_path / "empty.html"
    last.write_bytes(b"")
    assert main([str(first), str(tmp_path / "none.html"), str(tmp_path), str(last)]) == 2
    reports, errors = _printed(capsys)
    assert [r["is_report"] for r in reports] == [True, False]
    assert len(errors.splitlines()) == 2 and "none.html" in errors and "Traceback" not in errors


def test_explain_prints_every_table_and_where_each_value_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--explain", str(_report_file(tmp_path))]) == 0
    out = capsys.readouterr().out
    assert "政府集中采购 | 15 | 6603610.09" in out
    assert "disclosure/centralized_procurement/procurement_amount  6603610.09 元 from '6603610.09'" in out
    assert "row 6, column 3" in out and "problem unit_missing" in out and "missing" in out


def test_explain_says_who_reports_and_what_a_page_is_that_is_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = tmp_path / "notice.html"
    title = "<title>关于做好2021年政府信息公开工作年度报告的通知</title>"
    notice.write_text(f"{title}<p>各镇人民政府：请于1月31日前报送。</p>", "utf-8")
    assert main(["--explain", "--url", "http://a.gov.cn/art/2021/1/20/art_1.html", str(_report_file(tmp_path))]) == 0
    assert main(["--explain", str(notice)]) == 0
    out = capsys.readouterr().out
    assert "scope body, published 2021-01-20\n" in out
    assert "not an annual report but notice: salutation to other offices: '各镇人民政府：'" in out


def test_as_a_command(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "parsers", str(_report_file(tmp_path)), "--url", "http://a.gov.cn/1.html"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert run.returncode == 0 and run.stderr == ""
    assert json.loads(run.stdout)["report_year"] == 2020
