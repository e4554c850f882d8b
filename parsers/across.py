"""Table 4 of the form: its rows stand side by side, as groups of columns in one row of values."""

from collections.abc import Sequence

from parsers import headers
from parsers.forms import Table
from parsers.ledger import Row, Sheet
from parsers.numbers import unit
from parsers.placing import place


def fill_across(sheet: Sheet, table: Table, found: Sequence[Row]) -> None:
    """Puts the values of a table whose rows stand side by side; a row of blanks only where no other is printed."""
    block = table.blocks[0]
    filled = [row for row in found if row.line.kind != "blank"]
    for row in filled or found:
        if sum(p.is_text for p in row.line.values) > len(row.line.values) // 2:
            continue
        columns = headers.across(row.captions, block) or headers.across(row.by_column, block, in_columns=True)
        if not filled and (columns is None or len(row.line.values) < len(columns)):
            continue
        if columns is None:
            sheet.leave(table, row, "values_lost")
            continue
        sums = [([i * 5 + j for j in range(4)], i * 5 + 4) for i in range(len(block.rows))]
        texts = [p.text for p in row.line.values]
        ways = place(texts, len(columns), sums, spare=row.line.spare, left=row.line.left)
        if filled and all(way is None for way in ways):
            sheet.leave(table, row, "values_lost")
            continue
        for leaf, way in zip(columns, ways, strict=True):
            if way is not None and leaf.column and leaf.row:
                key = (table.key, leaf.row.key, leaf.column.key)
                sheet.put(key, row.line.values[way], unit(leaf.caption), row.line.place)
