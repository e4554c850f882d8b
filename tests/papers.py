"""Random reports on the official forms, laid out as tables: what the attachment tests render and expect back."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from parsers.forms import Axis, Block, Table, form
from parsers.layout import Region

Key = tuple[str, str, str]
ISSUERS = ("天水市市场监督管理局", "聊城市农业农村局", "嵊州市商务局", "张掖市甘州区人民政府办公室")
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a report, its cells placed on rows and columns; `labels` is how many columns hold row labels."""

    caption: str
    regions: tuple[Region, ...]
    height: int
    width: int
    labels: int
    headers: int  # rows that a program repeats on the next page


@dataclass(frozen=True, slots=True)
class Paper:
    """A report: prose before each table, the tables, and what must be read from every cell (raw text)."""

    edition: str
    title: str
    issuer: str
    year: int
    sheets: tuple[Sheet, ...]
    raw: dict[Key, str]


YEARS = {"local": range(2008, 2014), "2014": range(2014, 2019), "2019": (2019, 2020), "2021": range(2021, 2026)}


def paper(random: Random, edition: str) -> Paper:
    """A random report whose figures obey the sums of its form; edition `local` has a table of its own."""
    year = random.choice(YEARS[edition])
    issuer = random.choice(ISSUERS)
    raw: dict[Key, str] = {}
    tables = () if edition == "local" else form(edition).tables
    for table in tables:
        raw |= FIGURES[table.key](random, table)
    blank = random.choice(("0", "0", "0", ""))
    raw = {key: blank if text == "0" and key[2] != "total" else text for key, text in raw.items()}
    sheets = tuple(SHEETS[table.key](table, raw) for table in tables)
    if edition == "local":
        sheets = (local_sheet(random, raw),)
    return Paper(edition, f"{issuer}{year}年政府信息公开工作年度报告", issuer, year, sheets, raw)


def expected(text: str, unit: str) -> Decimal | None:
    """The value that a printed cell of these papers must give, in base units."""
    plain = text.removesuffix("万元").lstrip("+")
    if not plain:
        return None
    return Decimal(plain) * (10_000 if unit == "元" else 1)


def _small(random: Random) -> int:
    return random.choice((0, 0, 0, 0, 1, 2, 3, random.randrange(10, 100), random.randrange(100, 10_000)))


def _disclosure(random: Random, table: Table) -> dict[Key, str]:
    raw: dict[Key, str] = {}
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                raw[table.key, row.key, column.key] = _figure(random, column)
    return raw


def _figure(random: Random, column: Axis) -> str:
    if column.key == "items_change":
        return random.choice(("0", f"-{random.randrange(1, 90)}", f"+{random.randrange(1, 90)}"))
    if column.unit == "元":
        amount = f"{random.randrange(1, 10**7) / 10**4:.4f}".rstrip("0").rstrip(".")
        return amount + ("" if column.printed else "万元")
    return str(_small(random))


def _requests(random: Random, table: Table) -> dict[Key, str]:
    block = table.blocks[0]
    rows = [row.key for row in block.rows]
    outcomes = rows[2:-2]
    raw: dict[Key, int] = {}
    for column in (c.key for c in block.columns[:-1]):
        handled = {row: _small(random) for row in outcomes}
        left = random.choice((0, 0, random.randrange(20)))
        total = sum(handled.values())
        carried = random.randrange(total + left + 1)
        figures = {rows[0]: total + left - carried, rows[1]: carried, **handled, rows[-2]: total, rows[-1]: left}
        raw |= {(table.key, row, column): value for row, value in figures.items()}
    for row in rows:
        raw[table.key, row, "total"] = sum(v for (_, r, _), v in raw.items() if r == row)
    return {key: str(value) for key, value in raw.items()}


def _proceedings(random: Random, table: Table) -> dict[Key, str]:
    block = table.blocks[0]
    raw: dict[Key, str] = {}
    for row in block.rows:
        figures = [random.choice((0, 0, 0, 1, 2, 15)) for _ in block.columns[:-1]]
        for column, value in zip(block.columns, (*figures, sum(figures)), strict=True):
            raw[table.key, row.key, column.key] = str(value)
    return raw


