"""Pages that are reports and pages that only look like them."""

import random
from itertools import product

import pytest

import parsers
from parsers.model import Document, Grid, Slot, Source
from parsers.recognise import is_report, looks_like_report, page_kind
from parsers.titles import is_report_title

CITIES = ("张掖市", "嵊州市", "天门市", "锡林郭勒盟", "黔西南州", "江干区", "余干县", "乾安县", "和田地区", "阿荣旗")
BODIES = ("财政局", "审计局", "水务局", "发展和改革委员会", "人民政府", "市场监督管理局", "政务服务中心", "应急管理局")
YEARS = (2009, 2013, 2016, 2018, 2019, 2020, 2021, 2023, 2025)
HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)
FORM = (
    ("第二十条第（一）项",), ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "", "", ""),
    ("行政规范性文件", "", "", ""), ("第二十条第（五）项",), ("信息内容", "本年处理决定数量"), ("行政许可", ""),
    ("第二十条第（六）项",), ("信息内容", "本年处理决定数量"), ("行政处罚", ""), ("行政强制", ""),
    ("第二十条第（八）项",), ("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费", ""),
)


def html(title: str, *blocks: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    body = "".join(f"<p>{b}</p>" for b in blocks) + (f"<table>{cells}</table>" if rows else "")
    return f"<html><head><title>{title}</title></head><body><div>{body}</div></body></html>".encode()


def notice(city: str, body: str, year: int, dice: random.Random) -> bytes:
    subject = dice.choice((
        f"关于做好{year}年度政府信息公开年度报告编写和发布的通知",
        f"{city}人民政府办公室关于编制{year}年政府信息公开年报的通知",
        f"关于报送{year}年政府信息公开年度报告的函", f"{city}{body}关于开展{year}年政府信息公开年报核查的通知",
    ))
    asked = ("".join(f"{h}。请如实填写有关数据。" for h in HEADINGS) if dice.random() < 0.5 else "报告应包括六个部分。")
    return html(
        subject if dice.random() < 0.8 else f"{city}人民政府", subject, "各乡镇人民政府、街道办事处，区直各部门：",
        f"根据条例规定，现就做好{year}年年度报告编制工作通知如下：", "一、编制内容", asked,
        f"二、报送时间。请各单位于{year + 1}年1月20日前将年度报告报送至政务公开办，联系电话：1234567。",
        f"{city}人民政府办公室",
    )


def interpretation(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice((
        f"《{city}{body}{year}年政府信息公开工作年度报告》解读", f"一图读懂{city}{year}年政府信息公开年报",
        f"图解：{city}{body}{year}年政府信息公开工作年度报告",
    ))
    return html(
        title, title, f"{year}年，我市主动公开信息{dice.randrange(9999)}条，收到申请{dice.randrange(99)}件。",
        *(f"{h}部分介绍了有关工作。" for h in HEADINGS),
    )


def worksheet(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice((f"{city}{body}{year}年政府网站工作年度报表", f"{year}年{city}政府网站年度工作报表"))
    rows = (
        ("网站名称", f"{city}{body}网站"), ("首页网址", "http://example.gov.cn"), ("网站总访问量（单位：次）",
            str(dice.randrange(10**6))),
        ("独立用户访问总量", str(dice.randrange(10**5))), ("信息发布总数（单位：条）", str(dice.randrange(10**4))),
        ("政务动态信息更新量", "321"), ("信息公开目录信息更新量", "77"), ("收到留言数量", "12"), ("办结留言数量", "12"),
    )
    return html(title if dice.random() < 0.7 else f"{city}政府信息公开年报", title, rows=rows)


def format_notice(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice((
        "关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知", "政府信息公开工作年度报告格式",
        f"{city}转发国办公开办函〔2021〕30号关于政府信息公开工作年度报告格式的通知",
    ))
    return html(
        title, title, "各省、自治区、直辖市人民政府办公厅，国务院各部委办公厅：", "现将格式印发给你们，请遵照执行。",
        *(h + "。该部分以表格形式报告。表格如下：" for h in HEADINGS), f"{year}年{body}", rows=FORM,
    )


def home(city: str, body: str, year: int, dice: random.Random) -> bytes:
    links = [f"{city}{b}召开{year}年工作会议" for b in BODIES] + [
        "政府信息公开", "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开",
    ]
    dice.shuffle(links)
    return html(f"{city}{body}门户网站", *links, "版权所有 主办单位：" + city + body)


def listing(city: str, body: str, year: int, dice: random.Random) -> bytes:
    every = [f"{city}{b}{y}年政府信息公开工作年度报告" for b, y in product(BODIES, YEARS)]
    shown = dice.sample(every, 15) if dice.random() < 0.7 else [f"{y}年" for y in YEARS]
    title = dice.choice(("政府信息公开年报", f"{city}{body}政府信息公开年报", f"{year}年政府信息公开年报", "年度报告"))
    return html(title, "当前位置：首页 > 政府信息公开年报", *shown, "下一页")


def guide(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice((f"{city}{body}政府信息公开指南", f"{city}{body}政府信息公开指南（{year}年版）",
        "政府信息公开制度"))
    return html(
        title, title, "为了方便公民、法人和其他组织获取政府信息，编制本指南。", "一、主动公开",
        f"（一）公开范围：本机关主动公开{dice.randrange(8, 60)}类信息。",
        "二、依申请公开", "申请人可在网站下载申请表，共3份，本机关自收到申请之日起20个工作日内答复。", "三、收费标准",
        "四、不予公开的政府信息", "五、监督和救济：可以申请行政复议或者提起行政诉讼。", "六、其他需要说明的事项",
    )


def other_report(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice((
        f"{city}{body}{year}年法治政府建设年度报告", f"{city}{year}年预算执行情况报告", f"{city}{body}{year}年工作总结",
        f"{year}年{city}国民经济和社会发展统计公报", f"{city}{body}召开{year}年政府信息公开年报编制培训会",
    ))
    return html(
        title, title, "一、主要工作",
        f"{year}年，我局深入推进依法行政，办理行政复议案件{dice.randrange(30)}件，公开信息{dice.randrange(300)}条。",
        "二、存在的问题", "工作中还有不足。", "三、下一步打算", "继续推进政务公开。",
    )


def law(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice(("中华人民共和国政府信息公开条例", f"{city}政府信息公开规定", f"{city}{body}政府信息公开办法"))
    return html(
        title, title, "第一章 总则", "第一条 为了保障公民、法人和其他组织依法获取政府信息，制定本条例。",
        "第二章 公开的主体和范围",
        "第三章 主动公开", "第四章 依申请公开", "第五章 监督和保障",
        "第四十九条 县级以上人民政府部门应当在每年1月31日前公布上一年度政府信息公开工作年度报告。",
        "第五十条 政府信息公开工作年度报告应当包括：主动公开政府信息的情况；"
        "收到和处理政府信息公开申请的情况；行政复议、行政诉讼的情况；"
        "存在的主要问题及改进情况。",
        f"第六章 附则 自{year}年{dice.randrange(1, 13)}月15日起施行。",
    )


def news(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = dice.choice((
        f"{city}{body}召开{year}年政府信息公开工作年度报告编制推进会", f"{city}{year}年政府信息公开年报发布情况",
        f"{city}组织开展政务公开培训",
        f"{city}政府透明度第三方评估报告（{year}）",
    ))
    return html(
        title, title,
        f"近日，{city}{body}就政府信息公开工作年度报告编制工作作出安排，参加人员{dice.randrange(20, 90)}人次。",
        "会议要求，各单位要认真总结主动公开、依申请公开、行政复议和行政诉讼情况，查找存在的主要问题，提出改进措施。",
    )


def index(city: str, body: str, year: int, dice: random.Random) -> bytes:
    """The catalogue of published information, a row a document, reports of all years among them."""
    rows = [("索引号", "信息名称", "公开方式", "生成日期")]
    for number in range(dice.randrange(8, 20)):
        shown = dice.choice((f"{city}{body}{dice.choice(YEARS)}年政府信息公开工作年度报告", f"{city}{body}机构职能",
                             f"关于印发{dice.choice(YEARS)}年工作要点的通知", "规范性文件目录", "行政许可事项清单"))
        day = f"{year}-0{number % 9 + 1}-15"
        rows.append((f"{dice.randrange(10**9):09d}/{year}-{number:05d}", shown, "主动公开", day))
    title = dice.choice((f"{city}{body}政府信息公开目录", f"{city}政府信息公开平台", "信息公开目录检索"))
    return html(title, title, "主动公开 依申请公开 政府信息公开年报", rows=tuple(rows))


DECOYS = (notice, interpretation, worksheet, format_notice, home, listing, index, guide, other_report, law, news)


def report(city: str, body: str, year: int, dice: random.Random) -> bytes:
    title = f"{city}{body}{year}年政府信息公开工作年度报告"
    prose = (
        f"{year}年，{city}{body}认真贯彻条例，全年主动公开政府信息{dice.randrange(10, 900)}条，"
        f"收到申请{dice.randrange(30)}件，均按时办结。"
        "我局健全了工作机制，明确专人负责信息发布、审核和归档。"
    )
    old = ("一、概述", "二、主动公开政府信息的情况", "三、依申请公开政府信息的情况", "四、复议、诉讼情况",
        "五、存在问题及改进措施")
    headings = old if year < 2019 else HEADINGS
    blocks = [b for h in headings for b in (h, prose if h == headings[0] else "本年度有关情况见下。")]
    head = dice.choice(((title,), (f"{city}{body}", f"{year}年政府信息公开工作年度报告"), ()))
    rows = tuple((*row[:1], *(str(dice.randrange(9)) if c == "" else c for c in row[1:])) for row in FORM)
    return html(f"{title}_{city}人民政府网站", *head, *blocks, rows=rows if year > 2020 else ())


def pages(make, count):
    dice = random.Random(make.__name__)
    for _ in range(count):
        yield make(dice.choice(CITIES), dice.choice(BODIES), dice.choice(YEARS), dice)


@pytest.mark.parametrize("make", DECOYS, ids=lambda make: make.__name__)
def test_pages_that_are_no_reports_give_none(make):
    taken = [page.decode() for page in pages(make, 120)
             if any(r.is_report for r in parsers.read(Source(page, "http://www.example.gov.cn/x.html", "text/html")))]
    assert not taken


def test_the_decoys_are_more_than_a_thousand_different_pages():
    different = {make.__name__: len(set(pages(make, 120))) for make in DECOYS}
    assert sum(different.values()) > 1200 and min(different.values()) >= 90, different


def test_reports_are_reports():
    missed = [page.decode() for page in pages(report, 200)
              if not parsers.read(Source(page, "http://www.example.gov.cn/x.html", "text/html"))[0].is_report]
    assert not missed


@pytest.mark.parametrize("make", DECOYS, ids=lambda make: make.__name__)
def test_decoys_are_told_without_their_titles(make):
    """A title is often lost: in the site's own name, in an image, in a frame."""
    for page in pages(make, 25):
        bare = page.decode().replace("<title>",
            "<title>市政府网站</title><meta name='x' content='").replace("</title>", "'>", 2)
        assert not parsers.read(Source(bare.encode(), "", "text/html"))[0].is_report


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(map(Slot, row)) for row in rows), "table 1")


NUMBERED = tuple((*row[:1], *("3" if c == "" else c for c in row[1:])) for row in FORM)
FILLED = grid(*NUMBERED, *((str(i), "0", "1") for i in range(9)))
BLANK = grid(*FORM)
OWN = (
    "2021年，我局主动公开政府信息120条，收到申请3件，均按时答复；"
    "依法健全制度，明确专人，做好发布、审核、归档和答复各项工作。"
)
REPORTS = {
    "blank tables under a report's title": Document("佳县水利局2022年政府信息公开工作年度报告", ("\n".join(HEADINGS),
        BLANK)),
    "instruction of the format left in": Document(
        "", ("某镇2023年政府信息公开工作年度报告\n" + "\n".join((HEADINGS[0], OWN, *HEADINGS[1:3],
            "该部分以表格形式报告。表格如下：")), BLANK)),
    "no title at all": Document("", ("\n".join((HEADINGS[0], OWN, *HEADINGS[1:])), FILLED)),
    "column page that is the report": Document(
        "政府信息公开年报_天门市人民政府", ("\n".join(("首页", "政府信息公开年报", HEADINGS[0], OWN, *HEADINGS[1:])),
            FILLED)),
    "published under a notice's title": Document(
        "关于公布县水务局2021年政府信息公开工作年度报告的公告", ("\n".join(("各有关单位：", HEADINGS[0], OWN,
            *HEADINGS[1:])), FILLED)),
    "published under a notice's title, without tables": Document(
        "关于发布《县水务局2015年政府信息公开工作年度报告》的通告", ("\n".join((HEADINGS[0], OWN, *HEADINGS[1:])),)),
    "on a page that is named after its column": Document(
        "政府信息公开指南_县水务局",
        ("\n".join(("县水务局2021年政府信息公开工作年度报告", HEADINGS[0], OWN, *HEADINGS[1:])),)),
    "called a summary, but of a statistic period": Document(
        "县水务局2015年政府信息公开工作总结",
        ("\n".join(("统计期限为2015年1月1日至2015年12月31日。", HEADINGS[0], OWN, *HEADINGS[1:])),)),
    "table alone, as an annex": Document("", ("", FILLED)),
    "free text of 2010": Document("", ("舒兰市审计局2010年政务信息公开年度报告\n" + OWN * 3,)),
    "quotes the format notice": Document(
        "江干区水利局2021年政府信息公开工作年度报告",
        ("根据国办公开办函〔2021〕30号关于印发报告格式的通知编制本报告。\n" + "\n".join((*HEADINGS[:2], OWN)), FILLED)),
    "traditional script": Document("武漢市水務局2020年政府信息公開工作年度報告", ("一、總體情況\n" + OWN, FILLED)),
}
assert REPORTS


@pytest.mark.parametrize("name", REPORTS)
def test_reports_in_unusual_dress(name):
    found = page_kind(REPORTS[name], has_form_tables=bool(REPORTS[name].grids))
    assert found.kind == "report", found


@pytest.mark.parametrize(("title", "kind"), [
    ("关于做好2020年政府信息公开年度报告编写和发布的通知", "notice"),
    ("2020年政府网站工作年度报表", "worksheet"),
    ("《水利局2020年政府信息公开年报》解读", "interpretation"),
    ("政府信息公开指南", "guide"),
    ("审计局2020年法治政府建设年度报告", "elsewhere"),
    ("审计局2020年政府信息公开工作总结", "elsewhere"),
    ("XX单位20XX年政府信息公开工作年度报告（模板）", "format"),
    ("2022年政府信息公开工作年度报告（图解）", "interpretation"),
])
def test_the_verdict_names_the_kind_and_the_words(title, kind):
    found = page_kind(Document(title, (title + "\n内容见附件。",)))
    assert (found.kind, found.quote) == (kind, title)


@pytest.mark.parametrize("title", [
    "和县财政局2021年度信息公开工作报告", "和县水利局2021年1-12月政府信息公开工作报告",
    "和县公共资源交易中心2021年政府信息公开工作年度报告", "和县环境保护局2012年环境信息公开年报",
    "和县纪律检查委员会2021年政府信息公开工作年度报告",
])
def test_titles_that_are_a_report_s(title):
    assert is_report_title(title)


@pytest.mark.parametrize("title", [
    "某省政府信息公开工作2020年第三方评估报告", "2021年政府信息公开工作考核情况报告",
    "某纸业公司2021年环境信息公开年度报告",
    "XX局20XX年政府信息公开工作年度报告", "关于印发政府信息公开工作年度报告制度的通知",
    "和县水利局2021年上半年政府信息公开工作报告", "和县水利局2021年三季度政务信息公开情况报告",
    "和县水利局2021年1-6月政府信息公开工作情况报告", "和县2021年财政信息公开工作情况报告",
    "和县重大建设项目信息公开工作报告", "2021年和县政务公开工作自查报告",
])
def test_titles_that_are_no_report_s(title):
    assert not is_report_title(title)


def test_a_title_with_an_attachment_is_a_cover():
    page = Document("天水市水务局2020年政府信息公开工作年度报告",
        ("天水市水务局2020年政府信息公开工作年度报告\n附件下载",))
    assert page_kind(page).kind == "cover"
    assert not is_report(page, has_form_tables=False)


def test_the_cheap_look_never_misses_a_report():
    for page in pages(report, 40):
        text = page.decode()
        every = (
            page, text.encode("gb18030"), text.encode("utf-16-le"), text.encode("ascii", "xmlcharrefreplace"),
            text.encode("unicode_escape"), text, text.replace("信息", "信(xin)息(xi)"),
            text.replace("信息", "信(xìn)息(xī)").replace("公开", "公(gōng)开(kāi)").encode(),
        )
        assert all(map(looks_like_report, every))


def test_the_cheap_look_passes_over_pages_without_a_word_of_it():
    assert not looks_like_report(html("天气预报", "明天多云转晴。", "旅游景点开放公告"))
