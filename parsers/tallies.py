"""Sums of the local tables of 2008–2013, found by their labels: codes and parents change from version to version."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from parsers.checks import added, operand
from parsers.labels import plain
from parsers.model import Cell, Check, Problem

RULES: Final[Mapping[str, str]] = {
    "local_requests_by_channel": "申请总数 = 当面 + 传真 + 电子邮件 + 网上 + 信函 + 其他形式, those that are printed",
    "local_replies": "答复总数 = 同意公开 + 同意部分公开 + 否决公开, with or without 非政府信息, 不存在 … beside it",
    "local_refused": "否决公开答复总数 = the reasons below it, with or without 非政府信息, 不存在 …",
    "local_fees": "收取费用总数 = 主动公开 + 依申请, or the single fees below it",
    "local_staff": "指定专职人员数 = 全职 + 兼职",
    "local_electronic": "全文电子化的主动公开信息数 ≤ 主动公开信息数 (soft)",
    "local_year_to_date": "本期 ≤ 本年累计, row by row (soft)",
}
SOFT: Final = frozenset(("local_electronic", "local_year_to_date"))
_CODES = re.compile("代码|序号|编号|行次")
_PERIOD, _YEAR = re.compile("本[期月季]"), re.compile("累计")


@dataclass(frozen=True, slots=True)
class Tally:
    """A total and the groups of parts that may make it up; parts stand between it and the row that ends its block."""

    rule: str
    total: re.Pattern[str]
    ends: re.Pattern[str]
    groups: tuple[re.Pattern[str], ...]
    ways: tuple[tuple[int, ...], ...]  # which groups together make the total, in this version or that


_OTHER_WAYS = re.compile("非.{0,4}规定.{0,2}所指|^(?:政府)?信息不存在|非本(?:部门|机关)掌握|申请内容不明确")
_REASONS = re.compile("免予公开范围|国家秘密|商业秘密|个人隐私|过程中|危及|法律法规规定的其他|^其[它他]原因")
_TALLIES: Final = (
    Tally("local_requests_by_channel", re.compile("^申请总数"), re.compile("答复总数"),
          (re.compile("^(?:当面|传真|电子邮件|网上|网络|信函|其[它他]形式)申请"),), ((0,),)),
    Tally("local_replies", re.compile("答复总数(?<!否决公开答复总数)"), re.compile("^行政复议"),
          (re.compile("^同意(?:部分)?公开|^否决"), _OTHER_WAYS), ((0,), (0, 1))),
    Tally("local_refused", re.compile("^否决(?:公开)?(?:答复)?总?数"), re.compile("^行政复议"),
          (_REASONS, _OTHER_WAYS), ((0, 1), (0,))),
    Tally("local_fees", re.compile("^收取费用(?:总数|总额)|^收费总[数额]"), re.compile("人员|专项|实际支出|诉讼"),
          (re.compile("^(?:主动公开|依申请(?:公开|提供)?)(?:信息)?(?:收取|收费)(?:的)?(?:费用)?(?:总?[数额])?$"),
           re.compile("检索|邮寄|复制|递送|光盘|软盘|纸张")), ((0,), (1,))),
    Tally("local_staff", re.compile("专职人员(?:总)?数"), re.compile("专项|支出|费用"),
          (re.compile("全职|兼职"),), ((0,),)),
)
_LIMIT = (re.compile("^主动公开(?:政府)?信息数"), re.compile("全文电子化"))


def tallies(cells: Iterable[Cell]) -> tuple[Check, ...]:
    """The sums and limits of the tables, column by column, each in both modes."""
    columns: dict[str, list[tuple[str, Cell]]] = {}
    for cell in cells:
        if not _CODES.search(cell.column):
            columns.setdefault(cell.column, []).append((_label(cell.row), cell))
    return (
        *(c for column, rows in columns.items() for c in _sums(column, rows)),
        *(c for column, rows in columns.items() for c in _electronic(column, rows)),
        *_to_date(columns),
    )


def failed(held: Iterable[Check]) -> tuple[Problem, ...]:
    """A `sum_fails` problem for each hard sum that fails with all its operands printed."""
    return tuple(
        Problem("sum_fails", f"{c.rule}, {c.scope}: {c.left_value} and {c.right_value}", c.scope)
        for c in held
        if c.status == "fail" and c.mode == "strict" and c.rule in RULES and c.rule not in SOFT
    )


def _label(row: str) -> str:
    """The name of the indicator alone: 其中 and the number before it dropped, the unit after it too."""
    name = plain(row.split(" / ")[0])
    return re.sub(r"^(?:其中[:：]?|[(（]?[\d一二三四五六七八九十]+[)）]?[.、．]?)+", "", name)


def _sums(column: str, rows: Sequence[tuple[str, Cell]]) -> Iterator[Check]:
    for tally in _TALLIES:
        at = next((i for i, (label, _) in enumerate(rows) if tally.total.search(label)), None)
        if at is None:
            continue
        end = next((i for i in range(at + 1, len(rows)) if tally.ends.search(rows[i][0])), len(rows))
        below = rows[at + 1:end]
        parts = [[cell for label, cell in below if group.search(label)] for group in tally.groups]
        ways = [[cell for g in way for cell in parts[g]] for way in tally.ways]
        ways = [way for n, way in enumerate(ways) if len(way) >= 2 and way not in ways[:n]]
        if ways:
            yield from (_sum(tally.rule, f"local/{column}", rows[at][1], ways, m) for m in ("strict", "blank_as_zero"))


def _sum(rule: str, scope: str, total: Cell, ways: Sequence[Sequence[Cell]], mode: str) -> Check:
    """Pass where the total is one of the sums; not assessable where one of them cannot be made and no other is met."""
    left, sums = operand(total, mode), [added(way, mode) for way in ways]
    if left is not None and left in sums:
        return Check(rule, scope, "pass", left, left, mode)
    if left is None or None in sums:
        return Check(rule, scope, "not_assessable", None, None, mode)
    return Check(rule, scope, "fail", left, sums[0], mode)


def _electronic(column: str, rows: Sequence[tuple[str, Cell]]) -> Iterator[Check]:
    whole, part = (next((c for label, c in rows if p.search(label) and c.value is not None), None) for p in _LIMIT)
    if whole and part:
        yield from _limit("local_electronic", f"local/{column}", part, whole)


def _to_date(columns: Mapping[str, Sequence[tuple[str, Cell]]]) -> Iterator[Check]:
    period = next((rows for name, rows in columns.items() if _PERIOD.search(name)), ())
    year = {c.row: c for name, rows in columns.items() if _YEAR.search(name) for _, c in rows}
    for _, cell in period:
        other = year.get(cell.row)
        if other and cell.value is not None and other.value is not None:
            yield from _limit("local_year_to_date", f"local/{cell.row}", cell, other)


def _limit(rule: str, scope: str, small: Cell, large: Cell) -> Iterator[Check]:
    left, right = small.value or Decimal(0), large.value or Decimal(0)
    for mode in ("strict", "blank_as_zero"):
        yield Check(rule, scope, "pass" if left <= right else "fail", left, right, mode)
