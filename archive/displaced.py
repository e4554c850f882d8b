"""Reports whose address shows another report now, of another year or body: their tombstones."""

import sqlite3
from collections.abc import Iterable
from itertools import groupby, pairwise
from operator import itemgetter

from archive.database import insert
from archive.derive import OF_ONE_PAGE

SHOWN = f"""SELECT c.id, c.fetched_at, r.series, r.id FROM reports r JOIN captures c ON c.id = r.capture_id
WHERE r.url = ? AND r.{OF_ONE_PAGE} ORDER BY c.fetched_at, c.warc_file, c.warc_offset, c.id"""


def settle(conn: sqlite3.Connection, urls: Iterable[str]) -> None:
    """Sets the tombstones of these addresses anew, but for those of the reports that were shown last."""
    for url in sorted(urls):
        heads = [list(rows) for _, rows in groupby(conn.execute(SHOWN, (url,)).fetchall(), key=itemgetter(0))]
        earlier = [(report,) for head in heads[:-1] for _, _, _, report in head]
        conn.executemany("DELETE FROM tombstones WHERE report_id = ?", earlier)
        if len({series for head in heads for _, _, series, _ in head}) > 1:
            _bury(conn, url, heads)


def _bury(conn: sqlite3.Connection, url: str, heads: list[list[tuple[str, str, int, int]]]) -> None:
    """A tombstone for the last version of each report that the next capture shows no more, nor a later one."""
    there = {series for _, _, series, _ in heads[-1]}
    for head, after in reversed(list(pairwise(heads))):
        for _, _, series, report in head:
            if series not in there:
                there.add(series)
                capture, moment = after[0][:2]
                insert(conn, "tombstones", [(report, url, moment, capture, "replaced", None)])
