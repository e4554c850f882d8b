"""The issuer: the body that reports, by the name that its report gives, the longest form of it, never completed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from parsers.bodies import Mention, is_body, is_generic, is_place, is_same, named
from parsers.model import Document, Evidence
from parsers.regions import by_name
from parsers.script import simplified
from parsers.titles import Title
from parsers.years import digits

_HAN = "[\u3400-\u9fff]"
_NAME = f"{_HAN}[\u3400-\u9fff（）()、·]{{1,38}}?"
_PUBLIC = "(?:政府|政务)?信息公开"
_STATEMENTS = (  # rule, a word that must stand in the text for it, the words around the name
    ("compiled by", "由", re.compile(f"由({_NAME})(?:负责)?(?:编制|编写|制作|撰写)")),
    ("published by", "信息公开",
     re.compile(f"(?:公布|发布|公开)(?:20\\d\\d年度?)?({_NAME})(?:20\\d\\d年度?)?{_PUBLIC}")),
    ("presented by", "现", re.compile(f"现[将就把]({_NAME})(?:20\\d\\d年度?){_PUBLIC}")),
    ("abbreviated", "简称",
     re.compile(f"(?:^|[，,。\\n])({_NAME})[（(](?:以下)?简称[“\"]?(?:我|本)[局委办厅院镇乡市县区]")),
    ("compiled by", "编制", re.compile(f"(?:^|[，,。\\n])({_NAME})编制(?:发布)?了?(?:本|20\\d\\d年)")),
    ("contact", "", re.compile(f"(?:请|可)(?:直接)?(?:与|向|同|致电)({_NAME})(?:[（(]|联系|反映|咨询)")),
    ("contact", "办公室", re.compile(f"(?:请|可)(?:直接)?(?:与|向|同|致电)({_NAME})办公室(?:[（(]|联系|反映|咨询)")),
)
_SUPERIOR = re.compile(
    "^[”》\"]?(?:信息公开办公室)?(?:关于|印发|《|的?(?:通知|要求|部署|文件|精神|统一|安排|考核|通报|规定|领导))"
)
_GIVEN = re.compile("(?:按照|根据|依据|落实|贯彻|报送?|向|联合|会同|配合|《[^》]{0,12})$")
_SUBJECT = re.compile(
    "^[”\"]?(?:官方|政务|微信|微博|公众号|新浪|门户网站|网站|高度|认真|严格|坚持|按照|深入|积极|全面|紧紧|以|在|继续|持续"
    "|不断|切实|始终|扎实|共|主动|围绕|依托|利用|结合|充分|进一步|严守|党组|党委|办公室|20)"
)
_VOICES = (
    ("局", "局"), ("委", "委员会|委"), ("办", "办公室|办"), ("厅", "厅"), ("镇", "镇(?:人民政府)?"),
    ("乡", "乡(?:人民政府)?"), ("街道", "街道(?:办事处)?"), ("中心", "中心"), ("院", "院"),
    ("校", "学校|中学|大学|学院"), ("馆", "馆"), ("站", "站"), ("部", "部"), ("关", "海关"),
    ("管委会", "管理委员会|管委会"), ("市", "市人民政府"), ("县", "县人民政府"),
    ("区", "区人民政府|管理委员会|管委会"), ("州", "州人民政府"), ("盟", "行政公署|盟"), ("旗", "旗人民政府"),
    ("省", "省人民政府"),
)
_SPEAKING = re.compile(f"[我本]({'|'.join(word for word, _ in _VOICES)})(?![面部门法级])")
GOVERNMENTS = frozenset("市县区州盟旗省")
_DATE = re.compile(r"^\s*20\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?\s*$")
_DATED = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?\s*$")
_BARE = "省市县区州盟旗镇乡"  # a name that begins with one of these is that of many bodies
_LEAST = 2  # one mention in passing names nobody
_AS_SUBJECT = 3  # what the mention of a body counts that is the sentence's subject
_META = ("contentsource", "发布机构", "发布单位", "publisher", "source", "author", "来源")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be the issuer's, with the rule that found it."""

    name: str
    rule: str
    quote: str


def issuer(document: Document, title: Title | None, text: str) -> tuple[str | None, tuple[Evidence, ...]]:
    """The issuer's name and why. `text` is the prose in simplified script (of a clone: with the place put back).

    The core comes from the first of title, signature, statements (由…编制), the voice (我局) with the bodies named, and
    the page's own metadata; then the longest form of the same name that title, statements, signature or prose give.
    """
    mentions = tuple(named(text))
    strong = tuple(_strong(title, text))
    voice = spoken(text)
    core = _core(_trusted(strong, voice), mentions, voice) or _meta(document, voice)
    if core is None:
        return None, (Evidence("issuer", "no name found", f"voice: {voice or 'none'}"),)
    longest = _longest(core, (*strong, *_plain(mentions)))
    found = (Evidence("issuer", core.rule, core.quote),)
    return longest.name, found if longest == core else (*found, Evidence("issuer", "longest form", longest.quote))


