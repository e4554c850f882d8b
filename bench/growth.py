"""`python -m bench.growth [--size N]`: pages in which one thing repeats without end, and how time grows with its size.

Each unit stands in each place, N and 2 N characters of it; what takes more than twice and a bit as long is printed.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from parsers import read
from parsers.model import Source
from tests.goldens.cases import CASES
from tests.goldens.paper import page

UNITS = (
    "1", "1,", "1, ", " ", "　", "\t", "\u200b", "²", "囗", "年", "1月", "2020", "2020年", "2020年1月1日",
    "2020-01-01", "十", "一、", "八、甲事", "申请", "申请：", "申请1件，", "结转", "其中", "共", "同比",
    "行政复议", "自然人", "规章", "行政规范性文件", "第", "第1条", "第二十条", "直辖甲", "乡", "镇", "市", "局",
    "张掖市", "甘州区", "张掖市甘州区", "水务局", "人民政府", "公", "公开", "政府信息公开",
    "政府信息公开工作年度报告", "报", "关于", "通知", "附件", "部分", "编制", "由", "我局", "本", "(", "（1", "）",
    "《", "“", "：", "、", "。", "；", "1、", "-", "- ", "_", "|", " | ", ">", "a.", "www.", ".gov.cn", "http://",
    "万元", "%", "\\\\", "`", "{", "[", "&", "&amp;#1", "<", "</", "<!--", "(zheng)", "政(zheng)", "€", "锛€",
    "Õþ", "骞磋", "邮编", "0936-", "365", "体育", "发布日期：", "统计期限", "县(市",
)
SOURCE = page(next(case for case in CASES if case.name == "ganzhou-slj-2022-whole-report"))
HEADLINE = "张掖市甘州区示例管理局2022年政府信息公开工作年度报告"
BRIEF = 0.8    # seconds below which growth is not looked at
GROWTH = 2.7   # times as long for twice as much: linear is 2
HUNG = 30      # seconds after which a page is given up


def _instead(old: str, new: str) -> Callable[[str], str]:
    assert old in SOURCE, old
    return lambda repeated: SOURCE.replace(old, new.format(repeated), 1)


PLACES: Mapping[str, Callable[[str], str]] = {
    "page title": _instead("<title>", "<title>{}"),
    "headline": _instead(f"<p>{HEADLINE}", f"<p>{{}}{HEADLINE}"),
    "first chapter": _instead("<p>一、总体情况</p>", "<p>一、总体情况</p><p>{}</p>"),
    "label": _instead(">规章<", ">规章{}<"),
    "value": _instead("<td>0</td>", "<td>{}</td>"),
    "end": _instead("没有别的事项。</p>", "没有别的事项。</p><p>{}</p>"),
    "script": _instead("</body>", '<script>var a="{}";</script></body>'),
    "text": lambda repeated: f"{HEADLINE}\n一、总体情况\n{repeated}\n第二十条第（一）项\n规章 | 1 | 2 | 3\n",
    "lines": lambda repeated: f"{HEADLINE}\n" + "\n".join(repeated[i : i + 40] for i in range(0, len(repeated), 40)),
}


def seconds(place: str, unit: str, size: int) -> float:
    """CPU seconds that such a page takes; TimeoutError where the caller's alarm goes off."""
    text = PLACES[place](unit * (size // len(unit)))
    started = time.process_time()
    read(Source(text.encode("utf-8", "replace"), "http://www.example.gov.cn/a.html"))
    return time.process_time() - started


def grown(size: int) -> Iterator[str]:
    """A line for each place and unit whose time grows faster than its size."""
    for place in PLACES:
        for unit in UNITS:
            once = _bounded(place, unit, size)
            twice = _bounded(place, unit, 2 * size) if once > BRIEF else 0.0
            if twice > GROWTH * once or twice >= HUNG:
                yield f"{place}, {unit!r}: {once:.1f} s for {size} characters, {twice:.1f} s for {2 * size}"


def _bounded(place: str, unit: str, size: int) -> float:
    signal.alarm(HUNG)
    try:
        return seconds(place, unit, size)
    except TimeoutError:
        return HUNG
    finally:
        signal.alarm(0)


def _give_up(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Prints what grows; 1 where something does."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=20_000, help="characters of the smaller page")
    size = arguments.parse_args().size
    signal.signal(signal.SIGALRM, _give_up)
    seconds("text", "一", 10)  # tables and lists that are read once
    found = 0
    for line in grown(size):
        found += 1
        print(line, flush=True)
    print(f"{len(PLACES) * len(UNITS)} pages, {found} grow faster than their size")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
