"""Chapters of a report: the six of the 2019 and 2021 formats, and the outlines of 2008–2018."""

import re

from parsers.model import Section
from parsers.script import simplified

# In this order: the first key whose words stand in a heading wins (DOMAIN: 条例 2008 art. 32, 条例 2019 art. 50).
_KEYS = (
    ("proceedings", re.compile("复议|诉讼|申诉")),
    ("fees", re.compile("^(?:政府信息公开)?(?:的)?(?:收费|费用|工作经费)|收费(?:及|和|与|情况)|收取(?:的)?费用")),
    ("problems", re.compile("问题|不足|改进|打算|下一步")),
    ("requests", re.compile("依申请|公开申请|申请(?:情况|办理|处理)|收到和处理")),
    ("disclosure", re.compile("主动公开|公开政府信息(?:的)?情况")),
    ("responses", re.compile("回应|解读")),
    ("consultation", re.compile("咨询")),
    ("support", re.compile("机构建设|保障经费|人员和经费|会议和培训")),
    ("annex", re.compile("^(?:附表|附图|附件|统计表|附录)|情况统计表$")),
    ("other", re.compile("其他需要|需要报告|需要说明|其他事项|其它事项|其他情况|说明的事项")),
    ("overview", re.compile("总体情况|概述|概况|基本情况|整体情况|工作情况$|组织领导|推进情况|基础性工作|前言|引言")),
)
_ORDINAL = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|章)?[、，,.．：:]?)\s*(?=\S)")
_TABLE = re.compile(
    r"新收政府信息公开申请|上年结转|办理结果|结转下年度|第[一二]项加|勾稽|^三?、?本年度|公开申请数量|\||\t"
    "|公开的?政府信息数|收到申请数|申请办结数"
)
_BARE = re.compile(
    r"(?:总体情况|概述|(?:行政机关)?主动公开政府信息(?:的)?情况|(?:行政机关)?收到和处理政府信息公开申请(?:的)?情况"
    r"|(?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议、?(?:提起)?行政诉讼(?:的)?情况|(?:政府信息公开工作)?存在的主要问题及改进(?:措施|情况)"
    r"|其他需要报告的(?:事项|情况))"
)
_FIRST = frozenset("第一二三四五六七八九十")
_LONGEST = 45  # characters of the longest heading seen, with room


def key(heading: str) -> str:
    """The key of a heading's chapter, "" for a chapter of the body's own.

    >>> key("存在问题及下一步打算"), key("因政府信息公开工作被申请行政复议、提起行政诉讼情况"), key("亮点工作")
    ('problems', 'proceedings', '')
    """
    flat = "".join(heading.split())
    return next((k for k, words in _KEYS if words.search(flat)), "")


def sections(text: str) -> tuple[Section, ...]:
    """The chapters in order, each with its heading as printed; text before the first heading belongs to none.

    Rows of the form that look like headings (三、本年度办理结果) are not taken for chapters.

    >>> [(s.key, s.text) for s in sections("一、概述\\n2015年…\\n二、主动公开情况\\n共12条")]
    [('overview', '2015年…'), ('disclosure', '共12条')]
    """
    found: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        heading, rest = _heading(line)
        if heading:
            found.append((key(simplified(heading)), heading, [rest] if rest else []))
        elif found:
            found[-1][2].append(line)
    return tuple(Section(k, heading, "\n".join(below).strip()) for k, heading, below in found)


def _heading(line: str) -> tuple[str, str]:
    """The heading that a line starts with and what follows on the line; ("", "") for ordinary lines."""
    stripped = line.strip()
    if not stripped or (stripped[0] not in _FIRST and len(stripped) > _LONGEST):
        return "", ""
    plain = simplified(stripped)
    if _TABLE.search(plain[:_LONGEST]):
        return "", ""
    if _BARE.fullmatch("".join(plain.split())):
        return stripped, ""
    ordinal = _ORDINAL.match(plain)
    if not ordinal or not re.search("[、，,.．：:章分]", ordinal[0]):
        return "", ""
    return _cut(stripped, plain[ordinal.end():])


def _cut(line: str, title: str) -> tuple[str, str]:
    if len(title) <= _LONGEST and not re.search("[。；;]|，.*，", title):
        return line, ""
    head, gap, rest = line.partition(" ")
    if not gap:
        head, gap, rest = line.partition("　")
    head, rest = head.strip("。"), rest.strip()
    return (head, rest) if rest and len(head) <= _LONGEST and key(simplified(head)) else _sentence(line)


def _sentence(line: str) -> tuple[str, str]:
    head, stop, rest = line.partition("。")
    return (head, rest) if stop and len(head) <= _LONGEST and key(simplified(head)) and "，" not in head else ("", "")
