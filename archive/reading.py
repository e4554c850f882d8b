"""One capture, read: the values of its row and the reports in it. Worker processes do it."""

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import parsers
from parsers.kinds import kind
from parsers.model import Part, Problem, Report, Source

from archive import gist
from archive.addresses import plain
from archive.challenges import challenge
from archive.entries import Entry, Head, entries
from archive.model import Capture

LOG = logging.getLogger(__name__)
MARKUP = frozenset(("html", "text", "json", "empty", "unknown"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a capture says. `holds`: report, part, html, file or "" for nothing; `digest`: of what it says."""

    capture: Capture            # its body dropped
    reports: tuple[Entry, ...]  # those that it holds, as rows
    holds: str
    digest: str
    is_suspended: bool
    redirect_to: str
    problems: tuple[Problem, ...]
    part: Part | None = None    # a page of a report that goes on at other addresses; its report is made of them all
    challenge: str = ""         # the protection that it shows instead of content; a revisit's is its original's


def reading(capture: Capture) -> Reading:
    """Reads a capture. A parser's exception becomes the problem `parser_error`: one page never ends a load."""
    problems = tuple(Problem(code, detail) for code, detail in capture.problems)
    target = _target(capture)
    if not is_readable(capture):
        return Reading(_bare(capture), (), "", "", False, target, problems, None, _challenge(capture))
    source = capture.source
    try:
        found = parsers.read(source)
    except Exception as error:
        detail = f"{type(error).__name__}: {error} ({_where(error)})"
        LOG.error("reading %s (%s) failed: %s", capture.url, capture.id, detail)
        return unread(capture, "parser_error", detail)
    if found[0].part and found[0].part.leaf and len(found) == 1:
        return _part(capture, found[0], found[0].part, problems)
    reports = tuple(r for r in found if r.is_report)
    if reports:
        rows = entries(reports, Head.of(capture))
        content = rows[0].content if len(rows) == 1 else gist.said(reports)
        return Reading(_bare(capture), rows, "report", content, False, target, problems)
    problems += tuple(p for r in found for p in r.problems)
    return Reading(_bare(capture), (), *_otherwise(source, capture.payload_digest), target, problems, None,
                   _challenge(capture))


def _part(capture: Capture, read: Report, part: Part, problems: tuple[Problem, ...]) -> Reading:
    """A page of a split report: what it says and which pages it names; its values are read with the others'."""
    told = tuple(p for p in read.problems if p.code == "part_of_report")
    pages = [f"{number} {url}" for number, url in (part.leaf.pages if part.leaf else ())]
    said = gist.digest([gist.said([read]), part.stem, *pages])
    return Reading(_bare(capture), (), "part", said, False, _target(capture), (*problems, *told), part)


def _where(error: Exception) -> str:
    """File and line that raised, without folders, so that the same error makes the same row everywhere."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def unread(capture: Capture, code: str, detail: str) -> Reading:
    """A capture that could not be read, as a problem."""
    problems = (*(Problem(*p) for p in capture.problems), Problem(code, detail))
    found = _otherwise(capture.source, capture.payload_digest)
    return Reading(_bare(capture), (), *found, _target(capture), problems, None, _challenge(capture))


def is_readable(capture: Capture) -> bool:
    """Whether the capture has a body of its own that says what stands at its address."""
    status = capture.status or 0
    own = not capture.revisit_profile and capture.record_type in ("response", "resource")
    return own and not capture.truncated and (200 <= status < 300 or capture.record_type == "resource")


def _challenge(capture: Capture) -> str:
    if capture.status is None or capture.revisit_profile:
        return ""
    return challenge(capture.status, capture.headers, capture.source.body)


def _otherwise(source: Source, payload: str) -> tuple[str, str, bool]:
    if kind(source) not in MARKUP:
        return "file", gist.digest(("file", payload)), False
    words = gist.plain(source.body)
    return "html", gist.shown(source.body, words), gist.is_suspended(words)


def _target(capture: Capture) -> str:
    where = capture.header("location") if capture.status and 300 <= capture.status < 400 else ""
    try:
        return plain(urljoin(capture.url, where)) if where else ""
    except ValueError:
        return where


def _bare(capture: Capture) -> Capture:
    """The capture without its body, light enough to be handed from process to process."""
    names = {name: getattr(capture, name) for name in Capture.__slots__}
    return Capture(**(names | {"body": b""}))
