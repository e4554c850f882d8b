"""Places: which division a body belongs to, by its name, its codes, its contact block and the divisions around it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from parsers.bodies import is_central, split
from parsers.branches import branch, within, zone
from parsers.gazetteer import mentions
from parsers.model import Evidence
from parsers.regions import at, by_code, by_stem, current, name, named, parents, stem, table

_POSTCODE = re.compile(r"邮(?:政)?编(?:码)?\s*[:：为]?\s*(\d{6})(?!\d)")
_OFFICIAL = (  # rule, letters that must stand in the text for it, pattern: it begins with a letter that is plain
    ("credit code", "1", re.compile(r"1(?<![0-9A-Za-z]1)[1-9](\d{6})[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")),
    ("site code", "标识码", re.compile(r"网站标识码\s*[:：]?\s*(\d{6})\d{4}(?!\d)")),
    ("police record", "公网安备", re.compile(r"公网安备\s*(\d{6})\d{8}号?")),
    ("index number", "/20", re.compile(r"(\d(?<!\d\d)\d{5})\d{4}/20\d\d-\d+")),
)
_OF_SITE = frozenset(("site code", "police record"))
_SITE_META = ("siteidcode", "网站标识码")
_AREA = re.compile(
    r"(?<!\d)(0[1-9]\d{1,2})\s*[)）]?\s*[-－—–─ ]\s*[1-9]\d{6,7}(?!\d)|[(（](0[1-9]\d{1,2})[)）]\s*[1-9]\d{6,7}"
)
_OF_COUNTY = re.compile("[全我本]县|县(?:政府|委|直|级)|[全我本]区(?!域)|区(?:政府|委|直)")
_OF_CITY = re.compile("[全我本]市|市(?:政府|委|直|级)")
_TOWN = re.compile("(?:镇|乡|街道|苏木)(?:人民政府|办事处|街道办|党政)?(?:.*办公室)?$")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words of a page that point to divisions: their codes, the rule, the words."""

    codes: frozenset[str]
    rule: str
    quote: str


