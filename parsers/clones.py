"""Clones: copies of genuine pages on hijacked domains, told by their signs; the place that they were taken from."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.bodies import split
from parsers.casino import brands, lures, stand_in, words
from parsers.gazetteer import mentions
from parsers.hosts import has_government_path, host, is_anybodys, is_known_clone, is_official
from parsers.model import Cell, Document, Evidence, Kind, Source
from parsers.places import contacts, has_postcode, is_of_county, official
from parsers.regions import at, by_code, name, named, parents, stem
from parsers.script import glosses, is_traditional, mojibake, simplified
from parsers.titles import title

CERTAIN = 5         # the score from which a page is a clone; soft signs together stay below it
_SOFT = 4
_LEAD = 60          # characters of a line that is no sentence of the text
REWRITTEN = "codes of another place than the title's"
_LEAST_CELLS = 8    # numbers other than 0 that make a vector of cells one body's own
_LEAST_FIGURES = 6  # different figures that make prose one body's own
_FIGURE = re.compile(r"(?<![\d.])(?<!\d,)(\d[\d,]*(?:\.\d+)?)\s*万?余?(?:[条件篇次期项个人份场起宗%％]|万元)")
_BODY_BEHIND = "(?=(?![网站平查下公等的和及上或])[\u3400-\u9fff]{0,8}?(?:政府|[局委乡镇]))"
_NUMBERED = re.compile(r"[(（《]?([\u3400-\u9fff])[\u3400-\u9fff]{0,2}(?:政|府)[\u3400-\u9fff]{0,6}〔20\d\d〕")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """How surely a page is a copy: score, signs, words that stand in for a place, the place put back ("" if none)."""

    score: int
    signs: tuple[Evidence, ...]
    token: str = ""
    place: str = ""

    @property
    def is_clone(self) -> bool:
        """Whether the signs suffice."""
        return self.score >= CERTAIN


def suspicion(document: Document, source: Source, text: str, year: int | None) -> Suspicion:
    """The signs of a copy on a page. `text` is its prose in simplified script, unglossed.

    Hard signs (5 each): words that stand in for a place's name and are a gambling site's, a host known for copies; on a
    host that cannot be a government's also a gambling word in title or lead line, a gambling site's name twice in the
    text, the host's own name in a place's stead, five pinyin glosses, or codes of another place than the title's. Soft
    signs (foreign host, government path on it, own host or a government's other host named as 门户网站, traditional
    script, mojibake) never suffice alone: news sites and hosts of companies carry genuine reports too.
    """
    is_open = is_anybodys(source.url)
    named = _host_named(source.url, text) if is_open else ""
    token = stand_in(text, is_open) or named
    hard = (*_hard(document, source, text, token, named), *_elsewhere(document, source, text, year))
    soft = tuple(_soft(document, source, text)) if not is_official(source.url) else ()
    score = CERTAIN * len(hard) + min(_SOFT, sum(weight for weight, _ in soft))
    place = original(text, token, document, year) if token and score >= CERTAIN else ""
    signs = (*hard, *(e for _, e in soft))
    return Suspicion(score, signs, token, place)


def _hard(document: Document, source: Source, text: str, token: str, named: str) -> Iterator[Evidence]:
    foreign = is_anybodys(source.url)
    if named:
        yield Evidence("clone", "the host's name stands for a place", named)
    elif token and ((lures if foreign else words)(token) or re.search(r"[A-Za-z]\d|\d[A-Za-z]|_", token)):
        yield Evidence("clone", "gambling words stand for a place", token)
    if is_known_clone(source.url):
        yield Evidence("clone", "host known for copies", host(source.url))
    if foreign and (found := lures(simplified(document.title))):
        yield Evidence("clone", "gambling words in the title", found[0])
    if foreign and (found := tuple(word for line in _lead(document) for word in lures(line))):
        yield Evidence("clone", "gambling words in the lead line", found[0])
    if (foreign or not source.url) and len(found := brands(text)) > 1:
        yield Evidence("clone", "a gambling site's name again and again", found[0])
    if (foreign or not source.url) and (count := glosses(document.text)) >= 5:
        yield Evidence("clone", "pinyin glosses", f"{count} glosses")


def _host_named(url: str, text: str) -> str:
    """The host's name where it stands twice directly before a body's, for the place's: a.com乡人民政府."""
    site = host(url).removeprefix("www.")
    found = re.findall(rf"(?<![\w./-]){re.escape(site)}{_BODY_BEHIND}", text)
    return site if site and len(found) > 1 else ""


def _lead(document: Document) -> list[str]:
    """The first printed lines, where they are short: what hijacked pages put above the text."""
    lines = [line.strip() for line in document.text[:600].splitlines()]
    return [simplified(line) for line in lines if line and len(line) <= _LEAD][:3]


