"""Addresses of what was asked for with POST: method and form stand in the query, as pywb and cdxj-indexer do it. Pure.

Without that every page of a list that is asked for with POST would be the same address, and change at each visit.
"""

import base64
import re
from urllib.parse import quote, unquote_plus

from archive.messages import HEAD_END, head

MARK = "__wb_method="
LONGEST = 4096  # characters of a form that count, as in pywb
SAFE = "%/:=&?~+!$,;'@()*[]#"
CUT = re.compile(rf"[?&]{MARK}.*$", re.DOTALL)


def query(request: bytes) -> str:
    r"""What a request adds to its address, "" for GET and where no request is known.

    >>> query(b"POST /list HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\npage=2&name=%E5%B9%B4")
    '__wb_method=POST&page=2&name=年'
    >>> query(b"GET / HTTP/1.1\r\n\r\n")
    ''
    """
    method = request.partition(b" ")[0].decode("latin-1").upper()
    if method in ("", "GET"):
        return ""
    end = HEAD_END.search(request)
    body = request[end.end():] if end else b""
    kind = head(request[:end.end()]).header("content-type").lower() if end else ""
    return f"{MARK}{method}" + (f"&{_form(kind, body)[:LONGEST]}" if body else "")


def _form(kind: str, body: bytes) -> str:
    if kind.startswith("application/x-www-form-urlencoded"):
        try:
            return unquote_plus(body.decode())
        except UnicodeDecodeError:
            pass
    return f"__wb_post_data={base64.b64encode(body).decode()}"


def address(url: str, posted: str) -> str:
    """The address under which history and database know a capture; the URL itself where nothing was posted.

    >>> address("http://a.gov.cn/list?id=1", "__wb_method=POST&page=2")
    'http://a.gov.cn/list?id=1&__wb_method=POST&page=2'
    """
    return f"{whole(url, quote(posted, safe=SAFE))}" if posted else url


def whole(url: str, posted: str) -> str:
    """The same with the form as it is, for keys of the index."""
    return f"{url}{'&' if '?' in url else '?'}{posted}" if posted else url


def asked(address: str) -> str:
    """The URL of an address, as it was asked for.

    >>> asked("http://a.gov.cn/list?id=1&__wb_method=POST&page=2")
    'http://a.gov.cn/list?id=1'
    """
    return CUT.sub("", address)
