"""The views: forms as wide tables (one row a report, one column a cell), rates, and comparisons between years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parsers.forms import FormCell, forms

from archive import monitors

ABOUT = ("issuer", "region_code", "report_year", "scope", "edition", "url", "version", "is_current", "is_clone")
WIDE: Mapping[str, tuple[str, tuple[str, ...]]] = {  # view: (table of the form, editions)
    "requests": ("requests", ("2019", "2021")),
    "disclosure_2019": ("disclosure", ("2019",)),
    "disclosure_2021": ("disclosure", ("2021",)),
    "proceedings": ("proceedings", ("2019", "2021")),
    "statistics": ("statistics", ("2014",)),
}
MEANINGS = {
    "requests": "Table 3, requests for information: one row a report, one column a cell (editions 2019 and 2021)",
    "disclosure_2019": "Table 2 of edition 2019, one row a report",
    "disclosure_2021": "Table 2 of edition 2021, one row a report",
    "proceedings": "Table 4, reconsideration and litigation, one row a report (editions 2019 and 2021)",
    "statistics": "The 统计表 of edition 2014, one row a report",
    "latest_reports": "One row a body, year and scope: the latest version, without clones and second addresses",
    "outcomes": "How requests and proceedings ended, as rates; null where the denominator is 0 or an operand is blank",
    "cross_year": "Carried over at the start of a year against carried forward at the end of the year before",
    "for_people": "Documents that a person must read: pictures, files that do not open, values without their labels",
    "skips": "Addresses that a run left alone, and why: those known before, and those of `left_out`",
    "monitors": "What every run is checked for: one row a run, portal and check; `alarm` asks for a person",
    "versions": "Versions after the first: how many cells differ and whether more or fewer sums fail",
}
TOTALS = ("received_new", "carried_over_in", "disclosed_full", "disclosed_partial", "result_total", "carried_over_out")
GROUPS = ("refused", "unable", "not_processed", "other")


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a wide view: name, the cells that it shows (one an edition)."""

    name: str
    cells: tuple[FormCell, ...]

    @property
    def label(self) -> str:
        """Row and column as the form prints them, innermost parts, and the base unit."""
        cell = self.cells[-1]
        row = cell.row_label.rsplit("/", 1)[-1] if "增/减" not in cell.row_label else cell.row_label
        column = cell.column_label if "增/减" in cell.column_label else cell.column_label.rsplit("/", 1)[-1]
        return row if cell.column == "value" else f"{row}·{column}"

    @property
    def unit(self) -> str:
        """Base unit of the values."""
        return self.cells[-1].unit


def name(cell: FormCell) -> str:
    """Column of the wide views that shows a cell: `received_new_total`; `disclosed_items` in the 统计表."""
    return cell.row if cell.column == "value" else f"{cell.row}_{cell.column}"


def columns(view: str) -> tuple[ViewColumn, ...]:
    """The cell columns of a wide view in the order of the form, the newest edition's rows first."""
    table, editions = WIDE[view]
    found: dict[str, list[FormCell]] = {}
    for form in reversed(forms()):
        for cell in form.cells if form.edition in editions else ():
            if cell.table == table:
                found.setdefault(name(cell), []).append(cell)
    return tuple(ViewColumn(key, tuple(cells)) for key, cells in found.items())


def columns_of(view: str) -> tuple[str, ...]:
    """The columns of a view that is neither wide nor `latest_reports`, in order."""
    return {
        "outcomes": ("report_id", *ABOUT, "received_new", "carried_over_in", "result_total", "carried_over_out",
                     *_rates()),
        "cross_year": ("report_id", "previous_report_id", "issuer", "region_code", "scope", "report_year", "column_key",
                       "carried_forward", "carried_over", "difference"),
        "versions": ("report_id", "previous_report_id", "issuer", "report_year", "url", "version", "fetched_at",
                     "cells_changed", "failed_before", "failed_after"),
        "for_people": ("code", "detail", "place", "url", "via", "anchor", "portal_id", "issuer", "report_year",
                       "report_id", "capture_id", "fetched_at", "warc_file", "warc_offset"),
        "skips": monitors.SKIPPED,
        "monitors": monitors.MONITORED,
    }[view]


def statements() -> dict[str, str]:
    """SELECT statements by view name, in the order in which they can be created."""
    wide = {view: _wide(view) for view in WIDE}
    return wide | {"latest_reports": LATEST, "outcomes": _outcomes(), "cross_year": CROSS_YEAR, "versions": VERSIONS,
                   "for_people": FOR_PEOPLE,
                   "skips": monitors.SKIPS, "monitors": monitors.MONITORS}


def _value(table: str, row: str, column: str) -> str:
    return (f"(SELECT value FROM cells WHERE report_id = r.id AND table_key = '{table}' "
            f"AND row_key = '{row}' AND column_key = '{column}')")


def _wide(view: str) -> str:
    _, editions = WIDE[view]
    about = ", ".join(f"r.{c}" for c in ABOUT)
    cells = ",\n  ".join(f"{_value(c.cells[0].table, c.cells[0].row, c.cells[0].column)} AS {c.name}"
                         for c in columns(view))
    return f"SELECT r.id AS report_id, {about},\n  {cells}\nFROM reports r WHERE r.edition IN ({_quoted(editions)})"


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"'{t}'" for t in texts)


