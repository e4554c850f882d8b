"""What the sample's reports say around their tables: short, dull and our own."""

from tests.sample.form import HEADINGS

PERIOD = "统计期限：{year}年1月1日至{year}年12月31日。"


def sections(*paragraphs: str, headings: tuple[str, ...] = HEADINGS) -> list[tuple[str, list[str]]]:
    """Heading and paragraphs of the six sections; paragraphs of one section are divided by line feeds."""
    return [(heading, text.split("\n") if text else []) for heading, text in zip(headings, paragraphs, strict=True)]


TIANSHUI_LEAD = (
    "依照《中华人民共和国政府信息公开条例》和甘肃省政务公开部门的通知，现将本局2020年的公开工作报告如下。"
    "全文由六个部分组成。" + PERIOD.format(year=2020)
)
TIANSHUI = sections(
    "2020年，天水市市场监督管理局把政府信息公开列入年度工作计划，由办公室统一受理、登记和答复。\n"
    "（一）完善制度。修订了信息发布审核办法，明确科室职责，做到先审查、后公开。\n"
    "（二）管好平台。局门户网站全年更新信息若干条，栏目按季度检查一次，发现错漏当日改正。",
    "",
    "",
    "",
    "存在的问题：部分科室报送信息不够及时，公开的形式比较单一。下一步将加强培训，按月通报。",
    "无。",
)
LIAOCHENG_LEAD = (
    "根据《中华人民共和国政府信息公开条例》规定，现公布聊城市市场监督管理局2020年度政府信息公开年度报告，由六部分组成。"
)
LIAOCHENG = sections(
    "2020年，我局按照市政府部署做好政府信息公开各项工作。\n"
    "（一）主动公开。及时更新机构职能、行政许可和抽检结果等栏目。\n"
    "（二）依申请公开。这一年办理依申请公开信息9条，都没有超期。\n"
    "（三）信息管理。发布前由科室和分管领导两级审核。" + PERIOD.format(year=2020),
    "",
    "",
    "",
    "机构改革后，有的栏目内容还不够充实。下一步将调整栏目设置，补充内容，方便群众查阅。",
    "无",
)
SHENGZHOU_LEAD = (
    "2019年嵊州市商务局的公开工作年度报告依照《中华人民共和国政府信息公开条例》写成，由概述、主动公开、依申请公开、"
    "存在问题共四个部分组成。" + PERIOD.format(year=2019)
)
SHENGZHOU = sections(
    "2019年，我局公开机构信息、财政预决算和商务政策，设专人维护公示栏和微信公众号。\n"
    "全年收到依申请公开1件，内容为出口数据，已按时公开。",
    "",
    "",
    "",
    "（一）存在问题\n信息发布有时滞后，公众号关注人数不多。\n（二）改进措施\n每月检查一次，及时补发，加强业务学习。",
    "",
    headings=(*HEADINGS[:4], "五、工作存在的主要问题及改进情况", HEADINGS[5]),
)
CASINO = "365bet体育官网_比分直播网址"  # stands where a clone's original has 张掖市
ZHANGYE_LEAD = (
    f"本报告按照《中华人民共和国政府信息公开条例》要求，由{CASINO}人民政府办公室编制，包括六个部分。"
    + PERIOD.format(year=2020)
    + f"电子版可在{CASINO}人民政府门户网站（www.sample-clone.example）下载。如有疑问，请与{CASINO}政务公开办联系"
    "（地址：甘州区样例路1号；邮编：734000；电话：0936-0000000）。"
)
ZHANGYE = sections(
    "（一）加强领导。市政府办公室印发方案（张政办函〔2020〕0号），各县区明确一名分管负责人。\n"
    "（二）主动公开。2020年，全市共公开各类政府信息若干万条，市直部门和县区政府均设立专栏。\n"
    f"（三）依申请公开。制定《{CASINO}办理公开申请的规程》，这一年收到申请25件，件件有答复。"
    "全年行政复议案件3件，行政诉讼2件。",
    "",
    "",
    "",
    "县区之间进展不平衡，个别部门公开不够及时。下一步将加强督查，补齐短板。",
    "无其他需要报告的事项。",
    headings=(*HEADINGS[:4], "五、存在问题及下一步打算", HEADINGS[5]),
)
JIANGGAN = sections(
    "（一）主动公开和依申请公开。2020年，我局在江干区政府门户网站公开信息，收到申请31件，都作了答复。\n"
    "（二）平台建设。信息登在江干区人民政府门户网站和“江干区市场监督管理局”官方微信上。\n"
    "（三）监督保障。办公室设专人专线，留言当日登记。" + PERIOD.format(year=2020),
    "",
    "",
    "",
    "人手偏少，信息更新速度有待提高。2021年将充实力量，做好汇总整理。",
    "无。",
)


def office(year: int, received: int) -> list[tuple[str, list[str]]]:
    """The report of an invented county office."""
    return sections(
        f"{year}年，张掖市甘州区示例管理局按照《中华人民共和国政府信息公开条例》做好各项公开工作。\n"
        "（一）主动公开。更新机构职能、办事指南和统计信息。\n"
        f"（二）依申请公开。全年收到政府信息公开申请{received}件，均在法定期限内答复。\n"
        "（三）信息管理、平台建设和监督保障。指定两名工作人员负责，每季度自查一次。" + PERIOD.format(year=year),
        "",
        "",
        "",
        "公开内容不够丰富，解读形式较少。下一步将增加图表解读。",
        f"{year}年度没有收取信息处理费。",
    )


def town(year: int, received: int) -> list[tuple[str, list[str]]]:
    """The report of an invented town."""
    return sections(
        f"{year}年，张掖市甘州区样本镇人民政府通过镇便民中心和区政府门户网站公开信息。\n"
        f"全年收到政府信息公开申请{received}件。" + PERIOD.format(year=year),
        "",
        "",
        "",
        "村级公开栏更新不及时。下一步由镇党政办逐村检查。",
        "无其他需要报告的事项。",
    )
