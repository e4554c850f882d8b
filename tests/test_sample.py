"""The bundled sample portal: what it serves and what stands in it."""

import json
import re
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from crawler.portals import portals
from crawler.sample import HOST, PORTAL, SITE, serving
from parsers.errors import NianbaoError
from tests.sample.__main__ import TRUTH, lines, site, truth

REPORTS = json.loads(TRUTH.read_text("utf-8"))["reports"]
UNDECLARED = "/zfxxgk/zfxxgknb/2020n/202101/t20210125_1005.html"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(port=0) as address:
        yield int(address.rstrip("/").rsplit(":", 1)[1])


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(HOST, port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_site_and_truth_are_what_the_maker_writes() -> None:
    files = {p.relative_to(SITE).as_posix(): p.read_bytes() for p in SITE.rglob("*") if p.is_file()}
    made = site()
    assert files.keys() == made.keys()
    changed = [path for path in files if files[path] != made[path] and not path.endswith((".docx", ".pdf"))]
    assert changed == []
    assert TRUTH.read_text("utf-8") == lines(truth())


def test_every_report_is_linked_from_home(port: int) -> None:
    """Links and static pagers lead from the home page to all reports, and no link is dead."""
    seen, todo = set(), ["/"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        response, body = get(port, path)
        assert response.status == 200, path
        if path.endswith((".pdf", ".docx", ".css")):
            continue
        text = body.decode("gb18030" if path in GBK else "utf-8")
        todo += [join(path, link) for link in re.findall(r'href="([^"#]+)"', text)]
        if call := re.search(r"createPageHTML\((\d+),", text):
            todo += [join(path, f"index_{n}.html") for n in range(1, int(call[1]))]
    assert {report["path"] for report in REPORTS} <= seen


GBK = {UNDECLARED, "/zfxxgk/zfxxgknb/2020n/202101/t20210126_1002.html"}


def join(base: str, link: str) -> str:
    """A link of the sample as a path; folders with a slash at their end."""
    parts = [] if link.startswith("/") else base.strip("/").split("/")[: -1 if not base.endswith("/") else None]
    for part in link.split("/"):
        parts = parts[:-1] if part == ".." else parts if part in ("", ".") else [*parts, part]
    path = "/" + "/".join(parts)
    return path + "/" if link.endswith("/") and path != "/" else path


@pytest.mark.parametrize("path", ["/", *(report["path"] for report in REPORTS)])
def test_pages_are_served_byte_for_byte(port: int, path: str) -> None:
    response, body = get(port, path)
    assert response.status == 200
    assert body == (SITE / (path[1:] or "index.html")).read_bytes()
    assert response.getheader("Content-Length") == str(len(body))


def test_charsets_are_declared_or_left_out(port: int) -> None:
    declared = {path: get(port, path)[0].getheader("Content-Type") for path in ["/", *GBK]}
    assert declared["/"] == "text/html; charset=utf-8"
    assert declared.pop(UNDECLARED) == "text/html"
    assert sorted(map(str, declared.values())) == ["text/html; charset=gb2312", "text/html; charset=utf-8"]
    page = get(port, UNDECLARED)[1]
    assert b"charset" not in page
    assert "减71" in page.decode("gb18030")


def test_a_page_that_the_client_has_is_304(port: int) -> None:
    first, _ = get(port, "/zfxxgk/")
    etag, modified = first.getheader("ETag", ""), first.getheader("Last-Modified", "")
    for headers in ({"If_None_Match": etag}, {"If_None_Match": f'"x", W/{etag}'}, {"If_Modified_Since": modified}):
        again, body = get(port, "/zfxxgk/", **headers)
        assert (again.status, body, again.getheader("ETag")) == (304, b"", etag)
    assert get(port, "/zfxxgk/", If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200


def test_head_missing_pages_and_ways_out(port: int) -> None:
    response, body = get(port, "/", "HEAD")
    assert response.status == 200
    assert body == b""
    for path in ("/none.html", "/../portal.toml", "/%2e%2e/__init__.py", "/zfxxgk/zfxxgknb/2018n/"):
        assert get(port, path)[0].status == 404


def test_two_crawls_share_the_port_and_a_stranger_does_not() -> None:
    with serving(port=0) as address:
        port = int(address.rstrip("/").rsplit(":", 1)[1])
        with serving(port=port) as second:
            assert second == address
        assert get(port, "/")[0].status == 200
    with socket.socket() as stranger:
        stranger.bind((HOST, 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        with pytest.raises(NianbaoError, match=f"{HOST}:{taken}.*stop the program"), serving(port=taken):
            pass


def test_portal_file_names_the_address_that_is_served() -> None:
    (portal,) = portals(str(PORTAL))
    assert portal.id == "sample"
    assert "127.0.0.1:48230" in portal.hosts
