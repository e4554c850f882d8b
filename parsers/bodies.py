"""Names of public bodies: how they end, where they stand in prose, when two of them name the same body."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.gazetteer import mentions
from parsers.regions import by_name, by_stem

_HAN = "[\u3400-\u9fff]"
_SHORT_COMMITTEES = (
    "发改|发展改革|卫健|卫生健康|卫计|国资|网信|住建|城管|农业|交通|经信|建设|教育|纪|政法|科|民宗|编|工|农|体改|计生"
)
_SHORT_OFFICES = "人防|医保|外事|信访|金融|扶贫|政研|法制|侨|台|双拥|府|政府|应急|政务|公管|重点|移民|史志|督查"
_ORGAN = (
    "人民政府办公[室厅]|人民政府|行政公署|政府办公[室厅]|(?:管理|行政)?委员会(?:办公室)?|管委会|街道办事处|街道办|办事处"
    "|监管局|监督管理局|总局|分局|(?<![格布结全时大破开当僵])局(?![面部域限势长领])|(?<!大)厅(?!长)|办公室"
    f"|(?:{_SHORT_COMMITTEES})委|(?:{_SHORT_OFFICES})办"
    "|服务中心|中心(?!城|思|工|组)|检察院|法院|研究院|科学院|医院|大学|学院|学校|中学|海关|税务所|派出所|管理所|管理站"
    "|档案馆|图书馆|博物馆|联合会|总工会|协会|供销社|消防救援(?:总队|支队|大队)|总队|支队|大队"
    "|银行|(?:中心)?支行|分行|集团|公司|馆|队|署"
)
_ENDS = re.compile(f"(?:{_ORGAN}|工委|党工委|部|委|办|院|社|会|处|所|站)$")
_PLACES = re.compile(
    "(?:镇|乡|街道|街|苏木|新区|开发区|高新区|经开区|管理区|示范区|园区|保税区|度假区|风景区|农场|林场"
    r"|(?<=[〇○零一二三四五六七八九十\d])团场?|[省市县区旗盟州])$"
)
_AFTER_REGION = re.compile(f"{_HAN}{{0,22}}?(?:{_ORGAN})(?:{_HAN}{{1,6}}分局|办公[室厅])?")
_LEADING = re.compile(
    "(?:本年度报告|本报告|年度报告|现将|现就|现把|特将|由|经|请|与|以及|根据|按照|公布|发布|截至|近年来|一年来|年|度)*"
)
_OF_TOWN = re.compile(f"({_HAN}{{2,9}}?(?:镇|乡|街道|苏木))(?:人民政府|办事处|党工委)?(?:办公室)?")
_TOWNS = ("镇", "乡", "街道", "苏木")
_RUN = re.compile(f"{_HAN}{{4,}}")
_OF_PLACES = ("", "人民政府", "管理委员会", "管委会", "街道办事处", "办事处", "行政公署")
_NAME = re.compile(
    r"[\u3400-\u9fff]{2,}(?:\d{1,3}团[\u3400-\u9fff]*)?(?:[（(、·][\u3400-\u9fff、·]++[）)]?)*+[\u3400-\u9fff]*"
)
_NO_NAME = re.compile(
    "(?:本|我|全|各|该|年度?|度|单位|部门|机关|市直|区直|县直|市级|区级|县级|直属|乡镇|镇街|工作|报告|以来|上年|历年|关于|街道"
    "|省|市|县|区|局|委|办|镇|乡|厅|政府|人民|情况|重点|基层|的|公共企事业|地方|各级|上级|本级|同级|办公室|办事处|党委|党工委|和|及|中心|网站|门户)*"
)
_CENTRAL = re.compile(
    "(?:中华人民共和国)?(?:国务院|国家(?!税务总局.)|中国|中共中央|海关总署$|最高人民)"
    "|(?:中华人民共和国)?(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源"
    "|生态环境|环境保护|住房和城乡建设|交通运输|铁道|水利|农业农村|农业|商务|文化和旅游|文化|卫生|退役军人事务|应急管理|监察)部$"
    "|审计署$"
    "|(?:体育|广播电视|税务|市场监督管理|质量监督检验检疫|工商行政管理)?总局$"
)
_OF_STATE = re.compile(
    "^(?:国家税务总局|新疆生产建设兵团(?!第.{1,3}师)|(?:新疆生产建设)?(?:兵团)?第?[一二三四五六七八九十]{1,3}师|中华人民共和国"
    "|中国人民银行|中共|国家统计局|国家)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A body's name where it stands in prose, with what stands around it."""

    name: str
    before: str
    after: str


