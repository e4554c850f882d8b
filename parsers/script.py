"""Script: traditional characters, over-converted and Taiwan wording, pinyin glosses, mojibake. Text in, text out."""

import re
from functools import cache, lru_cache

from opencc import OpenCC

_BLOCKS = ((0x3400, 0xA000), (0xF900, 0xFB00))
_SHORT = 100_000  # characters of a text that is remembered
_KEPT = "乾著藉"  # right in simplified text too: 乾县, 著作, 慰藉
_PROTECTED = re.compile(r"(乾)(?=[县縣安陵隆坤州])")
_LETTERS = str.maketrans({"衞": "卫", "敍": "叙", "濬": "浚", "澂": "澄", "囯": "国", "囘": "回", "岀": "出"})
_WORDING = {
    "规范性档案": "规范性文件", "附属档案": "附件", "主动公开档案": "主动公开文件", "档案编号": "文件编号",
    "政府资讯": "政府信息", "政务资讯": "政务信息", "资讯公开": "信息公开", "资讯处理": "信息处理",
    "公开资讯": "公开信息", "资讯内容": "信息内容", "现成资讯": "现成信息", "过程性资讯": "过程性信息",
    "事务资讯": "事务信息", "获取资讯": "获取信息", "专案": "项目", "巨观": "宏观",
    "最佳化": "优化", "网路": "网络", "覆议": "复议", "答覆": "答复",
    "回覆": "回复", "著力": "着力", "著眼": "着眼", "著手": "着手",
    "围绕著": "围绕着",
}
_TAIWAN = re.compile("|".join(sorted(_WORDING, key=len, reverse=True)))

_INITIAL = "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
_VOWEL = "[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_SYLLABLE = f"{_INITIAL}{_VOWEL}{{1,3}}(?:ng|n|r)?"
_HAN = "[\u3400-\u9fff]"
_BRACKETED = re.compile(f"[(（](?:[a-z]|[{_TONED}])")
_GLOSS = re.compile(rf"(?<={_HAN})(?:[(（]{_SYLLABLE}[)）])+")
_TONED_GLOSS = re.compile(rf"[(（](?=[a-zü]*[{_TONED}]){_SYLLABLE}[)）]")
_DOUBLED_GLOSS = re.compile(rf"([(（]{_SYLLABLE}[)）])\1")

_MOJIBAKE = re.compile(
    "\ufffd+|锟斤拷|烫烫烫|[\ue000-\uf8ff]{2,}|(?:[\u00e3-\u00e9][\u0080-\u00bf]{2}){2,}"
    "|(?:鏀垮簻|淇℃伅|鍏紑|骞村害|鎶ュ憡|銆|锛|鐨)+|[\u3105-\u312f]+|\\(\\?[。.][┲┟﹞]"
)
_STRAY = re.compile("[\ufffd锟烫\ue000-\uf8ff\u00e3-\u00e9鏀淇鍏骞鎶銆锛鐨\u3105-\u312f┲┟﹞]")  # each stretch has one


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def traditional_letters() -> frozenset[str]:
    """Every character that mainland simplified text does not use."""
    every = "\n".join(chr(i) for first, last in _BLOCKS for i in range(first, last))
    pairs = zip(every.split("\n"), _converter().convert(every).split("\n"), strict=True)
    return (frozenset(a for a, b in pairs if a != b) | {chr(k) for k in _LETTERS}) - frozenset(_KEPT)


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(traditional_letters()))}]")


def is_traditional(text: str) -> bool:
    """Whether the text holds any traditional character.

    >>> is_traditional("政府信息公開"), is_traditional("政府信息公开"), is_traditional("乾县")
    (True, False, False)
    """
    return _traditional().search(text) is not None


def simplified(text: str) -> str:
    """The text in simplified script and mainland wording, without pinyin glosses; unchanged text costs next to nothing.

    >>> simplified("規範性檔案與行政強製")
    '规范性文件与行政强制'
    >>> simplified("國務(wù)院"), simplified("政(zheng)(zheng)府(fu)(fu)")
    ('国务院', '政府')
    """
    return _remembered(text) if len(text) <= _SHORT else _simplified(text)


def _simplified(text: str) -> str:
    for _ in range(4):
        before, text = text, _unglossed(_converted(text))
        if text == before:
            break
    return text


@lru_cache(maxsize=128)
def _remembered(text: str) -> str:
    """A page's text is asked for again and again while it is read."""
    return _simplified(text)


def _converted(text: str) -> str:
    if not is_traditional(text):
        return text
    parts = (part if part == "乾" else _converter().convert(part) for part in _PROTECTED.split(text))
    return _TAIWAN.sub(lambda m: _WORDING[m[0]], "".join(parts).translate(_LETTERS))


def _unglossed(text: str) -> str:
    return _GLOSS.sub("", text) if glosses(text) else text


def glosses(text: str) -> int:
    """How many pinyin glosses stand in the text. A single toneless one, as in 人工智能(ai), is taken for a word.

    >>> glosses("國務(wù)院"), glosses("人工智能(ai)应用"), glosses("政(zheng)府(fu)")
    (1, 0, 2)
    """
    if not _BRACKETED.search(text):
        return 0
    found = len(_GLOSS.findall(text))
    return found if found > 1 or _TONED_GLOSS.search(text) or _DOUBLED_GLOSS.search(text) else 0


def mojibake(text: str) -> tuple[str, ...]:
    """The stretches that a wrong decoding left in the text, in order; empty for clean text.

    >>> mojibake("各。ㄗ灾螀区"), mojibake("各省（自治区）")
    (('ㄗ',), ())
    """
    return tuple(m[0] for m in _MOJIBAKE.finditer(text)) if _STRAY.search(text) else ()