def _statistics(random: Random, table: Table) -> dict[Key, str]:
    rows = table.blocks[0].rows
    figures = {row.key: _small(random) for row in rows}
    for rule in form("2014").sums:
        if rule.relation == "=":
            figures[rule.right[0]] = sum(figures[part] for part in rule.left)
    money = {row.key for row in rows if row.unit == "元"}
    return {(table.key, key, "value"): f"{value / 100:g}" if key in money else str(value)
            for key, value in figures.items()}


LOCAL = (("主动公开信息数", "条"), ("其中：全文电子化的主动公开信息数", "条"), ("新增的行政规范性文件数", "条"),
         ("提供服务类信息数", "条"), ("网站专栏页面访问量", "人次"), ("现场接待人数", "人次"), ("网上咨询数", "人次"),
         ("依申请公开信息目录数", "条"), ("申请总数", "条"), ("当面申请数", "条"), ("传真申请数", "条"),
         ("电子邮件申请数", "条"), ("网上申请数", "条"), ("信函申请数", "条"), ("其他形式申请数", "条"),
         ("对申请的答复总数", "条"), ("同意公开答复数", "条"), ("同意部分公开答复数", "条"), ("否决公开答复总数", "条"),
         ("行政复议数", "件"), ("行政诉讼数", "件"), ("收取费用总数", "万元"))


def local_sheet(random: Random, raw: dict[Key, str]) -> Sheet:
    """An indicator table as districts made them before there was a form; what is printed is put into `raw`."""
    heads = random.choice((("指标名称", "计量单位", "代码", "本期实际", "本年累计"), ("指标名称", "单位", "数量")))
    regions = [Region(0, c, 1, c + 1, head) for c, head in enumerate(heads)]
    for top, (label, unit) in enumerate(LOCAL, 1):
        figures = [str(_small(random)) for _ in heads[3:]] or [str(_small(random))]
        texts = [label, unit, *([f"{top:02}"] if "代码" in heads else []), *figures]
        regions += [Region(top, c, top + 1, c + 1, text) for c, text in enumerate(texts)]
        raw |= {("local", f"{label} / {unit}", head): text for head, text in zip(heads[2:], texts[2:], strict=True)}
    return Sheet("附表：政府信息公开情况统计表", tuple(regions), len(LOCAL) + 1, len(heads), 1, 1)


def statistics_sheet(table: Table, raw: dict[Key, str]) -> Sheet:
    """One row an indicator: label, unit, figure; headings of groups have dashes in place of both."""
    keys = {row.path: row for row in table.blocks[0].rows}
    paths = dict.fromkeys(row.path[:n] for row in keys.values() for n in range(1, len(row.path) + 1))
    regions = [Region(0, c, 1, c + 1, head) for c, head in enumerate(("统计指标", "单位", "统计数"))]
    for top, path in enumerate(paths, 1):
        row = keys.get(path)
        texts = ("——", "——") if row is None else (row.printed or row.unit, raw[table.key, row.key, "value"])
        label = "　" * (len(path) - 1) + path[-1]
        regions += [Region(top, c, top + 1, c + 1, text) for c, text in enumerate((label, *texts))]
    return Sheet("附件：政府信息公开情况统计表", tuple(regions), len(paths) + 1, 3, 1, 1)


