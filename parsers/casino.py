"""Words of gambling and pornography, and the place names that they stand in for on hijacked pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

_HAN = "\u3400-\u9fff"
_BRANDS = (
    "威廉希尔", "必威", "亚博", "万博", "乐鱼", "九游", "华体", "爱游戏", "博狗", "伟德", "立博", "利来", "凯发",
    "尊龙", "沙巴",
    "雷火", "火狐", "天博", "葡京", "威尼斯人", "太阳城", "皇冠", "云开", "优德", "宝盈", "通博", "千赢", "同乐城",
    "亿博", "韦德",
    "德赢", "狗万", "贝博", "杏彩", "盈禾", "英皇",
)
_WORDS_TOO = ("开云", "米兰", "星空", "半岛", "江南", "金沙", "永利", "银河", "大发", "明升", "凤凰", "澳门")
_LATIN = (
    "365", "188", "888", "918", "bet", "bwin", "pg", "mg", "cq9", "jdb", "ag", "w88", "m88", "hth", "pk10", "ky",
    "vwin", "dafa",
    "ku", "mk", "jbo", "bob",
)
_PLAIN = (
    "比分直播", "麻将胡了", "百家乐", "老虎机", "时时彩", "六合彩(?![虹色云灯霞绘])",
    "北京赛车", "赛车pk10", "娱乐城", "真人荷官",
    "足球比分", "球探网",
    "体育投注", "体育下注", "博彩网", "博彩公司", "博彩平台", "博彩官网", "bet365", "365bet", "bei365", "1xbet",
    "fun88", "188bet",
    "betway", "bwin", "无码", "色情网", "成人视频", "成人电影", "成人网站",
)
_GAMES = "体育|娱乐|电子|电竞|棋牌|彩票|真人|赌场|投注"
_SITES = "官网|官方网站|平台|网址|客户端|注册|登录|下载|app|APP|手机版|中文版|网页版|入口"
_KINDS = f"{_GAMES}|国际|集团|{_SITES}|中国|中文"
_LEXICON = re.compile(
    f"(?:{'|'.join(_BRANDS)})(?!会)(?:{_KINDS})+|(?:{'|'.join(_WORDS_TOO)})(?:{_GAMES})+(?:{_SITES})+"
    f"|澳门(?:新|金|银|威|永|葡|太)[{_HAN}]{{1,3}}(?:{_KINDS})+"
    f"|(?<![0-9A-Za-z])(?i:{'|'.join(_LATIN)})[A-Za-z0-9]{{0,4}}(?:{_KINDS})+|(?i:{'|'.join(_PLAIN)})"
    f"|(?:亚洲|欧美)[{_HAN}]{{1,4}}[一二三]区"
)
_BRAND = re.compile(
    f"[A-Za-z0-9]{{3,12}}(?:{_GAMES})[_@-]?[A-Za-z0-9]{{0,12}}(?:{_SITES})|(?i:[a-z]{{2,8}}bet)(?:{_SITES})"
)
_LATIN_GAME = (
    "(?<![A-Za-z0-9])(?!KTV|CCTV|CBA|NBA|QQ|G20|VR|AI)[A-Za-z]{2,10}(?:体育|娱乐|电竞|棋牌|视讯)(?![公场馆局所中项课])"
    "|(?<![A-Za-z])(?!tibet|alphabet)[a-z]{1,8}bet(?![A-Za-z])"
)
_LATIN_CORES = ("体育", "娱乐", "电竞", "棋牌", "视讯", "bet")
_CORES = re.compile("|".join((*_BRANDS, *_WORDS_TOO, *_LATIN, *_PLAIN, "亚洲", "欧美")))
_WORD = rf"[A-Za-z0-9_{_HAN}（）()·.\-+]"
_REACH = 45  # characters before 人民政府 that may stand in for a name
_BEFORE_GOVERNMENT = re.compile(rf"({_WORD}{{2,{_REACH}}}?)(?=人民政府)")
_OF_PLACES = frozenset("省市县区镇乡州旗盟级各方央地原届国代本部岛山域团会务责任的和及与对向为是")
_ORGAN = f"[{_HAN}]{{0,12}}?(?:人民政府|局|委员会|办公室|厅|管委会|法院|检察院|中心|街道)"
_BEFORE_BODY = re.compile(rf"\s?{_ORGAN}")


def words(text: str) -> tuple[str, ...]:
    """The gambling and pornography words in a text, in order. Plain 体育彩票, 打击赌博, 金沙县 are none.

    >>> words("365bet平台客户端"), words("金沙县体育彩票管理中心打击网络赌博"), words("威廉希尔体育统计局")
    (('365bet平台客户端',), (), ('威廉希尔体育',))
    """
    return tuple(m[0] for m in _found(text))


@cache
def _lures() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Letters of which each needs some; the observed words, and Latin letters before a game, with what follows them."""
    lines = files("parsers").joinpath("data", "lures.txt").read_text(encoding="utf-8").splitlines()
    observed = sorted((re.escape(x) for x in lines if x and not x.startswith("#")), key=len, reverse=True)
    names = f"(?:{'|'.join(observed)}|{_LATIN_GAME})+"
    cores = re.compile("|".join((*observed, *_LATIN_CORES)))
    return cores, re.compile(rf"{names}(?:\d{{2,4}}|{_GAMES}|{_SITES}|备用网址|国际)*", re.IGNORECASE)


