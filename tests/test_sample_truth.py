"""The parser on the bundled sample: every cell and fact of every report, and nothing made of the other pages."""

import json
from decimal import Decimal
from typing import Any

import pytest

import parsers
from crawler.sample import HOST, PORT, SITE, file, kind
from parsers.model import Kind, Report, Source
from tests.sample.__main__ import TRUTH

DATA = json.loads(TRUTH.read_text("utf-8"))
REPORTS: list[dict[str, Any]] = DATA["reports"]
FACTS = ("issuer", "region_code", "report_year", "edition", "scope", "is_clone")


def read(path: str, anchor: str = "") -> tuple[Report, ...]:
    """What the parser makes of a page as the sample serves it."""
    found = file(path)
    assert found is not None
    return parsers.read(Source(found.read_bytes(), f"http://{HOST}:{PORT}{path}", kind(found), "", anchor))


@pytest.mark.parametrize("truth", REPORTS, ids=lambda truth: truth["path"].rsplit("/", 1)[1])
def test_every_cell_and_fact_is_read(truth: dict[str, Any]) -> None:
    (report,) = read(truth["path"], truth["title"])
    assert report.is_report
    values = {f"{c.table}/{c.row}/{c.column}": c.value for c in report.cells}
    printed = {key: None if text in ("", "MISSING") else Decimal(text) for key, text in truth["cells"].items()}
    assert values == printed
    missing = [f"{c.table}/{c.row}/{c.column}" for c in report.cells if c.kind is Kind.MISSING]
    assert missing == [key for key, text in truth["cells"].items() if text == "MISSING"]
    assert {name: getattr(report, name) for name in FACTS} == {name: truth[name] for name in FACTS}
    assert set(truth["flags"]) <= {problem.code for problem in report.problems}
    if truth["published"]:
        assert str(report.published) == truth["published"]


@pytest.mark.parametrize("path", DATA["others"])
def test_other_pages_are_no_reports(path: str) -> None:
    assert [report.is_report for report in read(path)] == [False]


def test_truth_has_all_pages_of_the_site() -> None:
    named = {file(path) for path in [*DATA["others"], *(truth["path"] for truth in REPORTS)]}
    assert named == {path.resolve() for path in SITE.rglob("*") if path.is_file()}
    assert len(REPORTS) == 10
