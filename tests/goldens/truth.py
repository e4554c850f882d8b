"""What must be read in each golden, known without the parser: from its description, or from its `cells.csv`."""

import csv
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from parsers.forms import form
from tests.goldens.bodies import INDICATORS, MEASURES, earlier, newer, typed
from tests.goldens.paper import Case, figures
from tests.papers import expected
from tests.rendering import Key

Values = Mapping[Key, Decimal | None]


def printed(case: Case) -> list[Values]:
    """The figures of the description; nothing where the input is no report."""
    return [figures(case).values] if case.is_report else [{}]


def of_two(case: Case) -> list[Values]:
    """The report of the year before, and this one."""
    return [figures(earlier(case)).values, figures(case).values]


def of_mixed(case: Case) -> list[Values]:
    """Table 2 of one edition and table 3 of the other."""
    below = {key: value for key, value in figures(newer(case)).values.items() if key[0] == "requests"}
    return [{**figures(case).values, **below}]


def of_local(_: Case) -> list[Values]:
    """The indicators by their labels; a code is no number."""
    return [{("local", f"{label} / {unit}", name): None if name == "代码" else Decimal(number)
             for label, unit, *numbers in INDICATORS for name, number in zip(MEASURES, numbers, strict=True)}]


def of_paper(case: Case) -> list[Values]:
    """A typed report's figures."""
    units = {(c.table, c.row, c.column): c.unit for c in form(case.edition).cells}
    return [{key: expected(raw, units[key]) for key, raw in typed(case).raw.items()}]


def nothing(_: Case) -> list[Values]:
    """No cell at all, though it is a report."""
    return [{}]


def kept(folder: Path) -> list[Values]:
    """The reports of cells.csv; a blank value is a cell without a number."""
    with (folder / "cells.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reports = sorted({row["report"] for row in rows})
    return [{(row["table"], row["row"], row["column"]): Decimal(row["value"]) if row["value"] else None
             for row in rows if row["report"] == report} for report in reports]


def compared(truth: Values, found: Values) -> Counter[str]:
    """How many cells are right, wrong, missed, invented; of each key that either of the two has."""
    result: Counter[str] = Counter()
    for key in truth.keys() | found.keys():
        value, got = truth.get(key), found.get(key)
        result["right" if got == value else "missed" if got is None else "invented" if value is None else "wrong"] += 1
    return result
