"""Labels of the form made comparable: one script, no ordinals, no remarks, no spaces; and how far two are apart."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC
from rapidfuzz.distance import Indel, Levenshtein

_ORDINAL = re.compile(
    r"(?:其中[:,、]?)?[(\[]?(?:[一二三四五六七八九十]{1,3}[)\]、.,]+|\d{1,2}(?:[)\]、.,:]+|(?=\D)))(?:其中[:,]?)?|其中[:,、]?"
)
_KEPT = re.compile(r"[(\[]([一二三四五六七八九十]{1,3})[)\]]")
_REMARK = re.compile(r"\([^()]*\)|\([^()]*$|\[[^\[\]]*\]|单位:[万亿千百]?元")
_GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ·]{1,7}\)", re.IGNORECASE)
_NOISE = re.compile(r"[^\w]|_", re.UNICODE)
_OVER = str.maketrans({"製": "制", "麵": "面", "係": "系", "衹": "只", "于": "于"})
_TO_SIMPLIFIED = OpenCC("t2s")
_TO_MAINLAND = OpenCC("tw2sp")


def simple(text: str) -> str:
    """Chinese in simplified script with mainland wording; over-converted characters too.

    >>> simple("其他主動公開檔案"), simple("本年製發件數"), simple("行政強製")
    ('其他主动公开文件', '本年制发件数', '行政强制')
    """
    text = text.translate(_OVER)
    plain_script = str(_TO_SIMPLIFIED.convert(text))
    if plain_script == text:
        return text
    return str(_TO_SIMPLIFIED.convert(_TO_MAINLAND.convert(text))).replace("指针", "指标")


@lru_cache(maxsize=65536)
def plain(label: str) -> str:
    """A label reduced to what tells it from others: simplified script, no ordinal, remark, mark or space.

    >>> plain("（三） 不予公 開"), plain("三 、 本 年 度 办 理 结 果"), plain("第二十条第（一）项")
    ('不予公开', '本年度办理结果', '第二十条第一项')
    >>> plain("部分公开(区分处理的,只计这一情形)"), plain("規章 （市政府令）"), plain("政(zheng)(zheng)府(fu)")
    ('部分公开', '规章', '政府')
    """
    text = "".join(unicodedata.normalize("NFKC", label[:400]).split())
    text = simple(_GLOSS.sub("", text))
    found = _ORDINAL.match(text)
    text = text[found.end() :] if found and found.end() < len(text) else text
    bare = _NOISE.sub("", _REMARK.sub("", _KEPT.sub(r"\1", text)))
    return bare or _NOISE.sub("", text)


@lru_cache(maxsize=262144)
def likeness(printed: str, official: str) -> float:
    """1.0 for equal, 0.0 for nothing in common; both as `plain` gives them.

    >>> likeness("属于国家秘密", "属于国家秘密"), round(likeness("属于国家密秘", "属于国家秘密"), 2)
    (1.0, 0.83)
    """
    return Indel.normalized_similarity(printed, official)


@lru_cache(maxsize=262144)
def edits(printed: str, official: str) -> int:
    """Characters to insert, drop or change."""
    return Levenshtein.distance(printed, official)
