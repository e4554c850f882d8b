"""The rows of all grids under their captions, dealt out to the tables of a form."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parsers import rows
from parsers.ledger import Row, Sheet
from parsers.model import Grid
from parsers.ordinals import unnumbered
from parsers.rows import Line
from parsers.upright import upright


def gather(sheet: Sheet, grids: Iterable[Grid]) -> None:
    """Rows under their captions, table by table; captions hold until others come, over the ends of grids too."""
    captions: list[tuple[int, str]] = []
    heads: list[Line] = []
    heading: tuple[str, ...] = ()
    table, closed, blank = "", True, False
    across = {of.key for of in sheet.form.tables if of.across}
    for grid in (upright(unnumbered(printed), sheet.form) for printed in grids):
        over: dict[int, str] = {}
        closed, blank = closed or blank, False  # a row of blanks that ends a grid is that grid's row of values
        for line in rows.lines(grid, sheet.form.edition):
            if line.kind == "header":
                blank = False
                over = {**({} if closed else over), **{p.column: p.text for p in line.labels if grid.aligned}}
                captions = [*([] if closed else captions), *((p.column, p.text) for p in line.labels)]
                heads = [*([] if closed else heads), line]
                table, closed = line.table or table, False
            elif line.kind == "heading":
                heading, closed = tuple([p.text for p in line.labels]), True
            elif line.kind == "other" and len(line.labels) > 1 and closed:
                captions = []  # captions of a table that is none of the form's
            elif line.kind in ("data", "values") or (line.kind == "blank" and table in across):
                blank = line.kind == "blank"
                closed = closed or line.kind != "blank"
                table = line.table or table
                spared = replace(line, spare=_between(heads)) if line.joined else line
                ordered = sorted(captions, key=lambda c: c[0]) if grid.aligned else captions
                texts, turned = tuple([c[1] for c in captions]), tuple([c[1] for c in ordered])
                sheet.rows.setdefault(table, []).append(Row(spared, texts, turned, heading, over))


def _between(heads: Sequence[Line]) -> int | None:
    """Blank cells between the last captions and values that stand in one row with them; None where unknown.

    The rows of captions before show it: each is filled up to one width, or closed by the same few spare cells.
    """
    shown = [(len(head.labels), head.spare) for head in heads if head.spare is not None]
    if not shown:
        return None
    widths = {captions + blanks for captions, blanks in shown}
    if len(widths) == 1 and max(blanks for _, blanks in shown) > 1:
        return max(0, widths.pop() - len(heads[-1].labels))
    return shown[-1][1]
