"""The forms as data: every official cell, in order, with its labels and unit."""

import hashlib

import pytest

from parsers.errors import NianbaoError
from parsers.forms import by_key, form, forms
from parsers.labels import plain
from parsers.lexicon import names, row_of

# sha256 over "edition,table,row,column,row label,column label,unit" lines of all cells, from the official forms
OFFICIAL = "ce1d76fa80b090220a86efc6e1e451f34f66dc2a420947899cd20090cce89cfc"


def test_every_cell_with_its_keys_labels_and_unit() -> None:
    lines = [
        ",".join((f.edition, c.table, c.row, c.column, c.row_label, c.column_label, c.unit))
        for f in forms()
        for c in f.cells
    ]
    assert len(lines) == 456
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == OFFICIAL


def test_cells_of_each_edition() -> None:
    assert [len(f.cells) for f in forms()] == [58, 198, 200]
    assert all(len(by_key(f.edition)) == len(f.cells) for f in forms())


def test_an_edition_that_does_not_exist() -> None:
    with pytest.raises(NianbaoError, match="2014, 2019, 2021"):
        form("2016")


def test_sums_name_rows_and_columns_that_exist() -> None:
    for one in forms():
        assert one.sums
        for rule in one.sums:
            table = next(t for t in one.tables if t.key == rule.table)
            keys = {a.key for b in table.blocks for a in (b.columns if rule.each == "row" else b.rows)}
            assert {*rule.left, *rule.right} <= keys, rule


def test_every_official_label_is_its_own_nearest() -> None:
    for one in forms():
        known = names(one.edition)
        for i, (_, axis) in enumerate(known.rows):
            found = row_of(plain(axis.path[-1]), known)
            assert found is not None and known.rows[found][1].names == axis.names, (i, axis)
