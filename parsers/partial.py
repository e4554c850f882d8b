"""Pages that hold only a part of a report, as where it is printed over several addresses: told, never passed off."""

from collections.abc import Iterator, Sequence

from parsers.model import Cell, Document, Kind, Part, Problem, Section
from parsers.recognise import Verdict
from parsers.titles import title

OUTLINE = ("overview", "disclosure", "requests", "proceedings", "problems", "other")
_ENDS = frozenset(("overview", "problems"))           # a report without them has not begun or not ended
_WHOLE = frozenset(("overview", "problems", "other"))  # what a page has that needs no other page, with all tables


def part(opened: Document, verdict: Verdict, chapters: Sequence[Section], cells: Sequence[Cell]) -> Part | None:
    """What a page holds if it is plainly a part of a report; None for whole reports and for what is none at all.

    A page is a part where its article's own pager says that it goes on; where tables of its form are not there, nor its
    first or last chapters; where chapters stand under a report's title without the rest. A list's pager counts only
    where there is no table, nor the first or last chapters. Tables alone that are not there may be lost or pictures.
    """
    own = title(opened)
    here, gone = _tables(cells)
    keys = tuple(dict.fromkeys(s.key for s in chapters if s.key in OUTLINE))
    if not (_is_part(opened, verdict, frozenset(keys), here, gone) and (own or here)):
        return None
    holds = (*(("title",) if own and own.rule == "heading" else ()), *keys, *(f"table {key}" for key in here))
    return Part(holds, own.text if own else "", opened.leaf)


def _tables(cells: Sequence[Cell]) -> tuple[list[str], list[str]]:
    """Tables of the form that are printed, and those that are not."""
    printed: dict[str, bool] = {}
    for cell in cells:
        printed[cell.table] = printed.get(cell.table, False) or cell.kind is not Kind.MISSING
    return [key for key in printed if printed[key]], [key for key in printed if not printed[key]]


def _is_part(opened: Document, verdict: Verdict, keys: frozenset[str], here: list[str], gone: list[str]) -> bool:
    sure = opened.leaf is not None and opened.leaf.is_sure
    if verdict.kind == "report":
        if sure:
            return bool(gone or not here or not keys >= _WHOLE)
        return not keys >= _ENDS and (bool(gone) if here else opened.leaf is not None)
    return verdict.kind == "cover" and (bool(keys) or (sure and _is_named(opened)))


def _is_named(opened: Document) -> bool:
    """Whether the page's own title or headline is a report's, not only some line on it."""
    names = (opened.title, *(opened.meta.get(k, "") for k in ("articletitle", "title", "headline")))
    found = (title(Document(name, ())) for name in names)
    return any(one is not None and (one.name or one.year) for one in found)


def problems(found: Part | None, cells: Sequence[Cell], place: str) -> Iterator[Problem]:
    """`part_of_report`, where tables are not there or a page is a part; a list's pager alone leaves a doubt."""
    here, gone = _tables(cells)
    if here and gone:
        told = f"tables not here: {', '.join(gone)}; only {', '.join(here)} of the form"
        yield Problem("part_of_report", told, place)
    elif found and (found.leaf is None or found.leaf.is_sure):
        told = f"here: {', '.join(found.holds) or 'nothing that was read'}{_where(found)}"
        yield Problem("part_of_report", told, place)


def _where(found: Part) -> str:
    if found.leaf is None or len(found.leaf.pages) < 2:
        return ""
    number = f"page {found.leaf.number}" if found.leaf.number else "one"
    return f"; {number} of {len(found.leaf.pages)} that it names"
