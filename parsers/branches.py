"""Bodies that are named after a place without its kind: zones, customs houses, branches of central bodies."""

import re

from parsers.regions import at, by_stem, zones

_ZONE = re.compile(
    "市?(?:国家级?|省级)?(?:高新|高技术|经济|经开|工业|综合|开发|保税|临港|临空|空港|自贸|自由贸易|旅游|循环|医药|农业|生态|科技|边境"
    "|化工|出入境|国家高新|中心支行|气象)"
)
_OF_CITY = re.compile("(?:海关|新区|新城|出入境)")
_BRANCH = re.compile(
    "(?:国家|中国)[\u3400-\u9fff]{0,14}?(?:总局|监察局|统计局|管理局|监督局|委员会|银行|储备局)([\u3400-\u9fff]{2,4}?)(?:省|市)?"
    "(?:(?:省级|市级)?(?:调查)?(?:总)?队|监管局|监管分局|分局|局|特派员办事处|办事处|专员办|(?:中心)?支行|分行|营业管理部)"
)


def zone(name: str, year: int | None) -> str | None:
    """The code of the city that a zone, or an office like a customs house, is named after; None where none is sure.

    >>> zone("兰州新区教育体育局", 2022), zone("水利局", 2022)
    ('620100', None)
    """
    for called, code in zones().items():
        if name.startswith(called):
            return code
    bare = re.sub("^(?:中华人民共和国|中国|国家)", "", name)
    for length in range(min(6, len(bare)), 1, -1):
        found = {r.code for r in at(by_stem().get(bare[:length], ()), year)}
        cities = {c for c in found if c.endswith("00")}
        counties = found if _ZONE.match(bare, length) else set()
        best = cities or counties if _ZONE.match(bare, length) or _OF_CITY.match(bare, length) else set()
        if len(best) == 1:
            return best.pop()
    return None


def branch(name: str, year: int | None) -> str | None:
    """The code of the province or city that a branch of a central body is named after.

    >>> branch("国家统计局聊城调查队", 2021), branch("国家矿山安全监察局甘肃局", 2022), branch("国家统计局", 2021)
    ('371500', '620000', None)
    """
    found = _BRANCH.fullmatch(name)
    codes = {r.code for r in at(by_stem().get(found[1], ()), year)} if found else set()
    for ending in ("0000", "00"):
        fitting = {code for code in codes if code.endswith(ending)}
        if len(fitting) == 1:
            return fitting.pop()
    return None