def _sum(group: str) -> str:
    """SQL for the total column of all rows of a group, in the rows that the report's edition has."""
    table, editions = WIDE["requests"]
    cases = []
    for form in forms():
        rows = dict.fromkeys(c.row for c in form.cells if c.table == table and c.row.startswith(f"{group}_"))
        if form.edition in editions:
            cases.append(f"WHEN '{form.edition}' THEN " + " + ".join(_value(table, row, "total") for row in rows))
    return f"CASE r.edition {' '.join(cases)} END"


def _rates() -> dict[str, tuple[str, str]]:
    """Numerator and denominator of each rate."""
    rates = {"disclosed_rate": ("disclosed_full + disclosed_partial", "result_total")}
    rates |= {f"{group}_rate": (group, "result_total") for group in GROUPS}
    rates |= {"carried_forward_rate": ("carried_over_out", "(received_new + carried_over_in)"),
              "reconsideration_corrected_rate": ("reconsideration_corrected", "reconsideration_total"),
              "litigation_corrected_rate": (
                  "litigation_direct_corrected + litigation_after_reconsideration_corrected",
                  "(litigation_direct_total + litigation_after_reconsideration_total)")}
    return rates


def _outcomes() -> str:
    total = {row: _value("requests", row, "total") for row in TOTALS}
    proceeding = {f"{row}_{c}": _value("proceedings", row, c) for c in ("corrected", "total")
                  for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")}
    sums = {group: _sum(group) for group in GROUPS}
    inner = ",\n  ".join(f"{sql} AS {key}" for key, sql in (total | sums | proceeding).items())
    outer = ",\n  ".join(f"1.0 * ({top}) / nullif({bottom}, 0) AS {key}" for key, (top, bottom) in _rates().items())
    about = ", ".join(ABOUT)
    return (f"SELECT report_id, {about}, received_new, carried_over_in, result_total, carried_over_out,\n  {outer}\n"
            f"FROM (SELECT r.id AS report_id, {', '.join(f'r.{c}' for c in ABOUT)},\n  {inner}\n"
            f"  FROM reports r WHERE r.edition IN ({_quoted(WIDE['requests'][1])}))")


LATEST = """SELECT r.* FROM reports r
WHERE r.is_current = 1 AND r.is_clone = 0 AND r.same_as IS NULL AND NOT EXISTS (
  SELECT 1 FROM reports o WHERE o.issuer = r.issuer AND o.report_year = r.report_year
    AND o.region_code IS r.region_code AND o.scope IS r.scope
    AND o.is_current = 1 AND o.is_clone = 0 AND o.same_as IS NULL
    AND (o.figures, o.fetched_at, o.id) > (r.figures, r.fetched_at, r.id))"""

CROSS_YEAR = """SELECT later.id AS report_id, earlier.id AS previous_report_id, later.issuer, later.region_code,
  later.scope, later.report_year, over.column_key, forward.value AS carried_forward, over.value AS carried_over,
  over.value - forward.value AS difference
FROM latest_reports later
JOIN latest_reports earlier ON earlier.issuer = later.issuer AND earlier.report_year = later.report_year - 1
  AND earlier.scope IS later.scope AND earlier.region_code IS later.region_code
JOIN cells over ON over.report_id = later.id AND over.table_key = 'requests' AND over.row_key = 'carried_over_in'
JOIN cells forward ON forward.report_id = earlier.id AND forward.table_key = 'requests'
  AND forward.row_key = 'carried_over_out' AND forward.column_key = over.column_key"""

VERSIONS = f"""SELECT r.id AS report_id, p.id AS previous_report_id, r.issuer, r.report_year, r.url, r.version,
  r.fetched_at,
  (SELECT count(*) FROM changes c WHERE c.report_id = r.id AND c.table_key <> 'report') AS cells_changed,
  (SELECT count(*) FROM checks WHERE report_id = p.id AND {monitors.SUMS_FAILED}) AS failed_before,
  (SELECT count(*) FROM checks WHERE report_id = r.id AND {monitors.SUMS_FAILED}) AS failed_after
FROM reports r JOIN reports p ON p.id = (SELECT previous_report_id FROM changes WHERE report_id = r.id LIMIT 1)"""

FOR_PEOPLE = """SELECT p.code, p.detail, p.place, c.url, c.via, c.anchor, c.portal_id, r.issuer, r.report_year,
  p.report_id, c.id AS capture_id, c.fetched_at, c.warc_file, c.warc_offset
FROM problems p LEFT JOIN reports r ON r.id = p.report_id
JOIN captures c ON c.id = coalesce(p.capture_id, r.capture_id)
WHERE p.code IN ('table_is_image', 'attachment_unreadable', 'values_lost', 'not_calculated')
  AND (r.id IS NULL OR r.is_current = 1) AND NOT EXISTS (
    SELECT 1 FROM captures l WHERE l.url = c.url AND l.fetched_at > c.fetched_at AND l.outcome IN ('new', 'changed'))"""
