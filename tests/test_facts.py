"""Facts told in prose: every one that the forms name, read from sentences named by what they catch; half are traps."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.facts import FACTS, KEYS
from parsers.figures import figures, tellings
from parsers.numbers import number
from parsers.numerals import numeral, spelled
from parsers.sections import sections
from parsers.sentences import folded

YEAR = 2016
TOLD = [
    ("channels of disclosure",
     "政府公报公开政府信息12条，政府网站公开政府信息1,203条，政务微博公开政府信息56条，政务微信公开政府信息78条，"
     "其他方式公开政府信息9条。",
     {"channel_gazette": 12, "channel_website": 1203, "channel_weibo": 56, "channel_wechat": 78, "channel_other": 9}),
    ("accounts by their everyday names", "门户网站发布340条，微信公众号推送信息95篇，微博发布120条。",
     {"channel_website": 340, "channel_wechat": 95, "channel_weibo": 120}),
    ("all channels together are the whole",
     "通过政府网站、微信、微博等渠道主动公开政府信息2425条。", {"disclosed_items": 2425}),
    ("公开 without 主动", "全市共公开发布各类政府信息23.3万条。", {"disclosed_items": 233_000}),
    ("documents opened are not documents made", "主动公开规范性文件3条，制发规范性文件5件。",
     {"disclosed_normative_documents": 3, "normative_documents_issued": 5}),
    ("the kind stands behind its number", "全年制定5件行政规范性文件，废止2件。",
     {"normative_documents_issued": 5, "normative_documents_repealed": 2}),
    ("有效 alone", "规章有效25件、废止4件。", {"regulations_in_force": 25, "regulations_repealed": 4}),
    ("events answered", "回应公众关注热点或重大舆情6次，微博微信回应事件40次，其他方式回应事件2次。",
     {"public_concerns_answered": 6, "social_media_responses": 40, "other_responses": 2}),
    ("heads are a part, told beside the whole", "举办新闻发布会3场，其中主要负责同志参加新闻发布会1次。",
     {"press_conferences": 3, "press_conferences_by_head": 1}),
    ("number before its words",
     "召开2场新闻发布会，发布12篇政策解读材料。", {"press_conferences": 2, "policy_interpretations": 12}),
    ("interviews and interpretations", "开展在线访谈9期，主要负责人参加在线访谈2次，发布政策解读稿件二十五篇。",
     {"online_interviews": 9, "online_interviews_by_head": 2, "policy_interpretations": 25}),
    ("applications by channel",
     "收到政府信息公开申请103件，其中当面申请2件、传真申请0件、网络申请95件、信函申请6件。",
     {"requests_received": 103, "requests_in_person": 2, "requests_fax": 0, "requests_online": 95,
      "requests_letter": 6}),
    ("channels by what was done", "收到信息公开申请9件，通过网络提交5件，邮寄提交3件，现场受理1件。",
     {"requests_received": 9, "requests_online": 5, "requests_letter": 3, "requests_in_person": 1}),
    ("in time and late",
     "政府信息公开申请中，按时办结100件，延期办结3件。", {"completed_on_time": 100, "completed_extended": 3}),
    ("replies by kind",
     "答复的公开申请中，属于已主动公开范围10件，同意公开60件，同意部分公开5件，不同意公开3件，"
     "不属于本行政机关公开12件，"
     "申请信息不存在8件，告知作出更改补充3件，告知通过其他途径办理2件。",
     {"answer_already_public": 10, "disclosed_full": 60, "disclosed_partial": 5, "refused": 3,
      "answer_not_competent": 12,
      "answer_does_not_exist": 8, "answer_correction_required": 3, "answer_other_route": 2}),
    ("reasons of refusals", "对公开申请，不予公开6件：涉及国家秘密1件、涉及商业秘密2件、涉及个人隐私3件。",
     {"refused": 6, "refused_state_secret": 1, "refused_trade_secret": 2, "refused_privacy": 3}),
    ("reasons of the later forms",
     "依申请公开中，属于行政执法案卷4件，属于四类过程性信息2件，本机关不掌握相关政府信息7件，重复申请1件。",
     {"refused_enforcement_file": 4, "refused_deliberative": 2, "unable_not_held": 7, "not_processed_repeat": 1}),
    ("number before the reply", "本年收到10件申请，其中3件予以公开，2件部分公开，5件不予公开，均属政府信息公开。",
     {"requests_received": 10, "disclosed_full": 3, "disclosed_partial": 2, "refused": 5}),
    ("what became of reviews and suits",
     "因政府信息公开被申请行政复议3件，其中维持2件，被依法纠错1件；行政诉讼2件，驳回2件。",
     {"reconsideration": 3, "reconsideration_upheld": 2, "reconsideration_corrected": 1, "litigation": 2,
      "litigation_dismissed": 2}),
    ("suits of both kinds", "涉及信息公开的案件中，未经复议直接起诉2件，复议后起诉1件。",
     {"litigation_direct": 2, "litigation_after_reconsideration": 1}),
    ("complaints", "共收到政府信息公开方面的举报投诉两件。", {"complaints": 2}),
    ("fees in 万元", "收取依申请公开信息费用0.12万元。", {"request_fees": 1200}),
    ("fees noticed and paid", "发出收费通知2件，总金额300元，实际收取总金额200元。",
     {"fee_notices": 2, "fees_charged": 300, "request_fees": 200}),
    ("staff", "从事政府信息公开工作人员12人，其中专职人员2名，兼职人员10名。",
     {"staff": 12, "staff_full_time": 2, "staff_part_time": 10}),
    ("offices, places, money", "设立政府信息公开专门机构1个，设置查阅点3个，专项经费5.5万元。",
     {"dedicated_offices": 1, "reading_points": 3, "dedicated_budget": 55_000}),
    ("meetings and training", "召开政府信息公开工作会议3次，举办培训班2期，培训人员120人次。",
     {"meetings": 3, "training_sessions": 2, "people_trained": 120}),
    ("decisions", "作出行政许可决定1234件，作出行政处罚决定56件，行政事业性收费120.5万元。",
     {"licensing_decisions": 1234, "penalty_decisions": 56, "administrative_fees": 1_205_000}),
    ("procurement in 亿元", "政府集中采购项目12项，采购总金额1.3亿元。",
     {"procurement_items": 12, "procurement_amount": 130_000_000}),
    ("applicants", "政府信息公开申请中，自然人34件、商业企业1件、科研机构0件。",
     {"requests_natural_person": 34, "requests_commercial": 1, "requests_research": 0}),
    ("characters for digits", "收到政府信息公开申请一百零三件，主动公开信息三万两千条。",
     {"requests_received": 103, "disclosed_items": 32_000}),
    ("the request asks for something", "我局收到申请公开政府信息的要求31件，均完成答复。", {"requests_received": 31}),
    ("the year itself, after another one", "2015年收到申请12件，2016年收到申请20件。", {"requests_received": 20}),
    ("none of either is none of each", "全年政府信息公开行政复议、行政诉讼均为0件。", {"litigation": 0}),
    ("this year's of a sum over years", "自2008年以来，我局累计主动公开信息1236条，其中2016年主动公开286条。",
     {"disclosed_items": 286}),
    ("replies in quotation marks", "已答复公开申请5件，其中“同意公开”的3件，“不予公开”的2件。",
     {"requests_handled": 5, "disclosed_full": 3, "refused": 2}),
    ("after a remark in brackets", "公开申请中，不予公开5件（其中属于行政执法案卷5件）、无法提供25件。",
     {"refused": 5, "refused_enforcement_file": 5, "unable": 25}),
    ("staff without the word", "政务公开工作人员共三人，其中专职一人，兼职两人。",
     {"staff": 3, "staff_full_time": 1, "staff_part_time": 2}),
    ("meetings by their kind", "为做好政务公开，全年召开专题会议4次，培训班举办了2期。",
     {"meetings": 4, "training_sessions": 2}),
    ("applicants named in full", "收到公民、法人或者其他组织申请5件，均已公开。", {"requests_received": 5}),
    ("one kind of applicant", "收到信息公开申请3件，收到公民申请2件。",
     {"requests_received": 3, "requests_natural_person": 2}),
    ("no reviews, suits, complaints", "未发生针对本机关有关政府信息公开事务的行政复议案、行政诉讼案和有关的申诉案。",
     {"reconsideration": 0, "litigation": 0}),
    ("channels without a verb", "其中网站1420条、微信公众号2100条、微博1600条。",
     {"channel_website": 1420, "channel_wechat": 2100, "channel_weibo": 1600}),
    ("in another part of the sentence", "收到政府信息公开申请93件，较上年的81件增长14.8%；结转上年2件，共办结94件。",
     {"requests_received": 93, "carried_over_in": 2, "requests_handled": 94}),
    ("none came in", "本年度，我镇未收到政府信息公开申请。", {"requests_received": 0}),
    ("no reviews and no suits", "没有发生因政府信息公开申请行政复议、提起行政诉讼的情况。",
     {"reconsideration": 0, "litigation": 0}),
    ("no fees", "全年未收取信息处理费，未收到政府信息公开申请。", {"request_fees": 0, "requests_received": 0}),
    ("a whole year by its months", "2016年1月1日至12月31日，收到申请31件。", {"requests_received": 31}),
]
TRAPS = [
    ("last year's, in its own clause", "2015年，我局收到申请12件。"),
    ("last year's, without a number", "上年，我局收到申请12件。"),
    ("many years', in a clause before", "自2008年条例施行以来，共收到政府信息公开申请900件。"),
    ("many years' by 累计", "截至年底，累计主动公开信息1200条。"),
    ("many years' by 历年", "历年共收到政府信息公开申请900件。"),
    ("many years' by 近三年", "近三年，共收到政府信息公开申请90件。"),
    ("up to now", "截至目前，共主动公开政府信息800条。"),
    ("a growth", "主动公开信息同比增长50条。"),
    ("more than last year", "比上年多收到申请5件。"),
    ("less than a year", "2016年上半年，收到申请9件。"),
    ("a month", "9月，召开政务公开工作会议1次。"),
    ("months of a year", "2016年1-6月收到申请9件。"),
    ("other places'", "有的地方一年收到申请300件；一些地区主动公开信息5000条。"),
    ("other places', named before", "一些地区日常收到申请，收到申请300件。"),
    ("a plan", "下一步，举办政务公开培训班4期。"),
    ("a duty", "按照规定，每年至少召开政府信息公开工作会议2次。"),
    ("next year's plan", "2017年计划举办政务公开培训班3期。"),
    ("two share a number", "政府信息公开行政复议、行政诉讼共5件。"),
    ("two results share a number", "依申请公开中，予以公开和部分公开27件。"),
    ("two applicants share a number", "政府信息公开申请中，公民、法人申请5件。"),
    ("two numbers for two, in order", "制发规章、规范性文件分别为6件、2件。"),
    ("about so many", "收到政府信息公开申请约30件。"),
    ("nearly so many", "收到政府信息公开申请近30件。"),
    ("more than so many", "收到政府信息公开申请超过30件。"),
    ("ten and some", "收到政府信息公开申请十余件。"),
    ("some dozens", "收到政府信息公开申请数十件。"),
    ("one or two", "收到政府信息公开申请一两件。"),
    ("or so", "从事政府信息公开工作人员300人左右。"),
    ("a share in per cent", "政府网站公开占33.04%，主动公开信息增长25个百分点。"),
    ("an article of the law", "依照《条例》第二十条主动公开信息。"),
    ("followers of an account", "微信公众号粉丝4340人，微博账号3个。"),
    ("proposals answered", "办结政协提案12件，答复人大建议8件，全部公开。"),
    ("other complaints", "12315热线受理投诉举报7126件。"),
    ("other suits", "全年出庭应诉行政诉讼案件20件。"),
    ("other reviews", "审理行政复议案件300件。"),
    ("licences applied for", "受理行政许可申请1234件，办结1234件，结果主动公开。"),
    ("full-time and part-time together", "配备政务公开专（兼）职人员7名，专、兼职人员7名。"),
    ("fields, not items", "主动公开26个领域信息。"),
    ("one channel's applications", "通过县政府网站收到申请12件。"),
    ("a digit torn off", "收到政府信息公开申请1 2件。"),
    ("since this year is more than it", "2016年以来，收到申请3件。"),
    ("carried on, not come in", "共有5件政府信息公开申请转入下年度办理。"),
    ("an outcome of one of two",
     "信息公开行政复议、诉讼中，维持原行政行为。行政复议、行政诉讼共5件，维持2件，信息公开。"),
    ("sites, not items", "建设政府网站1个，在线监测门户网站12个，均已公开。"),
    ("none in another year", "2015年，未收到政府信息公开申请。"),
    ("none in one place", "其中，下属单位未收到政府信息公开申请。"),
    ("none of one kind", "未收到不予公开的信息公开申请，未发生信息公开以外的行政复议事项争议3起。"),
    ("no reviews that are not told of disclosure", "本单位未发生行政复议。"),
    ("部分 is no number of 部", "收到申请一部分已经公开。"),
]


def told(text: str) -> dict[str, int]:
    return {f.key: int(f.value or 0) for f in figures(text, sections(text), YEAR)}


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in TOLD], ids=[case[0] for case in TOLD])
def test_told(text: str, expected: dict[str, int]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", [text for _, text in TRAPS], ids=[name for name, _ in TRAPS])
def test_traps(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(("text", "issuer", "expected"), [
    ("县教育局主动公开信息320条，我局主动公开信息280条。", "示例县水利局", [280]),
    ("2016年我局收到申请12件。市公安局收到申请90件。", "示例县水利局", [12]),
    ("示例县水利局收到申请12件。县水利局共收到申请13件。", "示例县水利局", [12, 13]),
    ("县教育局主动公开信息320条。", "", [320]),  # whose report it is is not known
])
def test_what_other_bodies_count_is_not_the_issuer_s(text: str, issuer: str, expected: list[int]) -> None:
    assert [told.figure.value for told in tellings(text, (), YEAR, issuer)] == expected


def test_there_are_enough_and_no_fact_lacks_a_meaning() -> None:
    assert len(TOLD) + len(TRAPS) >= 60 and len(TRAPS) * 2 >= len(TOLD) + len(TRAPS)
    assert {fact.key for fact in FACTS if fact.about != "cases"} <= set(KEYS)


@given(st.integers(0, 10**8))
def test_a_number_says_the_same_in_digits_and_in_characters(count: int) -> None:
    spoken = figures(f"收到政府信息公开申请{spelled(count)}件。", (), YEAR)
    printed = figures(f"收到政府信息公开申请{count:,}件。", (), YEAR)
    assert [f.value for f in spoken] == [f.value for f in printed] == [count]
    assert spoken[0].raw == f"{spelled(count)}件"


TEXTS = [text for _, text, _ in TOLD] + [text for _, text in TRAPS]
WORDS = st.sampled_from([w for text in TEXTS for w in re.split("(?<=[，、。；：])", text)])


@given(st.lists(WORDS, max_size=12).map("".join))
def test_whatever_stands_together_a_figure_is_printed_so(text: str) -> None:
    for figure in figures(text, sections(text), YEAR):
        assert figure.key in KEYS and figure.raw in folded(text)
        digits = re.match("([0-9.,]+|[零〇一二两三四五六七八九十百千万亿]+)(万|亿)?", figure.raw)
        if digits:
            spoken = numeral(digits[0])
            assert figure.value == (spoken if spoken is not None else number(digits[0]).value)
        else:
            assert figure.value == 0 and re.match("未|没有|无|尚无|从未", figure.raw)
