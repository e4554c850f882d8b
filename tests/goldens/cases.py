"""The made goldens: each way in which real reports were seen to differ, in the smallest page that shows it."""

from opencc import OpenCC

from tests.goldens.bodies import (
    docx,
    flip,
    framed,
    listed,
    local,
    mixed,
    mojibake,
    paged,
    pictures,
    pinyin,
    prose,
    ruled,
    scan,
    scripted,
    stub,
    swap,
    torn,
    two,
    unruled,
    xls,
    xlsx,
)
from tests.goldens.paper import ISSUER, Case
from tests.twists import blocks, crooked_spans, local_rows, no_corner, no_first_captions, pages, reordered, spare_cells

AMOUNT = "disclosure/centralized_procurement/procurement_amount"
ALL = ("disclosure", "requests", "proceedings")
LICENSING, PENALTY, COERCION = (f"disclosure/administrative_{k}" for k in ("licensing", "penalty", "coercion"))
CASES: tuple[Case, ...] = (
    Case("ganzhou-slj-2020-wan-in-cell", "§3 1", printed={AMOUNT: "160.5964万元"}, values={AMOUNT: "1605964"}),
    Case("ganzhou-slj-2020-yuan-in-cell", "§3 2", printed={AMOUNT: "79000.1元"}, values={AMOUNT: "79000.1"}),
    Case(
        "ganzhou-slj-2020-yi-and-wan-of-pieces",
        "§3 3, 4",
        printed={AMOUNT: "13.02亿元", f"{LICENSING}/decisions": "25.11万件"},
        values={AMOUNT: "1302000000", f"{LICENSING}/decisions": "251100"},
    ),
    Case(
        "ganzhou-slj-2020-no-unit",
        "§3 5",
        printed={AMOUNT: "6603610.09"},
        values={AMOUNT: "6603610.09"},
        problems=("unit_missing",),
    ),
    Case(
        "ganzhou-slj-2020-implausible-unit",
        "§3 6",
        captions={"采购总金额": "采购总金额(单位:万元)"},
        printed={AMOUNT: "80592", "disclosure/centralized_procurement/procurement_items": "7"},
        values={AMOUNT: "805920000", "disclosure/centralized_procurement/procurement_items": "7"},
        problems=("unit_implausible",),
    ),
    Case(
        "ganzhou-slj-2022-fee-with-decimals",
        "§3 8",
        "2021",
        year=2022,
        printed={"disclosure/administrative_fees/fee_amount": "96171.6"},
        values={"disclosure/administrative_fees/fee_amount": "961716000"},
    ),
    Case(
        "ganzhou-slj-2020-signs-of-all-scripts",
        "§3 9-11",
        printed={
            f"{LICENSING}/items_change": "＋19",
            f"{PENALTY}/items_change": "减71",
            f"{COERCION}/items_change": "加89",
            "disclosure/other_public_services/items_change": "-1942",
            "disclosure/other_public_services/items_previous_year": "2000",
        },
        values={
            "disclosure/other_public_services/items_previous_year": "2000",
            f"{LICENSING}/items_change": "19",
            f"{PENALTY}/items_change": "-71",
            f"{COERCION}/items_change": "89",
            "disclosure/other_public_services/items_change": "-1942",
        },
    ),
    Case(
        "ganzhou-slj-2020-unsigned-decrease",
        "§3 12",
        printed={
            f"{LICENSING}/items_previous_year": "600",
            f"{LICENSING}/items_change": "50",
            f"{LICENSING}/decisions": "550",
        },
        values={
            f"{LICENSING}/items_previous_year": "600",
            f"{LICENSING}/items_change": "50",
            f"{LICENSING}/decisions": "550",
        },
        problems=("sign_inconsistent",),
    ),
    Case(
        "ganzhou-slj-2020-mark-beside-negatives",
        "§3 13",
        printed={f"{PENALTY}/items_change": "-8", f"{COERCION}/decisions": "-"},
        values={f"{PENALTY}/items_change": "-8", f"{COERCION}/decisions": None},
    ),
    Case(
        "ganzhou-slj-2020-slashes-in-one-row",
        "§3 14",
        printed={"disclosure/regulations/*": "/"},
        values={"disclosure/regulations/*": None},
    ),
    Case(
        "ganzhou-slj-2020-marks-for-none",
        "support: — —— 无 不适用",
        printed={
            "disclosure/regulations/*": "——",
            "disclosure/normative_documents/*": "无",
            f"{LICENSING}/*": "—",
            f"{PENALTY}/*": "不适用",
        },
        values={
            "disclosure/regulations/*": None,
            "disclosure/normative_documents/*": None,
            f"{LICENSING}/*": None,
            f"{PENALTY}/*": None,
        },
    ),
    Case(
        "ganzhou-slj-2020-row-totals-blank",
        "§3 17",
        tables=("requests",),
        printed={f"requests/{row}/total": "" for row in ("received_new", "carried_over_in", "disclosed_full")},
        values={f"requests/{row}/total": None for row in ("received_new", "carried_over_in", "disclosed_full")},
        layout="html:space",
    ),
    Case(
        "ganzhou-slj-2020-tables-blank",
        "§3 16",
        tables=ALL,
        printed=dict.fromkeys((f"{t}/*" for t in ALL), ""),
        values=dict.fromkeys(f"{t}/*" for t in ALL),
    ),
    Case(
        "ganzhou-slj-2020-repeated-cells-dropped", "§3 18", edit=paged, lost=("disclosure",), problems=("values_lost",)
    ),
    Case(
        "ganzhou-slj-2020-spare-cells",
        "§3 21",
        tables=("disclosure", "proceedings"),
        twist=spare_cells,
        layout="pipes",
        form="input.txt",
    ),
    Case("ganzhou-slj-2020-crooked-spans", "§3 22", twist=crooked_spans, form="capture.warc"),
    Case("ganzhou-slj-2020-captions-cut", "§3 23", captions={"本年新制作数量": "本年新", "本年新公开数量": "本年新"}),
    Case(
        "ganzhou-slj-2020-captions-short",
        "§3 24",
        captions={"本年新公开数量": "公开数量", "对外公开总数量": "对外公开总数"},
    ),
    Case(
        "ganzhou-slj-2020-captions-explained",
        "§3 25",
        captions={
            "处理决定数量": "处理决定数量(指2020年办件量)",
            "规章": "规章（市政府令）",
            "规范性文件": "规范性文件（有规范性文件登记号）",
        },
    ),
    Case("ganzhou-slj-2023-caption-cut-short", "§3 26", "2021", year=2023, captions={"现行有效件数": "现行有效件"}),
    Case(
        "ganzhou-slj-2020-rows-of-its-own",
        "§3 27",
        tables=("disclosure", "requests"),
        twist=local_rows,
        problems=("unknown_row",),
        form="capture.warc",
    ),
    Case(
        "ganzhou-slj-2020-spaced-labels",
        "§3 28, 29",
        tables=("requests",),
        captions={
            "三、本年度办理结果": "三 、 本 年 度 办 理 结 果",
            "商业企业": "商业 企业",
            "科研机构": "科研 机构",
            "(三)不予公开": "（三） 不予公开",
        },
    ),
    Case(
        "ganzhou-slj-2020-no-corner",
        "§3 30, 31",
        tables=("requests", "proceedings"),
        layout="pipes",
        form="input.txt",
        twist=lambda r, k, rows: [x for y in no_corner(r, k, rows) for x in no_first_captions(r, k, y)],
    ),
    Case("ganzhou-slj-2020-one-cell-a-line", "§3 34", tables=ALL, layout="tabs", form="input.txt"),
    Case("ganzhou-slj-2020-one-cell-a-paragraph", "§3 35", tables=ALL, layout="paragraphs", form="input.txt"),
    Case("ganzhou-slj-2020-lone-pipes", "§3 36", tables=("disclosure", "proceedings"), layout="lone", form="input.txt"),
    Case(
        "ganzhou-slj-2020-headings-drift",
        "§3 37-39",
        edit=swap(
            ("二、主动公开政府信息情况", "二、主动公开政府信息的情况"),
            ("一、总体情况", "总体情况"),
            ("五、存在的主要问题及改进情况", "五、存在问题及下一步打算"),
        ),
    ),
    Case(
        "ganzhou-slj-2020-instruction-left",
        "§3 40, 41",
        edit=swap(
            ("二、主动公开政府信息情况</p>", "二、主动公开政府信息情况</p><p>（此处填表。）</p>"),
            ("</table>", "</table><p>注：上表由信息科填写。</p>"),
        ),
    ),
    Case("ganzhou-slj-2020-placeholder-unfilled", "§3 42", lead=f"2020年，{ISSUER}主动公开信息  条，收到申请  件。"),
    Case(
        "ganzhou-slj-2020-digits-lost",
        "§3 44",
        edit=swap(("统计期限：2020年1月1日至12月31日", "统计期限为202011日至20201231日")),
    ),
    Case(
        "ganzhou-slj-2021-over-converted",
        "§3 45, 46",
        "2021",
        year=2021,
        tables=("disclosure", "requests"),
        edit=lambda t: str(OpenCC("s2t").convert(t)).replace("制發", "製發").replace("行政強制", "行政強製"),
    ),
    Case(
        "ganzhou-slj-2020-taiwan-wording",
        "§3 47",
        edit=lambda t: str(OpenCC("s2twp").convert(t)).replace("規範性文件", "規範性檔案"),
    ),
    Case("ganzhou-slj-2020-pinyin-glosses", "§3 48", edit=pinyin, problems=("clone",)),
    Case(
        "ganzhou-slj-2020-pinyin-multiplied",
        "§3 49",
        edit=swap(
            ("政府信息公开工作", "政(zheng)(zheng)府(fu)(fu)信息公开工作"), ("规章", "规(gui)(gui)章(zhang)(zhang)")
        ),
    ),
    Case("ganzhou-slj-2020-mojibake", "§3 50", body=mojibake, lost=("disclosure",), is_report=False),
    Case("ganzhou-slj-2020-bytes-lost", "§3 50", body=torn, problems=("decoding_lossy",)),
    Case(
        "ganzhou-slj-2023-row-of-2019-under-2021", "§1.0", "2021", year=2023, captions={"行政规范性文件": "规范性文件"}
    ),
    Case(
        "ganzhou-slj-2020-quotes-of-ascii",
        "§3 52, 53",
        tables=("requests",),
        captions={"3.危及“三安全一稳定”": '3.危及"三安全一稳定"', "(三)不予公开": "(三) 不予公开"},
    ),
    Case(
        "ganzhou-slj-2020-tables-as-pictures",
        "§3 54",
        edit=pictures,
        lost=("disclosure",),
        problems=("table_is_image",),
    ),
    Case(
        "ganzhou-slj-2022-flip-book-page",
        "§3 32, 55",
        "2021",
        year=2022,
        body=flip,
        tables=(),
        problems=(),
        is_report=False,
    ),
    Case("ganzhou-slj-2017-file-to-download", "§3 56", "2014", year=2017, body=stub, tables=(), is_report=False),
    Case("ganzhou-slj-2020-html-in-a-script", "§3 57", body=scripted),
    Case("ganzhou-slj-2020-list-with-the-latest", "§3 59", body=listed),
    Case("ganzhou-slj-2020-masked-figures", "§3 60", printed={"disclosure/*": "****"}, values={"disclosure/*": None}),
    Case(
        "ganzhou-slj-2020-full-width-and-thousands",
        "support: full-width digits, thousands separators",
        printed={f"{LICENSING}/decisions": "１２３４", f"{PENALTY}/decisions": "1,234", AMOUNT: "1,234.5万元"},
        values={f"{LICENSING}/decisions": "1234", f"{PENALTY}/decisions": "1234", AMOUNT: "12345000"},
    ),
    Case("ganzhou-slj-2020-report-in-a-frame", "support: iframe", body=framed),
    Case("ganzhou-slj-2020-two-reports", "support: two reports on a page", body=two),
    Case(
        "ganzhou-slj-2020-nested-tables",
        "support: nested table",
        tables=("disclosure", "proceedings"),
        layout="html:nested",
    ),
    Case("ganzhou-slj-2020-word-markup", "Word's paragraphs and comments", layout="html:word"),
    Case("ganzhou-slj-2020-blocks-apart", "a table for each block", twist=blocks),
    Case("ganzhou-slj-2020-tables-over-pages", "a table in two halves", tables=("requests",), twist=pages),
    Case("ganzhou-slj-2020-rows-reordered", "rows in another order", twist=reordered),
    Case("ganzhou-slj-2020-divs", "no table at all", layout="divs"),
    Case("ganzhou-slj-2016-statistics", "edition 2014", "2014", year=2016, tables=("statistics",)),
    Case("ganzhou-slj-2010-local-table", "local tables", "local", year=2010, tables=(), body=local),
    Case("ganzhou-slj-2015-prose-only", "text only", "2014", year=2015, tables=(), body=prose),
    Case(
        "ganzhou-slj-2022-mixed-editions",
        "two editions on a page",
        year=2022,
        tables=("disclosure", "requests"),
        body=mixed,
        problems=("mixed_editions",),
        printed={"requests/*": "0"},
        values={"requests/*": "0", "requests/other_all/*": None},
    ),
    Case("ganzhou-slj-2022-whole-report", "edition 2021", "2021", year=2022, tables=ALL, form="capture.warc"),
    Case("ganzhou-slj-2020-ruled-pdf", "§3 33", tables=ALL, form="input.pdf", body=ruled),
    Case(
        "ganzhou-slj-2022-pdf-without-lines", "§3 32, 33", "2021", year=2022, tables=ALL, form="input.pdf", body=unruled
    ),
    Case(
        "ganzhou-slj-2020-scanned-pdf", "a scan", form="input.pdf", tables=(), body=scan, problems=("table_is_image",)
    ),
    Case("ganzhou-slj-2022-docx", "an office file", "2021", year=2022, tables=ALL, form="input.docx", body=docx),
    Case("ganzhou-slj-2020-xlsx", "an office file", tables=ALL, form="input.xlsx", body=xlsx),
    Case("ganzhou-slj-2020-xls", "an office file", tables=ALL, form="input.xls", body=xls),
)