def _elsewhere(document: Document, source: Source, text: str, year: int | None) -> Iterator[Evidence]:
    """Credit and site codes of a place that is neither the title's nor above or below it: the name was rewritten."""
    own = title(document) if not is_official(source.url) else None
    chain = split(own.name)[0] if own else ()
    places = {region.code for region in named(chain[-1], year)} if chain else set()
    signs = [s for s in official(text, document.meta, year) if s.rule in ("credit code", "site code")]
    codes = {code for sign in signs for code in sign.codes}
    related = {c for code in codes for c in (code, *parents(code))} & places or {
        c for place in places for c in parents(place)} & codes
    if places and codes and not related:
        yield Evidence("clone", REWRITTEN, signs[0].quote)


def _soft(document: Document, source: Source, text: str) -> Iterator[tuple[int, Evidence]]:
    site = host(source.url)
    yield 1, Evidence("clone", "host that is no government's", site)
    if has_government_path(source.url):
        yield 1, Evidence("clone", "government path on such a host", source.url)
    if re.search(rf"网站[^。]{{0,12}}{re.escape(site.removeprefix('www.'))}", text):
        yield 2, Evidence("clone", "text names the host as a government's site", site)
    if re.search(rf"网站[^。]{{0,12}}(?!{re.escape(site)})[\w.-]+\.gov\.cn", text):
        yield 2, Evidence("clone", "text names a government's host, which is another", site)
    if is_traditional(document.text) and not site.endswith((".tw", ".hk", ".mo")):
        yield 1, Evidence("clone", "traditional script on such a host", site)
    if found := mojibake(document.text):
        yield 1, Evidence("clone", "mojibake", found[0])


def original(text: str, token: str, document: Document, year: int | None) -> str:
    """The name of the city or county that the words stand in for, "" where it is not certain.

    Votes: a division printed right behind the words lies in the place; counties named, telephone area codes, postcodes,
    initials of document numbers, the city's bare name, and codes of the page. Two kinds of signs must agree. A place
    that is still named in full, or whose postcode is another than the printed one, is not the one replaced.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for code, rule in _votes(text, token, document, year):
        found[code].add(rule)
    votes = {code: rules for code, rules in found.items() if not _speaks_against(code, text, year)}
    ranked = Counter({code: sum(_WEIGHTS[r] for r in rules) for code, rules in votes.items()}).most_common(2)
    if not ranked or len(votes[ranked[0][0]]) < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return name(ranked[0][0], year) or ""


def _speaks_against(code: str, text: str, year: int | None) -> bool:
    printed = [sign for sign in contacts(text) if sign.rule == "postcode"]
    elsewhere = has_postcode(text) and code.endswith("00") and not any(code in sign.codes for sign in printed)
    return elsewhere or (name(code, year) or "") in text


_WEIGHTS = {"child": 4, "code": 4, "county": 1, "area code": 2, "postcode": 2, "initial": 1, "bare name": 2}


def _votes(text: str, token: str, document: Document, year: int | None) -> Iterator[tuple[str, str]]:
    of_county = is_of_county(text)
    for at_, each in mentions(text):
        for region in named(each, year):
            if region.level == "county" and not of_county:
                city = parents(region.code)[0]
                yield city, "child" if text[:at_].endswith(token) else "county"
    for sign in contacts(text):
        for code in sign.codes:
            yield from ((c, sign.rule) for c in _within(code, of_county, year))
    for sign in official(text, document.meta, year):
        yield from ((code, "code") for code in sign.codes if code.endswith("00") != of_county)
    cities = [r for code, rs in by_code().items() if code.endswith("00") != of_county for r in at(rs, year)]
    initials = {m[1] for m in _NUMBERED.finditer(text)}
    for region in cities:
        if region.name[0] in initials:
            yield region.code, "initial"
        bare = stem(region.name)
        if len(bare) > 1 and bare in text and re.search(f"{bare}(?![省市县区])", text):
            yield region.code, "bare name"


def _within(code: str, of_county: bool, year: int | None) -> tuple[str, ...]:
    if not of_county:
        return (code,)
    return tuple(c for c, held in by_code().items() if c[:4] == code[:4] and c != code and at(held, year))


def fingerprint(cells: Iterable[Cell], text: str) -> str:
    """What a copy keeps of its original whatever names, script or host were replaced: its numbers.

    "cells:…" where at least eight cells hold a number other than 0 (three different ones), else "text:…" where the
    prose has six different figures, else "": an all-zero report says nothing about whose it is.
    """
    numbers = sorted((c.table, c.row, c.column, f"{c.value.normalize():f}") for c in cells
                     if c.kind is Kind.NUMBER and c.value)
    if len(numbers) >= _LEAST_CELLS and len({n[3] for n in numbers}) >= 3:
        return "cells:" + _digest(repr(numbers))
    figures = sorted({f for f in _FIGURE.findall(simplified(text)) if len(f) > 1})
    return "text:" + _digest(repr(figures)) if len(figures) >= _LEAST_FIGURES else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
