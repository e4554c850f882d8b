"""The facts that reports tell in prose: every one that a form of 2014, 2019 or 2021 names, with the words for it.

`words` stand before the number, `behind` after it, both as patterns over half-width simplified text; the first fact
whose words fit at a place wins. `about` is what the sentence has to be about: "requests" (申请公开), "applying" (that
in its own part of the sentence), "proceedings", "cases" (what became of reviews or suits), "disclosure", "fees".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

PIECES: Final = frozenset(
    ("件次", "件", "条次", "条", "次", "份", "宗", "起", "个", "篇", "部", "例", "项", "则", "封")
)
NOTES: Final = frozenset(("条", "条次", "件", "篇", "则", "份"))
EVENTS: Final = frozenset(("次", "场", "场次", "期", "个", "班次", "批次", "件", "起", "条", "篇"))
PEOPLE: Final = frozenset(("人", "名", "位", "人次"))
SITES: Final = frozenset(("个", "处", "家"))
MONEY: Final = frozenset(("元",))


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: key, meaning, the words before and behind its number, what it is counted in, what it must be about."""

    key: str
    meaning: str
    words: str
    counted: frozenset[str] = PIECES
    about: str = ""
    behind: str = ""
    lead: str = ""  # what stands before a number whose words are behind it; "" for anything
    is_total: bool = False  # a number behind 其中 or of one channel is only a part of it


_ASKED = (
    "(?:(?:公民|法人|自然人)(?=[、和或及])|其[他它]组织|社会公众|人民群众|群众|公众|各类|各种|书面|有效|全[省市区县州]|提出|提交|递交"
    "|关于|要求|政府|政务|信息"
    "|公开|新|共|依|和|或者|或|及|的|相关|[、“”])*"
)
OBJECT: Final = f"{_ASKED}申请(?:公开)?(?:政府|政务)?(?:信息)?(?:公开)?(?:的(?:要求|申请))?"
_APPLIED = "(?:政府|政务)?(?:信息)?公开申请(?!人)|申请(?=[,。;]|$)"
_ANY = "[^,;:。\\d]"  # within a clause
_DROPPED = "(?:、?行政机关不再处理(?:其)?(?:政府信息公开)?(?:申请)?)?"
_SENT = "(?:方式|形式|渠道|途径|平台|提交|递交|提出|接收|受理|收到|公开|政府|信息|的|共)*(?:申请)?"
_SHOWN = "(?:主动)?(?:公开|发布|刊登|刊发|发表|推送|编发|更新|上传|公布|登载|发送)"
_ITEMS = "(?:各类|各种|政府|政务|信息|类|的|文章|推文|稿件|动态|相关|内容)*"
_HELD = "(?:举办|组织|召开|开展|参加|举行|举办或参加|参加或举办)"
_PERSON = "(?:提出|提交|申请|的)*"

