"""What a load made, counted in the database before and after."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

COUNTS = {
    "captures": "SELECT count(*) FROM captures",
    "reports": "SELECT count(*) FROM reports",
    "current": "SELECT count(*) FROM reports WHERE is_current = 1",
    "clones": "SELECT count(*) FROM reports WHERE is_clone = 1",
    "cells": "SELECT count(*) FROM cells",
    "numbers": "SELECT count(*) FROM cells WHERE kind = 'number'",
    "checks_passed": "SELECT count(*) FROM checks WHERE status = 'pass' AND mode = 'strict'",
    "checks_failed": "SELECT count(*) FROM checks WHERE status = 'fail' AND mode = 'strict'",
    "problems": "SELECT count(*) FROM problems",
    "changed": "SELECT count(*) FROM reports WHERE version > 1 AND same_as IS NULL",
    "removed": "SELECT count(*) FROM tombstones",
}
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows in all after the load, and how many of them it added (negative where rows went)."""

    database: str
    seconds: float
    total: Counts
    added: Counts
    outcomes: Counts   # of all captures
    codes: Counts      # problem codes, most frequent first

    def lines(self) -> Iterator[str]:
        """For people."""
        t, a = self.total, self.added
        yield f"{self.database}: {t['captures']} captures (+{a['captures']}), rows in {self.seconds:.1f} s"
        yield (f"reports: {t['reports']} ({a['reports']:+d}), of them current {t['current']}, clones {t['clones']}, "
               f"changed {t['changed']}, removed {t['removed']}; {t['cells']} cells, {t['numbers']} of them numbers")
        yield f"checks: {t['checks_passed']} hold, {t['checks_failed']} fail"
        yield "outcomes: " + ", ".join(f"{k} {v}" for k, v in self.outcomes.items())
        if self.codes:
            yield "problems: " + ", ".join(f"{k} {v}" for k, v in self.codes.items())


def counts(db: Database) -> Counts:
    """Rows by name of `COUNTS`."""
    return {name: int(db.conn.execute(sql).fetchone()[0]) for name, sql in COUNTS.items()}


def summary(db: Database, path: str, before: Counts, seconds: float) -> Summary:
    """The summary of what changed since `before` was counted."""
    after = counts(db)
    added = {name: after[name] - before.get(name, 0) for name in after}
    return Summary(path, seconds, after, added, _groups(db.conn, "captures", "outcome"),
                   _groups(db.conn, "problems", "code"))


def _groups(conn: sqlite3.Connection, table: str, column: str) -> Counts:
    sql = f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1"
    return {name: int(count) for name, count in conn.execute(sql)}
