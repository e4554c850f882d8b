"""Makes the database: tables, indexes, full-text search and views."""

import sqlite3

from sqlite_utils import Database

from archive import views
from archive.code import mark
from archive.connection import VERSION
from archive.tables import TABLES

SEARCHED = ("issuer", "title", "text")


def create(db: Database) -> None:
    """Makes tables, indexes, views and the full-text index in an empty database."""
    for table in TABLES:
        columns = ", ".join(f'"{c.name}" {c.type}' for c in table.columns)
        keys = ", ".join(f'"{k}"' for k in table.pk)
        integer = len(table.pk) == 1 and next(c.type for c in table.columns if c.name == table.pk[0]) == "INTEGER"
        tail = "" if integer else " WITHOUT ROWID"
        db.execute(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ({keys})){tail}')
        for index in table.indexes:
            db.table(table.name).create_index(list(index))
    db.table("reports").enable_fts(list(SEARCHED), tokenize="trigram")
    _triggers(db.conn)
    for name, sql in views.statements().items():
        db.create_view(name, sql)
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute(f"PRAGMA application_id = {mark()}")


def unindexed(conn: sqlite3.Connection) -> None:
    """Leaves the full-text index behind until `indexed` makes it in one go."""
    conn.execute("DROP TRIGGER IF EXISTS reports_added")
    conn.execute("DROP TRIGGER IF EXISTS reports_removed")


def indexed(conn: sqlite3.Connection) -> None:
    """Makes the full-text index anew, which packs it, and keeps it in step from here on."""
    conn.execute("INSERT INTO reports_fts (reports_fts) VALUES ('rebuild')")
    unindexed(conn)
    _triggers(conn)


def _triggers(conn: sqlite3.Connection) -> None:
    """Keeps the full-text index in step; versions and flags change often, the searched columns never do."""
    names = ", ".join(SEARCHED)
    new, old = (", ".join(f"{p}.{c}" for c in SEARCHED) for p in ("new", "old"))
    conn.execute(f"CREATE TRIGGER reports_added AFTER INSERT ON reports BEGIN "
                 f"INSERT INTO reports_fts (rowid, {names}) VALUES (new.id, {new}); END")
    conn.execute(f"CREATE TRIGGER reports_removed AFTER DELETE ON reports BEGIN "
                 f"INSERT INTO reports_fts (reports_fts, rowid, {names}) VALUES ('delete', old.id, {old}); END")
