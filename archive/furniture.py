"""What stands around an article on every page of a site: menus, paths, footers. Versions do without it. Pure."""

import re

CHAPTER = re.compile(r"\s*(?:一|1)\s*[、.．]")
NAMES_IT = re.compile(r"年度?报告|年报|年度報告")
SENTENCE = re.compile(r"[。；！]")
FURNITURE = re.compile(
    r"(?:当前|您的|您现在的|所在|現在)?位置\s*[:：]|^\s*首\s*页\b|^\s*首页\s*[>＞»/|]"
    r"|(?:主办|承办|主管|协办)(?:单位|方)?\s*[:：]|版权所有|Copyright|©|ICP备|公网安备|网站标识码|政府网站标识"
    r"|(?:网站地图|联系我们|关于我们|技术支持|隐私声明|无障碍|客户端)"
    r"|^\s*(?:热点|热门|推荐|头条|(?:相关|最新)(?:阅读|文章|链接|新闻|动态|消息))[^:：]{0,4}[:：]"
    r"|^\s*[【\[（(]?(?:打印|关闭|分享|收藏|扫一扫|返回顶部|上一篇|下一篇|字号|字体)", re.IGNORECASE)
LONGEST = 120  # characters; a longer line is prose, whatever words it holds


def article(text: str) -> str:
    """The lines that belong to the article: before the first chapter only sentences and names of the report.

    >>> article("热点：乙局2020年年报\\n当前位置：首页 > 某局\\n某局2021年年度报告\\n一、总体情况\\n无\\n主办：某市")
    '某局2021年年度报告\\n一、总体情况\\n无'
    """
    lines = text.splitlines()
    first = next((n for n, line in enumerate(lines) if CHAPTER.match(line)), 0)
    return "\n".join(line for n, line in enumerate(lines) if _belongs(line, n >= first))


def _belongs(line: str, is_inside: bool) -> bool:
    if len(line) < LONGEST and not SENTENCE.search(line) and FURNITURE.search(line):
        return False
    return is_inside or bool(SENTENCE.search(line) or NAMES_IT.search(line))
