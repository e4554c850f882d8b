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
from tests.goldens.cases import CASES
from tests.goldens.kept import GOLDEN, inputs, reports, source, write
from tests.goldens.paper import Case, body, figures

INPUTS = inputs()
FLOOR_CELLS = 1.0  # share of cells read as a person read them
FLOOR_SUMS = 0.988  # share of assessable sums that hold, blanks as zero
OFFICE = (".docx", ".xlsx", ".xls")  # they carry the time of writing
FORMS = [c for c in CASES if c.edition != "local" and not c.form.endswith((*OFFICE, ".pdf"))]


def _read(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(expected(source(path)), parse_float=Decimal))


def _expected(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.with_name("report.json").read_text(encoding="utf-8"), parse_float=Decimal))


def test_there_are_goldens_of_every_variant() -> None:
    assert len(INPUTS) >= 60
    assert {case.name for case in CASES} <= {path.parent.name for path in INPUTS}


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


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.name)
def test_what_was_put_in_is_read_or_told(case: Case) -> None:
    found = reports(GOLDEN / case.name / case.form)[-1]
    assert found.is_report is case.is_report
    if found.cells:
        values = {(c.table, c.row, c.column): c.value for c in found.cells}
        truth = figures(case).values
        assert {key: values.get(key) for key in truth} == truth
    else:
        assert all(value is None for value in figures(case).values.values())
    assert set(case.problems) <= {problem.code for problem in found.problems}
    assert (found.issuer, found.report_year) == ((case.issuer, case.year) if case.is_report else (None, None))


def test_quality_does_not_drop() -> None:
    right = cells = held = sums = 0
    for path in INPUTS:
        for one, other in zip(_read(path), _expected(path), strict=True):
            truth = {(c["table"], c["row"], c["column"]): c["value"] for c in other["cells"]}
            found = {(c["table"], c["row"], c["column"]): c["value"] for c in one["cells"]}
            cells += len(truth.keys() | found.keys())
            right += sum(truth.get(key, "?") == found.get(key, "?") for key in truth.keys() | found.keys())
            assessed = [c for c in one["checks"] if c["mode"] == "blank_as_zero" and c["status"] != "not_assessable"]
            sums += len(assessed)
            held += sum(c["status"] == "pass" for c in assessed)
    assert cells and sums
    assert right / cells >= FLOOR_CELLS
    assert held / sums >= FLOOR_SUMS
