"""The whole way from bytes to reports: open, recognise, fill, check."""

from parsers import attachments, flat, html
from parsers.checks import checks
from parsers.editions import edition
from parsers.fill import Filling, fill
from parsers.identity import identify
from parsers.kinds import kind
from parsers.model import Cell, Document, Grid, Identity, Problem, Report, Source
from parsers.plausible import doubts
from parsers.recognise import is_report, looks_like_report
from parsers.sections import sections
from parsers.text import decode

TEXTUAL = ("html", "text", "json", "empty")


def read(source: Source) -> tuple[Report, ...]:
    """The reports that a source holds, mostly one; what is no report gives one Report with `is_report` False."""
    found = kind(source)
    if found == "empty":
        return (_no_report(Document("", (), {}, (Problem("empty", "there is nothing in it", ""),)), source),)
    if found in ("html", "json") and not looks_like_report(source.body):
        return (_no_report(Document("", ()), source),)
    return tuple(_report(part, source) for part in (document(source),))


def document(source: Source) -> Document:
    """A source of any kind, opened."""
    found = kind(source)
    if found in ("html", "json"):
        return html.document(source)
    if found in ("text", "empty"):
        text, _, problems = decode(source.body, source.content_type)
        return Document("", flat.blocks(text), {}, problems)
    return attachments.document(source)


def _report(opened: Document, source: Source) -> Report:
    found, others = edition(opened.grids)
    if not is_report(opened, found is not None):
        return _no_report(opened, source)
    identity = identify(opened, source, found)
    filling = fill(found, opened.grids) if found else Filling((), (), ())
    problems = (*opened.problems, *identity.problems, *filling.problems, *doubts(filling.cells, identity),
                *(Problem("mixed_editions", f"{found} and {other}", "") for other in others))
    return _assembled(opened, identity, found, filling, problems)


def _assembled(opened: Document, identity: Identity, found: str | None, filling: Filling,
               problems: tuple[Problem, ...]) -> Report:
    return Report(
        True, found, identity.title, identity.issuer, identity.region_code, identity.report_year, identity.scope,
        identity.published, opened.text, identity.is_clone, sections(opened.text), filling.cells, filling.leftovers,
        checks(found, filling.cells) if found else (), problems, identity.evidence,
    )


def _no_report(opened: Document, source: Source) -> Report:
    return Report(False, None, opened.title, None, None, None, None, None, opened.text, problems=opened.problems)
