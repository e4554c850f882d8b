"""One real HTTP server for all replicas: the Host header decides which site answers."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Lock
from typing import Any

from crawler import sample
from tests.portals.site import Answer, Request, Site

ADDRESS = "127.0.0.1"
MARK = b"@PORT@"  # stands for the port in pages and headers that name whole addresses


@dataclass(frozen=True)
class Visit:
    """One request as the server saw it; `at` is its monotonic clock in seconds."""

    at: float
    method: str
    host: str
    target: str
    status: int

    @property
    def address(self) -> str:
        """Host and target, as the truth of a site writes them."""
        return f"http://{self.host}{self.target}"


@dataclass
class Running:
    """The server while it runs: its port and everything that was asked of it."""

    port: int
    visits: list[Visit] = field(default_factory=list)

    def url(self, address: str) -> str:
        """An address of the truth (http://host/path) with the port in it."""
        host, slash, path = address.removeprefix("http://").partition("/")
        return f"http://{host}:{self.port}{slash}{path}"

    def asked(self, host: str) -> list[Visit]:
        """The requests to one host or to the hosts below it."""
        return [v for v in self.visits if v.host == host or v.host.endswith(f".{host}")]


@contextmanager
def serving(sites: Iterable[Site], port: int = 0) -> Iterator[Running]:
    """Serve the sites on loopback until the block ends."""
    server = Server((ADDRESS, port), Handler)
    server.sites = tuple(sites)
    server.running = Running(server.server_port)
    with sample.running(server):
        try:
            yield server.running
        finally:
            server.stopping = True


class Server(sample.Server):
    """Of a site that is slow nobody waits for the answer at a test's end."""

    allow_reuse_port = False
    request_queue_size = 128
    sites: Sequence[Site] = ()
    running: Running
    stopping = False
    lock = Lock()


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the site of its host and sends what that site answers."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    disable_nagle_algorithm = True
    timeout = 60
    server: Server

    def do_GET(self) -> None:
        """Ask the site, wait as it says, answer."""
        host = (self.headers["Host"] or "").rpartition(":")[0] or self.headers["Host"] or ""
        length = int(self.headers["Content-Length"] or 0)
        request = Request(self.command, host.lower(), self.path, self.rfile.read(length), dict(self.headers.items()))
        with self.server.lock:
            site = next((s for s in self.server.sites if s.serves(request.host)), None)
            answer = site.answer(request) if site else Answer(b"no such host", 421)
            visit = Visit(time.monotonic(), self.command, request.host, self.path, answer.status)
            self.server.running.visits.append(visit)
        self.wait(answer.delay)
        if answer.drop:
            self.close_connection = True
            return
        with suppress(ConnectionError, TimeoutError):
            self.send(answer)

    do_POST = do_HEAD = do_GET

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the server's end."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.server.stopping:
            time.sleep(min(0.05, max(0.0, until - time.monotonic())))

    def send(self, answer: Answer) -> None:
        """Status line, headers, body; a body that comes in parts is sent until the client hangs up."""
        port = str(self.server.server_port).encode()
        body = answer.body.replace(MARK, port)
        self.send_response_only(answer.status, answer.reason or None)
        if not any(name.lower() == "date" for name, _ in answer.headers):
            self.send_header("Date", self.date_time_string())
        for name, value in answer.headers:
            self.send_header(name, value.replace(MARK.decode(), port.decode()))
        if answer.parts is not None:
            self.close_connection = True
            self.send_header("Connection", "close")
        elif answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body)
        for part in answer.parts or ():
            if self.server.stopping:
                return
            self.wfile.write(part)

    def log_message(self, *_: Any) -> None:
        """Quiet: `Running.visits` has it all."""