@cache
def _postal(column: str) -> Mapping[str, frozenset[str]]:
    """Codes of cities by area code ("area") or by the first four digits of the postcode ("postcode")."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("postal.csv"):
        found[row["area"] if column == "area" else row["postcode"][:4]].add(row["code"])
    return {key: frozenset(codes) for key, codes in found.items()}


def official(text: str, meta: Mapping[str, str], year: int | None) -> tuple[Sign, ...]:
    """Codes that name a division: site code, credit code, police record, index number; brought to the year.

    >>> [(sorted(s.codes), s.rule) for s in official("索引号 113325000026455663/2017-1", {}, 2017)]
    [(['331100'], 'credit code')]
    """
    sites = [(meta[k][:6], "site code", meta[k]) for k in _SITE_META if re.fullmatch(r"\d{10}", meta.get(k, ""))]
    held = {k: v for k, v in meta.items() if k not in _SITE_META}
    printed = [(m[1], rule, m[0]) for rule, letters, pattern in _OFFICIAL for part in (text, *held.values())
               if letters in part for m in pattern.finditer(part)]
    known = ((current(code, year), rule, quote) for code, rule, quote in (*sites, *printed) if code in by_code())
    return tuple(dict.fromkeys(Sign(frozenset((code,)), rule, quote) for code, rule, quote in known))


def contacts(text: str) -> tuple[Sign, ...]:
    """The cities that telephone area codes and postcodes belong to.

    >>> [sorted(s.codes) for s in contacts("邮编:734000;电话:0936-8360202")]
    [['620700'], ['620700']]
    """
    areas = dict.fromkeys((m[1] or m[2]) for m in _AREA.finditer(text))
    posts = dict.fromkeys(_POSTCODE.findall(text))
    found = [Sign(_postal("area").get(a, frozenset()), "area code", a) for a in areas]
    found += [Sign(_postal("postcode").get(p[:4], frozenset()), "postcode", p) for p in posts]
    return tuple(s for s in found if s.codes)


def has_postcode(text: str) -> bool:
    """Whether a postcode is printed, known or not."""
    return bool(_POSTCODE.search(text))


def locate(issuer: str, year: int | None, text: str, meta: Mapping[str, str]) -> tuple[str | None, Evidence]:
    """The six-digit code of the division that a body belongs to, at the year; None where that is not certain.

    The order: a branch of a central body by the place that it is named after; the divisions that the name begins
    with; where several bear that name, the page's codes, contacts and the divisions that it names; a zone or a customs
    house by its city; a body without a place by the page's codes; a town by the only county that the page names.
    Ministries belong to none.
    """
    if found := branch(issuer, year):
        return found, Evidence("region_code", "branch of a central body, named after its place", issuer)
    if is_central(issuer):
        return None, Evidence("region_code", "central body, no division", issuer)
    chain, rest = split(issuer)
    if chain:
        return _by_zone_within(rest, year, _by_name(chain, year, text, meta))
    if found := zone(issuer, year):
        return found, Evidence("region_code", "zone or office named after its city", issuer)
    return _by_codes(issuer, text, official(text, meta, year)) or _by_county(issuer, year, text)


def _by_codes(issuer: str, text: str, signs: tuple[Sign, ...]) -> tuple[str, Evidence] | None:
    """The one division of the body's own codes, else of the site's: those of the other must lie in it or around it.

    A city's portal carries the reports of towns and counties too: its code is not theirs.
    """
    own = [s for s in signs if s.rule not in _OF_SITE]
    codes = {code for sign in own or signs for code in sign.codes}
    around = {code for sign in signs for code in sign.codes}
    if len(codes) != 1 or not all(codes & {c, *parents(c)} or {c} & set(parents(*codes)) for c in around):
        return None
    code, first = codes.pop(), (own or signs)[0]
    if not own and code.endswith("00") and (_TOWN.search(issuer) or is_of_county(text)):
        return None
    return code, Evidence("region_code", first.rule, first.quote)


def is_of_county(text: str) -> bool:
    """Whether a text speaks as a county's or district's more than as a city's.

    >>> is_of_county("我县认真落实，县委、县政府重视"), is_of_county("全市各县区")
    (True, False)
    """
    return len(_OF_COUNTY.findall(text)) > len(_OF_CITY.findall(text))


def _by_zone_within(
    rest: str, year: int | None, located: tuple[str | None, Evidence]
) -> tuple[str | None, Evidence]:
    """The city of a zone, or the district of a branch, that a name goes on with: 兰州新区, 武汉市公安局硚口区分局."""
    found = zone(rest, year)
    if found and located[0] in parents(found):
        return found, Evidence("region_code", "zone or office named after its city", rest)
    if found := within(rest, located[0], year):
        return found, Evidence("region_code", "branch of a city's bureau, named after its district", rest)
    return located


def _by_name(
    chain: tuple[str, ...], year: int | None, text: str, meta: Mapping[str, str]
) -> tuple[str | None, Evidence]:
    candidates = {current(r.code, year) for r in named(chain[-1], year)}
    above = [_codes(each) for each in chain[:-1]]
    whole = {c for c in candidates if all(codes & set(parents(c)) for codes in above)}
    within = whole or {c for c in candidates if any(codes & set(parents(c)) for codes in above)} or candidates
    if len(within) == 1:
        return within.pop(), Evidence("region_code", "name of the division", "".join(chain))
    best, votes = _voted(within, year, text, meta)
    if best is None:
        rule = f"{chain[-1]} names {len(within)} divisions, nothing decides"
        return None, Evidence("region_code", rule, " ".join(sorted(within)))
    return best, Evidence("region_code", f"{chain[-1]} of several, decided by the page", votes)


def _codes(name_: str) -> set[str]:
    return {r.code for r in named(name_, None)} | {r.code for r in at(by_stem().get(stem(name_), ()), None)}


def _voted(codes: set[str], year: int | None, text: str, meta: Mapping[str, str]) -> tuple[str | None, str]:
    votes: Counter[str] = Counter()
    quotes: dict[str, list[str]] = defaultdict(list)
    places = {each for _, each in mentions(text)}
    for code in codes:
        kin = {code, *parents(code)}
        for sign in (*official(text, meta, year), *contacts(text)):
            if kin & sign.codes or any(c[:4] == code[:4] for c in sign.codes):
                votes[code] += 2
                quotes[code].append(sign.quote)
        for parent in parents(code):
            if (called := name(parent, year)) and (called in places or stem(called) in text):
                votes[code] += 2 if called in places else 1
                quotes[code].append(called)
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None, ""
    return ranked[0][0], ", ".join(quotes[ranked[0][0]])


def _by_county(issuer: str, year: int | None, text: str) -> tuple[str | None, Evidence]:
    counties = {each for _, each in mentions(text) if any(r.level == "county" for r in named(each, year))}
    found = {r.code for each in counties for r in named(each, year)}
    if _TOWN.search(issuer) and len(found) == 1:
        return found.pop(), Evidence("region_code", "town, and the only county that the page names", counties.pop())
    return None, Evidence("region_code", "no division named", issuer)