def is_body(name: str) -> bool:
    """Whether a name ends as bodies' names do.

    >>> is_body("天水市市场监督管理局"), is_body("高岭镇"), is_body("工作格局")
    (True, False, False)
    """
    return len(name) <= 45 and bool(_NAME.fullmatch(name)) and bool(_ENDS.search(name)) and not is_generic(name)


def is_place(name: str) -> bool:
    """Whether a name is that of a place alone: a division, a town, a zone."""
    return name in by_name() or bool(_NAME.fullmatch(name) and _PLACES.search(name) and not is_generic(name))


def is_generic(name: str) -> bool:
    """Whether a name names nobody: 各部门, 我局, 市政府."""
    return bool(_NO_NAME.fullmatch(name)) and not name.startswith("和县")


def is_central(name: str) -> bool:
    """Whether a body belongs to the state as a whole and so to no division.

    >>> [is_central(n) for n in ("国家发展和改革委员会", "财政部", "国家税务总局聊城市税务局", "嵊州市商务局")]
    [True, True, False, False]
    """
    return bool(_CENTRAL.match(name)) and not mentions(name)


def split(name: str) -> tuple[tuple[str, ...], str]:
    """The divisions that a name begins with, and the rest.

    >>> split("浙江省绍兴市嵊州市商务局"), split("北京海淀区教育委员会"), split("国家税务总局聊城市税务局")
    ((('浙江省', '绍兴市', '嵊州市'), '商务局'), (('北京', '海淀区'), '教育委员会'), (('聊城市',), '税务局'))
    """
    bare = _OF_STATE.sub("", name)
    chain: list[str] = []
    end = 0
    for at, each in mentions(bare):
        between = bare[end:at]
        if between and not (between in by_stem() if not chain else between == "直"):
            break
        chain += [between, each] if between and not chain else [each]
        end = at + len(each)
    return tuple(chain), bare[end:]


def named(prose: str) -> Iterator[Mention]:
    """The bodies that a prose text names, in order: those led by a division's name, and towns where a clause begins."""
    regions = deque(mentions(prose))
    towns = [word for word in _TOWNS if word in prose]
    for run in _RUN.finditer(prose) if regions or towns else ():
        yield from _of_regions(prose, run, regions)
        if not any(word in run[0] for word in towns):
            continue
        lead = _LEADING.match(run[0])
        town = _OF_TOWN.match(run[0], lead.end() if lead else 0)
        if town and not mentions(town[0]) and not is_generic(town[1]):
            yield _mention(prose, run.start() + town.start(), run.start() + town.end())


def _of_regions(prose: str, run: re.Match[str], regions: deque[tuple[int, str]]) -> Iterator[Mention]:
    """The bodies of the divisions that a run of letters names; these, and those before it, are taken off `regions`."""
    end = run.start()
    while regions and regions[0][0] < run.end():
        at, region = regions.popleft()
        found = _AFTER_REGION.match(prose, at + len(region)) if at >= end else None
        if found and found[0][0] not in "各本我全级及和":
            end = found.end()
            yield _mention(prose, at, end)


def _mention(prose: str, start: int, end: int) -> Mention:
    return Mention(prose[start:end], prose[max(0, start - 12):start], prose[end:end + 14])


def is_same(short: str, long: str) -> bool:
    """Whether a longer name is a fuller form of a shorter: 监管局 of 监督管理局, a place's government, a place added.

    >>> is_same("江干区市场监管局", "杭州市江干区市场监督管理局"), is_same("张掖市", "张掖市人民政府")
    (True, True)
    >>> is_same("水务局", "张掖市水务局"), is_same("甘州区水务局", "张掖市水务局"), is_same("张掖市", "张掖市水务局")
    (True, False, False)
    """
    over, rest = split(short)
    wider, full = split(long)
    if over and not (wider and _is_one_place(over[-1], wider[-1])):
        return False
    if not over and wider and rest[:1] in "省市县区州旗" and wider[-1].endswith(rest[:1]) and rest not in by_name():
        rest = rest[1:]
    if not rest or _PLACES.search(rest):
        return full in {rest + kind for kind in _OF_PLACES}
    return rest == full or (len(rest) > 1 and rest[0] == full[:1] and rest[-1] == full[-1:] and _is_within(rest, full))


def _is_one_place(one: str, other: str) -> bool:
    """Whether two names are one division's: 恩施州 and 恩施土家族苗族自治州."""
    return one == other or bool({r.code for r in by_name().get(one, ())} & {r.code for r in by_name().get(other, ())})


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
