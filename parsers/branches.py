"""Bodies that are named after a place without its kind: zones, customs houses, branches of central bodies."""

import re

from parsers.regions import Region, at, by_name, by_stem, parents, zones

_ZONE = re.compile(
    "市?(?:国家级?|省级)?(?:高新|高技术|经济|经开|工业|综合|开发|保税|临港|临空|空港|自贸|自由贸易|旅游|循环|医药|农业|生态|科技|边境"
    "|化工|出入境|国家高新|中心支行|气象|产城)"
)
_OF_CITY = re.compile(
    "(?:海关|海事局|出入境|银保监|银监|证监|保监)|[\u3400-\u9fff]{0,10}?(?:[新港园]区|新城|开发区|高新区|经开区|示范区|度假区|风景名胜区"
    "|风景区|保税区|功能区|集聚区|试验区|科技城)"
)
_HALL = re.compile("[\u3400-\u9fff]{1,12}厅(?:办公室)?$")
_PORT = re.compile("海关|海事局|出入境")
_OF_STATE = re.compile("^(?:中华人民共和国|中国|国家税务总局|国家)")
_BRANCH = re.compile(
    "(?:(?:国家|中国)[\u3400-\u9fff]{0,14}?(?:总局|监察局|统计局|管理局|监督局|能源局|铁路局|委员会|银行|储备局|草原局|督察|航空)"
    "|审计署|财政部|商务部)驻?([\u3400-\u9fff]{2,4}?)(?:省|市)?"
    "(?:(?:省级|市级)?(?:调查)?(?:总)?队|监管局|监管分局|分局|监管办公室|监管办|(?:铁路|安全)监督管理局|局"
    "|特派员办事处|(?:[\u3400-\u9fff]{2,8}专员)?办事处|专员办|(?:中心)?支行|分行|营业管理部)"
)
_WITHIN = re.compile("[局会队]([\u3400-\u9fff]{2,12}?)分局(?:办公室)?$")


def zone(name: str, year: int | None) -> str | None:
    """The code of the city that a zone, or an office like a customs house, is named after; None where none is sure.

    Halls (厅) are of provinces alone: 新疆水利厅.

    >>> zone("大连金普新区教育局", 2022), zone("新疆水利厅", 2022), zone("水利局", 2022)
    ('210200', '650000', None)
    """
    bare = _OF_STATE.sub("", name)
    for called, code in zones().items():
        if bare.startswith(called):
            return code
    for length in range(min(6, len(bare)), 1, -1):
        found = at(by_stem().get(bare[:length], ()), year)
        best = {r.code for r in found if _HALL.match(bare, length) and r.level == "province"}
        if _ZONE.match(bare, length) or _OF_CITY.match(bare, length):
            best = {r.code for r in found if r.level != "county"} or {
                r.code for r in found if _ZONE.match(bare, length) or _is_port(r, bare[length:])}
        if len(best) == 1:
            return best.pop()
    return None


def _is_port(region: Region, rest: str) -> bool:
    """Whether a customs house may be named after a county: only one that is a city has one (满洲里海关)."""
    return region.name.endswith("市") and bool(_PORT.match(rest))


def within(rest: str, code: str | None, year: int | None) -> str | None:
    """The district that a city bureau's branch is named after: its own name, or the only stem of one in the city.

    >>> within("公安局硚口区分局", "420100", 2021), within("公安局长宁分局", "310000", 2018)
    ('420104', '310105')
    """
    found = _WITHIN.search(rest) if code else None
    if found is None:
        return None
    called = found[1]
    regions = at(by_name().get(called) or by_stem().get(called) or by_name().get(f"{called}新区", ()), year)
    inside = {r.code for r in regions if r.level == "county" and code in parents(r.code)}
    return inside.pop() if len(inside) == 1 else None


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