def lures(text: str) -> tuple[str, ...]:
    """What pages of gambling and pornography call themselves; a sign only on a host that is no government's.

    >>> lures("久久精品一区二区三区"), lures("完美体育app下载水务局"), lures("县体育局，国际合作处，六合彩虹社区")
    (('久久精品一区二区三区',), ('完美体育app下载',), ())
    """
    return tuple(dict.fromkeys((*words(text), *(m[0] for m in _lured(text)))))


def brands(text: str) -> tuple[str, ...]:
    """Names of gambling sites that no list has to know: Latin letters, a game, and a site's word.

    >>> brands("做好uedbet体育_uedbet官网@:年度报告"), brands("省体育局官网、微信平台")
    (('uedbet体育_uedbet官网',), ())
    """
    return tuple(m[0] for m in _BRAND.finditer(text))


def _found(text: str) -> Iterator[re.Match[str]]:
    """The lexicon is long: it is only asked where one of its cores stands in the text at all."""
    return _LEXICON.finditer(text) if _CORES.search(text.lower()) else iter(())


def _lured(text: str) -> Iterator[re.Match[str]]:
    cores, pattern = _lures()
    return pattern.finditer(text) if cores.search(text.lower()) else iter(())


def stand_in(text: str, is_foreign: bool = False) -> str:
    """The words that stand where a place's name must stand, "" where none do.

    Either the same words stand twice before 人民政府 and end as no place's name ends, or a gambling word (`is_foreign`:
    a lure) stands directly before a body's name, twice or more.

    >>> stand_in("由皇冠体育_官网人民政府办公室编制。请向皇冠体育_官网人民政府反映。")
    '皇冠体育_官网'
    >>> stand_in("由张掖市人民政府办公室编制。省、市人民政府和各级人民政府。")
    ''
    >>> stand_in("万博体育统计局。万博体育统计局。")
    '万博体育'
    """
    found = (*_found(text), *(_lured(text) if is_foreign else ()))
    return _before_governments(text) or _before_bodies(text, found)


def _before_governments(text: str) -> str:
    before = [found for found in _names_of_governments(text) if found[-1] not in _OF_PLACES]
    for ending, count in Counter(b[-2:] for b in before).most_common(1):
        if count < 2:
            return ""
        token = _common_ending([b for b in before if b.endswith(ending)])
        token = _trimmed(token, text)
        return token if len(token) >= 3 and text.count(token) >= 2 else ""
    return ""


def _names_of_governments(text: str) -> Iterator[str]:
    """What stands before each 人民政府, sought within the pattern's reach alone."""
    end, at = 0, text.find("人民政府")
    while at >= 0:
        found = _BEFORE_GOVERNMENT.search(text, max(end, at - _REACH), at + 4)
        if found:
            yield found[1]
            end = found.end()
        at = text.find("人民政府", at + 4)


def _before_bodies(text: str, words: Iterable[re.Match[str]]) -> str:
    """The word that stands before bodies' names most often, the longest of those that do so equally often."""
    found = Counter(m[0] for m in words if _BEFORE_BODY.match(text, m.end(), m.end() + 24))
    return max(found, key=lambda word: (found[word], len(word))) if found.total() >= 2 else ""


def _common_ending(texts: list[str]) -> str:
    ending = ""
    for letters in zip(*(reversed(t) for t in texts), strict=False):
        if len(set(letters)) > 1:
            break
        ending = letters[0] + ending
    return ending


def _trimmed(token: str, text: str) -> str:
    """Without the words before it that the two places happen to share: the shorter form that occurs more often."""
    while len(token) > 3 and text.count(token[1:]) > text.count(token):
        token = token[1:]
    return re.sub("^(?:由|经|与|向|是|在|和|通过|请|的|为)+", "", token)
