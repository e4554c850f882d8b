"""Table 4 of the form: its rows stand side by side, as groups of columns in one row of values."""

from collections.abc import Sequence

from parsers import headers
from parsers.forms import Table
from parsers.ledger import Row, Sheet
from parsers.lexicon import COMMON
from parsers.numbers import unit
from parsers.placing import place


def fill_across(sheet: Sheet, table: Table, found: Sequence[Row]) -> None:
    """Puts the values of a table whose rows stand side by side; a row of blanks only where no other is printed."""
    block = table.blocks[0]
    for row in sorted(_told(sheet, table, found), key=lambda row: row.line.kind == "blank"):
        if sum(p.is_text for p in row.line.values) > len(row.line.values) // 2:
            continue
        columns = headers.across(row.captions, block) or headers.across(row.by_column, block, in_columns=True)
        if columns and len(columns) < len(block.rows) * len(block.columns) and len(columns) != len(row.line.values):
            columns = None
        if row.line.kind == "blank":
            _blanks(sheet, table, row, columns or ())
        elif columns is None or not _placed(sheet, table, row, columns):
            sheet.leave(table, row, "values_lost")


def _told(sheet: Sheet, table: Table, found: Sequence[Row]) -> Sequence[Row]:
    """The rows; of several with labels of their own, as of bodies or years, the one that says 合计 or none."""
    labelled = [row for row in found if row.line.labels and row.line.kind != "blank"]
    if len({row.line.labels[-1].name for row in labelled}) < 2:
        return found
    whole = [row for row in labelled if row.line.labels[-1].name in COMMON]
    for row in labelled:
        if len(whole) != 1 or row not in whole:
            sheet.leave(table, row, "unknown_row")
    return [row for row in found if row not in labelled] + (whole if len(whole) == 1 else [])


def _blanks(sheet: Sheet, table: Table, row: Row, columns: Sequence[headers.Leaf]) -> None:
    """Cells that are printed blank, where no other row has the same ones."""
    keys = [(table.key, leaf.row.key, leaf.column.key) for leaf in columns if leaf.column and leaf.row]
    if len(row.line.values) >= len(keys) and not any(key in sheet.cells for key in keys):
        for key, piece in zip(keys, row.line.values, strict=False):
            sheet.put(key, piece, "", row.line.place)


def _placed(sheet: Sheet, table: Table, row: Row, columns: Sequence[headers.Leaf]) -> bool:
    """Whether any value of a row could be put into its column."""
    width = len(table.blocks[0].columns)
    sums = [([*range(end - width, end - 1)], end - 1) for end in range(width, len(columns) + 1, width)]
    texts = [p.text for p in row.line.values]
    ways = place(texts, len(columns), sums, spare=row.line.spare, left=row.line.left)
    for leaf, way in zip(columns, ways, strict=True):
        if way is not None and leaf.column and leaf.row:
            key = (table.key, leaf.row.key, leaf.column.key)
            sheet.put(key, row.line.values[way], unit(leaf.caption), row.line.place)
    return any(way is not None for way in ways)
