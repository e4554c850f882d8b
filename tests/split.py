"""Reports printed over several addresses, in the ways in which systems do it: pages by file name."""

import re
from collections.abc import Mapping, Sequence

HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)
NAV = '<div class="nav"><a href="/">首页</a> <a href="/zfxxgk/">政府信息公开</a></div>'
FOOT = '<div class="foot">主办：样州市人民政府办公室</div>'


def page(title: str, body: str) -> str:
    """A page of the site."""
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body>{NAV}\n{body}\n{FOOT}</body></html>\n")


def chapters(lead: str, tables: Sequence[str], problems: str, other: str, sign: str = "") -> tuple[str, ...]:
    """The six chapters, each with its heading, as markup."""
    texts = (f"<p>{lead}</p>", *tables, f"<p>{problems}</p>", f"<p>{other}</p><p align=right>{sign}</p>")
    return tuple(f"<h2>{heading}</h2>\n{text}" for heading, text in zip(HEADINGS, texts, strict=True))


def cut(table: str, row: int) -> tuple[str, str]:
    """A table cut before a row, as at a page's end: what follows has neither header nor the tall cells from above."""
    rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    upper, lower = "\n".join(rows[:row]), "\n".join(rows[row:])
    return f'<table border="1">{upper}</table>', f'<table border="1">{lower}</table>'


def trs(stem: str, title: str, parts: Sequence[str], base: int = 0) -> dict[str, str]:
    """TRS and UCAP: stem.html, stem_1.html …, the pager drawn by createPageHTML; UCAP counts from 1."""
    name = "'page_div', " if base else ""
    return {f"{stem}{f'_{n + base}' if n else ''}.html": page(
        title, f'<h1>{title}</h1><div class="TRS_Editor">{part}</div>\n'
        f'<div class="page" id="page_div"><script>createPageHTML({name}{len(parts)}, {n + base}, "{stem}", "html");'
        "</script></div>") for n, part in enumerate(parts)}


def linked(names: Sequence[str], title: str, parts: Sequence[str], numbers: bool = True) -> dict[str, str]:
    """Any system: 上一页, numbers where there are such, 下一页."""
    pages = {}
    for n, (name, part) in enumerate(zip(names, parts, strict=True)):
        links = [f'<a href="{names[n - 1]}">上一页</a>'] * (n > 0)
        links += [f'<a href="{other}">{k + 1}</a>' if k != n else f"<span>{k + 1}</span>"
                  for k, other in enumerate(names)] * numbers
        links += [f'<a href="{name}">下一页</a>' for name in names[n + 1:n + 2]]
        pages[name] = page(title, f'<h1>{title}</h1>\n{part}\n<div class="pager">{" ".join(links)}</div>')
    return pages


def flipped(title: str, parts: Sequence[str], window: int = 1) -> dict[str, str]:
    """A flip-book's plain pages: `Page 8 - title`, links to the pages beside it."""
    pages = {}
    for n, part in enumerate(parts, 1):
        near = [k for k in range(n - window, n + window + 1) if 0 < k <= len(parts) and k != n]
        links = " ".join(f'<a href="page{k}.html">{"上一页" if k < n else "下一页"}</a>' for k in near)
        pages[f"page{n}.html"] = page(f"Page {n} - {title}", f"<p>Page {n} - {title}</p>{part}<p>{links}</p>")
    return pages


def menu(title: str, texts: Sequence[str], cover: str = "index.html") -> dict[str, str]:
    """A page a chapter, all linked from a menu that stands on each of them and on a cover."""
    names = [f"{n}.html" for n in range(1, len(texts) + 1)]
    links = "".join(f'<li><a href="{name}">{heading}</a></li>' for name, heading in zip(names, HEADINGS, strict=True))
    head = f"<h1>{title}</h1><ul class='menu'>{links}</ul>"
    pages = {name: page(f"{heading}_{title}", f"{head}<div>{text}</div>")
             for name, heading, text in zip(names, HEADINGS, texts, strict=True)}
    return {cover: page(title, head)} | pages


def moved(pages: Mapping[str, str], folder: str) -> dict[str, bytes]:
    """The same pages below an address."""
    return {folder + name: markup.encode() for name, markup in pages.items()}
