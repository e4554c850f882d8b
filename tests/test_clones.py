"""Copies on hijacked domains: found by their signs, their original recovered; genuine pages never taken for copies."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from parsers.casino import stand_in, words
from parsers.clones import fingerprint
from parsers.hosts import is_known_clone, is_official
from parsers.identity import identify
from parsers.model import Cell, Document, Identity, Kind, Source

TRADITIONAL = OpenCC("s2t")
CASINO = (
    "365bet娱乐客户端_极速365网址_bei365网站", "威廉希尔体育", "皇冠体育中文版官网", "bet188娱乐平台",
    "pg电子麻将胡了", "澳门新葡京娱乐",
    "万博体育app下载", "开云体育官方网站", "九游娱乐(中国)官方网站", "亚博体育-官网", "W88手机版登录", "威尼斯人娱乐城",
)
# city, a county in it, postcode, area code, initial of its document numbers
PLACES = (
    ("张掖市", "甘州区", "734000", "0936", "张"), ("怀化市", "麻阳苗族自治县", "418000", "0745", "怀"),
    ("泰州市", "海陵区", "225300", "0523", "泰"), ("丽水市", "莲都区", "323000", "0578", "丽"),
    ("黔西南布依族苗族自治州", "兴义市", "562400", "0859", "州"), ("聊城市", "东昌府区", "252000", "0635", "聊"),
)


def report(place: str, county: str, postcode: str, area: str, initial: str) -> str:
    return (
        f"本报告由{place}人民政府办公室编制完成。统计期限为2020年1月1日至2020年12月31日。电子版在{place}人民政府门户网站公布。"
        f"如有疑问，请与{place}政务公开办联系（地址：{place}{county}人民路1号；邮编：{postcode}；电话：{area}-8361234）。\n"
        f"一、总体情况\n印发《{place}公开工作要点》（{initial}政办函〔2020〕12号），全市共公开信息3万条，受理申请25件，我市各县区认真落实。\n"
        "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n"
        "五、存在的主要问题及改进情况\n有待丰富。\n六、其他需要报告的事项\n无\n"
    )


def identity(text: str, url: str = "", title: str = "") -> Identity:
    return identify(Document(title, (text,)), Source(b"", url))


def is_flagged(found: Identity) -> bool:
    assert found.is_clone == any(p.code == "clone" for p in found.problems)
    return found.is_clone


@pytest.mark.parametrize("casino", CASINO)
@pytest.mark.parametrize("place", PLACES, ids=lambda p: p[0])
def test_a_city_that_a_gambling_site_stands_in_for_is_recovered(place, casino):
    found = identity(report(*place).replace(place[0], casino))
    whole = identity(report(*place))
    assert is_flagged(found) and not is_flagged(whole)
    assert (found.issuer, found.region_code, found.scope) == (whole.issuer, whole.region_code, whole.scope)
    assert whole.issuer == f"{place[0]}人民政府"


def test_a_department_is_recovered_too():
    text = (
        "威廉希尔体育统计局2020年政府信息公开工作年度报告\n一、总体情况\n威廉希尔体育统计局认真工作，我局公开信息32条，电话：0745-2712345，"
        "邮编：418000。麻阳苗族自治县、沅陵县等县统计局参加了全市培训，市政府多次督导。"
    )
    found = identity(text, "http://www.example.com/huaihua/c132980/202201/1.shtml")
    assert (found.issuer, found.region_code, is_flagged(found)) == ("怀化市统计局", "431200", True)


@pytest.mark.parametrize("place", [
    ("嵊州市", "剡湖街道", "312400", "0575", "嵊"), ("兴化市", "昭阳街道", "225700", "0523", "兴"),
    ("甘州区",
        "东街街道", "734000", "0936", "甘"),
])
def test_a_county_is_not_taken_for_the_city_above_it(place):
    text = report(*place).replace("全市", "全市" if place[0].endswith("市") else "全区").replace("我市各县区",
        f"我{place[0][-1]}各镇")
    city = {"0575": "绍兴市", "0523": "泰州市", "0936": "张掖市"}[place[3]]
    found = identity(text.replace(place[0], "bet188娱乐平台") + f"按照{city}人民政府统一部署，{city[:2]}日报报道。")
    assert is_flagged(found)
    assert found.region_code != {"0575": "330600", "0523": "321200", "0936": "620700"}[place[3]]


def test_no_original_is_guessed():
    text = "由bet365官网人民政府办公室编制，请与bet365官网人民政府联系。电话：0936-8361234。\n一、总体情况\n我市公开。"
    found = identity(text)
    assert is_flagged(found)
    assert (found.issuer, found.region_code) == (None, None)
    assert "issuer_unknown" in {p.code for p in found.problems}


CLONES = [
    ("http://www.meeios.com/a/1.html", "", ""),                                    # host seen before
    ("http://gat.example.com/a/1.html", "365体育官网", ""),                         # title of a gambling site
    ("http://news.example.com/a/1.html", "", "政(zheng)府(fu)信(xin)息(xi)公(gong)开(kai)" * 2),
    ("http://www.example.org.cn/news/1.htm", "", "統(tǒng)計(jì)報(bào)告(gào)編(biān)制(zhì)"),  # .org.cn is anybody's
    *(("http://www.example.com/a/1.html", title, "") for title in (
        "国产成人精品一区二区_国产精品66在线观看", "免费菠萝视频app下载", "久久精品国产亚洲av", "开元棋牌官网",
        "大发快三官网", "世界杯买球网站", "新奥门开奖结果", "真钱斗地主", "中国竞彩网首页", "千亿球友会",
        "kaiyun体育登录", "LEYU乐鱼体育", "MANBETX官网", "性感荷官", "k8凯发", "9博体育", "hth华体会体育",
        "99xbet中文")),
]


@pytest.mark.parametrize(("url", "title", "more"), CLONES)
def test_copies_with_their_text_intact(url, title, more):
    found = identity(report(*PLACES[0]) + more, url, title)
    assert is_flagged(found)
    assert (found.issuer, found.region_code) == ("张掖市人民政府", "620700")


FOREIGN = "http://www.abcde.com/"
SIGNS = [  # the sign, text, address, title, whether it suffices
    ("gambling words stand for a place", report(*PLACES[0]).replace("张掖市", "bet365官网"), "", "", True),
    ("host known for copies", report(*PLACES[0]), "https://m.zwgsc.com/mayang/1.html", "", True),
    ("gambling words in the title", report(*PLACES[0]), FOREIGN, "张掖市2020年政府信息公开年报pg电子麻将胡了", True),
    ("gambling words in the title", report(*PLACES[0]), FOREIGN, "比分直播,篮球比分直播张掖市2020年政府信息公开年报",
     True),
    ("gambling words in the title", report(*PLACES[0]), FOREIGN, "亚洲欧美一区二区", True),
    ("a gambling site's name again and again",
     report(*PLACES[0]) + "按照省、市xyzbet体育_xyzbet官网@:做好公开的要求，xyzbet体育_xyzbet官网@:编制。", FOREIGN, "",
     True),
    ("gambling words in the lead line", "威廉希尔中文官网_英国公司\n" + report(*PLACES[0]), FOREIGN, "", True),
    ("pinyin glosses", report(*PLACES[0]) + "政(zheng)府(fu)信(xin)息(xi)公(gong)开(kai)", FOREIGN, "", True),
    ("codes of another place than the title's",
     "宁国市商务局2020年政府信息公开工作年度报告\n" + report("宁国市", "西津街道", "242300", "0563", "宁")
     + "索引号：11341702003278012L/202201-00001", FOREIGN, "", True),
    ("host that is no government's", report(*PLACES[0]), FOREIGN, "", False),
    ("government path on such a host", report(*PLACES[0]), FOREIGN + "huaihua/c132980/202201/a.shtml", "", False),
    ("text names the host as a government's site",
     report(*PLACES[0]).replace("网站公布", "网站（http://www.abcde.com）公布"), FOREIGN, "", False),
    ("text names a government's host, which is another",
     report(*PLACES[0]).replace("网站公布", "网站（http://www.zhangye.gov.cn）公布"), FOREIGN, "", False),
    ("traditional script on such a host", TRADITIONAL.convert(report(*PLACES[0])), FOREIGN, "", False),
    ("mojibake", report(*PLACES[0]) + "各。ㄗ灾螀^(qū)", FOREIGN, "", False),
]


@pytest.mark.parametrize(("sign", "text", "url", "title", "suffices"), SIGNS, ids=[s[0] for s in SIGNS])
def test_each_sign_is_told_with_its_words(sign, text, url, title, suffices):
    found = identity(text, url, title)
    assert is_flagged(found) is suffices
    assert [e.quote != "" for e in found.evidence if (e.fact, e.rule) == ("clone", sign)] == [True]


@pytest.mark.parametrize("lure", [
    "申博sunbet官网", "开运体育", "金年会", "米乐M6", "完美体育", "新葡京娱乐", "kok体育", "问鼎娱乐app",
    "大富豪棋牌官网", "ku游备用网址", "成人直播",
])
def test_a_lure_in_a_name_s_place_is_put_right_or_nothing_is_named(lure):
    text = (
        f"{lure}水务局2020年政府信息公开工作年度报告\n"
        f"请与{lure} 水务局办公室联系（邮编：734000；电话：0936-8214000）。\n一、总体情况\n"
        f"{lure}水务局认真工作，我局公开信息32条，甘州区、临泽县水务局参加了全市培训。"
    )
    found = identity(text, FOREIGN)
    assert is_flagged(found)
    assert (found.issuer, found.region_code) in (("张掖市水务局", "620700"), (None, None))
    assert not is_flagged(identity(text.replace(lure, "张掖市"), FOREIGN))


def test_a_host_in_a_place_s_stead_names_nobody():
    text = (
        "abcde.com茗岙乡人民政府2018年政府信息公开年度报告\n按照《abcde.com政府信息公开规定》，我乡主动公开。\n"
        "一、概述\n我乡公开。"
    )
    found = identity(text, FOREIGN)
    assert is_flagged(found) and (found.issuer, found.region_code) == (None, None)
    genuine = "嵊州市水务集团2021年信息公开年报\n可登录www.abcde.com网站或abcde.com查阅，abcde.com平台公开。"
    assert not is_flagged(identity(genuine, FOREIGN))


def test_of_a_rewritten_name_the_codes_say_the_place():
    sign, text, url, _, _ = next(s for s in SIGNS if s[0].startswith("codes"))
    found = identity(text, url)
    assert found.region_code == "341702"
    assert [e.rule for e in found.evidence if e.fact == "region_code"] == [sign]
    assert not is_flagged(identity(text, "http://www.ningguo.gov.cn/a.html"))
    assert not is_flagged(identity(text.replace("11341702", "11341881"), url))
    assert not is_flagged(identity(text.replace("11341702", "11341800"), url))  # of the city that it lies in


GENUINE_HOSTS = (
    "http://www.zhangye.gov.cn/", "http://61.150.65.235/", "http://122.137.242.24:8080/", "http://180.76.149.248:88/",
    "https://www.zhangye-news.com/", "http://www.zyyl.org.cn/", "http://big5.zhangye.gov.cn/", "",
    "http://www-zhangye-gov-cn.proxy.example.net/", "http://www.example.cn/",
)
GENUINE_PATHS = ("art/2021/1/25/art_1_2.html", "zfxxgk/202101/t20210125_1.html", "x.jsp?fbtime=2020", "")
GENUINE_WORDS = (
    "开展打击跨境赌博、网络博彩专项行动3次。", "体育彩票公益金使用情况已公开，福利彩票销售网点65个。",
    "推进“12345平台”“12315平台”建设。",
    "金沙县体育局、银河社区、永利村参加。", "在微信公众号（app）和365天政务平台公开。", "承办G20国际会议，引进5G平台。",
    "国务院、省人民政府和各级人民政府，地方人民政府和上级人民政府。",
    "整治色情广告12起，加强未成年人保护，成人教育招生公开。",
    "太阳城社区、银河国际社区、六合彩虹小学、葡京路街道。",
    "CBA体育联赛、VR体育、K1体育公园、成人在线教育，国产视频会议系统。",
    "江南体育中心、星空广场、澳门中学交流。", "AG600飞机平台信息公开，APP下载3000次，客户端登录9万次。",
)


def genuine(dice: random.Random) -> tuple[str, str, str]:
    place = dice.choice(PLACES)
    text = report(*place) + "".join(dice.sample(GENUINE_WORDS, 4))
    url = dice.choice(GENUINE_HOSTS)
    if url and dice.random() < 0.4:
        text = text.replace("门户网站", f"门户网站（{url.split('/')[2]}）")
    if dice.random() < 0.3:
        text = TRADITIONAL.convert(text)
    title = f"{place[0]}2020年政府信息公开工作年度报告" if dice.random() < 0.5 else ""
    return text, url + dice.choice(GENUINE_PATHS) if url else "", title


def test_no_genuine_page_is_flagged():
    dice = random.Random(7)
    pages = [genuine(dice) for _ in range(200)]
    assert [(url, title) for text, url, title in pages if is_flagged(identity(text, url, title))] == []


@pytest.mark.parametrize("text", GENUINE_WORDS)
def test_ordinary_words_are_no_gambling_words_in_a_name_s_place(text):
    assert stand_in(text * 3) == stand_in(text * 3, is_foreign=True) == ""


@pytest.mark.parametrize("casino", CASINO)
def test_gambling_words_are_known_as_such(casino):
    assert words(casino)


@pytest.mark.parametrize(("url", "official"), [
    ("http://www.tianshui.gov.cn/", True), ("http://61.150.65.235/x", True), ("http://localhost:8000/", True), ("",
        True),
    ("http://www.lcu.edu.cn/", True), ("http://www-qinzhou-gov-cn.njmu.s5.bt8.net/x", True), ("not a url", True),
    ("http://translate.baiducontent.com/transpage?query=http://xxgk.jl.gov.cn/a", True), ("http://[bad", True),
    ("http://www.meeios.com/", False),
    ("http://zhangye.gov.cn.example.com/", False), ("http://mygov.example.com/", False),
])
def test_hosts_that_may_be_a_government_s(url, official):
    assert is_official(url) is official


def test_hosts_known_for_copies():
    assert is_known_clone("http://a.b.zwinkt.com/x") and not is_known_clone("http://zwinkt.com.gov.cn/x")


def cells(*values: int | str) -> tuple[Cell, ...]:
    return tuple(Cell("requests", f"row{i}", "total", Decimal(v), str(v), Kind.NUMBER, "件") for i,
        v in enumerate(values))


VALUES = st.lists(st.integers(1, 10**6), min_size=8, max_size=40).filter(lambda v: len(set(v)) >= 3)


@given(VALUES, st.text(max_size=50), st.text(max_size=50), st.randoms())
def test_the_fingerprint_holds_whatever_the_text_and_the_order(values, one, other, dice):
    shuffled = list(cells(*values))
    dice.shuffle(shuffled)
    assert fingerprint(cells(*values), one) == fingerprint(shuffled, other)


@given(VALUES, st.data())
def test_another_number_gives_another_fingerprint(values, data):
    i = data.draw(st.integers(0, len(values) - 1))
    changed = [*values[:i], values[i] + 10**7, *values[i + 1:]]
    assert fingerprint(cells(*values), "") != fingerprint(cells(*changed), "")


@given(st.integers(0, 200))
def test_reports_of_zeros_have_no_fingerprint(count):
    assert fingerprint(cells(*[0] * count), "全年公开信息0条，收到申请0件。") == ""
    assert fingerprint(cells(*[0] * count, 1, 1, 1, 1, 1, 1, 1, 1, 1), "") == ""


def test_figures_of_the_prose_stand_in_for_cells():
    text = "张掖市公开信息939篇，采用138条，阅读359次，粉丝4340人，办结265件，办结率95.3%。"
    copied = TRADITIONAL.convert(text).replace("張掖市", "bet365官网")
    assert fingerprint((), text) == fingerprint((), copied) != ""
    assert fingerprint((), text.replace("939", "940")) != fingerprint((), text)


def test_numbers_are_compared_by_value():
    assert fingerprint(cells(*range(1, 12), "2511E+2"), "") == fingerprint(cells(*range(1, 12), "251100.00"), "")
