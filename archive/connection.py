"""The database's file: its version, SQLite's errors in one line that says what to do, a connection that only reads."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from parsers.errors import NianbaoError

VERSION = 4  # PRAGMA user_version; a database of another version is made anew with `scrapy load --rebuild`
WAIT = 10.0  # seconds to wait for another process that writes


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database that is there. NianbaoError where it is locked, damaged or of another version."""
    with clear(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as conn:
        version(path, conn)
        yield conn


def version(path: Path, conn: sqlite3.Connection) -> int:
    """VERSION, or 0 for a database with nothing in it; NianbaoError, the connection closed, for any other."""
    found = int(conn.execute("PRAGMA user_version").fetchone()[0])
    if found not in (0, VERSION):
        conn.close()
        raise NianbaoError(f"{path} is of version {found}, this program writes version {VERSION}; "
                           "make it anew with: scrapy load --rebuild")
    return found


@contextmanager
def clear(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into one line that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise NianbaoError(f"{path} is locked: another program writes to it; wait for it or close it, then run "
                               "`scrapy load` again") from None
        raise NianbaoError(f"cannot use database {path}: {error}; check the folder and its free space") from None
    except sqlite3.DatabaseError as error:
        raise NianbaoError(f"{path} is no database that can be read: {error}; make it anew with: "
                           "scrapy load --rebuild") from None
