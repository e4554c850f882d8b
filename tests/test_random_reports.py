"""Random reports in every layout and twist, read back: none wrong, none invented, none missed that the layout tells."""

import random
from collections import Counter
from decimal import Decimal

import pytest

from parsers import read
from parsers.forms import form
from parsers.model import Source
from tests import rendering, twists
from tests.rendering import Key, Sheet

# What some layouts do not tell: whether words in a flattened column of remarks are labels, which caption "本年新" with
# a slip is, and where each cell is a line and a blank line a blank cell, whether blanks stand first or last.
AMBIGUOUS = ("local_column", "cut_captions")
STREAMS = ("lone", "paragraphs")
TOLD = {"values_lost", "unknown_row"}


def _drawn(seed: int) -> tuple[Sheet, str, str, str]:
    """A report, its page, and the names of its layout and twist."""
    rng = random.Random(seed)
    edition = rng.choice(("2014", "2019", "2019", "2021", "2021"))
    layout = rng.choice(rendering.LAYOUTS)
    sheet = rendering.dressed(rng, rendering.report(rng, edition), rng.choice((0, 0, 0.3, 1)))
    way = rng.choice(("", "", "", "s2t", "s2twp"))
    twist, wrap = rng.choice(twists.TWISTS), rng.choice(twists.WRAPS)
    parts = []
    for table in form(edition).tables:
        for rows in twist(rng, table.key, rendering.boxes(sheet, table)):
            printed = rendering.markup(rng, rows, layout)
            parts.append((table.key, wrap(printed) if layout.startswith("html:") else printed))
    return sheet, rendering.whole(parts, layout, way), layout, twist.__name__


def _rare(seed: int, twist: twists.Twist, layout: str) -> tuple[Sheet, str]:
    """A report in one of the rarer arrangements, and its page."""
    rng = random.Random(seed)
    edition = "2014" if twist is twists.halves else rng.choice(("2019", "2021"))
    sheet = rendering.dressed(rng, rendering.report(rng, edition), rng.choice((0, 0, 0.3, 1)))
    way = rng.choice(("", "", "", "s2t", "s2twp"))
    tables = ((t.key, twist(rng, t.key, rendering.boxes(sheet, t))) for t in form(edition).tables)
    parts = [(key, rendering.markup(rng, rows, layout)) for key, found in tables for rows in found]
    return sheet, rendering.whole(parts, layout, way)


def _compared(truth: dict[Key, Decimal | None], found: dict[Key, Decimal | None]) -> Counter[str]:
    result: Counter[str] = Counter()
    for key, value in truth.items():
        got = found.get(key)
        result["right" if got == value else "missed" if got is None else "invented" if value is None else "wrong"] += 1
    return result


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_thousand_random_reports() -> None:
    total: Counter[str] = Counter()
    for seed in range(2000):
        sheet, text, layout, twist = _drawn(seed)
        (report,) = read(Source(text.encode()))
        assert report.edition == sheet.edition, f"seed {seed}: {layout}, {twist}"
        found = {(c.table, c.row, c.column): c.value for c in report.cells}
        assert len(found) == len(report.cells) == len(sheet.values), f"seed {seed}: every cell once"
        counts = _compared(sheet.values, found)
        assert not counts["wrong"] and not counts["invented"], f"seed {seed}: {layout}, {twist}: {dict(counts)}"
        is_open = twist in AMBIGUOUS or layout in STREAMS
        assert not counts["missed"] or is_open, f"seed {seed}: {layout}, {twist}: {dict(counts)}"
        assert not counts["missed"] or {p.code for p in report.problems} & TOLD, f"seed {seed}: not told"
        total += counts
    assert total["right"] + total["missed"] == sum(total.values())
    assert total["missed"] <= total["right"] * 0.0003, f"missed {total['missed']} of {sum(total.values())}"


@pytest.mark.parametrize("layout", rendering.LAYOUTS)
def test_each_layout_is_read_whole(layout: str) -> None:
    rng = random.Random(7)
    sheet = rendering.report(rng, "2021")
    parts = [(t.key, rendering.markup(rng, rendering.boxes(sheet, t), layout)) for t in form("2021").tables]
    (report,) = read(Source(rendering.whole(parts, layout, "").encode("gb18030")))
    assert {(c.table, c.row, c.column): c.value for c in report.cells} == sheet.values
    assert not [
        c for c in report.checks if c.status == "fail" and c.mode == "blank_as_zero" and c.scope.startswith("req")
    ]


def _is_settled(twist: twists.Twist, layout: str) -> bool:
    """Whether a layout tells what belongs to what in a rare arrangement."""
    if twist is twists.requests_turned:
        return layout.startswith("html:")  # without spans nothing tells which results stand below which group
    return layout not in STREAMS or twist in (twists.proceedings_below, twists.proceedings_turned)


@pytest.mark.parametrize("layout", ("html:plain", "html:word", *(x for x in rendering.LAYOUTS if x[:5] != "html:")))
@pytest.mark.parametrize("twist", twists.RARE, ids=lambda twist: str(twist.__name__))
def test_rare_arrangements_are_set_upright_or_told(twist: twists.Twist, layout: str) -> None:
    for seed in range(4):
        sheet, text = _rare(seed, twist, layout)
        (report,) = read(Source(text.encode()))
        counts = _compared(sheet.values, {(c.table, c.row, c.column): c.value for c in report.cells})
        assert not counts["wrong"] and not counts["invented"], f"seed {seed}: {dict(counts)}"
        assert not counts["missed"] or not _is_settled(twist, layout), f"seed {seed}: {dict(counts)}"
        assert not counts["missed"] or {p.code for p in report.problems} & TOLD


@pytest.mark.parametrize("twist", twists.AMENDED, ids=lambda twist: str(twist.__name__))
def test_rows_and_columns_of_a_body_s_own_leave_the_form_s_as_they_are(twist: twists.Twist) -> None:
    for seed, edition in ((0, "2014"), (1, "2019"), (2, "2021"), (3, "2021")):
        rng = random.Random(seed)
        sheet = rendering.report(rng, edition)
        tables = ((t.key, twist(rng, t.key, rendering.boxes(sheet, t))) for t in form(edition).tables)
        parts = [(key, rendering.markup(rng, rows, "html:plain")) for key, found in tables for rows in found]
        (report,) = read(Source(rendering.whole(parts, "html:plain", "").encode()))
        counts = _compared(sheet.values, {(c.table, c.row, c.column): c.value for c in report.cells})
        assert counts["right"] == sum(counts.values()), f"seed {seed}: {dict(counts)}"
