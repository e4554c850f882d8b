"""JSON answers of list interfaces: articles one beside the other, each with an address of its own and its text."""

import json
from collections.abc import Iterator
from typing import Any, Final

from parsers.recognise import looks_like_report

ADDRESSES: Final = frozenset(("url", "link", "href", "linkurl", "pageurl", "docurl", "docpuburl", "post_url"))
DEEPEST: Final = 8  # levels that are looked through
LONG: Final = 200   # characters; a shorter text is a title or a lead


def is_list(text: str) -> bool:
    """Whether a text is a JSON list of articles that stand elsewhere; what it quotes of them is no report of its own.

    >>> told = "政府信息公开工作年度报告" + "。" * 200
    >>> is_list(json.dumps({"rows": [{"url": "/1.html", "html": told}]})), is_list(json.dumps({"data": {"html": told}}))
    (True, False)
    """
    try:
        return any(isinstance(entry, dict) and _is_article(entry) for entry in _entries(json.loads(text), 0))
    except (ValueError, RecursionError):
        return False


def _is_article(entry: dict[str, Any]) -> bool:
    told = {name.lower(): value for name, value in entry.items() if isinstance(value, str) and value}
    return not ADDRESSES.isdisjoint(told) and any(len(v) >= LONG and looks_like_report(v) for v in told.values())


def _entries(value: Any, depth: int) -> Iterator[Any]:
    """The members of every array."""
    if depth > DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, list):
        yield from value
    for inner in value if isinstance(value, list) else value.values():
        yield from _entries(inner, depth + 1)
