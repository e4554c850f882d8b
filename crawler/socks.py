"""The browser's only way out: a SOCKS5 proxy on loopback that resolves names as the crawl does and guards addresses.

A browser would follow redirects, frames and name servers to anywhere. Behind this proxy it resolves nothing itself, and
every connection is looked at: host first, then the address that was really connected to (RFC 1928, CONNECT only).
"""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from twisted.internet.address import IPv4Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.error import ConnectionRefusedError, DNSLookupError
from twisted.internet.protocol import Factory, Protocol
from twisted.python.failure import Failure

from crawler.endpoints import Guarded
from crawler.guard import PrivateAddress

OK, FAILED, FORBIDDEN, UNREACHABLE, REFUSED = 0, 1, 2, 4, 5
REPLIES = ((PrivateAddress, FORBIDDEN), (DNSLookupError, UNREACHABLE), (ConnectionRefusedError, REFUSED))
Check = Callable[[str, int, str], None]  # host, port, address ("" before the connection); raises PrivateAddress


class Far(Protocol):
    """The connection to the site."""

    transport: Any

    def __init__(self, near: "Near") -> None:
        self.near = near

    def connectionMade(self) -> None:
        """Each side stops when the other cannot take more."""
        self.transport.registerProducer(self.near.transport, True)
        self.near.transport.registerProducer(self.transport, True)
        self.near.joined(self)

    def dataReceived(self, data: bytes) -> None:
        """Site to browser."""
        self.near.transport.write(data)

    def connectionLost(self, reason: Failure | None = None) -> None:
        """The browser learns of it."""
        del reason
        self.near.transport.unregisterProducer()
        self.near.transport.loseConnection()


class Near(Protocol):
    """The connection from the browser."""

    transport: Any
    factory: "Socks"

    def __init__(self) -> None:
        self.data, self.is_greeted, self.is_asked = b"", False, False
        self.far: Far | None = None

    def dataReceived(self, data: bytes) -> None:
        """Greeting, request, then the browser's bytes."""
        if self.far is not None:
            self.far.transport.write(data)
            return
        self.data += data
        if not self.is_greeted and len(self.data) >= 2 and len(self.data) >= 2 + self.data[1]:
            self.data, self.is_greeted = self.data[2 + self.data[1]:], True
            self.transport.write(b"\x05\x00")
        found = target(self.data) if self.is_greeted and not self.is_asked else None
        if found:
            host, port, self.data = found
            self.is_asked = True
            self.connect(host, port)

    def connect(self, host: str, port: int) -> None:
        """Looks at the host, then connects; the address is looked at before a byte goes out."""
        from twisted.internet import reactor

        try:
            self.factory.check(host, port, "")
        except PrivateAddress as error:
            return self.failed(error, host)
        found: Any = HostnameEndpoint(reactor, host, port)
        far = Guarded(found, lambda address: self.factory.check(host, port, address))
        far.connect(Factory.forProtocol(lambda: Far(self))).addErrback(lambda failure: self.failed(failure.value, host))
        return None

    def joined(self, far: Far) -> None:
        """The site is there: what the browser sent ahead goes on."""
        self.far = far
        self.answer(OK)
        if self.data:
            far.transport.write(self.data)

    def failed(self, error: BaseException, host: str) -> None:
        """The browser gets a code, the crawl keeps the reason."""
        self.factory.failures[host] = error
        self.answer(next((code for kind, code in REPLIES if isinstance(error, kind)), FAILED))
        self.transport.loseConnection()

    def answer(self, code: int) -> None:
        """The proxy's reply."""
        self.transport.write(bytes((5, code, 0, 1)) + b"\x00" * 6)

    def connectionLost(self, reason: Failure | None = None) -> None:
        """The site learns of it."""
        del reason
        if self.far is not None:
            self.far.transport.unregisterProducer()
            self.far.transport.loseConnection()


class Socks(Factory):
    """Serves one browser; `failures` has the last error of each host."""

    noisy = False

    def __init__(self, check: Check) -> None:
        self.check = check
        self.failures: dict[str, BaseException] = {}
        self.port: Any = None

    def buildProtocol(self, addr: Any) -> Any:
        """One connection of the browser."""
        del addr
        near = Near()
        near.factory = self
        return near

    def listen(self) -> str:
        """Starts on a free port of loopback; its address."""
        from twisted.internet import reactor

        listening: Any = reactor
        self.port = listening.listenTCP(0, self, interface="127.0.0.1")
        place: IPv4Address = self.port.getHost()
        return f"socks5://127.0.0.1:{place.port}"

    def close(self) -> None:
        """Takes no more connections."""
        if self.port is not None:
            self.port.stopListening()


def target(data: bytes) -> tuple[str, int, bytes] | None:
    """Host, port and what follows of a CONNECT request; None until it is whole.

    >>> target(bytes((5, 1, 0, 3, 4)) + b"a.cn" + bytes((0, 80)))
    ('a.cn', 80, b'')
    """
    if len(data) < 5:
        return None
    kinds = {1: (4, 4), 3: (5, data[4]), 4: (4, 16)}
    start, size = kinds.get(data[3], (4, 0))
    end = start + size
    if len(data) < end + 2:
        return None
    raw = data[start:end]
    host = raw.decode("ascii", "replace") if data[3] == 3 else _address(raw)
    return host, int.from_bytes(data[end:end + 2], "big"), data[end + 2:]


def _address(raw: bytes) -> str:
    return str(ip_address(raw)) if raw else "0.0.0.0"
