"""Pages that only send the reader on: meta refresh, script jumps, frames. Resolved without a browser."""

import re

from crawler.addresses import joined
from crawler.links import base_of
from crawler.pages import Page

REFRESH = re.compile(r"""^\s*(\d*)[\s;,]*url\s*=\s*["']?([^"']+)""", re.IGNORECASE)
_JUMP = r"location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\s*\("
JUMP = re.compile(rf"""(?:{_JUMP})\s*["']([^"']+)["']""")
COMMENT = re.compile(r"(?m)^\s*//.*$|/\*.*?\*/", re.DOTALL)
THIN = 400      # visible characters; a shell has fewer
SMALL = 2048    # characters of a page whose script jump is believed although some text is there
SLOW = 30       # seconds; a refresh later than this reloads a page that people read


def targets(page: Page) -> tuple[str, ...]:
    """Where a shell sends its reader, () for a page with something to read."""
    refresh = _refresh(page)
    if refresh:
        return (refresh,)
    if (len(page.lean) < SMALL > len(page.text) or _is_thin(page)) and page.tree is not None:
        code = COMMENT.sub("", " ".join(s.text or "" for s in page.tree.iter("script")))
        found = [joined(base_of(page), url) for url in JUMP.findall(code)]
        onload = page.tree.find(".//body[@onload]")
        if onload is not None:
            found += [joined(base_of(page), url) for url in JUMP.findall(onload.get("onload", ""))]
        return tuple(dict.fromkeys(url for url in found if url))
    return ()


def _is_thin(page: Page) -> bool:
    return len(page.words) < THIN and page.tree is not None and page.tree.find(".//a[@href]") is None


def _refresh(page: Page) -> str | None:
    for meta in page.head.iter("meta") if page.head is not None else ():
        if (meta.get("http-equiv") or "").lower() == "refresh":
            told = REFRESH.match(meta.get("content") or "")
            if told and int(told[1] or 0) <= SLOW:
                return joined(base_of(page), told[2].strip())
    return None


def frames(page: Page) -> tuple[str, ...]:
    """Addresses of the frames of a page, as far as it has a source for them."""
    if not page.is_framed or page.tree is None:
        return ()
    base = base_of(page)
    found = (joined(base, f.get("src") or "") for f in page.tree.iter("iframe", "frame") if f.get("src"))
    return tuple(dict.fromkeys(url for url in found if url))
