"""The official forms of 2019 and 2021 as the sample pages print them: keys, labels, order."""

from collections.abc import Iterator

Key = tuple[str, str, str]  # table, row, column

APPLICANTS = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_welfare_organization": "社会公益组织",
    "legal_service_organization": "法律服务机构",
    "other_organization": "其他",
    "total": "总计",
}

RECEIVED = {"received_new": "一、本年新收政府信息公开申请数量", "carried_over_in": "二、上年结转政府信息公开申请数量"}
CARRIED = {"carried_over_out": "四、结转下年度继续办理"}
SINGLE = {
    "disclosed_full": "（一）予以公开",
    "disclosed_partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
}
GROUPS = {
    "（三）不予公开": {
        "refused_state_secret": "1.属于国家秘密",
        "refused_prohibited_by_law": "2.其他法律行政法规禁止公开",
        "refused_security_stability": "3.危及“三安全一稳定”",
        "refused_third_party": "4.保护第三方合法权益",
        "refused_internal_affairs": "5.属于三类内部事务信息",
        "refused_deliberative": "6.属于四类过程性信息",
        "refused_enforcement_file": "7.属于行政执法案卷",
        "refused_administrative_inquiry": "8.属于行政查询事项",
    },
    "（四）无法提供": {
        "unable_not_held": "1.本机关不掌握相关政府信息",
        "unable_needs_creation": "2.没有现成信息需要另行制作",
        "unable_unclear": "3.补正后申请内容仍不明确",
    },
    "（五）不予处理": {
        "not_processed_petition": "1.信访举报投诉类申请",
        "not_processed_repeat": "2.重复申请",
        "not_processed_publication": "3.要求提供公开出版物",
        "not_processed_excessive": "4.无正当理由大量反复申请",
        "not_processed_reissue": "5.要求行政机关确认或重新出具已获取信息",
    },
}
OTHER_2021 = {
    "other_no_correction": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other_fee_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other_other": "3.其他",
}

# caption, head, rows: key, label, columns
Block = tuple[str, tuple[str, ...], tuple[tuple[str, str, tuple[str, ...]], ...]]
MADE = ("newly_made", "newly_disclosed", "disclosed_cumulative")
ITEMS = ("items_previous_year", "items_change", "decisions")
ITEM_HEAD = ("上一年项目数量", "本年增/减", "处理决定数量")
BLOCKS_2019: tuple[Block, ...] = (
    (
        "第二十条第（一）项",
        ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
        (("regulations", "规章", MADE), ("normative_documents", "规范性文件", MADE)),
    ),
    (
        "第二十条第（五）项",
        ITEM_HEAD,
        (("administrative_licensing", "行政许可", ITEMS), ("other_public_services", "其他对外管理服务事项", ITEMS)),
    ),
    (
        "第二十条第（六）项",
        ITEM_HEAD,
        (("administrative_penalty", "行政处罚", ITEMS), ("administrative_coercion", "行政强制", ITEMS)),
    ),
    ("第二十条第（八）项", ITEM_HEAD[:2], (("administrative_fees", "行政事业性收费", ITEMS[:2]),)),
    (
        "第二十条第（九）项",
        ("采购项目数量", "采购总金额"),
        (("centralized_procurement", "政府集中采购", ("procurement_items", "procurement_amount")),),
    ),
)
ISSUED = ("issued", "repealed", "in_force")
BLOCKS_2021: tuple[Block, ...] = (
    (
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (("regulations", "规章", ISSUED), ("normative_documents", "行政规范性文件", ISSUED)),
    ),
    ("第二十条第（五）项", ("本年处理决定数量",), (("administrative_licensing", "行政许可", ("decisions",)),)),
    (
        "第二十条第（六）项",
        ("本年处理决定数量",),
        (
            ("administrative_penalty", "行政处罚", ("decisions",)),
            ("administrative_coercion", "行政强制", ("decisions",)),
        ),
    ),
    (
        "第二十条第（八）项",
        ("本年收费金额（单位：万元）",),
        (("administrative_fees", "行政事业性收费", ("fee_amount",)),),
    ),
)
BLOCKS = {"2019": BLOCKS_2019, "2021": BLOCKS_2021}

OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other_outcome": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
PROCEEDINGS = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def results(edition: str) -> dict[str, dict[str, str]]:
    """The groups of 三、本年度办理结果 in printed order: heading ("" where the row stands alone) → key → label."""
    singles = {label: {key: ""} for key, label in SINGLE.items()}
    others = {"（六）其他处理": OTHER_2021 if edition == "2021" else {"other_all": ""}}
    return singles | GROUPS | others | {"（七）总计": {"result_total": ""}}


def request_rows(edition: str) -> list[str]:
    """Row keys of table 3, top to bottom: 23 of them in 2019, 25 in 2021."""
    return [*RECEIVED, *(key for group in results(edition).values() for key in group), *CARRIED]


def keys(edition: str) -> Iterator[Key]:
    """Every cell of the form in printed order: 198 of them in 2019, 200 in 2021."""
    for _, _, rows in BLOCKS[edition]:
        for row, _, columns in rows:
            yield from (("disclosure", row, column) for column in columns)
    for row in request_rows(edition):
        yield from (("requests", row, column) for column in APPLICANTS)
    for row in PROCEEDINGS:
        yield from (("proceedings", row, column) for column in OUTCOMES)
