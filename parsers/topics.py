"""What a sentence is about: applications, reviews and suits, disclosure, fees."""

import re

from parsers.sentences import Sentence

_REQUESTS = re.compile("公开[^,;]{0,6}申请|申请[^,;]{0,6}公开|收到申请|依申请")
_SUBJECT = re.compile("复议后(?:再)?(?:起诉|提起)|行政诉讼|起诉|行政复议")
_OUTCOME = re.compile("维持|纠[正错]|驳回|审结|其[他它]结果|撤[回销]")
_FOREIGN = re.compile("行政许可|许可申请|信访|提案|建议|工单|留言|来信|来访|投诉")


def is_about(topic: str, sentence: Sentence, segment: str) -> bool:
    """Whether chapter or sentence are about what a fact belongs to; `segment` is the sentence from the last ; on."""
    said = sentence.plain
    return {
        "": True,
        "requests": sentence.section == "requests" or ("申请" in said and "公开" in said),
        "applying": sentence.section == "requests" or bool(_REQUESTS.search(segment) or (
            _REQUESTS.search(said) and not _FOREIGN.search(said))),
        "proceedings": sentence.section == "proceedings" or "信息公开" in said,
        "disclosure": "公开" in said,
        "fees": "收费通知" in said,
        "charges": sentence.section == "fees" or "公开" in said or "信息处理费" in said,
    }[topic]


def case(before: str) -> str:
    """Whether reviews or suits were spoken of last; "" where none were, or both before any outcome was told.

    >>> case("行政复议3件,"), case("行政复议3件,其中维持3件;行政诉讼2件,"), case("行政复议2件,行政诉讼1件,")
    ('reconsideration', 'litigation', '')
    """
    told = [("reconsideration" if m[0] == "行政复议" else "litigation", m.start(), m.end())
            for m in _SUBJECT.finditer(before)]
    here = before.rfind(";") + 1
    told = [one for one in told if one[1] >= here] or told[-1:]
    if not told or (len({kind for kind, *_ in told}) > 1 and not _OUTCOME.search(before, told[0][2])):
        return ""
    return told[-1][0]