def _strong(title: Title | None, text: str) -> Iterator[Candidate]:
    if title and _is_name(title.name):
        yield Candidate(title.name, "title", title.text)
    if signed := signature(text):
        yield Candidate(signed, "signature", signed)
    start = digits(text[:4000])
    for rule, word, pattern in _STATEMENTS:
        for found in pattern.finditer(start) if word in start else ():
            name = _bare(found[1])
            if _is_name(name):
                yield Candidate(name, rule, found[0])


def _trusted(strong: tuple[Candidate, ...], voice: str) -> tuple[Candidate, ...]:
    """Without a title that names a division alone where a body of it speaks: that is the name of the page's column."""
    of_division = voice and voice not in GOVERNMENTS and voice != "办"
    return tuple(c for c in strong if not (of_division and c.rule == "title" and c.name in by_name()))


def _is_name(name: str) -> bool:
    return (is_body(name) or is_place(name)) and not is_generic(name)


def _bare(name: str) -> str:
    """A name out of a statement, from the first division that it names on."""
    found = next(named(name + "。"), None)
    return found.name if found else re.sub(r"^20\d\d年度?", "", name)


def signature(text: str) -> str | None:
    """The name that stands alone at the end with a date on its line or under it, or as the last line and once more.

    >>> signature("六、其他\\n无\\n聊城市水务局\\n2021年1月26日")
    '聊城市水务局'
    >>> signature("六、其他\\n无。\\n友情链接\\n甘肃省人民政府")
    """
    lines = [line for line in map(str.strip, text.splitlines()) if line][-8:]
    for line, below in reversed(tuple(pairwise((*lines, "")))):
        whole = "".join(digits(line).split())
        name = "".join(_DATED.sub("", digits(line)).split())
        if len(name) < 36 and is_body(name):
            is_dated = name != whole or _DATE.match(digits(below))
            if is_dated or (not below and text.count(name) > 1):
                return name
    return None


def spoken(text: str) -> str:
    """How the text speaks of its body: 局, 委, 镇 … ; places only where no body speaks; "" where nobody does."""
    said = Counter(_SPEAKING.findall(text))
    heard = Counter({word: said[word] for word, _ in _VOICES})
    bodies = [w for w, n in heard.most_common() if n and w not in GOVERNMENTS]
    places = [w for w, n in heard.most_common() if n and w in GOVERNMENTS]
    return (bodies or places or [""])[0]


def _core(strong: tuple[Candidate, ...], mentions: tuple[Mention, ...], voice: str) -> Candidate | None:
    for candidate in strong:
        if candidate.rule in ("title", "signature"):
            return candidate
    for candidate in strong:
        if candidate.rule == "compiled by" and (voice in GOVERNMENTS or not voice):
            return _government(candidate)
    fits = [c for c in strong if _fits(c.name, voice)]
    return fits[0] if fits else _by_voice(mentions, voice)


def _government(candidate: Candidate) -> Candidate:
    """A government's office compiles for the government."""
    name = re.sub("(?<=人民政府)办公[室厅]$", "", candidate.name)
    return Candidate(name, candidate.rule, candidate.quote)


def _fits(name: str, voice: str) -> bool:
    ending = dict(_VOICES).get(voice)
    return bool(ending is None or re.search(f"(?:{ending})$", name))


def _by_voice(mentions: tuple[Mention, ...], voice: str) -> Candidate | None:
    """The body that the text speaks of as its subject; None where two are (without a voice: two at all)."""
    weights: Counter[str] = Counter()
    for mention in mentions:
        if _fits(mention.name, voice) and not _SUPERIOR.match(mention.after) and not _GIVEN.search(mention.before):
            weights[mention.name] += _AS_SUBJECT if _SUBJECT.match(mention.after) else 1
    ranked = weights.most_common(2)
    least = _LEAST if voice else _AS_SUBJECT
    if not ranked or ranked[0][1] < least or (len(ranked) > 1 and ranked[1][1] >= (ranked[0][1] if voice else least)):
        return None
    name = ranked[0][0]
    first = next(m for m in mentions if m.name == name)
    rule = f"named in prose, speaking as 我{voice}" if voice else "the one subject of the prose"
    return Candidate(name, rule, first.before[-6:] + name + first.after[:8])


def _meta(document: Document, voice: str) -> Candidate | None:
    """Who published the page, unless the text speaks as a body of another kind: a portal publishes for all of its."""
    for key in _META:
        name = "".join(simplified(document.meta.get(key, "")).split())
        if is_body(name) and _fits(name, voice) and name[0] not in _BARE:
            return Candidate(name, f"metadata {key}", name)
    return None


def _plain(mentions: tuple[Mention, ...]) -> Iterator[Candidate]:
    for mention in mentions:
        if not _GIVEN.search(mention.before):
            yield Candidate(mention.name, "named in prose", mention.name)
            if shorter := re.match(".*人民政府(?=办公[室厅]$)", mention.name):
                yield Candidate(shorter[0], "named in prose", mention.name)


def _longest(core: Candidate, others: tuple[Candidate, ...]) -> Candidate:
    """The longest fuller form; a core without a place is only filled up where one place alone is named with it."""
    fuller = [c for c in others if len(c.name) > len(core.name) and is_same(core.name, c.name)]
    best = max(fuller, key=lambda c: len(c.name), default=core)
    return best if all(is_same(c.name, best.name) for c in fuller) else core
