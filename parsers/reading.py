"""The whole way from bytes to reports: open, recognise, fill, check."""

from collections.abc import Sequence
from dataclasses import replace

from parsers import attachments, flat, garbled, html, local, partial, second, tallies
from parsers.answers import is_list
from parsers.binding import bound
from parsers.checks import checks
from parsers.claims import claims
from parsers.editions import edition, named
from parsers.figures import tellings
from parsers.fill import Filling, fill
from parsers.identity import identify
from parsers.kinds import kind
from parsers.model import Document, Grid, Kind, Problem, Report, Source
from parsers.parts import parts
from parsers.plausible import doubts
from parsers.recognise import looks_like_report, page_kind
from parsers.sections import sections
from parsers.statements import contradictions, statements
from parsers.text import decode
from parsers.unread import unread


def read(source: Source) -> tuple[Report, ...]:
    """The reports that a source holds, mostly one; what is no report gives one Report with `is_report` False."""
    found = kind(source)
    if found == "empty":
        return (_no_report(Document("", (), {}, (Problem("empty", "there is nothing in it"),))),)
    if found in ("html", "json") and not looks_like_report(source.body):
        return (_no_report(Document("", (), {}, garbled.lost(source.body))),)
    if found == "json" and is_list(decode(source.body, source.content_type)[0]):
        return (_no_report(Document("", ())),)
    return tuple(_report(part, source) for part in parts(document(source)))


def joined(pages: Sequence[tuple[int, Source]]) -> Report:
    """One report from the pages that it is printed on, numbered and in order; places say on which page they are."""
    opened = bound([(number, document(source)) for number, source in pages])
    whole = b"\n".join(source.body for _, source in pages)
    return _report(opened, replace(pages[0][1], body=whole))


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
    verdict, chapters = page_kind(opened, found is not None), sections(opened.text)
    if verdict.kind != "report" and not partial.part(opened, verdict, chapters, ()):
        return _no_report(opened)
    if found is None and not local.is_local(opened.grids) and (torn := named(opened.text)):
        found = torn[0]
    identity = identify(opened, source, found)
    filling = _filled(found, others, opened.grids)
    edition_ = found or ("local" if filling.cells else None)
    held = checks(found, filling.cells) if found else tallies.tallies(filling.cells)
    piece = partial.part(opened, verdict, chapters, filling.cells)
    told = tellings(opened.text, chapters, identity.report_year, identity.issuer or "")
    figures = tuple(telling.figure for telling in told)
    cells = filling.cells if found else ()
    problems = (
        *opened.problems,
        *garbled.left(opened),
        *identity.problems,
        *filling.problems,
        *unread(opened, chapters, filling.cells, source.body),
        *partial.problems(piece, filling.cells, opened.title),
        *doubts(filling.cells, identity),
        *contradictions(told, cells),
        *(second.judged(found, opened.grids, filling, held) if found else tallies.failed(held)),
    )
    return Report(
        verdict.kind == "report" or bool(piece and set(piece.holds) - {"title"}),
        edition_,
        identity.title,
        identity.issuer,
        identity.region_code,
        identity.report_year,
        identity.scope,
        identity.published,
        opened.text,
        identity.is_clone,
        chapters,
        filling.cells,
        filling.leftovers,
        (*held, *claims(figures, cells),
         *statements(opened.text, chapters, identity.title, identity.report_year, told, cells)),
        problems,
        identity.evidence,
        figures,
        piece,
    )


def _filled(found: str | None, others: tuple[str, ...], grids: tuple[Grid, ...]) -> Filling:
    """The cells of the edition's form, of other editions' rows and columns that are printed too, or of local tables."""
    if found is None:
        return Filling(local.cells(grids) if local.is_local(grids) else (), (), ())
    filling = fill(found, grids)
    keys = {(c.table, c.row, c.column) for c in filling.cells}
    cells, problems = list(filling.cells), list(filling.problems)
    for other in others:
        more = [
            c for c in fill(other, grids).cells if c.kind is not Kind.MISSING and (c.table, c.row, c.column) not in keys
        ]
        if more:
            cells += more
            problems.append(Problem("mixed_editions", f"labels of {found} and of {other}", more[0].place))
    places = {cell.place for cell in cells}
    left = tuple(cell for cell in filling.leftovers if cell.place not in places)
    return Filling(tuple(cells), left, tuple(problems))


def _no_report(opened: Document) -> Report:
    return Report(False, None, opened.title, None, None, None, None, None, opened.text, problems=opened.problems)
