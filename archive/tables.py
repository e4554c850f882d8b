"""Every table and column of the database with its Chinese label and meaning; docs/data.md follows from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: SQLite type, Chinese label and meaning."""

    name: str
    type: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Without an integer key of its own it is WITHOUT ROWID, stored in the order of `pk`."""

    name: str
    label: str
    meaning: str
    pk: tuple[str, ...]
    columns: tuple[Column, ...]
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(c.name for c in self.columns)


def _columns(text: str) -> tuple[Column, ...]:
    rows = (line.split("|", 3) for line in text.strip().splitlines())
    return tuple(Column(*(part.strip() for part in row)) for row in rows)


TABLES: tuple[Table, ...] = (
    Table("portals", "网站", "One row a portal, from the portal notes in the archive", ("id",), _columns("""
        id | TEXT | 网站编号 | id of the portal file's entry
        name | TEXT | 名称 | name of the body that runs the portal
        region_code | TEXT | 行政区划代码 | GB/T 2260, six digits
        level | TEXT | 层级 | level of the body as the portal file states it
        home | TEXT | 首页 | home page
        cms | TEXT | 建站系统 | list mechanism or system, where known
        reach | TEXT | 可达性 | in its latest run: ok, challenge:KIND, forbidden, robots, timeout, dns, tls, …
        reach_checked | TEXT | 可达性时间 | when that was seen, UTC
        reach_capture | TEXT | 可达性证据 | capture that shows it
        min_reports | INTEGER | 最少报告数 | fewer reports in a full run mark the portal failed
        max_reports | INTEGER | 最多报告数 | more reports in a run are warned about
    """)),
    Table("hosts", "主机", "How each host of a portal answered in the latest run that asked it, from the captures",
          ("portal_id", "host"), _columns("""
        portal_id | TEXT | 网站编号 | the portal
        host | TEXT | 主机 | host and port
        reach | TEXT | 可达性 | ok where anything answered, unless 3 of the last 10 were refused; see Reach below
        checked | TEXT | 可达性时间 | when that was seen, UTC
        capture_id | TEXT | 可达性证据 | capture that shows it
    """)),
    Table("runs", "采集批次", "One row a run of the crawler, from the run notes in the archive", ("id",), _columns("""
        id | TEXT | 批次编号 | id of the run
        started | TEXT | 开始 | UTC
        finished | TEXT | 结束 | UTC; null where the run was killed
        reason | TEXT | 结束原因 | why it ended: finished, shutdown, …
        status | TEXT | 状态 | ok, failed, or open (no end was recorded)
        details | TEXT | 详情 | JSON: everything else that the run's notes say, such as counts
    """)),
    Table("run_portals", "批次结果", "What a run found on one portal", ("run_id", "portal_id"), _columns("""
        run_id | TEXT | 批次编号 | the run
        portal_id | TEXT | 网站编号 | the portal
        status | TEXT | 状态 | ok or failed; a failed portal turns no page to gone
        reason | TEXT | 原因 | why it failed
        requests | INTEGER | 请求数 | requests as the run counted them
        reports | INTEGER | 报告数 | reports as the run counted them
        details | TEXT | 详情 | JSON: what the run's notes say of the portal
    """)),
    Table("left_out", "未采集网址", "Addresses that a run met, or knew to be due, and did not visit, from its notes",
          ("run_id", "portal_id", "url"), _columns("""
        run_id | TEXT | 批次编号 | run that left it; what was never visited is told once for a reason
        portal_id | TEXT | 网站编号 | portal
        url | TEXT | 网址 | address
        reason | TEXT | 原因 | why it was not visited; see Reasons below
        via | TEXT | 来源页 | page on which it was met
        anchor | TEXT | 链接文字 | text of that link
    """), (("url",), ("portal_id", "reason"))),
    Table("warc_files", "归档文件", "WARC files whose every record is in the database", ("name",), _columns("""
        name | TEXT | 文件 | file name inside DATA/warc, or the path given
        bytes | INTEGER | 字节数 | size when it was loaded
        captures | INTEGER | 采集数 | captures in it
    """)),
    Table("notes", "归档附注", "Notes of portals and runs as they stand in the archive", ("id",), _columns("""
        id | TEXT | 记录编号 | WARC record id
        kind | TEXT | 类别 | portal, run or left
        subject | TEXT | 对象 | id of the portal or run, or of both
        noted_at | TEXT | 时间 | UTC
        data | TEXT | 内容 | JSON
        warc_file | TEXT | 归档文件 | where the record stands
        warc_offset | INTEGER | 偏移量 | byte offset in that file
    """), (("kind", "subject"),)),
    Table("captures", "采集记录", "One row a fetch, failed ones included", ("id",), _columns("""
        id | TEXT | 记录编号 | WARC record id
        url | TEXT | 网址 | address as requested; what was posted stands in the query, after __wb_method=POST
        fetched_at | TEXT | 采集时间 | UTC
        status | INTEGER | 状态码 | HTTP status; null where no response came
        outcome | TEXT | 结果 | new, changed, same, not_modified, gone, soft_404, failed, truncated
        payload_digest | TEXT | 内容摘要 | digest of the body as recorded
        content_type | TEXT | 内容类型 | Content-Type as sent
        fidelity | TEXT | 保真度 | wire, decoded, reconstructed
        warc_file | TEXT | 归档文件 | file of the record
        warc_offset | INTEGER | 偏移量 | byte offset of the record in that file
        warc_length | INTEGER | 长度 | bytes of the record as stored
        portal_id | TEXT | 网站编号 | portal that it was fetched for
        via | TEXT | 来源页 | page that led here
        anchor | TEXT | 链接文字 | text of that link
        run_id | TEXT | 批次编号 | run that fetched it
        reason | TEXT | 采集原因 | why it was fetched: seed, link, list, page, due, forced, robots, …
        depth | INTEGER | 深度 | links from the seed
        record_type | TEXT | 记录类型 | response, revisit, resource, metadata (a failed fetch)
        revisit_profile | TEXT | 重访类型 | identical-payload-digest, server-not-modified
        refers_to | TEXT | 指向记录 | record id that a revisit refers to
        truncated | TEXT | 截断 | WARC-Truncated: length, time, disconnect
        error | TEXT | 错误 | why no response came
        etag | TEXT | ETag | validator as sent
        last_modified | TEXT | Last-Modified | validator as sent
        redirect_to | TEXT | 跳转到 | Location of a redirect, absolute
        content_digest | TEXT | 文本摘要 | digest of what the body says: cells and text, or text and links
        holds | TEXT | 页面类型 | what was read in it: report, part (of a report over several addresses), html, file
        suspended | INTEGER | 停用页 | 1 where the body is a notice that the page or site is closed
        host | TEXT | 主机 | host and port of the address
        root | INTEGER | 首页 | 1 where the address is the home page of its host
        challenge | TEXT | 防护 | protection shown instead of content, by its fingerprint: acw, ruishu, edgeone, …
        due | TEXT | 应再访 | when the address was due again after this visit, UTC
    """), (("url", "fetched_at"), ("run_id",), ("portal_id", "host", "fetched_at"), ("via",), ("payload_digest",),
           ("content_digest", "host", "root", "url"), ("redirect_to",),
           ("warc_file", "warc_offset"))),
    Table("leaves", "分页关系", "Pages of split reports as each of them names the others; what `parts` is made from",
          ("capture_id", "position"), _columns("""
        capture_id | TEXT | 采集记录 | capture of a page that holds a part of a report
        position | INTEGER | 序号 | order on that page
        number | INTEGER | 页码 | number of the page that it names, 0 where none is told
        url | TEXT | 网址 | address of that page
        key | TEXT | 网址键 | the same without scheme, index name and fragment
        is_own | INTEGER | 本页 | 1 for the page itself
        stem | TEXT | 报告标题 | title of the whole report as the page gives it
        is_sure | INTEGER | 确定 | 1 where the pager is an article's own, 0 where it may be a list's
    """), (("key",),)),
    Table("pages", "网页", "One row an address: its state after all captures", ("url",), _columns("""
        url | TEXT | 网址 | address
        kind | TEXT | 类别 | list, report, attachment, other
        first_seen | TEXT | 首次采集 | UTC
        last_seen | TEXT | 最近成功 | last time that it answered with content or 304, UTC
        state | TEXT | 状态 | active, gone, moved
        next_visit | TEXT | 下次访问 | when it is due again, UTC
        visits | INTEGER | 访问次数 | captures
        changes | INTEGER | 变更次数 | captures with outcome changed
        portal_id | TEXT | 网站编号 | portal of the latest capture that names one
        last_visit | TEXT | 最近访问 | latest capture, UTC
        last_outcome | TEXT | 最近结果 | outcome of the latest capture
        interval_days | REAL | 间隔天数 | present interval between visits, days
        capture_id | TEXT | 内容证据 | latest capture that holds or confirms the content
        evidence_id | TEXT | 状态证据 | capture that shows the page gone or moved
        moved_to | TEXT | 迁往 | where the page moved
        content_digest | TEXT | 文本摘要 | what the address says now
        etag | TEXT | ETag | validator for the next visit, verbatim
        last_modified | TEXT | Last-Modified | validator for the next visit, verbatim
    """), (("next_visit",), ("portal_id",), ("moved_to",))),
    Table("reports", "年度报告", "One row a version of a report at an address", ("id",), _columns("""
        id | INTEGER | 报告编号 | 52 bits of a hash of capture id and position
        capture_id | TEXT | 采集记录 | capture that first showed this version
        url | TEXT | 网址 | address
        portal_id | TEXT | 网站编号 | portal
        issuer | TEXT | 发布机关 | name of the body as the report gives it
        region_code | TEXT | 行政区划代码 | GB/T 2260, six digits, of the time
        report_year | INTEGER | 报告年度 | year that the figures are about
        edition | TEXT | 格式版本 | 2014, 2019, 2021, local
        scope | TEXT | 统计范围 | body, government, jurisdiction
        title | TEXT | 标题 | title as printed
        published | TEXT | 发布日期 | ISO date
        text | TEXT | 正文 | body text
        is_clone | INTEGER | 仿冒副本 | 1 where the page is a copy on a foreign site
        clone_of | INTEGER | 原报告 | the genuine report, where the archive has it
        version | INTEGER | 版本 | 1, 2, … over all addresses of the report
        is_current | INTEGER | 当前版本 | 1 for the latest version
        position | INTEGER | 页内序号 | 0, 1, … where a page holds several reports
        fetched_at | TEXT | 采集时间 | when this version was first seen, UTC
        series | INTEGER | 报告系列 | id of the report's first version; the same after a move
        same_as | INTEGER | 相同报告 | the same version, seen earlier at another address
        content_digest | TEXT | 文本摘要 | digest of cells and text
        figures | INTEGER | 数字个数 | cells that hold a number
        fingerprint | TEXT | 数字指纹 | hash of the filled-in figures; null where too few to tell reports apart
    """), (("url",), ("capture_id",), ("issuer", "report_year"), ("series",), ("content_digest",), ("fingerprint",),
           ("portal_id",), ("report_year",))),
    Table("parts", "分页", "Pages of a report that is printed over several addresses, missing ones included",
          ("report_id", "position"), _columns("""
        report_id | INTEGER | 报告编号 | the report; its capture_id is that of its first page
        position | INTEGER | 页码 | number of the page; the place of a cell begins with it: page 2, table 1 …
        url | TEXT | 网址 | address of the page; `pages` tells whether it is still there
        capture_id | TEXT | 采集记录 | capture that its cells were read from; null where the page is missing
    """), (("url",), ("capture_id",))),
    Table("cells", "表格数据", "One row a cell of the form", ("report_id", "table_key", "row_key", "column_key"),
          _columns("""
        report_id | INTEGER | 报告编号 | the report
        table_key | TEXT | 表 | table of the form
        row_key | TEXT | 行 | row of the form
        column_key | TEXT | 列 | column of the form
        value | NUMERIC | 数值 | in base units (元, 件, 项 …); null where no number stands
        raw | TEXT | 原文 | as printed
        kind | TEXT | 类型 | number, blank, not_applicable, text, missing
        unit | TEXT | 单位 | base unit of the value
        place | TEXT | 位置 | where it was read
    """)),
    Table("leftovers", "表外数据", "Printed cells that the form does not name", ("report_id", "position"), _columns("""
        report_id | INTEGER | 报告编号 | the report
        position | INTEGER | 序号 | order in the report
        table_key | TEXT | 表 | table, where known
        row_label | TEXT | 行标题 | as printed
        column_label | TEXT | 列标题 | as printed
        value | NUMERIC | 数值 | as read
        raw | TEXT | 原文 | as printed
        kind | TEXT | 类型 | as in cells
        unit | TEXT | 单位 | as in cells
        place | TEXT | 位置 | where it was read
    """)),
    Table("sections", "章节", "Chapters of a report", ("report_id", "position"), _columns("""
        report_id | INTEGER | 报告编号 | the report
        position | INTEGER | 序号 | order in the report
        section_key | TEXT | 章节类别 | overview, disclosure, …
        title | TEXT | 标题 | heading as printed
        text | TEXT | 正文 | text below it
    """)),
    Table("checks", "勾稽检查", "Sums and limits of the form, within a report and between years",
          ("report_id", "position"), _columns("""
        report_id | INTEGER | 报告编号 | the report
        position | INTEGER | 序号 | order; from 100000 on for checks between years
        rule | TEXT | 规则 | see the list of rules
        scope | TEXT | 范围 | row or column that the rule was applied to
        status | TEXT | 结果 | pass, fail, not_assessable
        left_value | NUMERIC | 左值 | left side
        right_value | NUMERIC | 右值 | right side
        mode | TEXT | 方式 | strict, blank_as_zero
    """), (("rule", "status"),)),
    Table("figures", "文字数据", "Numbers that the prose tells, each with its words; never cells of the form",
          ("report_id", "position"), _columns("""
        report_id | INTEGER | 报告编号 | the report
        position | INTEGER | 序号 | order in the report
        figure_key | TEXT | 类别 | what is counted; see the list of figures
        value | NUMERIC | 数值 | as a number, 万 and 亿 multiplied out
        raw | TEXT | 原文 | number and unit as told
        quote | TEXT | 语句 | the sentence that tells it
        place | TEXT | 位置 | heading of its chapter
    """), (("figure_key",),)),
    Table("problems", "问题", "What a person should know about a report, a capture or a file", ("id",), _columns("""
        id | INTEGER | 编号 | hash of the row
        report_id | INTEGER | 报告编号 | the report, if any
        capture_id | TEXT | 采集记录 | the capture, if any
        code | TEXT | 代码 | see the list of codes
        detail | TEXT | 说明 | in words
        place | TEXT | 位置 | where
    """), (("report_id",), ("capture_id",), ("code",))),
    Table("evidence", "判定依据", "Why a fact about a report was decided", ("report_id", "position"), _columns("""
        report_id | INTEGER | 报告编号 | the report
        position | INTEGER | 序号 | order
        fact | TEXT | 事实 | issuer, report_year, region_code, clone, …
        rule | TEXT | 规则 | which rule decided
        quote | TEXT | 原文 | on which words
    """)),
    Table("changes", "变更", "What differs between a version and the one before it",
          ("report_id", "table_key", "row_key", "column_key"), _columns("""
        report_id | INTEGER | 报告编号 | the later version
        previous_report_id | INTEGER | 前一版本 | the earlier version
        table_key | TEXT | 表 | table of the form, or report for title, issuer, text …
        row_key | TEXT | 行 | row of the form, or the column of reports
        column_key | TEXT | 列 | column of the form, or empty
        before | TEXT | 变更前 | raw text of the cell; for text the lines that went
        after | TEXT | 变更后 | raw text of the cell; for text the lines that came
    """), (("previous_report_id",),)),
    Table("tombstones", "撤除", "Reports that are no longer at their address", ("report_id",), _columns("""
        report_id | INTEGER | 报告编号 | last version seen there
        url | TEXT | 网址 | address
        removed_at | TEXT | 撤除时间 | when that was seen, UTC
        capture_id | TEXT | 证据 | capture that shows it
        manner | TEXT | 方式 | gone, moved, replaced (the address now holds no report)
        moved_to | TEXT | 迁往 | where a moved report is now
    """), (("url",),)),
)
BY_NAME = {t.name: t for t in TABLES}
