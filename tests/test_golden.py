"""Goldens: a file as it came, and all that must be read from it; with a floor under which quality may not drop.

A folder of tests/golden with an input and no report.json gets one from the parser, and the run fails so that a person
reads it before it is kept. `python -m tests.goldens` makes the inputs that are made, from tests/goldens/cases.py.
"""

import json
from collections import Counter
from decimal import Decimal
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from archive.golden import expected
from parsers.forms import form
from parsers.model import Report
from tests.goldens.cases import CASES
from tests.goldens.kept import GOLDEN, inputs, reports, source, write
from tests.goldens.paper import Case, body
from tests.goldens.truth import Values, compared, kept, printed
from tests.goldens.variants import VARIANTS, index, shown

INPUTS = inputs()
FLOOR_CELLS = 0.999  # share of cells read as they were put in; none may be wrong or invented
FLOOR_SUMS = 0.99  # share of assessable sums that hold, blanks as zero
OFFICE = (".docx", ".xlsx", ".xls")  # they carry the time of writing
MADE = {case.name: case for case in CASES}


def _read(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(expected(source(path)), parse_float=Decimal))


def _expected(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.with_name("report.json").read_text(encoding="utf-8"), parse_float=Decimal))


def test_every_variant_has_its_golden() -> None:
    held, told = {path.parent.name for path in INPUTS}, shown()
    assert held == told.keys()
    assert set(VARIANTS) == {number for numbers in told.values() for number in numbers}
    assert set(range(1, 61)) <= set(VARIANTS) and all(told.values())
    assert (GOLDEN / "README.md").read_text(encoding="utf-8") == index(), "run python -m tests.goldens"


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_golden(path: Path) -> None:
    kept = path.with_name("report.json")
    if not kept.exists():
        write(path)
        pytest.fail(f"wrote {kept.relative_to(GOLDEN.parent)}: read it against the input, then run again")
    now = expected(source(path))
    assert not list(unified_diff(kept.read_text(encoding="utf-8").splitlines(), now.splitlines(), "kept", "now", n=0))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_golden_holds_every_cell_of_its_form_once(path: Path) -> None:
    for one in _expected(path):
        keys = Counter((c["table"], c["row"], c["column"]) for c in one["cells"])
        assert one["edition"] == "local" or not keys or set(keys.values()) == {1}
        if one["edition"] in ("2014", "2019", "2021"):
            assert {(c.table, c.row, c.column) for c in form(one["edition"]).cells} <= keys.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_inputs_are_those_that_their_descriptions_make(case: Case) -> None:
    if not case.form.endswith(OFFICE):
        assert (GOLDEN / case.name / case.form).read_bytes() == body(case)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_nothing_is_read_but_what_was_put_in(path: Path) -> None:
    truth, found = _truth(path), reports(path)
    is_report = path.parent.name not in MADE or MADE[path.parent.name].is_report
    assert [report.is_report for report in found] == [is_report] * len(truth)
    for values, report in zip(truth, found, strict=True):
        counts = compared(values, _values(report))
        assert counts.keys() <= {"right"}, counts
        assert not report.is_report or counts["right"] or not values


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_facts_are_read_and_problems_told(case: Case) -> None:
    found = reports(GOLDEN / case.name / case.form)[-1]
    issuer = None if "issuer_unknown" in case.problems else case.issuer
    assert (found.issuer, found.report_year) == ((issuer, case.year) if case.is_report else (None, None))
    assert set(case.problems) <= {problem.code for problem in found.problems}


def test_quality_does_not_drop() -> None:
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for path in INPUTS:
        for values, report in zip(_truth(path), reports(path), strict=True):
            counts += compared(values, _values(report))
            sums.update(check.status for check in report.checks if check.mode == "blank_as_zero")
    assert counts.total() > 9000 and sums["pass"] > 1000
    assert not counts["wrong"] and not counts["invented"], counts
    assert counts["right"] / counts.total() >= FLOOR_CELLS, counts
    assert sums["pass"] / (sums["pass"] + sums["fail"]) >= FLOOR_SUMS, sums


def _truth(path: Path) -> list[Values]:
    case = MADE.get(path.parent.name)
    return kept(path.parent) if case is None else (case.truth or printed)(case)


def _values(report: Report) -> Values:
    return {(c.table, c.row, c.column): c.value for c in report.cells}
