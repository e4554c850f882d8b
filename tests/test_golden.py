"""Goldens: a file as it came, and all that must be read from it; with a floor under which quality may not drop.

A folder of tests/golden with an `input.*` file and no report.json gets one from the parser, and the run fails so that
a person reads it before it is kept.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers import read
from parsers.__main__ import line
from parsers.model import Source

GOLDEN = Path(__file__).parent / "golden"
INPUTS = sorted(GOLDEN.glob("*/input.*"))
FLOOR_CELLS = 1.0  # share of cells read as a person read them
FLOOR_SUMS = 0.98  # share of assessable sums that hold, blanks as zero


def _read(path: Path) -> list[dict[str, Any]]:
    reports = read(Source(path.read_bytes(), name=path.name))
    return [json.loads(line(report, path.parent.name), parse_float=Decimal) for report in reports]


def _expected(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.with_name("report.json").read_text(encoding="utf-8"), parse_float=Decimal))


def test_there_are_goldens() -> None:
    assert len(INPUTS) >= 5


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_golden(path: Path) -> None:
    target = path.with_name("report.json")
    if not target.exists():
        printed = ",\n".join(
            line(report, path.parent.name) for report in read(Source(path.read_bytes(), name=path.name))
        )
        target.write_text(f"[\n{printed}\n]\n", encoding="utf-8")
        pytest.fail(f"wrote {target.relative_to(GOLDEN.parent)}: read it against the input, then run again")
    found, expected = _read(path), _expected(path)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.keys() == other.keys()
        for key in one:
            assert one[key] == other[key], key


def test_quality_does_not_drop() -> None:
    right = cells = held = sums = 0
    for path in INPUTS:
        for one, other in zip(_read(path), _expected(path), strict=True):
            truth = {(c["table"], c["row"], c["column"]): c["value"] for c in other["cells"]}
            cells += len(truth)
            right += sum(truth.get((c["table"], c["row"], c["column"]), "?") == c["value"] for c in one["cells"])
            assessed = [c for c in one["checks"] if c["mode"] == "blank_as_zero" and c["status"] != "not_assessable"]
            sums += len(assessed)
            held += sum(c["status"] == "pass" for c in assessed)
    assert cells and sums
    assert right / cells >= FLOOR_CELLS
    assert held / sums >= FLOOR_SUMS
