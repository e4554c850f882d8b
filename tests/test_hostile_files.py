"""Damaged and mutated files: always a Document or a report with problems, never a crash, memory within bounds."""

import resource
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers import read
from parsers.attachments import document
from parsers.kinds import kind
from parsers.model import Source
from tests.papers import paper
from tests.printing import Style, as_pdf
from tests.renderings import as_docx, as_xls, as_xlsx
from tests.spoilt import mutated

ONE = paper(Random(1), "2021")
FILES = {"pdf": as_pdf(ONE, Style()), "loose.pdf": as_pdf(ONE, Style("none")), "docx": as_docx(ONE),
         "xlsx": as_xlsx(ONE), "xls": as_xls(ONE)}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=4000), name=st.sampled_from(["a.pdf", "a.doc", "a.xlsx", "a.wps", "a.zip", "a.html"]))
def test_any_bytes_have_a_kind_and_give_a_report(body: bytes, name: str) -> None:
    assert kind(Source(body, name=name)) in {"html", "text", "pdf", "docx", "doc", "xls", "xlsx", "wps", "ofd", "zip",
                                             "image", "json", "empty", "unknown"}
    assert read(Source(body, name=name))


@pytest.mark.parametrize("name", sorted(FILES))
def test_file_cut_anywhere_is_a_document(name: str) -> None:
    body = FILES[name]
    for part in range(1, 10, 2):
        found = document(Source(body[: len(body) * part // 10], name=f"a.{name}"))
        assert found.blocks or found.problems


@pytest.mark.slow
def test_150_damaged_files_are_told_and_leave_the_parent_as_it_was() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for seed in range(150):
        random = Random(seed)
        name = random.choice(sorted(FILES))
        source = Source(mutated(FILES[name], random), name=f"a.{name}")
        one = read(source)[0]
        assert one.text or one.cells or one.problems or kind(source) in ("text", "html"), seed
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB
