"""Portal files: TOML → frozen `Portal` values. Keys are those of the files; docs/portals.md explains each."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parsers.errors import NianbaoError

HERE = Path(__file__).parent / "portals"
SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal: where it is, what may be crawled there and how much of it."""

    id: str
    name: str
    region: str                          # GB/T 2260, six digits
    level: str
    home: str
    hosts: tuple[str, ...]               # domains, or host:port
    columns: tuple[str, ...] = ()        # list pages already known
    known: tuple[str, ...] = ()          # reports already known
    min_reports: int = 1                 # fewer in a full run marks the portal failed
    max_reports: int | None = None       # more in a run is a warning
    delay: float = 2.0                   # seconds between requests to one host
    timeout: float = 45.0                # seconds for one request
    max_depth: int = 5
    max_requests: int = 400              # per run
    max_list_pages: int = 60             # per list
    max_seconds: float = 1800.0          # wall clock per run
    browser: str = "never"               # never | allow
    insecure_tls: bool = False           # old ciphers and bad certificates are put up with, and recorded
    cms: str = ""                        # for people and for seeds; discovery looks for itself
    area: tuple[str, ...] = ()           # organ codes of Hanweb's xxgkAnnualReport.jsp
    branches: tuple[str, ...] = ()       # branch ids of openness
    years: tuple[int, int] | None = None  # first and last report year to ask for
    clones: tuple[str, ...] = ()         # look-alike hosts, never crawled
    verified: bool = True                # False: addresses are constructed, nobody has seen them answer
    successor: str = ""                  # body that keeps the pages of an abolished one
    note: str = ""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _span(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_count, value)) and value[0] <= value[1]


TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "str": (_text, "a text in quotes"),
    "bool": (lambda v: isinstance(v, bool), "true or false"),
    "int": (_count, "a whole number, not negative"),
    "int | None": (_count, "a whole number, not negative"),
    "float": (_amount, "a number, not negative"),
    "tuple[str, ...]": (_texts, "a list of texts"),
    "tuple[int, int] | None": (_span, "a list of two years, the earlier first"),
}
KEYS = {f.name: TYPES[getattr(f.type, "__name__", "") if isinstance(f.type, type) else str(f.type)]
        for f in fields(Portal)}
REQUIRED = tuple(f.name for f in fields(Portal) if f.default is MISSING)


def read(path: Path) -> tuple[Portal, ...]:
    """The portals of one file in order; NianbaoError names file, portal and key of the first mistake."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NianbaoError(f"cannot read portal file {path}: {error.strerror}; check the name") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NianbaoError(f"{path} is no valid TOML: {error}; correct the file") from None
    return _portals(path, data)


def _portals(path: Path, data: Mapping[str, Any]) -> tuple[Portal, ...]:
    for key in data.keys() - {"defaults", "portal"}:
        raise NianbaoError(f"{path}: unknown key {key!r}; a portal file has [defaults] and [[portal]] only")
    defaults, entries = data.get("defaults", {}), data.get("portal", [])
    if not isinstance(defaults, dict):
        raise NianbaoError(f"{path}: key 'defaults' must be a table: write [defaults]")
    if not isinstance(entries, list) or not entries or not all(isinstance(e, dict) for e in entries):
        raise NianbaoError(f"{path}: no portal in it; write at least one [[portal]]")
    found = tuple(_portal(path, number, dict(defaults) | entry) for number, entry in enumerate(entries, 1))
    _unique(found, str(path))
    return found


def _portal(path: Path, number: int, entry: Mapping[str, Any]) -> Portal:
    where = f"{path}, portal {entry.get('id') or f'no. {number}'!r}"
    for key in entry:
        if key not in KEYS:
            raise NianbaoError(f"{where}: unknown key {key!r}; docs/portals.md lists the keys")
    for key in REQUIRED:
        if key not in entry:
            raise NianbaoError(f"{where}: key {key!r} is missing; add it")
    for key, value in entry.items():
        fits, wanted = KEYS[key]
        if not fits(value):
            raise NianbaoError(f"{where}: key {key!r} is {value!r}; it must be {wanted}")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    portal = Portal(**values)
    for key, fault in _faults(portal):
        raise NianbaoError(f"{where}: key {key!r} {fault}")
    return portal


def _faults(portal: Portal) -> Iterable[tuple[str, str]]:
    """Keys whose values have the right type and still cannot be."""
    if not portal.id or not all(c.isalnum() or c in "-_." for c in portal.id):
        yield "id", f"is {portal.id!r}; use letters, digits, hyphens"
    if not (len(portal.region) == 6 and portal.region.isdigit()):
        yield "region", f"is {portal.region!r}; it must be the six digits of GB/T 2260"
    if portal.browser not in ("never", "allow"):
        yield "browser", f"is {portal.browser!r}; it must be never or allow"
    if not portal.hosts:
        yield "hosts", "is empty; name at least one domain"
    for host in portal.hosts:
        if "/" in host or not host.strip():
            yield "hosts", f"has {host!r}; write a domain or host:port, no address"
    for key, urls in (("home", (portal.home,)), ("columns", portal.columns), ("known", portal.known)):
        for url in urls:
            if not _is_address(url):
                yield key, f"has {url!r}; write a whole address, http:// or https:// first"


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        return False


def _unique(found: Iterable[Portal], where: str) -> None:
    seen: set[str] = set()
    for portal in found:
        if portal.id in seen:
            raise NianbaoError(f"{where}, portal {portal.id!r}: key 'id' is used twice; give each portal its own")
        seen.add(portal.id)


def bundled() -> tuple[Portal, ...]:
    """Every portal of crawler/portals, the sample apart, in order of file names."""
    found = tuple(p for path in sorted(HERE.glob("*.toml")) if path.stem != SAMPLE for p in read(path))
    _unique(found, str(HERE))
    return found


def portals(argument: str) -> tuple[Portal, ...]:
    """What `-a portals=` names: `ID,ID`, `all`, or `FILE.toml`."""
    if argument.endswith(".toml"):
        return read(Path(argument))
    known = {p.id: p for p in bundled()}
    if argument == "all":
        return tuple(known.values())
    names = [name.strip() for name in argument.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise NianbaoError(f"no portal {name!r} in crawler/portals; `scrapy portals` lists them, "
                               "or give a file: -a portals=FILE.toml")
    if not names:
        raise NianbaoError("portals= is empty; give ids, all, or a file that ends in .toml")
    return tuple(known[name] for name in dict.fromkeys(names))
