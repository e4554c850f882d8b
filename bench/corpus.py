"""Pages to measure with: reports as Word exports them, about 157 KB each with 200 links, and pages that are none."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from parsers.forms import Table, form

BORDER = "border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt;mso-border-alt:solid windowtext .5pt"
PARAGRAPH = "text-align:center;line-height:18.0pt;mso-line-height-rule:exactly;mso-pagination:widow-orphan"
FONT = "font-size:12.0pt;font-family:宋体;mso-bidi-font-family:宋体;mso-hansi-font-family:仿宋_GB2312;color:black"
CELL = (f'<td width="97" style="{BORDER}"><p class="MsoNormal" align="center" style="{PARAGRAPH}">'
        f'<span lang="EN-US" style="{FONT}">{{}}<o:p></o:p></span></p></td>')
SENTENCES = (
    "本单位按照年度工作安排，对公开目录逐项核对，补充了缺少的栏目内容，并安排专人每周检查一次。",
    "全年召开两次专题会议研究公开工作，明确了责任分工和完成时限，年底进行了内部检查。",
    "对群众提出的申请，我们按照规定登记、审核、答复和归档，全部在规定期限内办结。",
    "网站和新媒体账号由办公室统一维护，发布前须经保密审查，错误内容及时更正。",
)


def report(number: int, seed: int = 0) -> str:
    """One page with a report of edition 2021 whose sums hold."""
    chance = random.Random(seed * 1_000_003 + number)
    year = 2021 + number % 5
    title = f"第{number}号样例局{year}年政府信息公开工作年度报告"
    prose = "".join(f"<p style='text-indent:2em'>{''.join(chance.choices(SENTENCES, k=3))}</p>" for _ in range(30))
    tables = "".join(_table(t, chance) for t in form("2021").tables)
    return _page(title, f"<p>本报告所列数据的统计期限为{year}年1月1日至12月31日。</p><h2>一、总体情况</h2>"
                        f"{prose}{tables}<h2>五、存在的主要问题及改进情况</h2>{prose[:2000]}")


def notice(number: int) -> str:
    """A page that is no report: news with the same furniture."""
    return _page(f"第{number}次会议召开", "".join(f"<p>{s}</p>" for s in SENTENCES) * 20)


def _page(title: str, body: str) -> str:
    links = "".join(f'<li><a href="/column/{i}/index.html" title="栏目{i}" target="_blank">第{i}个栏目</a></li>'
                    for i in range(200))
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
            f'<ul class="nav">{links}</ul><div class="content"><h1>{title}</h1>{body}</div></body></html>')


def site(folder: Path, count: int) -> None:
    """A static portal below `folder`: home → list pages of 100 → reports."""
    pages = -(-count // 100)
    for page in range(pages):
        numbers = range(page * 100, min(count, page * 100 + 100))
        entries = "".join(f'<li><a href="/r/{n}.html">第{n}号样例局{2021 + n % 5}年政府信息公开工作年度报告</a>'
                          f"<span>2026-01-20</span></li>" for n in numbers)
        following = f'<a href="/nb/{page + 1}.html">下一页</a>' if page + 1 < pages else ""
        _write(folder / "nb" / f"{page}.html", f"<title>政府信息公开年报</title><ul>{entries}</ul>{following}")
    for n in range(count):
        _write(folder / "r" / f"{n}.html", report(n))
    _write(folder / "index.html", '<title>样例</title><a href="/nb/0.html">政府信息公开年报</a>')


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _table(table: Table, chance: random.Random) -> str:
    return f'<h2>{table.label}</h2><table border="1">{"".join(_rows(table, chance))}</table>'


def _rows(table: Table, chance: random.Random) -> Iterator[str]:
    if table.across:
        yield from _across()
        return
    for block in table.blocks:
        columns = block.columns
        if table.key == "requests":
            yield from _header()
        else:
            yield f'<tr><td colspan="4">{block.label}</td></tr>'
            yield f"<tr><td>信息内容</td>{_cells(c.path[-1] for c in columns)}</tr>"
        for row in block.rows:
            label = "".join(f"<td>{part}</td>" for part in row.path)
            yield f"<tr>{label}{_cells(str(n) for n in _figures(table.key, row.key, len(columns), chance))}</tr>"


def _header() -> Iterator[str]:
    yield '<tr><td rowspan="3" colspan="3"></td><td colspan="7">申请人情况</td></tr>'
    yield '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>'
    yield f"<tr>{_cells(('商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他'))}</tr>"


def _across() -> Iterator[str]:
    yield '<tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>'
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    yield "<tr>" + "".join(f'<td rowspan="2">{o}</td>' for o in outcomes) \
        + '<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>'
    yield f"<tr>{_cells(outcomes * 2)}</tr><tr>{_cells(['1', '0', '2', '0', '3'] * 3)}</tr>"


def _figures(table: str, row: str, count: int, chance: random.Random) -> list[int]:
    if table != "requests":
        return [chance.randrange(1000) for _ in range(count)]
    filled = row in ("received_new", "disclosed_full", "result_total")
    return [3, 1, 0, 0, 0, 0, 4] if filled else [0] * count


def _cells(texts: Iterable[str]) -> str:
    return "".join(map(CELL.format, texts))
