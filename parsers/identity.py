"""Identity: who reports, on which place and year, with which reach; each fact with the rule that decided it."""

from dataclasses import replace
from datetime import date

from parsers.clones import REWRITTEN, Suspicion, suspicion
from parsers.imprint import imprint
from parsers.issuer import issuer
from parsers.model import Document, Evidence, Identity, Problem, Source
from parsers.places import locate, official
from parsers.published import published, signed
from parsers.scope import scope
from parsers.script import simplified
from parsers.sections import sections
from parsers.titles import Title, title
from parsers.years import Basis, bases, conflicts


def identify(document: Document, source: Source, edition: str | None = None) -> Identity:
    """The facts about a report that its text, its page and its address give; None where they give none for certain.

    `edition` is the form's, when one was found: only reports on that form or with chapters have a dominant year.
    """
    text = simplified(document.text)
    document = replace(document, meta={**imprint(document.grids), **document.meta})
    own = title(document)
    when, dated = published(document, source.url, text)
    said = _bases(own, text, source, when, edition)
    year = said[0].year if said else None
    suspect = suspicion(document, source, text, year)
    restored = text.replace(suspect.token, suspect.place) if suspect.place else text
    name, named_by = _issuer(document, own, restored, suspect)
    code, located_by = _place(name or "", year, restored, document, suspect)
    reach, reach_by = scope(name, restored)
    return Identity(
        own.text if own else simplified(document.title).strip(),
        name, code, year, reach, when, suspect.is_clone,
        (*named_by, located_by, *_year_evidence(said), *reach_by, *dated, *suspect.signs),
        (*_issuer_problems(name), *_year_problems(said, text, when), *_clone_problems(suspect)),
    )


def _place(
    name: str, year: int | None, text: str, document: Document, suspect: Suspicion
) -> tuple[str | None, Evidence]:
    """The division of the name; of a copy whose codes say another place, that of the codes, where it is one."""
    rewritten = next((sign for sign in suspect.signs if sign.rule == REWRITTEN), None)
    if rewritten is None:
        return locate(name, year, text, document.meta)
    codes = {code for sign in official(text, document.meta, year) for code in sign.codes}
    return codes.pop() if len(codes) == 1 else None, Evidence("region_code", REWRITTEN, rewritten.quote)


def _bases(own: Title | None, text: str, source: Source, when: date | None, edition: str | None) -> tuple[Basis, ...]:
    overview = next((s.text for s in sections(text) if s.key == "overview"), text[:1500] if edition else "")
    return tuple(bases(own.text if own else "", overview, text, source.url, when))


def _issuer(
    document: Document, own: Title | None, text: str, suspect: Suspicion
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Of a clone whose place is not known, no name is taken: what stands in it is not the issuer's."""
    if suspect.token and not suspect.place and suspect.is_clone:
        return None, (Evidence("issuer", "place replaced, original not certain", suspect.token),)
    if own and suspect.place:
        own = replace(own, name=own.name.replace(suspect.token, suspect.place))
        if suspect.place in own.name[1:]:
            return None, (Evidence("issuer", "what was put for the place is not certain", own.name),)
    return issuer(document, own, text)


def _year_evidence(said: tuple[Basis, ...]) -> tuple[Evidence, ...]:
    return tuple(Evidence("report_year", said[0].rule, said[0].quote) for _ in said[:1])


def _issuer_problems(name: str | None) -> tuple[Problem, ...]:
    return () if name else (Problem("issuer_unknown", "no name of a body in title, signature, text or metadata", ""),)


def _year_problems(said: tuple[Basis, ...], text: str, when: date | None) -> tuple[Problem, ...]:
    dates = tuple(d for d in (when, signed(text)) if d)
    contradictions = [c for d in (dates or (None,)) for c in conflicts(said, d)]
    return tuple(Problem("year_conflict", detail, "") for detail in dict.fromkeys(contradictions))


def _clone_problems(suspect: Suspicion) -> tuple[Problem, ...]:
    if not suspect.is_clone:
        return ()
    signs = "; ".join(f"{sign.rule}: {sign.quote}" for sign in suspect.signs)
    return (Problem("clone", f"score {suspect.score}: {signs}", ""),)
