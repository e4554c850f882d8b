"""The portal files that come with the project: all load, name real regions and hosts that they may ask."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.addresses import is_allowed
from crawler.portals import HERE, Portal, bundled, read
from parsers.regions import regions

PORTALS = bundled()
LEVELS = {
    "central",
    "province",
    "province-dept",
    "city",
    "city-dept",
    "district",
    "district-dept",
    "county",
    "county-dept",
    "town",
    "street",
    "zone",
}
LIST = Path(__file__).parents[1] / "docs/portals-list.md"


def test_there_are_a_hundred_and_more_from_most_provinces() -> None:
    assert len(PORTALS) >= 100
    assert len({portal.region[:2] for portal in PORTALS}) >= 28


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.id)
def test_every_portal_names_a_real_region_and_hosts_that_hold_its_addresses(portal: Portal) -> None:
    codes = {region.code for region in regions()} | {"000000"}
    assert portal.region in codes
    assert portal.level in LEVELS
    assert re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)+", portal.id)
    assert not portal.verified
    for address in (portal.home, *portal.columns, *portal.known):
        assert is_allowed(address, portal.hosts), address


def test_no_portal_lives_on_a_clone_host() -> None:
    clones = {clone for portal in PORTALS for clone in portal.clones} | {"gxhlhl.com", "dilkabaddi.com", "kmxxf.com"}
    hosts = [urlsplit(a).hostname or "" for p in PORTALS for a in (p.home, *p.columns, *p.known)]
    assert [host for host in hosts if any(host == c or host.endswith(f".{c}") for c in clones)] == []
    assert [h for h in hosts if not h.endswith(".gov.cn") and h != "gov.cn"] == ["122.137.242.24"] * 2


def test_prefix_of_an_id_is_that_of_its_file() -> None:
    for path in sorted(HERE.glob("*.toml")):
        prefixes = {portal.id[:2] for portal in read(path)}
        assert len(prefixes) == 1, path


def test_the_list_in_the_docs_counts_what_is_there() -> None:
    text = LIST.read_text("utf-8")
    counted = {name: int(count) for name, count in re.findall(r"\| `(\w+\.toml)` \| (\d+) \|", text)}
    assert counted == {path.name: len(read(path)) for path in HERE.glob("*.toml") if path.stem != "sample"}
    assert f"| together | | {len(PORTALS)} |" in text
    assert f"holds {len(PORTALS)} portals" in text
