"""Broken pages: every outcome is a report with problems, or a page that is no report; see also `bench/fuzz.py`."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mutations import faults, source


@settings(max_examples=200, deadline=10_000, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_broken_page_is_read_or_refused_but_never_crashes(seed: int) -> None:
    assert faults(source(Random(seed))) == []
