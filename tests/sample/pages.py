"""The pages around the reports: the site's frame, lists, articles, decoys."""

from collections.abc import Sequence
from html import escape

SITE = "年报样例门户"
FRAME = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
{charset}<title>{title}</title>
<meta name="SiteName" content="{site}">
<meta name="SiteDomain" content="127.0.0.1">
{meta}<link rel="stylesheet" href="/css/style.css">
</head>
<body>
<div class="header"><a href="/">{site}</a>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/xwdt/">新闻动态</a></li>\
<li><a href="/zfxxgk/">政府信息公开</a></li>\
<li><a href="/wzdt/">网站地图</a></li></ul></div>
<div class="position">当前位置：{crumbs}</div>
{body}
<div class="footer">这是随程序附带的样例网站，页面文字均为自拟，不代表任何机关。</div>
</body>
</html>
"""
UTF8 = '<meta charset="utf-8">\n'
GBK = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n'
NB = ("政府信息公开", "/zfxxgk/"), ("政府信息公开年报", "/zfxxgk/zfxxgknb/")
Crumbs = Sequence[tuple[str, str]]


def page(title: str, body: str, crumbs: Crumbs = (), charset: str = UTF8, meta: str = "") -> str:
    """A whole page in the site's frame."""
    trail = " &gt; ".join(f'<a href="{url}">{name}</a>' for name, url in [("首页", "/"), *crumbs])
    return FRAME.format(charset=charset, title=escape(title), site=SITE, meta=meta, crumbs=trail, body=body)


def listing(title: str, links: Sequence[tuple[str, str, str]], crumbs: Crumbs, pager: str = "") -> str:
    """A list of (text, address, date), as TRS templates print it."""
    rows = "\n".join(
        f'<li><a href="{url}" title="{text}" target="_blank">{text}</a><span>{date}</span></li>'
        for text, url, date in links
    )
    return page(
        title, f'<div class="list"><h2>{title}</h2>\n<ul class="ul_list">\n{rows}\n</ul>\n{pager}</div>', crumbs
    )


def pager(pages: int, records: int) -> str:
    """The call that draws the pager of a static list: pages count from 0."""
    return f'<div class="page"><script>createPageHTML({pages}, 0, "index", "html", {records});</script></div>\n'


def article(
    title: str, body: str, published: str, source: str, column: str, charset: str = UTF8, crumbs: Crumbs = NB
) -> str:
    """An article with the metas of the government's standard and a TRS body."""
    facts = {"ArticleTitle": title, "PubDate": f"{published} 09:30", "ContentSource": source, "ColumnName": column}
    meta = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in facts.items())
    text = (
        f'<div class="article"><h1>{title}</h1>\n'
        f'<div class="info">发布时间：{published}&nbsp;&nbsp;来源：{source}</div>\n'
        f'<div class="TRS_Editor">\n{body}</div></div>'
    )
    return page(title, text, [*crumbs, (column, "../")], charset, meta)


def paragraphs(texts: Sequence[str]) -> str:
    """Plain paragraphs."""
    return "".join(f"<p>{text}</p>\n" for text in texts)


def report(sections: Sequence[tuple[str, Sequence[str]]], tables: Sequence[str], lead: str = "", sign: str = "") -> str:
    """The body of a report: six sections, the three tables at the end of the second to the fourth."""
    out = [f"<p>{lead}</p>\n"] if lead else []
    for n, (heading, texts) in enumerate(sections):
        out += [f"<p><strong>{heading}</strong></p>\n", paragraphs(texts)]
        if 1 <= n <= 3:
            out.append(tables[n - 1])
    return "".join(out) + (f'<p align="right">{sign}</p>\n' if sign else "")


WORKSHEET = """<table border="1">
<tr><td>网站名称</td><td colspan="3">年报样例门户</td></tr>
<tr><td>首页网址</td><td colspan="3">http://127.0.0.1:48230/</td></tr>
<tr><td rowspan="2">信息发布（单位：条）</td><td>总数</td><td colspan="2">1842</td></tr>
<tr><td>概况类信息更新量</td><td colspan="2">36</td></tr>
<tr><td rowspan="2">解读回应</td><td>解读材料数量</td><td colspan="2">27</td></tr>
<tr><td>回应公众关注热点数量</td><td colspan="2">9</td></tr>
<tr><td>办事服务</td><td>政务服务事项数量</td><td colspan="2">415</td></tr>
</table>
"""
NOTICE = (
    "各镇、街道，各部门：为做好2020年政府信息公开工作年度报告的编制和发布，现将有关事项通知如下。",
    "年度报告按以下六个部分编写：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
    "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
    "请于2021年1月31日前在本机关网站公布，并将电子版报办公室。",
)
READING = (
    "近日，各机关陆续发布2020年政府信息公开工作年度报告，现就有关内容解读如下。",
    "年度报告主要反映主动公开、依申请公开、行政复议和行政诉讼等方面的情况，表格由国务院办公厅统一制定。",
    "公众可以在本网站政府信息公开年报栏目查阅。",
)
