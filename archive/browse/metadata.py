"""Datasette's metadata: titles, a label, meaning and unit for every column, and example queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive import views
from archive.tables import BY_NAME, TABLES

ABOUT = ("Annual reports on open government information (政府信息公开工作年度报告), read cell by cell from archived "
         "pages. Every cell leads to its report, every report to the capture in the archive that it was read from.")
LABELS = {
    "report_id": "报告编号",
    "previous_report_id": "前一版本",
    "cells_changed": "变更单元格数",
    "failed_before": "变更前不符数",
    "failed_after": "变更后不符数",
    "column_key": "申请人类别",
    "carried_forward": "上年报告的结转下年度继续办理 (件)",
    "carried_over": "本年报告的上年结转 (件)",
    "difference": "差额 (件)",
    "monitor": "监测项: ended, empty, drop, failed_sums, unreachable",
    "found": "实测值",
    "expected": "界限",
    "received_new": "本年新收 (件)",
    "carried_over_in": "上年结转 (件)",
    "result_total": "办理结果总计 (件)",
    "carried_over_out": "结转下年度继续办理 (件)",
    "disclosed_rate": "公开率: (予以公开 + 部分公开) ÷ 总计",
    "refused_rate": "不予公开率: 不予公开各项之和 ÷ 总计",
    "unable_rate": "无法提供率: 无法提供各项之和 ÷ 总计",
    "not_processed_rate": "不予处理率: 不予处理各项之和 ÷ 总计",
    "other_rate": "其他处理率: 其他处理各项之和 ÷ 总计",
    "carried_forward_rate": "结转率: 结转下年度 ÷ (本年新收 + 上年结转)",
    "reconsideration_corrected_rate": "复议纠错率: 结果纠正 ÷ 总计",
    "litigation_corrected_rate": "诉讼纠错率: 结果纠正 ÷ 总计",
}


@dataclass(frozen=True, slots=True)
class Query:
    """An example query."""

    name: str
    title: str
    sql: str


QUERIES = (
    Query("requests_by_year", "各年度申请量与公开率 · Requests a year, and how many were granted", """
SELECT o.report_year, count(*) AS reports, sum(o.received_new) AS received_new,
  round(sum(o.disclosed_rate * o.result_total) / sum(CASE WHEN o.disclosed_rate IS NOT NULL THEN o.result_total END), 3)
    AS disclosed_rate
FROM outcomes o JOIN latest_reports r ON r.id = o.report_id
GROUP BY o.report_year ORDER BY o.report_year"""),
    Query("failed_sums", "勾稽不符的报告 · Reports whose sums do not hold", """
SELECT r.id AS report_id, r.issuer, r.report_year, count(*) AS failed, group_concat(DISTINCT c.rule) AS rules
FROM checks c JOIN latest_reports r ON r.id = c.report_id
WHERE c.status = 'fail' AND c.mode = 'strict' GROUP BY r.id ORDER BY failed DESC, r.id"""),
    Query("cross_year_breaks", "上年结转与上年报告不符 · Carried over differs from the year before", """
SELECT report_id, previous_report_id, issuer, report_year, column_key, carried_forward, carried_over, difference
FROM cross_year WHERE difference <> 0 ORDER BY abs(difference) DESC"""),
    Query("rewritten", "发布后被修改的报告 · Reports changed after they were published", """
SELECT report_id, previous_report_id, issuer, report_year, version, fetched_at,
  cells_changed, failed_before, failed_after
FROM versions ORDER BY fetched_at DESC"""),
    Query("removed", "已撤除的报告 · Reports that were removed, with the evidence", """
SELECT t.report_id, r.issuer, r.report_year, t.manner, t.removed_at, t.capture_id, t.url
FROM tombstones t JOIN reports r ON r.id = t.report_id ORDER BY t.removed_at DESC"""),
    Query("for_people", "需人工处理的文件 · Documents that a person must read", """
SELECT code, detail, anchor, url, via, issuer, report_year, portal_id FROM for_people ORDER BY portal_id, url, code"""),
    Query("search", "全文检索(三个字以上) · Full text, three characters or more", """
SELECT r.id AS report_id, r.issuer, r.report_year, r.title, snippet(reports_fts, 2, '…', '…', '', 20) AS found
FROM reports_fts JOIN reports r ON r.id = reports_fts.rowid
WHERE reports_fts MATCH '"' || replace(:words, '"', '""') || '"' ORDER BY rank LIMIT 100"""),
    Query("search_short", "短词检索(一两个字) · Words of one or two characters, slower", """
SELECT id AS report_id, issuer, report_year, title FROM reports
WHERE instr(issuer, :words) OR instr(title, :words) OR instr(text, :words) LIMIT 100"""),
    Query("reach", "网站可达性 · Which portals answer", """
SELECT p.id, p.name, p.region_code, p.reach, p.reach_checked, count(r.id) AS reports
FROM portals p LEFT JOIN latest_reports r ON r.portal_id = p.id GROUP BY p.id ORDER BY p.reach, p.id"""),
)


def metadata(database: str) -> dict[str, Any]:
    """The whole of it, for a database of this name."""
    tables = {t.name: {"title": f"{t.label} {t.name}", "description": t.meaning, "columns": table_columns(t.name)}
              for t in TABLES}
    tables |= {name: {"title": name, "description": meaning, "columns": view_columns(name)}
               for name, meaning in views.MEANINGS.items()}
    tables["reports"] |= {"sort_desc": "report_year", "facets": ["report_year", "edition", "region_code"],
                          "fts_table": "reports_fts", "fts_pk": "id", "label_column": "title"}
    tables["latest_reports"] |= {"fts_table": "reports_fts", "fts_pk": "id"}
    tables["captures"] |= {"facets": ["outcome", "status"], "sort_desc": "fetched_at"}
    tables["problems"] |= {"facets": ["code"]}
    queries = {q.name: {"title": q.title, "sql": q.sql.strip()} for q in QUERIES}
    return {"title": "年报 Nianbao", "description": ABOUT,
            "extra_css_urls": ["/nianbao/style.css"],
            "databases": {database: {"tables": tables, "queries": queries}}}


def table_columns(name: str) -> dict[str, str]:
    """Label and meaning of each column of a table."""
    return {c.name: f"{c.label}: {c.meaning}" for c in BY_NAME[name].columns}


def view_columns(name: str) -> dict[str, str]:
    """Label and unit of each column of a view."""
    tables = (*TABLES, BY_NAME["reports"])  # of labels for one name that of reports counts
    known: Mapping[str, str] = {c.name: c.label for t in tables for c in t.columns} | LABELS
    if name == "latest_reports":
        return table_columns("reports")
    if name not in views.WIDE:
        return dict(known)
    cells = {c.name: f"{c.label} ({c.unit})" for c in views.columns(name)}
    return {"report_id": known["report_id"]} | {c: known[c] for c in views.ABOUT} | cells
