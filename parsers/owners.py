"""Owners: whose a total told in prose is, by the body named before it, by 全省, 全市 and by the year carried over."""

import re
from collections.abc import Sequence
from typing import Final

from parsers.sentences import folded

_BODY: Final = re.compile(
    "((?:[\u3400-\u9fff]{2,10}(?<![我本全各该])(?:局|委|委员会|办|办公室|厅|镇|乡|街道|中心|政府)"
    "|(?<![我本])[省市县区州旗]政府))(?:共|全年|累计|等)*$"
)
_WHOLE: Final = re.compile("(?:(?<![健安完])全(?!市场)|我(?=[省市县区州盟旗]各))([省市县区州盟旗镇乡]|街道|苏木)")
_RULES: Final = re.compile(
    "(?:(?:人民)?政府(?:办公[室厅])?|行政公署|管理委员会|管委会|办事处|[省市县区州盟旗镇乡]|街道|苏木)$"
)
_OF_SOME: Final = re.compile(
    "[^,]{0,6}(?:部门|单位|机关|县区|区县|[市县]区|县|乡镇|镇街|街道|本级)(?:共|累计)*(?:收到|受理|办|公开|主动|接)"
)
_YEAR: Final = re.compile(r"20\d\d(?=年)")


def is_another_s(before: str, issuer: str) -> bool:
    """Whether a total is another body's, or that of a wider area; not so where the issuer is not known.

    `before` is the sentence up to the words of the total.

    >>> is_another_s("2021年,省水利厅", "和县水利局"), is_another_s("2021年,和县水利局共", "安徽省和县水利局")
    (True, False)
    >>> [is_another_s("全县共", body) for body in ("和县水利局", "和县人民政府", "和县历阳镇", "")]
    [True, False, True, False]
    """
    if not issuer:
        return False
    issuer = folded(issuer)
    if found := _BODY.search(before):
        return not any(found[1][at:] in issuer for at in range(len(found[1]) - 1))
    whole = _WHOLE.findall(before[before.rfind(",") + 1:])
    return bool(whole) and not _is_of(issuer, whole[-1])


def _is_of(issuer: str, kind: str) -> bool:
    """Whether a body governs a division of that kind: 全县 is a county government's own, not its bureau's."""
    if not (ruler := _RULES.search(issuer)):
        return False
    of = re.findall("街道|苏木|[省市县区州盟旗镇乡]", issuer[:ruler.end()])
    return bool(of) and of[-1] == kind


def is_part(clause: str, others: Sequence[str], sentence: str) -> bool:
    """Whether a total is that of some bodies alone or of all kinds of reviews and suits, as its sentence tells.

    `others` are the clauses of the sentence that tell the same fact.

    >>> is_part("县区收到申请", ("共收到申请",), ""), is_part("全年办理行政复议", ("涉及政府信息公开的行政复议",), "")
    (True, True)
    """
    if _OF_SOME.match(clause) and (others or "其中" in sentence):
        return True
    return "公开" not in clause and any("信息公开" in other for other in others)


def is_other_year_s(key: str, words: str, year: int | None) -> bool:
    """Whether what was carried over came from another year than the last, or went to another than the next.

    >>> is_other_year_s("carried_over_in", "2019年结转", 2021), is_other_year_s("carried_over_out", "结转2022年", 2021)
    (True, False)
    """
    wanted = (year or 0) + (1 if key == "carried_over_out" else -1)
    return bool(year) and any(int(named) not in (wanted, year) for named in _YEAR.findall(words))
