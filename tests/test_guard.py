"""A request never leaves the hosts that its portal's file names, whatever redirects and name servers say."""

from collections.abc import Sequence
from pathlib import Path

from twisted.internet import defer
from twisted.internet.defer import Deferred

from crawler.guard import is_named, is_private, may_connect
from crawler.portals import Portal
from tests.fetch import fetched, portal
from tests.portals.dns import Resolver
from tests.test_archiver import captures
from tests.test_capture import FAST, plain
from tests.wire import Answer, serving

RESOLVER = {"TWISTED_DNS_RESOLVER": "tests.portals.dns.Resolver", "DOWNLOAD_TIMEOUT": 5}
SECRET = {"/secret": Answer((plain(b"the keys of the house"),))}


class Rebinding(Resolver):
    """A name server that says loopback for a name that is out in the world."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":
        """Loopback for rebound.gov.example."""
        return defer.succeed("127.0.0.1") if name == "rebound.gov.example" else super().getHostByName(name, timeout)


def moved(to: str) -> Answer:
    """A redirect."""
    return Answer((plain(b"", b"Location: " + to.encode(), status=b"HTTP/1.1 302 Found"),))


def test_redirects_to_other_hosts_are_not_followed(tmp_path: Path) -> None:
    """To loopback, to the cloud's metadata address, to another port of the same machine: nothing is sent there."""
    with serving(SECRET) as inside, serving({}) as wire:
        there = {"/port": f"{inside.url}/secret", "/name": f"http://localhost:{inside.port}/secret",
                 "/metadata": "http://169.254.169.254/latest/meta-data/", "/file": "file:///etc/passwd",
                 "/user": f"http://127.0.0.1:{wire.port}@127.0.0.1:{inside.port}/secret", "/ok": wire.url + "/page"}
        wire.answers = {path: moved(to) for path, to in there.items()} | {"/page": Answer((plain(b"a page"),))}
        entry = portal(wire.url + "/", [f"127.0.0.1:{wire.port}"])
        done = fetched(tmp_path, entry, [{"url": wire.url + path, "meta": {"handle_httpstatus_all": False}}
                                             for path in there], FAST | RESOLVER)
        assert not inside.seen and not inside.connections
    assert {path for path in there if done.by_url[wire.url + path].get("status") == 200} == {"/ok"}, done.seen
    assert done.stats["guard/external"] == 4


def test_a_name_that_leads_inside_is_refused(tmp_path: Path) -> None:
    """The name is allowed, the address behind it is private and not in the portal's file: refused, and kept as such."""
    urls = [f"http://{name}.inside.test/x" for name in ("private", "metadata", "six")]
    with serving(SECRET) as inside:
        rebound = f"http://rebound.gov.example:{inside.port}/secret"
        entry = portal(urls[0], ["inside.test", f"rebound.gov.example:{inside.port}"])
        done = fetched(tmp_path, entry, [*urls, rebound], FAST | RESOLVER | {
            "TWISTED_DNS_RESOLVER": "tests.test_guard.Rebinding"})
        assert not inside.seen, "not a byte was sent"
    assert all("status" not in each for each in done.seen)
    errors = {c.url: c.error.partition(":")[0] for c in captures(done).values()}
    assert errors[rebound] == "private"


def test_the_file_may_name_a_private_address(tmp_path: Path) -> None:
    """What the portal's file names is asked: by address, or by a name that can only be local."""
    with serving(SECRET) as wire:
        hosts = [f"rebound.gov.example:{wire.port}", f"127.0.0.1:{wire.port}", f"a.test:{wire.port}"]
        urls = [f"http://{host}/secret" for host in hosts]
        done = fetched(tmp_path, portal(urls[0], hosts), urls, FAST | RESOLVER | {
            "TWISTED_DNS_RESOLVER": "tests.test_guard.Rebinding"})
    assert [each.get("status") for each in done.seen] == [200] * 3, done.log


def test_private_addresses_are_known_in_all_their_dresses() -> None:
    """Mapped, translated and special ones too."""
    inside = ("10.1.2.3", "172.16.0.1", "192.168.1.1", "127.8.8.8", "0.0.0.0", "169.254.169.254", "100.64.0.1", "::1",
              "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "224.0.0.1")
    assert [a for a in inside if not is_private(a)] == []
    assert not is_private("61.135.169.121") and not is_private("64:ff9b::3d87:a979")
    assert is_named("::1", 80, ["[::1]:80"]) and not is_named("::1", 81, ["[::1]:80"])
    assert is_named("::1", 81, ["[::1]"])


def test_a_name_and_its_address_must_stand_in_the_same_file() -> None:
    """One portal's loopback is not another's."""
    mine, other = (Portal(id, id, "000000", "city", "http://a/", hosts) for id, hosts in (
        ("mine", ("a.gov.cn",)), ("other", ("b.gov.cn", "127.0.0.1"))))
    assert not may_connect("a.gov.cn", 80, "127.0.0.1", (mine, other))
    assert may_connect("b.gov.cn", 80, "127.0.0.1", (mine, other)) and may_connect("a.gov.cn", 80, "8.8.8.8", (mine,))
