"""The bundled sample portal: a small government site of our own making, served on loopback by the crawl itself."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from parsers.errors import NianbaoError

HOST, PORT = "127.0.0.1", 48230  # stable, so that a second run is a re-crawl; portal.toml names it too
FOLDER = Path(__file__).parent
SITE = FOLDER / "site"
PORTAL = FOLDER / "portal.toml"
MODIFIED = "Wed, 17 Jan 2024 01:00:00 GMT"  # of every page: files of a fresh checkout carry no useful time
DECLARED: dict[str, str] = tomllib.loads((FOLDER / "types.toml").read_text("utf-8"))
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css",
    ".js": "application/javascript",
    ".xml": "text/xml; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@contextmanager
def serving(port: int = PORT) -> Iterator[str]:
    """The sample portal's address while it is being served. NianbaoError when another program holds the port.

    The port is shared (SO_REUSEPORT): two crawls at once each serve the same pages.
    """
    try:
        server = Server((HOST, port), Handler)
    except OSError as error:
        raise NianbaoError(
            f"cannot serve the sample portal on {HOST}:{port} ({error.strerror}): "
            f"stop the program that uses that port and run again"
        ) from error
    with running(server):
        yield f"http://{HOST}:{server.server_port}/"


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[None]:
    """A server at work in a thread of its own, until the block ends."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Server(ThreadingHTTPServer):
    """One thread a connection; none of them holds up the end of the crawl."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_port = True

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the files below site/, with validators and 304."""

    protocol_version = "HTTP/1.1"
    server_version = "nianbao-sample"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        """The page, 304 where the client has it already, or a short 404."""
        path = file(self.path)
        if path is None:
            return self.answer(HTTPStatus.NOT_FOUND, "<h1>404 您访问的页面不存在</h1>".encode(), KINDS[".html"])
        body = path.read_bytes()
        etag = f'"{sha1(body, usedforsecurity=False).hexdigest()[:16]}"'
        known = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
        if is_known(etag, *known):
            return self.answer(HTTPStatus.NOT_MODIFIED, b"", "", etag)
        return self.answer(HTTPStatus.OK, body, kind(path), etag)

    do_HEAD = do_GET

    def answer(self, status: HTTPStatus, body: bytes, content_type: str, etag: str = "") -> None:
        """Status line, headers and body; a 304 and the answer to HEAD carry no body."""
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", MODIFIED)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet: the crawl has its own log."""


def file(target: str, site: Path = SITE) -> Path | None:
    """The file behind a request target, its index.html for a folder; None outside the site or where none is."""
    path = (site / unquote(urlsplit(target).path).lstrip("/")).resolve()
    path = path / "index.html" if path.is_dir() else path
    return path if path.is_relative_to(site.resolve()) and path.is_file() else None


def kind(path: Path) -> str:
    """The Content-Type header of a file: as types.toml says, else by its suffix."""
    return DECLARED.get(path.relative_to(SITE.resolve()).as_posix(), KINDS.get(path.suffix, "application/octet-stream"))


def is_known(etag: str, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the client's copy is current; If-None-Match decides alone where it is sent (RFC 9110 §13.2.2)."""
    if if_none_match is not None:
        return if_none_match.strip() == "*" or etag in (t.strip().removeprefix("W/") for t in if_none_match.split(","))
    return if_modified_since == MODIFIED
