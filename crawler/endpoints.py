"""Connections that look where they lead before a byte is sent, and TLS that is strict unless a portal wants it lax."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from twisted.internet.interfaces import IAddress
from twisted.internet.protocol import Factory
from twisted.web.client import BrowserLikePolicyForHTTPS

Check = Callable[[str, int, str], None]  # host, port, address connected to; raises where that is not right


class Checked(Factory):
    """A factory that looks at the peer of a fresh connection first."""

    noisy = False

    def __init__(self, inner: Any, check: Callable[[str], None]) -> None:
        self.inner, self.check = inner, check

    def buildProtocol(self, addr: IAddress | None) -> Any:
        """The protocol, or the check's exception, upon which the connection is dropped."""
        self.check(str(getattr(addr, "host", "")))
        return self.inner.buildProtocol(addr)


class Guarded:
    """An endpoint whose connections are checked: what the name server said does not count, the peer does."""

    def __init__(self, endpoint: Any, check: Callable[[str], None]) -> None:
        self.endpoint, self.check = endpoint, check

    def connect(self, protocolFactory: Any) -> Any:
        """Connects; the Deferred fails where the check does."""
        return self.endpoint.connect(Checked(protocolFactory, self.check))


def guarded(get_connection: Callable[[Any, Any], Any], check: Check) -> Callable[[Any, Any], Any]:
    """A pool's `getConnection` whose new connections are checked; those to a proxy are the operator's own choice."""

    def connection(key: Any, endpoint: Any) -> Any:
        if key[0] == b"http-proxy" or len(key) > 4:
            return get_connection(key, endpoint)
        host, port = key[1].decode("ascii", "replace"), key[2]
        return get_connection(key, Guarded(endpoint, lambda address: check(host, port, address)))

    return connection


class Lax:
    """Every cipher that OpenSSL has, at its lowest security level: old servers offer nothing better."""

    def selectCiphers(self, availableCiphers: tuple[Any, ...]) -> tuple[Any, ...]:
        """All of them; the level travels as a cipher's name."""
        return (*availableCiphers, SimpleNamespace(fullName="@SECLEVEL=0"))


class Policy(BrowserLikePolicyForHTTPS):
    """Certificates and ciphers as browsers want them, except for hosts whose portal says `insecure_tls`."""

    def __init__(self, lenient: Any, is_lenient: Callable[[str, int], bool]) -> None:
        setup: Any = super().__init__
        setup()
        lenient.tls_ciphers = Lax()
        self.lenient, self.is_lenient = lenient, is_lenient

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """TLS options for one host."""
        if self.is_lenient(hostname.decode("ascii"), port):
            return self.lenient.creatorForNetloc(hostname, port)
        return super().creatorForNetloc(hostname, port)
