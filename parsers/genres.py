"""Genres: which kind of page a title announces that is no report's."""

import re

from parsers.titles import ELSEWHERE, flat_title, is_report_title, whole_title

# The first that stands in a title decides; pages that stand beside reports.
_OTHERS = (
    ("worksheet", re.compile("网站.{0,8}(?:报表|工作年报|年度报告)|网站监管|新媒体.{0,6}报表")),
    ("interpretation", re.compile("解读|图解|一图|读懂|答记者问|问答|图说|漫画|数说|速览")),
    ("format", re.compile("(?:报告|年报)》?[（(]?的?(?:格式|模板|模版|范本|编制说明|填报说明|填写说明)|格式[（(]试行")),
    ("notice", re.compile(
        "关于.{0,80}的?(?:通知|函|通报|通告|公告|意见|批复|决定|指引|要求)(?:[（(].*)?$"
        "|^关于(?:做好|开展|报送|加强|进一步|印发|编制|转发)|函〔"
    )),
    ("guide", re.compile("指南|目录|制度|规定|办法|申请表|流程|要点|方案|须知|计划$|台账|清单$|条例")),
    ("elsewhere", re.compile(
        "法治政府|依法行政|预算|决算|绩效|政府工作报告|统计公报|总结|审计报告|环境.*公报|企业年报|年检|评估报告|考核|财政.*报告"
    )),
    ("news", re.compile("召开|举办|举行|开展|组织|部署|推进|完成|圆满|培训会|工作会|会议$|动态$|座谈会")),
    ("list", re.compile("信息公开专栏|公开平台|首页|门户网站$|年报$|年度报告$")),
)


def other_kind(text: str) -> str:
    """The kind of page that a title announces if not a report: notice, worksheet, … ; "" for none.

    >>> other_kind("关于做好2020年政府信息公开年报工作的通知"), other_kind("聊城市审计局2020年政府信息公开工作年度报告")
    ('notice', '')
    """
    if is_report_title(text):
        return ""
    whole, flat = whole_title(text), flat_title(text)
    if ELSEWHERE.search(flat):
        return "elsewhere"
    return next((kind for kind, words in _OTHERS if words.search(flat) or words.search(whole)), "")
