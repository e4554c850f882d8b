"""Divisions by name, code and year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.gazetteer import mentions
from parsers.places import contacts, locate, official
from parsers.regions import at, by_code, current, name, named, parents, regions, stem, zones

CITIES = [r for r in regions() if r.level == "city"]
PROVINCES = [r for r in regions() if r.level == "province"]
assert locate("和县水利局", 2020, "", {})[0]  # the tables are read before the clock of the laws runs
BODIES = ("人民政府", "人民政府办公室", "财政局", "市场监督管理局", "发展和改革委员会", "总工会")


def in_force(region, year):
    return region.first <= f"{year}-12" <= region.last


def test_every_city_in_every_year_from_1990_resolves_to_its_code():
    wrong = [(r, year) for r in CITIES for year in range(1990, 2026) if in_force(r, year)
             if [found.code for found in named(r.name, year)] != [r.code]]
    assert len(CITIES) > 400
    assert wrong == []


@given(st.sampled_from(CITIES + PROVINCES), st.integers(1990, 2026), st.sampled_from(BODIES))
def test_bodies_of_cities_and_provinces_lie_in_them(region, year, body):
    if in_force(region, year):
        assert locate(region.name + body, year, "", {})[0] == region.code


@given(st.sampled_from([r for r in regions() if r.level == "county"]), st.integers(1990, 2025), st.sampled_from(BODIES))
def test_bodies_of_counties_lie_in_them_when_the_city_or_province_is_named_too(region, year, body):
    above = [n for code in parents(region.code) if (n := name(code, year))]
    if in_force(region, year) and above:
        found, why = locate(above[0] + region.name + body, year, "", {})
        twins = [r for r in named(region.name, year) if set(parents(r.code)) & set(parents(region.code)[:1])]
        assert found == region.code or len(twins) > 1, why
        found, why = locate("".join(reversed(above)) + region.name + body, year, "", {})
        assert found == region.code or len(twins) > 1, why


@given(st.sampled_from(regions()), st.integers(1980, 2030))
def test_a_county_named_alone_is_never_taken_for_its_namesake(region, year):
    found, _ = locate(region.name + "财政局", year, "", {})
    assert found is None or found in {current(r.code, year) for r in named(region.name, year)}
    if len({current(r.code, year) for r in named(region.name, year)}) > 1:  # two codes may be of one place: 扶余市
        assert found is None


@given(st.sampled_from(regions()), st.integers(1980, 2030))
def test_names_and_codes_lead_to_each_other(region, year):
    if in_force(region, year):
        assert region.code in {r.code for r in named(region.name, year)}
        assert region.name in {r.name for r in at(by_code()[region.code], year)}


@pytest.mark.parametrize(("body", "year", "code"), [
    ("江干区市场监督管理局", 2020, "330104"),                  # abolished in 2021
    ("下城区教育局", 2020, "330103"),
    ("临平区财政局", 2022, "330113"),                          # new in 2021
    ("余杭区财政局", 2019, "330110"),
    ("三明市三元区财政局", 2020, "350403"),                    # same name, new code in 2021
    ("三明市三元区财政局", 2022, "350404"),
    ("崇川区审计局", 2019, "320602"),
    ("崇川区审计局", 2021, "320613"),
    ("莱芜市财政局", 2017, "371200"),
    ("丽水地区教育局", 2015, "331100"),                        # an old name, long after
    ("余杭市教育局", 2010, "330110"),
    ("丽水地区行政公署", 1998, "332500"),
    ("锡林郭勒盟行政公署", 2020, "152500"),
    ("阿荣旗水利局", 2020, "150721"),
    ("恩施州水利局", 2015, "422800"),                          # short for 恩施土家族苗族自治州
    ("麻阳县板栗树乡人民政府", 2022, "431226"),                # short for 麻阳苗族自治县
    ("贵州省黔西南州兴义市财政局", 2020, "522301"),
    ("河北省石家庄市桥西区人民政府", 2022, "130104"),          # two of the name in one province
    ("江苏省徐州市鼓楼区人民政府", 2022, "320302"),
    ("河北省桥西区人民政府", 2022, None),
    ("北京海淀区教育委员会", 2020, "110108"),                  # the province's bare name in front
    ("仙桃市水利局", 2020, "429004"),                          # under the province directly
    ("石河子市财政局", 2020, "659001"),
    ("重庆市合川区古楼镇人民政府", 2023, "500117"),
    ("国家税务总局聊城市税务局", 2020, "371500"),
    ("中华人民共和国石家庄海关", 2020, "130100"),
    ("益阳高新技术产业开发区管理委员会", 2020, "430900"),      # zones have no code of their own
    ("苏州工业园区管理委员会", 2021, "320500"),
    ("北戴河新区管理委员会", 2020, "130300"),                  # not in 北戴河区
    ("江阴高新技术产业开发区管理委员会", 2020, "320281"),
    ("新疆维吾尔自治区教育厅", 2020, "650000"),
    ("吉林市财政局", 2020, "220200"),
    ("吉林省财政厅", 2020, "220000"),
    ("第八师石河子市教育局", 2021, "659001"),                  # a division of the corps, and the city that it holds
    ("十四师昆玉市发展和改革委员会", 2021, "659009"),
    ("第二师铁门关市二十一团", 2022, "659006"),
    ("科右中旗人民政府办公室", 2023, "152222"),                # short for 科尔沁右翼中旗
    ("伊犁州直霍城县人民政府", 2020, "654023"),
    ("国家能源局浙江监管办公室", 2022, "330000"),              # branches of the state, named after a place
    ("国家铁路局上海铁路监督管理局", 2021, "310000"),
    ("中国民用航空浙江安全监督管理局", 2021, "330000"),
    ("国家税务总局驻重庆特派员办事处", 2021, "500000"),
    ("审计署驻南京特派员办事处", 2019, "320100"),
    ("国家税务总局西安经济技术开发区税务局", 2021, "610100"),
    ("国家税务总局苏州工业园区税务局", 2022, "320500"),
    ("中华人民共和国绍兴海事局", 2021, "330600"),
    ("浙江海事局", 2021, "330000"),
    ("满洲里海关", 2022, "150781"),                            # after a city of the county's level
    ("东兴海关", 2021, "450681"),                              # not in 内江市东兴区
    ("济源产城融合示范区管理委员会", 2021, "419001"),
    ("大连金普新区管理委员会", 2021, "210200"),                # a city's bare name, a zone's own, and what it is
    ("长春净月高新技术产业开发区管理委员会", 2021, "220100"),
    ("衢州智造新城管理委员会", 2021, "330800"),
    ("黄山风景区管理委员会", 2021, "341000"),
    ("浙江证监局", 2019, "330000"),
    ("台州银保监分局", 2018, "331000"),
    ("国家自然资源督察南京局", 2021, "320100"),
    ("国家林业和草原局驻合肥森林资源监督专员办事处", 2021, "340100"),
    ("内蒙古教育厅", 2021, "150000"),                          # halls are of provinces
    ("海南教育厅", 2021, "460000"),                            # not of 海南藏族自治州
    ("湘西自治州水利局", 2021, "433100"),
    ("前郭县教育局", 2021, "220721"),
    ("莆田市公安局城厢分局", 2019, "350302"),                  # a city's bureau in one of its districts
    ("上海市公安局浦东分局", 2018, "310115"),
    ("揭阳市公安局揭东分局", 2009, "445221"),                  # a county then
    ("保定市生态环境局定州市分局", 2021, "130682"),
    ("郑州市公安局东风路分局", 2021, "410100"),                # of no district
    ("杭州市公安局西湖风景名胜区分局", 2021, "330100"),
])
def test_bodies_of_every_kind(body, year, code):
    assert locate(body, year, "", {})[0] == code


@pytest.mark.parametrize("body", [
    "财政部", "国家发展和改革委员会", "海关总署", "国务院办公厅", "中国证券监督管理委员会",  # of the state
    "朝阳区财政局", "鼓楼区审计局", "城区财政局",                                          # several bear the name
    "商务局", "高岭镇人民政府", "黄埔海关", "新疆生产建设兵团第八师",                      # nothing says where
    "国家海洋局东海分局", "国家海洋局北海分局", "自然资源部南海局", "交通运输部北海航海保障中心",  # seas, not 东海县
    "太湖流域管理局", "水利部海河水利委员会", "长江海事局", "国家能源局南方监管局",            # lakes, rivers, parts
    "太湖新城管理委员会", "长白山保护开发区管理委员会", "海南生态软件园区管理委员会", "朝阳教育局",
    "中国民用航空华东地区管理局", "生态环境部华北督察局", "沈抚改革创新示范区管理委员会",
])
def test_no_code_rather_than_a_wrong_one(body):
    assert locate(body, 2020, "", {})[0] is None


@pytest.mark.parametrize(("body", "text", "meta", "code"), [
    ("朝阳区财政局", "长春市委、市政府要求。电话：0431-12345678", {}, "220104"),
    ("朝阳区财政局", "按照北京市统一部署", {}, "110105"),
    ("鼓楼区审计局", "", {"siteidcode": "3201060012"}, "320106"),
    ("鼓楼区审计局", "邮编：350001", {}, "350102"),
    ("商务局", "索引号：113325000026455663/2019-00012", {}, "331100"),   # credit codes keep abolished codes
    ("水利局", "网站标识码：3418020037", {}, "341802"),
    ("财政局", "皖公网安备 34180202000313号", {}, "341802"),
    ("财政局", "索引号 3212000002/2018-354983", {}, "321200"),
    ("高岭镇人民政府", "在密云区委、区政府领导下", {}, "110118"),
    ("商务局", "网站标识码：3418020037 索引号：113325000026455663/2019-1", {}, None),
      # two codes contradict each other
    ("高岭镇人民政府", "与密云区、怀柔区相邻", {}, None),
    ("北街街道", "", {"索引号": "6207020081/2026-00007", "网站标识码": "6207000001"}, "620702"),  # its own code first
    ("北街街道", "", {"网站标识码": "6207000001"}, None),                # a city's portal carries the towns' reports
    ("水利局", "全区水利工作，区委、区政府重视", {"公网安备": "公网安备 62070002000001"}, None),
    ("水利局", "全市水利工作", {"公网安备": "公网安备 62070002000001"}, "620700"),
    ("鼓楼区审计局", "", {"公网安备": "公网安备 41020402000100"}, "410204"),
])
def test_the_page_decides_where_the_name_does_not(body, text, meta, code):
    assert locate(body, 2019, text, meta)[0] == code


def test_evidence_says_which_rule_on_which_words():
    _, why = locate("鼓楼区审计局", 2019, "", {"siteidcode": "3201060012"})
    assert (why.fact, "of several" in why.rule, why.quote) == ("region_code", True, "3201060012")


@given(st.sampled_from(CITIES))
def test_old_codes_lead_to_the_place_of_today(region):
    today = current(region.code, 2026)
    assert today == region.code or stem(name(today, 2026) or "") in {stem(r.name) for r in by_code()[region.code]}


def test_codes_of_ministries_and_numbers_are_no_places():
    assert official("统一社会信用代码 11100000000013127D，电话 12345", {}, 2020) == ()


def test_contacts_give_cities():
    assert [sorted(s.codes) for s in contacts("邮政编码：323000 联系电话：（0578）2091234")] == [["331100"], ["331100"]]
    assert contacts("2020年1月1日，申请12件，邮编不详") == ()


@given(st.sampled_from(regions()), st.sampled_from(regions()))
def test_names_are_found_where_they_stand(one, other):
    text = f"，{one.name}、{other.name}。"
    found = dict(mentions(text))
    assert all(text[i:].startswith(n) for i, n in found.items())
    generic = {"郊区", "城区", "矿区", "东区", "南区", "西区", "北区", "新区"}
    assert {one.name, other.name} - generic <= set(found.values())


def test_zones_lie_in_cities():
    assert zones()["苏州工业园区"] == "320500"
    assert all(code in by_code() for code in zones().values())