# 申请: 2014 统计表 三; 2019 and 2021 table 3
_REQUESTS = (
    Fact("requests_received", "收到、受理的申请", f"(?:收到|受理|接收|接到|收悉|新收|收)(?:、?(?:受理"
         f"|办理))?{OBJECT}", is_total=True,
         behind=_APPLIED, lead="收到|受理|接收|接到|新收"),
    Fact("requests_received", "", "(?!)", is_total=True, lead="有",
         behind="(?:政府|政务)?(?:信息)?(?:公开)?申请(?=[,。;]|$)"),
    Fact("requests_in_person", "当面申请", f"(?:当面|现场){_SENT}", about="requests"),
    Fact("requests_fax", "传真申请", f"传真{_SENT}", about="requests"),
    Fact("requests_email", "电子邮件申请", f"(?:电子邮[件箱]|邮箱|电邮){_SENT}", about="requests"),
    Fact("requests_online", "网络申请", f"(?:网[上络](?:平台|系统)?|互联网|在线){_SENT}", about="requests"),
    Fact("requests_letter", "信函申请", f"(?:信函|邮寄|信件|挂号信){_SENT}", about="requests"),
    Fact("completed_on_time", "按时办结", "(?:按时|按期|如期)(?:予以)?(?:办结|答复|办理|回复)", about="applying"),
    Fact("completed_extended", "延期办结", "(?:延期|延长期限)(?:办结|答复|办理|回复)", about="applying"),
    Fact("requests_handled", "办理、办结、答复的申请", f"(?:办理|办结|答复|处理)(?:[、和并](?:办结"
         f"|答复))?{OBJECT}", is_total=True),
    Fact("requests_handled", "", "(?:办结|答复)", about="applying", is_total=True,
         behind=_APPLIED, lead="办理|办结|答复|处理"),
    Fact("requests_natural_person", "自然人的申请", f"(?:自然人|公民){_PERSON}", about="applying"),
    Fact("requests_organizations", "法人或其他组织的申请",
         f"(?:法人(?:和|或|及|、)?其[他它]组织|法人|(?<!商业)企业){_PERSON}", about="applying"),
    Fact("requests_commercial", "商业企业的申请", f"商业企业{_PERSON}", about="applying"),
    Fact("requests_research", "科研机构的申请", f"科研机构{_PERSON}", about="applying"),
    Fact("requests_welfare", "社会公益组织的申请", f"社会公益组织{_PERSON}", about="applying"),
    Fact("requests_legal_service", "法律服务机构的申请", f"法律服务机构{_PERSON}", about="applying"),
    Fact("carried_over_in", "上年结转", "(?:上一?年度?|去年|20\\d\\d年度?)结转(?:至?[本今]年度?)?(?:继续)?(?:办理)?"
         "|结转上一?年度?(?:未办结)?"),
    Fact("carried_over_out", "结转下年度", "结转(?:至|到)?(?:下一?|次|明|20\\d\\d)年度?(?:继续)?(?:办理)?"),
    Fact("answer_already_public", "属于已主动公开范围", "(?:属于)?已(?:经)?主动公开(?:的)?(?:范围)?",
         about="requests"),
    Fact("disclosed_full", "予以公开、同意公开", "(?<!不)(?<!部分)(?:予以|同意)公开", about="requests",
         behind="(?:予以|同意)公开(?=[,;。、]|$)"),
    Fact("disclosed_partial", "部分公开", "同意部分公开|部分(?:予以)?公开", about="requests",
         behind="(?:予以|同意)?部分(?:予以)?公开(?=[,;。、]|$)"),
    Fact("refused", "不予公开、不同意公开", "不(?:予|同意)公开", about="requests",
         behind="不(?:予|同意)公开(?=[,;。、]|$)"),
    Fact("refused_state_secret", "涉及国家秘密", "(?:涉及|属于)?国家秘密", about="requests"),
    Fact("refused_trade_secret", "涉及商业秘密", "(?:涉及|属于)?商业秘密", about="requests"),
    Fact("refused_privacy", "涉及个人隐私", "(?:涉及|属于)?个人隐私", about="requests"),
    Fact("refused_security_stability", "危及三安全一稳定", f"危及国家安全{_ANY}{{0,24}}稳定|三安全一稳定”?",
         about="requests"),
    Fact("refused_not_government_information", "不是《条例》所指政府信息",
         "(?:不是|不属于|非)《?(?:条例)?》?(?:所指(?:的)?)?政府信息", about="requests"),
    Fact("refused_other_law", "法律法规规定的其他情形", "法律、?(?:行政)?法规规定的其[他它]情形", about="requests"),
    Fact("refused_prohibited_by_law", "其他法律行政法规禁止公开", "其[他它]法律、?行政法规禁止公开",
         about="requests"),
    Fact("refused_third_party", "保护第三方合法权益", "(?:保护|涉及)?第三方合法权益", about="requests"),
    Fact("refused_internal_affairs", "三类内部事务信息", "(?:属于)?(?:三类)?内部事务信息", about="requests"),
    Fact("refused_deliberative", "四类过程性信息", "(?:属于)?(?:四类)?过程性信息", about="requests"),
    Fact("refused_enforcement_file", "行政执法案卷", "(?:属于)?行政执法案卷", about="requests"),
    Fact("refused_administrative_inquiry", "行政查询事项", "(?:属于)?行政查询事项", about="requests"),
    Fact("unable", "无法提供", "无法提供(?:的)?(?:政府信息)?", about="requests", behind="无法提供(?=[,;。、]|$)"),
    Fact("unable_not_held", "本机关不掌握相关政府信息", "(?:本(?:行政)?机关)?不掌握(?:相关)?(?:政府)?信息",
         about="requests"),
    Fact("unable_needs_creation", "没有现成信息需要另行制作", "没有现成信息,?(?:需要?另行制作)?|需要?另行制作",
         about="requests"),
    Fact("unable_unclear", "补正后申请内容仍不明确", "补正后(?:申请)?(?:内容)?仍不明确", about="requests"),
    Fact("answer_not_competent", "不属于本行政机关公开", "(?:不属于|非)本(?:行政)?(?:机关|单位|部门)(?:公开|职责"
         "|职权|掌握)?(?:范围)?",
         about="requests"),
    Fact("answer_does_not_exist", "申请信息不存在", "(?:政府)?信息不存在", about="requests"),
    Fact("answer_correction_required", "告知作出更改补充", "(?:告知)?(?:申请人)?(?:作出)?更改、?补充",
         about="requests"),
    Fact("answer_other_route", "告知通过其他途径办理", "(?:告知)?通过其[他它]途径办理", about="requests"),
    Fact("not_processed", "不予处理", "不予处理", about="requests", behind="不予处理(?=[,;。、]|$)"),
    Fact("not_processed_petition", "信访举报投诉类申请", "信访、?举报、?投诉类", about="requests"),
    Fact("not_processed_repeat", "重复申请", "重复申请", about="requests"),
    Fact("not_processed_publication", "要求提供公开出版物", "要求提供公开出版物", about="requests"),
    Fact("not_processed_excessive", "无正当理由大量反复申请", "(?:无正当理由)?大量反复申请", about="requests"),
    Fact("not_processed_reissue", "确认或重新出具已获取信息",
         "(?:要求)?(?:行政机关)?确认或者?重新出具已获取(?:的)?信息", about="requests"),
    Fact("other", "其他处理", "其[他它]处理", about="requests"),
    Fact("other_no_correction", "逾期不补正", f"逾期不补正{_DROPPED}", about="requests"),
    Fact("other_fee_unpaid", "逾期未按收费通知要求缴纳费用", f"逾期未按收费通知(?:的)?要求缴纳费用{_DROPPED}",
         about="requests"),
)
# 复议、诉讼: 2014 统计表 四、五、六; 2019 and 2021 table 4. What became of them is keyed by _PROCEEDINGS below.
_CASES = (
    Fact("reconsideration", "行政复议", "行政复议(?:申请|案件?)?", about="proceedings", is_total=True,
         behind="(?:涉及|因)?(?:政府信息公开)?(?:类)?(?:的)?行政复议"),
    Fact("litigation_direct", "未经复议直接起诉", "未经复议(?:而)?直接(?:起诉|提起(?:行政)?诉讼)",
         about="proceedings"),
    Fact("litigation_after_reconsideration", "复议后起诉", "复议后(?:再)?(?:起诉|提起(?:行政)?诉讼)",
         about="proceedings"),
    Fact("litigation", "行政诉讼", "行政诉讼(?:案件?)?", about="proceedings", is_total=True,
         behind="(?:涉及|因)?(?:政府信息公开)?(?:类)?(?:的)?行政诉讼"),
    Fact("_upheld", "结果维持", "(?:结果)?维持(?:原)?(?:具体)?(?:行政行为)?(?:决定)?", about="cases"),
    Fact("_corrected", "结果纠正、被依法纠错", "(?:结果|被?依法)?(?:被)?(?:予以)?纠[正错]", about="cases"),
    Fact("_other", "其他结果、其他情形", "其[他它](?:结果|情形)", about="cases"),
    Fact("_pending", "尚未审结", "尚?未审结|尚未结案", about="cases"),
    Fact("_dismissed", "驳回", "驳回(?:原告|申请人)?(?:诉讼)?(?:请求|起诉|申请)?", about="cases"),
    Fact("complaints", "举报投诉", "(?:举报、?投诉|投诉、?举报)(?:案件|事项)?", about="proceedings"),
)
# 主动公开: 2014 统计表 一; 2019 and 2021 table 2
_DISCLOSURE = (
    Fact("disclosed_normative_documents", "主动公开规范性文件", "主动公开(?:的)?(?:行政)?规范性文件"),
    Fact("disclosed_items", "主动公开",
         "主动公开(?:各类|政府|政务|信息|类|的|累计)*"
         "|(?<!申请)(?<!不予)(?<!予以)(?<!同意)(?<!部分)公开(?:发布)?(?:各类)?(?:政府|政务)信息",
         is_total=True),
    Fact("channel_gazette", "政府公报公开", f"政府公报(?:主动)?(?:公开|发布|刊登|刊发)?{_ITEMS}", NOTES),
    Fact("channel_website", "政府网站公开", f"(?:(?:政府|门户|官方)网站|(?<!各)网站|官网)(?:上|平台)?(?:共"
         f"|累计)?{_SHOWN}?{_ITEMS}", NOTES),
    Fact("channel_weibo", "政务微博公开", f"微博(?:平台)?(?:共|上)?{_SHOWN}?{_ITEMS}", NOTES),
    Fact("channel_wechat", "政务微信公开", f"微信(?:公众号|公众平台|平台)?(?:共|上)?{_SHOWN}?{_ITEMS}", NOTES),
    Fact("channel_other", "其他方式公开", f"其[他它](?:方式|渠道|途径|形式)(?:共)?{_SHOWN}{_ITEMS}", NOTES),
    Fact("licensing_decisions", "行政许可处理决定", "(?:作|做)出(?:的)?行政许可(?:处理)?决定"
         "|行政许可(?:处理)?决定(?:数量|总数)"),
    Fact("penalty_decisions", "行政处罚处理决定", "(?:作|做)出(?:的)?行政处罚(?:处理)?决定"
         "|行政处罚(?:处理)?决定(?:数量|总数)"),
    Fact("coercion_decisions", "行政强制处理决定", "(?:作|做)出(?:的)?行政强制(?:处理)?决定"
         "|行政强制(?:处理)?决定(?:数量|总数)"),
    Fact("administrative_fees", "行政事业性收费", "(?:收取)?行政事业性收费(?:总?金额|总额)?", MONEY),
    Fact("procurement_items", "政府集中采购项目", "政府集中采购(?:项目)?"),
    Fact("procurement_amount", "政府集中采购金额", "(?:政府)?(?:集中)?采购(?:总金额|金额|总额)", MONEY),
)
# 回应解读、费用、机构、会议和培训: 2014 统计表 二、七、八、九; 2021 section six (国办函〔2020〕109号)
_WORK = (
    Fact("public_concerns_answered", "回应公众关注热点或重大舆情",
         "回应(?:公众|社会|群众|关注|关切|的|社会关切)*(?:热点|重大|舆情|问题|事件|或|和|及|、)+", EVENTS),
    Fact("press_conferences_by_head", "主要负责同志参加新闻发布会",
         f"主要(?:负责同志|负责人|领导)(?:参加|出席){_ANY}{{0,8}}新闻发布会", EVENTS),
    Fact("press_conferences", "参加或举办新闻发布会", f"{_HELD}{_ANY}{{0,10}}新闻(?:发布|通气)会", EVENTS,
         behind="(?:政府)?新闻(?:发布|通气)会"),
    Fact("online_interviews_by_head", "主要负责同志参加在线访谈",
         f"主要(?:负责同志|负责人|领导)(?:参加|出席){_ANY}{{0,8}}在线访谈", EVENTS),
    Fact("online_interviews", "在线访谈", "在线访谈(?:活动|节目)?", EVENTS, behind="在线访谈"),
    Fact("policy_interpretations", "政策解读稿件", "(?:政策)?解读(?:性)?(?:稿件?|材料|文章|信息|文稿|文件)"
         "|政策解读(?:类信息)?",
         behind="(?:政策)?解读(?:稿件?|材料|文章|信息|文稿)"),
    Fact("social_media_responses", "微博微信回应", "微[博信][、和及]?微[博信]回应(?:的)?(?:事件)?", EVENTS),
    Fact("other_responses", "其他方式回应", "其[他它]方式回应(?:的)?(?:事件)?", EVENTS),
    Fact("fee_notices", "收费通知", "(?:发出|下达|送达)?收费通知书?(?:的)?(?:件数)?"),
    Fact("fees_charged", "收费通知的金额", "(?:通知)?(?:的)?总金额|应收(?:取)?(?:总)?金额", MONEY, about="fees"),
    Fact("request_fees", "依申请公开收取的费用",
         f"(?:收取|实收|收){_ANY}{{0,16}}(?:费用|信息处理费|检索费|复制费|邮寄费)(?:总?金额|总额)?"
         f"|信息处理费(?:总?金额|总额)?"
         "|实际收取(?:的)?(?:总?金额)", MONEY),
    Fact("dedicated_offices", "专门机构", "(?:政府信息|信息|政务)公开(?:工作)?专门机构", SITES),
    Fact("reading_points", "查阅点", "(?:政府信息)?(?:公开)?查阅(?:点|场所|中心)", SITES,
         behind="(?:政府信息)?(?:公开)?(?:集中)?查阅(?:点|场所|中心)"),
    Fact("staff_full_time", "专职人员", "专职(?:工作)?(?:人员)?", PEOPLE, behind="专职(?:工作)?人员"),
    Fact("staff_part_time", "兼职人员", "(?<!专)兼职(?:工作)?(?:人员)?", PEOPLE, behind="兼职(?:工作)?人员"),
    Fact("staff", "政府信息公开工作人员", "(?:政府信息|政务|信息)公开(?:的)?工作人员", PEOPLE),
    Fact("dedicated_budget", "政府信息公开专项经费", "(?:信息|政务)公开(?:工作)?专项经费|专项经费", MONEY,
         about="disclosure"),
    Fact("meetings", "政府信息公开工作会议或专题会议", f"召开{_ANY}{{0,12}}(?:信息|政务)公开{_ANY}{{0,10}}会议?"
         "|召开(?:工作|专题)会议?", EVENTS, about="disclosure",
         behind="(?:政府信息|政务|信息)公开(?:工作|专题|推进|领导小组|培训|部署|协调|专项)*会议?"),
    Fact("training_sessions", "培训班", f"{_HELD}{_ANY}{{0,20}}培训(?:班|会|活动)?|培训班", EVENTS,
         about="disclosure",
         behind="(?:政府信息|政务|信息)公开(?:工作|业务|专题|专项)*培训(?:班|会|活动)?|(?:业务|专题)?培训班"),
    Fact("people_trained", "接受培训人员", "(?:接受培训|参训|培训)(?:干部|工作|相关|机关|业务|各类|、)*(?:人员|干部"
         "|人次|人数)?",
         frozenset(("人", "人次", "名"))),
)
FACTS: Final = (*_WORK, *_REQUESTS, *_CASES, *_DISCLOSURE)
SUBJECTS: Final[Mapping[str, str]] = {"行政复议": "reconsideration", "行政诉讼": "litigation"}
DOCUMENTS: Final[Mapping[str, str]] = {"issued": "制发", "repealed": "废止", "in_force": "现行有效"}


def _meanings() -> Iterator[tuple[str, str]]:
    for fact in FACTS:
        if fact.about == "cases":
            yield from ((subject + fact.key, f"{word}，{fact.meaning}") for word, subject in SUBJECTS.items())
        elif fact.meaning:
            yield fact.key, fact.meaning
    for key, kind in (("regulations", "规章"), ("normative_documents", "规范性文件")):
        yield from ((f"{key}_{column}", f"{kind}，{word}") for column, word in DOCUMENTS.items())


KEYS: Final[Mapping[str, str]] = dict(_meanings())
