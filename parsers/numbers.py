"""The value of one printed cell: sign, digits, unit, or the mark that stands for none."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.model import Kind

_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_NAMES = "元|件次|件|项|条|次|篇|个|人次|人|宗|份|起|场|期|家|批次|批|部"
_SCALED = "十万|百万|千万|百|千|万|亿"
_NUMBER = re.compile(
    rf"(?P<sign>[+\-−﹣﹢]|增加|增长|增|减少|减|加|负)?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<decimals>\.\d+)?"
    rf"(?P<scale>{_SCALED})?(?P<unit>人民币元|{_NAMES})?(?:整)?"
)
_MARK = re.compile(r"[/\\\-—–―−﹣_*~]+|无数据|无内容|[无無]|不适用|不涉及|未涉及|暂无|没有|[nN]/?[aA]|空")
_MINUS = set("-−﹣负减")
_UNIT = re.compile(rf"(?:单位[:：]?|[(（\[【])(?P<scale>{_SCALED})?(?P<unit>{_NAMES})(?=$|[)）\]】、/,，;；\s])")
_LONGEST = 18  # digits; more are an account number or a slip, and beyond what a number column keeps exactly
_NOTE = re.compile(r"(?<=[\d元件项条次人])\s*(?:\[\w{1,3}\]|[①-⑳⑴-⒇¹²³⁰-⁹*※]+)\s*$")
_RINGED = {ord(ring): f"({n})" for n, ring in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_TRADITIONAL = str.maketrans("萬億減無適額項條個數份場", "万亿减无适额项条个数份场")


@dataclass(frozen=True, slots=True)
class Number:
    """A cell understood: `value` in base units or None, the printed unit ("" where none), half of the last digit."""

    value: Decimal | None
    kind: Kind
    unit: str = ""  # base unit as printed: 元, 件 …
    scale: int = 1  # 10000 for 万, 1 where none is printed
    tolerance: Decimal = Decimal(0)


def number(raw: str, printed: str = "") -> Number:
    """The value of a printed cell; `printed` is the unit that its heading states, used where the cell states none.

    >>> number("25.11万件").value, number("减71").value, number("395.721萬元").value
    (Decimal('251100'), Decimal('-71'), Decimal('3957210'))
    >>> number("80592", "万元").value, number("－").kind.value, number(" ").kind.value
    (Decimal('805920000'), 'not_applicable', 'blank')
    """
    return _number(raw, printed) if len(raw) <= 200 else _number(raw.strip()[:201], printed)


@lru_cache(maxsize=65536)
def _number(raw: str, printed: str) -> Number:
    raw = raw.strip()
    if len(raw) > 200:
        return Number(None, Kind.TEXT)
    text = tidy(raw)
    if not text:
        return Number(None, Kind.BLANK)
    if _MARK.fullmatch(text):
        return Number(None, Kind.NOT_APPLICABLE)
    found = _NUMBER.fullmatch(text)
    if not found:
        return Number(None, Kind.TEXT)
    scale, unit = _scale(found["scale"] or "", (found["unit"] or "").replace("人民币", ""), printed)
    digits, decimals = found["digits"].replace(",", ""), found["decimals"] or ""
    if len(digits + decimals) > _LONGEST:
        return Number(None, Kind.TEXT)
    value = _exact(Decimal(digits + decimals) * scale)
    if found["sign"] and found["sign"][0] in _MINUS:
        value = -value
    step = Decimal(scale) * Decimal(10) ** -max(0, len(decimals) - 1)
    return Number(value, Kind.NUMBER, unit, scale, step / 2 if scale > 1 else Decimal(0))


def _exact(value: Decimal) -> Decimal:
    """The same number in the one form that compares and prints alike: no trailing zeros, no exponent."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _scale(scale: str, unit: str, printed: str) -> tuple[int, str]:
    """Factor and unit of a cell: its own where it prints one, else that of its heading."""
    if scale or unit or not printed:
        return _SCALES[scale], unit
    head = printed.rstrip("元件项条次篇个人宗份起场期家批部")
    return _SCALES.get(head, 1), printed[len(head) :]


def is_signed(raw: str) -> bool:
    """True where the cell prints a sign.

    >>> is_signed("＋19"), is_signed("1228")
    (True, False)
    """
    found = _NUMBER.fullmatch(tidy(raw))
    return bool(found and found["sign"])


@lru_cache(maxsize=4096)
def unit(label: str) -> str:
    """The unit that a heading states, "" where it states none.

    >>> unit("采购总金额(单位:万元)"), unit("采购总金额（亿元）"), unit("处理决定数量")
    ('万元', '亿元', '')
    """
    found = _UNIT.search(tidy(label))
    return (found["scale"] or "") + found["unit"] if found else ""


@lru_cache(maxsize=65536)
def tidy(raw: str) -> str:
    """A cell in half-width characters without white space, its units in simplified script, the mark of a note left out.

    >>> tidy(" １，００７.25 萬元\\u00a0"), tidy("4①"), tidy("①4")
    ('1,007.25万元', '4', '(1)4')
    """
    if raw.isdecimal() and raw.isascii():
        return raw
    folded = unicodedata.normalize("NFKC", _NOTE.sub("", raw).translate(_RINGED)).translate(_TRADITIONAL)
    text = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Co"))
    return text if _broken(folded) is None else " ".join(folded.split())


def _broken(folded: str) -> re.Match[str] | None:
    """Digits with a gap between them are no number: "1 2" may be 12 or two cells."""
    return re.search(r"\d\s+\d", folded)
