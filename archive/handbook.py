"""Writes docs/data.md from the schema and the forms, so that the two cannot drift: `python -m archive.handbook`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from parsers.claims import RULES as CLAIMS
from parsers.figures import KEYS as FIGURES
from parsers.forms import Sum, forms
from parsers.statements import RULES as STATEMENTS
from parsers.tallies import RULES as TALLIES

from archive import aggregates, views, years
from archive.browse.metadata import view_columns
from archive.tables import TABLES
from archive.words import KINDS, OUTCOMES, PROBLEMS, REACHES, REASONS, TEXT

DOCS = Path(__file__).parents[1] / "docs" / "data.md"


def data() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield TEXT.strip()
    yield "\n## Tables"
    for table in TABLES:
        yield f"\n### `{table.name}` {table.label}\n\n{table.meaning}. Key: {', '.join(f'`{k}`' for k in table.pk)}.\n"
        yield from _rows(("column", "type", "label", "meaning"), (
            (f"`{c.name}`", c.type, c.label, c.meaning) for c in table.columns))
    yield "\n## Views"
    for name, meaning in views.MEANINGS.items():
        yield f"\n### `{name}`\n\n{meaning}.\n"
        yield from _view(name)
    yield "\n## Kinds of cells\n"
    yield from _words(KINDS)
    yield "\n## Outcomes of captures\n"
    yield from _words(OUTCOMES)
    yield "\n## Reasons\n\nWhy a run did not visit an address (`left_out`, `skips`):\n"
    yield from _words(REASONS)
    yield "\n## Reach of hosts and portals\n\nJudged from the captures of the latest run; what robots.txt itself \
answered does not count.\n"
    yield from _words(REACHES)
    yield "\n## Problem codes\n"
    yield from _words(PROBLEMS)
    yield "\n## Figures in prose\n"
    yield from _words(FIGURES)
    yield "\n## Check rules\n\nWithin a report; `=` must hold, `≤` are limits, soft ones are plausibility:\n"
    yield from _rows(("rule", "edition", "table", "says"), (
        (f"`{s.rule}`", form.edition, s.table, _says(s)) for form in forms() for s in form.sums))
    yield "\nWithin local tables, by their labels:\n"
    yield from _words(TALLIES)
    yield "\nBetween prose and tables, all soft; `scope` says which of the possible cells it was:\n"
    yield from _words(CLAIMS)
    yield "\nBetween a report's words about itself, soft too:\n"
    yield from _words(STATEMENTS)
    yield "\nBetween the reports of one body in two years that follow each other (`position` from 100000 on):\n"
    yield from _words(years.RULES)
    yield "\nBetween a jurisdiction's report and those within it (`position` from 200000 on):\n"
    yield from _words(aggregates.RULES)


def _view(name: str) -> Iterator[str]:
    if name in views.WIDE:
        table, editions = views.WIDE[name]
        yield f"`report_id`, {', '.join(f'`{c}`' for c in views.ABOUT)}, then:\n"
        yield from _rows(("column", "label", "unit"), ((f"`{c.name}`", c.label, c.unit) for c in views.columns(name)))
        yield f"\nFrom table `{table}` of edition{'s' * (len(editions) > 1)} {' and '.join(editions)}."
    elif name == "latest_reports":
        yield "Columns as in `reports`."
    else:
        labels = view_columns(name)
        yield from _rows(("column", "label"), ((f"`{c}`", labels[c]) for c in views.columns_of(name)))


def _says(rule: Sum) -> str:
    left, right = " + ".join(rule.left), " + ".join(rule.right)
    return f"for each {rule.each}: {left} {rule.relation} {right}" + (" (soft)" if rule.soft else "")


def _words(words: Mapping[str, str]) -> Iterator[str]:
    yield from _rows(("name", "meaning"), ((f"`{name}`", meaning) for name, meaning in words.items()))


def _rows(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(part.replace('|', '/') for part in row)} |"


if __name__ == "__main__":
    DOCS.write_text(data(), encoding="utf-8")
