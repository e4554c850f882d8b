"""The reach of a report: one body, a government, or all bodies of a jurisdiction."""

import re

from parsers.bodies import is_place, split
from parsers.issuer import GOVERNMENTS, spoken
from parsers.model import Evidence

_GOVERNMENT = re.compile("(?:人民政府|行政公署|政府)$|[市县区旗]人民政府[\u3400-\u9fff]*区(?:管委会|管理委员会)$")
_ZONE = re.compile("(?:开发区|高新区|经开区|管理区|示范区|园区|保税区|度假区|风景区|新区|农场|林场)$")
_TOWN = re.compile("(?:镇|乡|街道?|苏木)(?:人民政府|办事处)?$")
_WHOLE = "全[省市县区州盟旗]"
_DEALT = "(?:公开|受理|收到|办理|办结|答复|新收|发布)"
_BY_ALL = "(?:综合|汇总|根据)[^。]{0,40}(?:各|所属)[^。]{0,40}(?:编制|汇总|汇编|形成)"
_COMPILED = re.compile(_BY_ALL)
_GATHERED = re.compile(
    f"{_BY_ALL}|{_WHOLE}(?:政府系统|各级|行政机关|各单位|各部门)?[^。，；]{{0,12}}(?:共|累计|合计|总计|主动)?(?:主动)?{_DEALT}"
    f"|{_WHOLE}(?:共|累计|合计|新收|主动)|本行政区域(?:内)?(?:各|共|全)|各(?:县|市|区|镇|乡|街道)[^。]{{0,20}}数据"
)


def scope(issuer: str | None, text: str) -> tuple[str | None, tuple[Evidence, ...]]:
    """body, government (towns and street offices are) or jurisdiction, and why; None where nothing tells.

    >>> scope("张掖市人民政府", "2020年,全市共公开信息23万条")[0], scope("聊城市水务局", "全市共公开")[0]
    ('jurisdiction', 'body')
    """
    if issuer is None:
        return _unnamed(text)
    if not (_GOVERNMENT.search(issuer) or _TOWN.search(issuer) or _is_division(issuer)):
        return "body", (Evidence("scope", "a body that is no government", issuer),)
    gathered = _GATHERED.search(text)
    if gathered and not _TOWN.search(issuer):
        return "jurisdiction", (Evidence("scope", "figures of the whole jurisdiction", gathered[0]),)
    return "government", (Evidence("scope", "a government", issuer),)


def _is_division(name: str) -> bool:
    """Whether a name is a place's with a government: a zone named alone is its 管委会, which is none."""
    return is_place(name) and not (_ZONE.search(name) and split(name)[1])


def _unnamed(text: str) -> tuple[str | None, tuple[Evidence, ...]]:
    """The reach of a body without a name: what was gathered, or how the text speaks of its body (我局, 我镇)."""
    if gathered := _COMPILED.search(text):
        return "jurisdiction", (Evidence("scope", "figures of the whole jurisdiction", gathered[0]),)
    voice = spoken(text)
    if not voice or voice in GOVERNMENTS:
        return None, ()
    reach = "government" if _TOWN.search(voice) else "body"
    return reach, (Evidence("scope", "how the text speaks of its body", f"我{voice}"),)
