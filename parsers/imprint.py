"""The imprint: what a page states about itself in the small table above its article, label beside value."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from parsers.model import Grid

_MOST = 12  # rows of a table that may be an index block
_LABEL = re.compile(
    "索引号|(?:发布|公开|发文|信息公开)(?:机构|单位|机关|主体)|(?:发布|公开|生成|成文|发文)(?:日期|时间)|(?:信息)?来源"
)


def imprint(grids: Iterable[Grid]) -> dict[str, str]:
    """Label → value of the first index block among the tables: 索引号, 发布机构, 发文日期 and the like; {} without one.

    >>> from parsers.model import Slot
    >>> row = tuple(map(Slot, ("索 引 号：", "6207020081/2026-00007", "发布机构", "北街办事处")))
    >>> imprint([Grid((row,), "table 1")])
    {'索引号': '6207020081/2026-00007', '发布机构': '北街办事处'}
    """
    return next(filter(None, (dict(_pairs(grid)) for grid in grids if len(grid.rows) <= _MOST)), {})


def _pairs(grid: Grid) -> Iterator[tuple[str, str]]:
    for row in grid.rows:
        texts = [slot.text for slot in row if not slot.span]
        for label, value in pairwise(texts):
            name = _name(label)
            if value.strip() and _LABEL.fullmatch(name) and not _LABEL.fullmatch(_name(value)):
                yield name, value.strip()


def _name(text: str) -> str:
    return re.sub(r"[\s:：]", "", text)