def disclosure_sheet(table: Table, raw: dict[Key, str]) -> Sheet:
    """Five blocks under captions, four columns; a block with fewer columns has wider ones."""
    regions: list[Region] = []
    top = 0
    for block in table.blocks:
        places = {1: [(1, 4)], 2: [(1, 2), (2, 4)], 3: [(1, 2), (2, 3), (3, 4)]}[len(block.columns)]
        regions += [Region(top, 0, top + 1, 4, block.label), Region(top + 1, 0, top + 2, 1, "信息内容")]
        regions += [Region(top + 1, a, top + 2, b, c.label) for c, (a, b) in zip(block.columns, places, strict=True)]
        top += 2
        for row in block.rows:
            regions.append(Region(top, 0, top + 1, 1, row.label))
            regions += [Region(top, a, top + 1, b, raw[table.key, row.key, c.key])
                        for c, (a, b) in zip(block.columns, places, strict=True)]
            top += 1
    return Sheet("二、主动公开政府信息情况", tuple(regions), top, 4, 1, 0)


def requests_sheet(table: Table, raw: dict[Key, str]) -> Sheet:
    """Three columns of labels under a corner cell, seven of figures under three rows of headers."""
    block = table.blocks[0]
    leaves = [column.path[-1] for column in block.columns]
    regions = [Region(0, 0, 3, 3, CORNER), Region(0, 3, 1, 10, "申请人情况"), Region(1, 3, 3, 4, leaves[0]),
               Region(1, 4, 2, 9, "法人或其他组织"), Region(1, 9, 3, 10, leaves[6])]
    regions += [Region(2, 4 + i, 3, 5 + i, leaves[1 + i]) for i in range(5)]
    regions += list(_row_labels(block))
    regions += [Region(3 + r, 3 + c, 4 + r, 4 + c, raw[table.key, row.key, column.key])
                for r, row in enumerate(block.rows) for c, column in enumerate(block.columns)]
    return Sheet("三、收到和处理政府信息公开申请情况", tuple(regions), 3 + len(block.rows), 10, 3, 3)


def _row_labels(block: Block) -> list[Region]:
    """Labels of up to three levels; a level that stays the same over rows is one tall cell."""
    regions: dict[tuple[str, ...], Region] = {}
    for index, row in enumerate(block.rows):
        path = row.path
        for depth in range(len(path)):
            right = 3 if depth == len(path) - 1 else depth + 1
            first = regions.get(path[: depth + 1], Region(3 + index, depth, 0, right, path[depth]))
            regions[path[: depth + 1]] = Region(first.top, depth, 4 + index, right, path[depth])
    return list(regions.values())


def proceedings_sheet(table: Table, raw: dict[Key, str]) -> Sheet:
    """Fifteen columns in three groups, one row of figures."""
    block = table.blocks[0]
    regions = [Region(0, 0, 1, 5, "行政复议"), Region(0, 5, 1, 15, "行政诉讼"),
               Region(1, 5, 2, 10, "未经复议直接起诉"), Region(1, 10, 2, 15, "复议后起诉")]
    for group, row in enumerate(block.rows):
        for index, column in enumerate(block.columns):
            left = group * 5 + index
            regions.append(Region(2 if group else 1, left, 3, left + 1, column.label))
            regions.append(Region(3, left, 4, left + 1, raw[table.key, row.key, column.key]))
    return Sheet("四、政府信息公开行政复议、行政诉讼情况", tuple(regions), 4, 15, 0, 3)


FIGURES = {"disclosure": _disclosure, "requests": _requests, "proceedings": _proceedings, "statistics": _statistics}
SHEETS = {"disclosure": disclosure_sheet, "requests": requests_sheet, "proceedings": proceedings_sheet,
          "statistics": statistics_sheet}
PROSE = {
    "一、总体情况": "本报告依据《中华人民共和国政府信息公开条例》的规定编制，"
                "统计期限是{year}年1月1日至{year}年12月31日。"
                "{issuer}在这一年里按照上级部署推进政务公开，及时更新门户网站，认真办理群众来信，完善保密审查，加强队伍培训。",
    "五、存在的主要问题及改进情况": "公开的内容还不够细，解读的形式还不够多。下一步将补齐短板，扩大渠道，提高质量。",
    "六、其他需要报告的事项": "没有其他需要报告的事项。",
}


def prose(one: Paper, heading: str) -> str:
    """The sentences under a heading, about this report."""
    return PROSE[heading].format(year=one.year, issuer=one.issuer)
