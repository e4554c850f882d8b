"""A row's values seated under the columns of its table: by captions in printed order, or right above the values."""

from collections.abc import Sequence
from functools import lru_cache

from parsers import headers
from parsers.forms import Block, Table, form
from parsers.ledger import Row, Sheet
from parsers.placing import Sums, is_whole, place
from parsers.rows import Piece
from parsers.vocabulary import groups

Spare = tuple[int | None, frozenset[int]]  # blank cells before the first value; numbers of cells that are not spare


def seated(
    sheet: Sheet,
    table: Table,
    block: Block,
    row: Row,
    values: Sequence[Piece],
    spared: Spare,
) -> tuple[Sequence[headers.Leaf] | None, list[int | None]]:
    """Columns and the index of each one's value, by the captions in printed order, else column by column."""
    captions_above = tuple([row.over.get(piece.column, "") for piece in values])
    above = sheet.under(captions_above, tuple(row.over.values()), table, block)
    named = _named(above)
    if len(named) == len(block.columns) and _is_open(row, values, len(named), spared[1]):
        return named, [None] * len(named)
    columns: Sequence[headers.Leaf] | None = None
    ways: list[int | None] = []
    for captions in dict.fromkeys((row.captions, row.by_column)):
        printed = sheet.leaves(captions, table, block)
        if named and (named == _named(printed) or [leaf.column for leaf in named] == list(block.columns)):
            return above, list(range(len(above)))
        found = _columns(printed, block, values)
        if found is not None:
            columns, ways = _in_order(found, _sums(sheet.form.edition, table.key, found), block, row, values, spared)
            if any(way is not None for way in ways):
                break
    return columns, ways


def _in_order(
    found: Sequence[headers.Leaf], sums: Sums, block: Block, row: Row, values: Sequence[Piece], spared: Spare
) -> tuple[Sequence[headers.Leaf], list[int | None]]:
    """Columns and values one after the other; no value at all where it is not sure which is whose."""
    texts, known = [piece.text for piece in values], _named(found)
    if len(texts) == len(known) and found[: len(known)] == tuple(known) and is_whole(texts, sums):
        found = known  # a remark beside them stands elsewhere
    if len(texts) - len(found) in spared[1]:
        return found, [None] * len(found)
    ways = place(texts, len(found), sums, spare=spared[0], left=row.line.left)
    placed = [None if way is None else texts[way] for way in ways]
    if len(found) > len(known) and not _is_sure(found, block, placed, sums):
        return found, [None] * len(found)
    return found, ways


def _named(found: Sequence[headers.Leaf]) -> list[headers.Leaf]:
    return [leaf for leaf in found if leaf.column]


def _is_open(row: Row, values: Sequence[Piece], width: int, crowded: frozenset[int]) -> bool:
    """True where cells under no caption hold something, in this row or in others: they are another column's."""
    bare = [piece for piece in values if not row.over.get(piece.column)]
    return bool(bare) and (len(values) - width in crowded or any(piece.text.strip() for piece in bare))


def _is_sure(found: Sequence[headers.Leaf], block: Block, placed: Sequence[str | None], sums: Sums) -> bool:
    """Whether values placed under captions may be trusted where the form does not name one of these.

    None may name a column again. Where captions stand in several rows their order is not sure: the sums must hold.
    """
    ties = [block.columns.index(leaf.column) if leaf.column else None for leaf in found]
    if headers.is_twice([leaf.caption for leaf in found], ties, tuple(axis.names for axis in block.columns)):
        return None in placed
    return not groups(block.columns) or is_whole(placed, sums)


def _columns(
    found: Sequence[headers.Leaf],
    block: Block,
    values: Sequence[Piece],
) -> Sequence[headers.Leaf] | None:
    """The printed columns; the form's own where enough of them are named in its order, or there is only one."""
    named, width = [leaf.column for leaf in found if leaf.column], len(block.columns)
    if width == 1:
        return found if len(found) == len(values) and named else _official(block)
    if len(named) == width:
        return found
    places = [block.columns.index(axis) for axis in named]
    in_order = places == sorted(places) and 2 * len(named) > width
    return _official(block) if in_order and len(found) <= width else None


def _official(block: Block) -> Sequence[headers.Leaf]:
    """The form's own columns, with captions that state no unit: none is printed."""
    return [headers.Leaf(axis, axis.names[0]) for axis in block.columns]


def _sums(edition: str, table: str, found: Sequence[headers.Leaf]) -> Sums:
    """The sums over the columns of a row, as indexes into its printed order."""
    return _indexed(edition, table, tuple([leaf.column.key if leaf.column else "" for leaf in found]))


@lru_cache(maxsize=256)
def _indexed(edition: str, table: str, keys: tuple[str, ...]) -> Sums:
    return [
        ([keys.index(k) for k in s.left], keys.index(s.right[0]))
        for s in form(edition).sums
        if s.table == table and s.each == "row" and s.relation == "=" and {*s.left, *s.right} <= set(keys)
    ]
