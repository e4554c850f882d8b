"""Administrative divisions by name, code and year: GB/T 2260 with its history (docs/regions.md)."""

import csv
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_NO_PLACE = re.compile(r"市辖区|县|市|.*直辖.*(?:区划|单位)")
_ENDING = re.compile(r"(?:特别行政区|地区|林区|特区|[省市县区旗盟])$")
_PEOPLES = re.compile(
    r"(?:壮族|回族|维吾尔|蒙古族?|藏族|苗族|彝族|侗族|布依族|朝鲜族|满族|土家族|瑶族|白族|傣族|哈尼族|黎族|傈僳族|佤族|畲族|拉祜族|"
    r"水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|怒族|独龙族|裕固族|保安族|"
    r"哈萨克族?|塔吉克|普米族|鄂温克族?|鄂伦春|各族)+$"
)
_BANNER = re.compile("^(.)..([左右])翼([前中后])旗$")
_FIRST, _NEVER = "0000-00", "9999-12"


@dataclass(frozen=True, slots=True)
class Region:
    """One division under one name: six-digit code, first and last list (YYYY-MM) that have it."""

    code: str
    name: str
    first: str
    last: str

    @property
    def level(self) -> str:
        """province, city (prefecture level) or county."""
        return "province" if self.code.endswith("0000") else "city" if self.code.endswith("00") else "county"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in parsers/data, lines that start with # left out."""
    text = files("parsers").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def regions() -> tuple[Region, ...]:
    """Every name that any list gives to any code; headings such as 市辖区 and zones without a GB code are left out."""
    fixed = {(r["code"], r["name"]): (r["first_seen"], r["last_seen"]) for r in table("renumbered.csv")}
    rows = ((r["code"], r["name"], fixed.get((r["code"], r["name"]), (r["first_seen"], r["last_seen"])))
            for r in table("regions.csv"))
    return tuple(Region(code, name, *span) for code, name, span in rows
                 if not _NO_PLACE.fullmatch(name) and not _is_zone(code, span))


def _is_zone(code: str, span: tuple[str, str]) -> bool:
    """Codes …71 to …79 are statistical, given to zones by one list."""
    return "71" <= code[4:] <= "79" and span[0] == span[1]


@cache
def zones() -> Mapping[str, str]:
    """The development zones of the statistical list, with the code of the city that they lie in."""
    return {r["name"]: r["code"][:4] + "00" for r in table("regions.csv")
            if _is_zone(r["code"], (r["first_seen"], r["last_seen"]))}


@cache
def _lists() -> tuple[str, ...]:
    return tuple(sorted({d for r in table("regions.csv") for d in (r["first_seen"], r["last_seen"])}))


@cache
def by_name() -> Mapping[str, tuple[Region, ...]]:
    """The divisions that bore a name, or are called so in short (麻阳县, 大理州, 科右中旗), in order of the lists."""
    found: dict[str, list[Region]] = defaultdict(list)
    called = {r["name"]: r["called"] for r in table("called.csv")}
    for region in regions():
        for each in {region.name, called.get(region.name, region.name), *_shorts(region)}:
            found[each].append(region)
    return {name: tuple(all_) for name, all_ in found.items()}


def _shorts(region: Region) -> Iterator[str]:
    """麻阳县, 湘西自治州 and 科右中旗 for the long names."""
    if "自治" in region.name and region.level != "province":
        yield stem(region.name) + region.name[-1]
        yield f"{stem(region.name)}自治{region.name[-1]}"
    yield _BANNER.sub(r"\1\2\3旗", region.name)


@cache
def by_code() -> Mapping[str, tuple[Region, ...]]:
    """The names that a code bore, in order of the lists."""
    found: dict[str, list[Region]] = defaultdict(list)
    for region in regions():
        found[region.code].append(region)
    return {code: tuple(sorted(all_, key=lambda r: r.first)) for code, all_ in found.items()}


def at(candidates: tuple[Region, ...], year: int | None) -> tuple[Region, ...]:
    """Those in force at the end of a year; else those that may have been, between two lists; else the nearest in time.

    No year: those of the latest list if any are among them, else all.
    """
    if year is None:
        latest = _lists()[-1]
        return tuple(r for r in candidates if r.last == latest) or candidates
    end = f"{year}-12"
    sure = tuple(r for r in candidates if r.first <= end and (end <= r.last or r.last == _lists()[-1]))
    maybe = tuple(r for r in candidates if _before(r.first) < end < _after(r.last))
    return sure or maybe or _nearest(candidates, end)


def _after(moment: str) -> str:
    at = bisect_right(_lists(), moment)
    return _lists()[at] if at < len(_lists()) else _NEVER


def _before(moment: str) -> str:
    at = bisect_left(_lists(), moment)
    return _lists()[at - 1] if at else _FIRST


def _nearest(candidates: tuple[Region, ...], end: str) -> tuple[Region, ...]:
    def distance(region: Region) -> int:
        edge = region.first if region.first > end else region.last
        return abs(int(edge[:4]) - int(end[:4]))

    near = min(map(distance, candidates), default=0)
    return tuple(r for r in candidates if distance(r) == near)


def named(name: str, year: int | None) -> tuple[Region, ...]:
    """The divisions of a full name at a year, one for each code.

    >>> [r.code for r in named("江干区", 2020)], [r.code for r in named("丽水地区", 1998)]
    (['330104'], ['332500'])
    """
    found = at(by_name().get(name, ()), year)
    borne = tuple(r for r in found if r.name == name)
    return tuple({r.code: r for r in borne or found}.values())


def name(code: str, year: int | None = None) -> str | None:
    """The name of a code at a year, None for an unknown code.

    >>> name("620700"), name("372500", 1990), name("999999")
    ('张掖市', '聊城地区', None)
    """
    found = at(by_code().get(code, ()), year)
    return found[-1].name if found else None


def parents(code: str) -> tuple[str, ...]:
    """The codes above a code, nearest first.

    >>> parents("620702")
    ('620700', '620000')
    """
    above = (code[:4] + "00", code[:2] + "0000")
    return tuple(c for c in dict.fromkeys(above) if c != code and c in by_code())


def stem(name: str) -> str:
    """A name without what says its kind and people; never shorter than two characters.

    >>> stem("丽水地区"), stem("积石山保安族东乡族撒拉族自治县"), stem("沙县"), stem("内蒙古自治区")
    ('丽水', '积石山', '沙县', '内蒙古')
    """
    before, autonomous, _ = name.partition("自治")
    bare = _PEOPLES.sub("", before) if autonomous else _ENDING.sub("", name)
    return bare if len(bare) > 1 else before


@cache
def by_stem() -> Mapping[str, tuple[Region, ...]]:
    """The divisions by the stem of their name."""
    found: dict[str, list[Region]] = defaultdict(list)
    for region in regions():
        found[stem(region.name)].append(region)
    return {key: tuple(all_) for key, all_ in found.items()}


def current(code: str, year: int | None) -> str:
    """The code of the same place at a year; credit codes keep codes that are long abolished.

    >>> current("332500", 2020), current("620700", 2020)
    ('331100', '620700')
    """
    held = by_code().get(code, ())
    if not held or any(r in held for r in at(held, year) if _holds(r, year)):
        return code
    level = held[-1].level
    heirs = {r.code for h in held for r in at(by_stem()[stem(h.name)], year)
             if r.code[:2] == code[:2] and r.level == level and _holds(r, year)}
    return heirs.pop() if len(heirs) == 1 else code


def _holds(region: Region, year: int | None) -> bool:
    end = f"{year}-12" if year else _lists()[-1]
    return _before(region.first) < end < _after(region.last)
