"""Who reports, on which place and year, with which reach."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.bodies import is_body
from parsers.identity import identify
from parsers.model import Document, Identity, Source
from parsers.regions import regions

OUTLINE = (
    "一、总体情况\n{overview}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n"
    "五、存在的主要问题及改进情况\n公开内容有待丰富。\n六、其他需要报告的事项\n无\n"
)


def identity(page="", head="", overview="", end="", url="", **meta: str) -> Identity:
    return identify(Document(page, (f"{head}\n{OUTLINE.format(overview=overview)}{end}",), meta), Source(b"", url))


def codes(found: Identity) -> list[str]:
    return [p.code for p in found.problems]


ISSUERS = [
    # title of the page, printed head, section one, signature → issuer, region, year, scope
    ("硚口区审计局2025年政府信息公开工作年度报告_硚口区人民政府", "", "", "", "硚口区审计局", "420104", 2025, "body"),
    ("", "硚口区审计局2025年政府\n信息公开工作年度报告", "", "", "硚口区审计局", "420104", 2025, "body"),
    ("", "福建省晋江市水利局\n2021年度政府信息公开工作年度报告", "", "", "福建省晋江市水利局", "350582", 2021, "body"),
    ("", "2019年庆元县民政局2019年政府信息公开工作年度报告", "", "", "庆元县民政局", "331126", 2019, "body"),
    ("化隆县2020年度政府信息公开工作年度报告", "", "", "", "化隆县", "630224", 2020, "government"),
    ("舒兰市水利局2018年政务信息公开年度报告", "", "", "", "舒兰市水利局", "220283", 2018, "body"),
    ("", "枣阳市民政局二〇一八年政府信息公开工作年度报告", "", "", "枣阳市民政局", "420683", 2018, "body"),
    ("", "枣阳市民政局２０１８年政府信息公开工作年度报告", "", "", "枣阳市民政局", "420683", 2018, "body"),
    ("灵璧县教育局关于2019年度政府信息公开工作的报告", "", "", "", "灵璧县教育局", "341323", 2019, "body"),
    ("关于灵璧县教育局2019年度政府信息公开工作情况的报告", "", "", "", "灵璧县教育局", "341323", 2019, "body"),
    ("附件：2022年平阳县昆阳镇政府信息公开工作年度报告.doc", "", "", "", "平阳县昆阳镇", "330326", 2022, "government"),
    ("平阳县水头镇政府信息公开年度报告（2022年度）", "", "", "", "平阳县水头镇", "330326", 2022, "government"),
    ("通知公告 > 三门县水利局2020年政府信息公开工作年度报告", "", "", "", "三门县水利局", "331022", 2020, "body"),
    ("武漢市生態環境局2020年政府資訊公開工作年度報告", "", "", "", "武汉市生态环境局", "420100", 2020, "body"),
    ("", "", "2020年，二道区统计局以数据质量为重点，推进公开。2020年1月1日至12月31日。", "",
        "二道区统计局", "220105", 2020, "body"),
    ("", "", "2020年，在区委领导下，官洲街道办事处认真贯彻落实条例，2020年共公开63条。", "",
        "官洲街道办事处", None, 2020, "government"),
    ("", "现就鹤游镇2023年政府信息公开工作情况报告如下：", "2023年，我镇有序推进，2023年公开152条。", "",
        "鹤游镇", None, 2023, "government"),
    ("", "组配分类 政府信息公开年报\n2023年下各镇政府信息公开工作年度报告", "", "", "下各镇", None, 2023, "government"),
    ("2020年度晋城市城区财政局政府信息公开工作年度报告", "", "", "", "晋城市城区财政局", "140502", 2020, "body"),
    ("杭州市生态环境局上城分局2021年政府信息公开工作年度报告", "", "", "", "杭州市生态环境局上城分局", "330102", 2021,
        "body"),
    ("上海市黄浦区外滩街道办事处2023年政府信息公开工作年度报告", "", "", "", "上海市黄浦区外滩街道办事处", "310101",
        2023,
     "government"),
    ("天门市人民政府办公室2021年政府信息公开工作年度报告", "", "我办严格执行条例。", "", "天门市人民政府办公室",
        "429006", 2021, "body"),
    ("商务部2021年政府信息公开工作年度报告", "", "我部主动公开文件。", "", "商务部", None, 2021, "body"),
    ("国家税务总局聊城市税务局2020年政府信息公开工作年度报告", "", "", "", "国家税务总局聊城市税务局", "371500", 2020,
        "body"),
    ("中华人民共和国天津海关2020年政府信息公开工作年度报告", "", "", "", "中华人民共和国天津海关", "120000", 2020,
        "body"),
    ("锡林郭勒盟行政公署2019年政府信息公开工作年度报告", "", "全盟共受理申请12件。", "", "锡林郭勒盟行政公署",
        "152500", 2019,
     "jurisdiction"),
    ("聊城大学2020年信息公开年度报告", "", "", "", "聊城大学", None, 2020, "body"),
    # the longest form that the report itself gives
    ("宿迁市2017年政府信息公开年度报告", "", "全市共公开政府信息23万条。宿迁市人民政府办公室牵头。", "",
        "宿迁市人民政府", "321300", 2017,
     "jurisdiction"),
    ("安徽省2020年政府信息公开工作年度报告", "", "由安徽省人民政府办公厅编制。全省共公开信息9万条。", "",
        "安徽省人民政府", "340000", 2020,
     "jurisdiction"),
    ("恩施州2015年政府信息公开工作年度报告", "", "恩施土家族苗族自治州人民政府认真落实条例。", "",
        "恩施土家族苗族自治州人民政府", "422800",
     2015, "government"),
    ("密云区高岭镇2021年政府信息公开工作年度报告", "", "我镇落实条例。", "北京市密云区高岭镇人民政府\n2022年1月20日",
     "北京市密云区高岭镇人民政府", "110118", 2021, "government"),
    ("西湖区市监局2020年政府信息公开年报", "", "杭州市西湖区市场监督管理局认真落实。我局…", "",
        "杭州市西湖区市场监督管理局", "330106",
     2020, "body"),
    ("县发改局2020年政府信息公开工作年度报告", "", "我局", "庆元县发展和改革局\n2021年1月5日", "庆元县发展和改革局",
        "331126", 2020,
     "body"),
    ("2020年市水务局政府信息公开年报", "", "亳州市水务局认真贯彻。我局", "", "亳州市水务局", "341600", 2020, "body"),
    # a column's name is not the title
    ("西湖区 政府信息公开年报 杭州市西湖区财政局2021年政府信息公开工作年度报告", "", "", "", "杭州市西湖区财政局",
        "330106", 2021, "body"),
    ("天水市政府信息公开年报", "", "2020年，天水市水务局认真落实条例。我局健全制度。", "", "天水市水务局", "620500",
        2020, "body"),
    ("天水市政府信息公开年报", "", "2020年，天水市人民政府认真落实条例。我市健全制度。", "", "天水市人民政府",
        "620500", 2020, "government"),
    # no title
    ("", "根据条例，特向社会公布2019年度绵阳市涪城区水利局政府信息公开年度报告。", "我局在2019年", "",
        "绵阳市涪城区水利局", "510703", 2019,
     "body"),
    ("", "", "我镇严格执行条例。2020年和平镇人民政府在松山区领导下推进公开。", "", "和平镇人民政府", "150404", 2020,
        "government"),
    ("", "", "2020年，我镇认真落实条例。佳县螅镇人民政府持续推进。", "", "佳县螅镇人民政府", "610828", 2020,
        "government"),
    ("", "", "2021年，我局在临平区政府门户网站公开信息，在“临平区民政局”官方微信公开信息。", "", "临平区民政局",
        "330113", 2021, "body"),
    ("", "", "2020年，按照武汉市水务局要求，我局落实条例。硚口区水务局不断完善制度。", "", "硚口区水务局", "420104",
        2020, "body"),
    ("", "本报告由三门县人民政府办公室编制。", "2016年，我县主动公开信息3万条。全县共收到申请9件。", "",
        "三门县人民政府", "331022", 2016,
     "jurisdiction"),
]


@pytest.mark.parametrize(("page", "head", "overview", "end", "issuer", "code", "year", "scope"), ISSUERS)
def test_issuer_region_year_and_reach(page, head, overview, end, issuer, code, year, scope):
    found = identity(page, head, overview, end)
    assert (found.issuer, found.region_code, found.report_year, found.scope) == (issuer, code, year, scope)
    assert {e.fact for e in found.evidence} >= {"issuer", "region_code", "report_year", "scope"}


def test_a_name_is_never_completed_from_elsewhere():
    found = identity("水务局2020年政府信息公开年报", url="http://slj.liaocheng.gov.cn/a.html", siteidcode="3715000009")
    assert (found.issuer, found.region_code) == ("水务局", "371500")


def test_a_publisher_that_any_place_has_is_no_issuer():
    assert identity(overview="我局公开信息。", 发布机构="和县水利局").issuer == "和县水利局"
    assert identity(overview="我局公开信息。", 发布机构="县水利局").issuer is None


def test_superiors_are_not_taken_for_the_issuer():
    found = identity(overview="2020年，按照《浙江省财政厅关于做好公开工作的通知》和绍兴市财政局要求，我局落实条例。")
    assert (found.issuer, codes(found)) == (None, ["issuer_unknown"])


def test_a_body_that_speaks_under_the_name_of_a_column_stays_unknown():
    assert identity("天水市政府信息公开年报", overview="2020年，我局健全制度。").issuer is None


def test_links_at_the_end_are_no_signature():
    assert identity(overview="2020年，我局健全制度。", end="友情链接\n甘肃省人民政府\n天水市水务局").issuer is None


def test_two_bodies_spoken_of_and_no_voice_decide_nothing():
    found = identity(overview="二道区统计局以数据为重点，二道区水利局以河湖为重点。")
    assert found.issuer is None and "issuer_unknown" in codes(found)


@pytest.mark.parametrize(("said", "scope"), [
    ("我镇有序推进。", "government"), ("我局有序推进。", "body"), ("我市有序推进。", None),
    ("本报告综合各县（市、区）政府和市级各部门的年度报告编制而成。", "jurisdiction"),
])
def test_the_reach_of_a_body_without_a_name(said, scope):
    assert identity(overview=said).scope == scope


def test_two_names_alike_decide_nothing():
    assert identity(overview="天水市水务局积极工作。聊城市水务局积极工作。我局认真落实。").issuer is None


def test_metadata_names_the_issuer_where_the_report_does_not():
    found = identity("政府信息公开年报", overview="2022年，我局收到申请3件。", contentsource="宁国市统计局")
    assert (found.issuer, found.region_code) == ("宁国市统计局", "341881")
    assert any(e.rule == "metadata contentsource" for e in found.evidence)


DEPARTMENTS = ("市场监督管理局", "发展和改革委员会", "水务局", "教育局", "政务服务中心", "应急管理局", "生态环境局",
    "总工会")


@given(st.sampled_from([r for r in regions() if r.level == "city"]), st.sampled_from(DEPARTMENTS), st.integers(2008,
    2025))
def test_every_city_department_is_known_from_title_voice_or_signature(region, department, year):
    if not region.first <= f"{year}-12" <= region.last:
        return
    name = region.name + department
    word = next((w for w in ("局", "委", "中心") if department.endswith(w) or w in department), "")
    by_title = identity(f"{name}{year}年政府信息公开工作年度报告")
    by_end = identity(overview=f"{year}年，我单位落实条例。", end=f"{name}\n{year + 1}年1月9日")
    by_voice = identity(overview=f"{year}年，{name}高度重视公开工作。我{word}健全制度。")
    for found in (by_title, by_end, by_voice)[: 3 if word else 2]:
        assert (found.issuer, found.region_code, found.report_year) == (name, region.code, year)


WORDS = st.sampled_from([
    "由", "年", "公布", "2020年", "二〇二〇年", "天水市", "和县", "向阳镇", "水务局", "人民政府", "办公室", "我局",
    "编制", "365bet",
    "政府信息公开", "年报", "报告", "统计期限", "1月1日", "。", "，", "\n", "一、总体情况\n", "(wu)", "國", "乾",
    "邮编：", "734000",
    "0936-", "8361234", "〔2020〕", "》", "《", "|", "\t", "—", "\ufffd", "12620600MB0523338C", "/", "=",
])


@given(st.lists(WORDS | st.text(max_size=3), max_size=60).map("".join), st.text(max_size=30), st.text(max_size=30))
def test_nothing_crashes_and_every_answer_is_whole(text, title, url):
    found = identify(Document(title, (text,), {"pubdate": title}), Source(b"", url))
    assert found.region_code is None or (len(found.region_code) == 6 and found.region_code.isdigit())
    assert (found.issuer is None) == ("issuer_unknown" in codes(found))
    assert found.scope in (None, "body", "government", "jurisdiction")
    assert found.issuer is None or found.scope is not None


YEARS = [
    ({"page": "德清县民政局2018年政府信息公开工作年度报告", "head": "统计期限自2017年1月1日至2017年12月31日。"}, 2017,
     "statistic period", ["year_conflict"]),
    ({"page": "德清县民政局2018年政府信息公开工作年度报告"}, 2018, "title", []),
    ({"head": "德清县民政局。统计期限为2020年1月1日至2020年12月31日。",
        "overview": "较2019年1月1日至2019年12月31日增长两成。"},
     2020, "statistic period", ["issuer_unknown"]),
    ({"head": "数据统计期限为2020年1月1日至12月31日。", "overview": "德清县民政局认真工作，我局…"}, 2020,
        "statistic period", []),
    ({"page": "德清县民政局政府信息公开年报",
        "overview": "2016年，我局公开信息。2016年共召开会议3次。2017年将继续。"}, 2016,
     "year that section one speaks of most", []),
    ({"page": "德清县民政局政府信息公开年报", "overview": "2016年和2017年。"}, None, "", []),
    ({"page": "德清县民政局政府信息公开年报", "url": "http://a.gov.cn/xxgkAnnualReport.jsp?fbtime=2015&area=001"},
        2015, "address", []),
    ({"page": "德清县民政局政府信息公开年报", "url": "http://a.gov.cn/zfxxgk/zfxxgknb/2024n/qzf/t1.html"}, 2024,
        "address", []),
    ({"page": "德清县民政局政府信息公开年报", "url": "http://a.gov.cn/art/2021/1/25/art_1_2.html"}, 2020,
        "year before publication", []),
    ({"page": "龙潭区民政局2017年政府信息公开年报", "end": "龙潭区民政局\n2017年2月10日"}, 2017, "title",
        ["year_conflict"]),
    ({"page": "龙潭区民政局2017年政府信息公开年报", "end": "龙潭区民政局\n2017年12月28日"}, 2017, "title", []),
    ({"page": "龙潭区民政局2020年政府信息公开年报", "pubdate": "2022-06-09 10:00"}, 2020, "title", []),
    ({"page": "龙潭区民政局年政府信息公开年报", "head": "统计期限为二〇一九年一月一日"}, 2019, "statistic period", []),
    ({"page": "和县第一中学2019-2020学年信息公开年度报告",
      "head": "统计时间为2019年9月1日至2020年8月31日。", "overview": "2020年，学校公开信息120条。"}, None, "", []),
    ({"page": "和县教育局2020年政府信息公开工作年度报告",
      "head": "统计期限为2020年1月1日至2020年12月31日。公开2019—2020学年招生政策，加强政府信息公开。"}, 2020,
     "statistic period", []),
]


@pytest.mark.parametrize(("given_", "year", "rule", "problems"), YEARS)
def test_the_year_and_what_it_rests_on(given_, year, rule, problems):
    found = identity(**given_)
    assert found.report_year == year
    assert [e.rule for e in found.evidence if e.fact == "report_year"] == ([rule] if rule else [])
    assert codes(found) == problems


@pytest.mark.parametrize(("given_", "day", "rule"), [
    ({"pubdate": "2022-01-15 18:15"}, date(2022, 1, 15), "metadata pubdate"),
    ({"pubdate": "2026/08/24 09:30"}, date(2026, 8, 24), "metadata pubdate"),
    ({"head": "发布时间:2020-01-14"}, date(2020, 1, 14), "label"),
    ({"head": "成文日期：2020年1月4日"}, date(2020, 1, 4), "label"),
    ({"head": "迎宾路街道办事处\n2022年01月18日来源:1", "url": "http://a.gov.cn/x/t20220615_1.html"},
     date(2022, 1, 18), "beside its source"),
    ({"page": "2010年控江路街道政府信息公开工作年度报告 2011-01-28"}, date(2011, 1, 28), "behind the title"),
    ({"head": "2010年控江路街道政府信息公开工作年度报告 2011-01-28"}, None, ""),  # may be a list's entry
    ({"url": "http://a.gov.cn/art/2021/1/25/art_1_2.html"}, date(2021, 1, 25), "address"),
    ({"url": "http://a.gov.cn/x/202401/t20240121_2715633.shtml"}, date(2024, 1, 21), "address"),
    ({"end": "水务局\n二〇二〇年一月二十三日"}, date(2020, 1, 23), "signature"),
    ({"head": "统计时间：2020年1月1日至2020年12月31日"}, None, ""),
    ({"pubdate": "2022-13-45", "url": "http://a.gov.cn/c/10003.html"}, None, ""),
])
def test_the_day_of_publication(given_, day, rule):
    found = identity(**given_)
    assert found.published == day
    assert [e.rule for e in found.evidence if e.fact == "published"] == ([rule] if rule else [])


def test_an_endless_list_of_words_is_no_name_and_costs_no_time() -> None:
    started = time.perf_counter()
    assert not is_body("甲乙、" * 14 + "局x")
    assert not is_body("甲乙、" * 5000 + "局x")
    assert is_body("张掖市退役军人、民政事务局")
    assert time.perf_counter() - started < 1
