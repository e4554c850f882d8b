"""Pages that hold only a part of the form, as where a report is printed one page an address: told, never passed off."""

from collections.abc import Iterable, Iterator

from parsers.model import Cell, Kind, Problem


def partial(cells: Iterable[Cell], title: str) -> Iterator[Problem]:
    """A `part_of_report` problem that names the tables of which nothing is printed, where others are."""
    printed: dict[str, bool] = {}
    for cell in cells:
        printed[cell.table] = printed.get(cell.table, False) or cell.kind is not Kind.MISSING
    gone = [table for table, is_there in printed.items() if not is_there]
    if gone and len(gone) < len(printed):
        here = ", ".join(table for table, is_there in printed.items() if is_there)
        yield Problem("part_of_report", f"tables not here: {', '.join(gone)}; only {here} of the form", title)
