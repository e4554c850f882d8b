"""All labels of all editions in one look-up: is this printed text a label of the form?"""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel

from parsers.forms import Axis, forms
from parsers.labels import plain

CAPTIONS = (
    "信息内容",
    "申请人情况",
    "行政诉讼",
    "统计指标",
    "指标名称",
    "计量单位",
    "单位",
    "统计数",
    "本列数据的勾稽关系为",
    "无法提供",
    "不予公开",
    "不予处理",
    "其他处理",
    "本年度办理结果",
    "代码",
    "本期实际",
    "本年累计",
)


@lru_cache(maxsize=1)
def labels() -> frozenset[str]:
    """Every wording of every row, column, group and block heading, as `labels.plain` gives them."""
    found = {plain(caption) for caption in CAPTIONS}
    for one in forms():
        for table in one.tables:
            for block in table.blocks:
                found.add(plain(block.label))
                for axis in (*block.rows, *block.columns):
                    found.update(axis.names)
                    found.update(plain(level) for level in axis.path)
    return frozenset(found - {""})


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Headings that the forms print above their tables, as `labels.plain` gives them."""
    return frozenset(plain(table.label) for one in forms() for table in one.tables)


@lru_cache(maxsize=65536)
def is_label(text: str) -> bool:
    """True where a text is, noise apart, a label of some edition.

    >>> is_label("（三） 不予公开"), is_label("四、结转下年度继续办理"), is_label("一、总体情况")
    (True, True, False)
    """
    return bool(text.strip()) and len(text) <= 80 and plain(text) in labels()


@lru_cache(maxsize=65536)
def is_like_label(text: str) -> bool:
    """True where a text is a label of some edition with a character or two wrong.

    >>> is_like_label("一、本年新收政府信息公开申请数"), is_like_label("三、收到和处理政府信息公开申请情况")
    (True, False)
    """
    if is_label(text):
        return True
    name = plain(text) if len(text) <= 80 else ""
    return len(name) >= 4 and process.extractOne(
        name, _of_length(len(name)), scorer=Indel.normalized_similarity, processor=None, score_cutoff=0.8
    ) is not None


@lru_cache(maxsize=128)
def _of_length(length: int) -> tuple[str, ...]:
    """Labels at most two characters longer or shorter."""
    return tuple(label for label in sorted(labels()) if abs(length - len(label)) <= 2)


def groups(axes: tuple[Axis, ...]) -> dict[str, tuple[str, ...]]:
    """Group labels of some rows or columns (as `plain`) → keys of the axes below them."""
    found: dict[str, list[str]] = {}
    for axis in axes:
        for level in axis.path[:-1]:
            found.setdefault(plain(level), []).append(axis.key)
    return {name: tuple(keys) for name, keys in found.items()}
