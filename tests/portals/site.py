"""What a replica is: pages by host and target, and what is true of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """One request; `target` is path and query as sent."""

    method: str
    host: str
    target: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """Parameters of the query, the last of each name."""
        return last(urlsplit(self.target).query)

    @property
    def form(self) -> dict[str, str]:
        """Parameters of the body, the last of each name."""
        return last(self.body.decode("utf-8", "replace"))

    @property
    def cookies(self) -> str:
        """The Cookie header, "" where none was sent."""
        return next((v for k, v in self.headers.items() if k.lower() == "cookie"), "")


def last(query: str) -> dict[str, str]:
    """A query string as a dictionary."""
    return {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}


@dataclass(frozen=True)
class Answer:
    """One response. `parts` follow the body until the client hangs up; `delay` in seconds; `drop`: no answer at all."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", HTML),)
    delay: float = 0.0
    parts: Iterable[bytes] | None = None
    reason: str = ""
    drop: bool = False


Page = Answer | Callable[[Request], Answer]
NOT_FOUND = Answer("<html><title>404</title><body>页面不存在</body></html>".encode(), 404)


def text(markup: str, content_type: str = HTML, status: int = 200) -> Answer:
    """An answer of UTF-8 text."""
    return Answer(markup.encode(), status, (("Content-Type", content_type),))


@dataclass
class Site:
    """A replica. Addresses of its truth are written `http://host/path`, without the port.

    `reports`: address → (issuer, year); `decoys`: pages that must not become reports; `also_at`: second addresses of
    reports; `late`: reports that appear only while the crawl runs, found or not; `portal`: keys of its portal file.
    """

    name: str
    hosts: tuple[str, ...]
    home: str
    pages: dict[str, Page] = field(default_factory=dict)
    reports: dict[str, tuple[str, int]] = field(default_factory=dict)
    decoys: set[str] = field(default_factory=set)
    also_at: dict[str, str] = field(default_factory=dict)
    late: dict[str, tuple[str, int]] = field(default_factory=dict)
    portal: dict[str, object] = field(default_factory=dict)
    missing: Page = NOT_FOUND

    def serves(self, host: str) -> bool:
        """Whether the site answers for this host name."""
        return host in self.hosts

    def put(self, address: str, page: Page | str) -> str:
        """Hang a page at an address; markup becomes an answer."""
        self.pages[address] = text(page) if isinstance(page, str) else page
        return address

    def answer(self, request: Request) -> Answer:
        """The page of exactly this target, else of its path, else what the site answers for all others."""
        base = f"http://{request.host}"
        page = self.pages.get(base + request.target) or self.pages.get(base + request.path) or self.missing
        return page if isinstance(page, Answer) else page(request)

    def toml(self, port: int, **more: object) -> str:
        """The site's portal file: its home page alone, with no known columns, unless `more` says otherwise."""
        keys: dict[str, object] = {
            "id": self.name,
            "name": self.name,
            "region": "620702",
            "level": "county",
            "home": self.home.replace(f"//{self.home.split('/')[2]}", f"//{self.home.split('/')[2]}:{port}"),
            "hosts": [f"{host}:{port}" for host in self.hosts],
            "delay": 0.0,
        }
        lines = (f"{name} = {value(v)}" for name, v in (keys | self.portal | more).items())
        return "[[portal]]\n" + "\n".join(lines) + "\n"


def value(given: object) -> str:
    """A value as TOML writes it: text, numbers, booleans, lists of these."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, str):
        return '"' + given.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(given, list | tuple):
        return "[" + ", ".join(map(value, given)) + "]"
    return str(given)
