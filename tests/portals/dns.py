"""Names for the replicas: everything below .test is on loopback, a few names point where no portal may lead."""

from collections.abc import Sequence

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

INSIDE = {"private.inside.test": "10.11.12.13", "metadata.inside.test": "169.254.169.254", "six.inside.test": "0.0.0.0"}
UNKNOWN = "nowhere.test"


class Resolver(CachingThreadedResolver):
    """For Scrapy's TWISTED_DNS_RESOLVER: answers without any name server, and only for .test and addresses."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":
        """The address of a name, or DNSLookupError; at once, so `timeout` does not matter."""
        del timeout
        if name in INSIDE:
            return defer.succeed(INSIDE[name])
        if name.endswith(".test") and name != UNKNOWN and not name.endswith(f".{UNKNOWN}"):
            return defer.succeed("127.0.0.1")
        if name == "localhost" or name.replace(".", "").isdigit():
            return defer.succeed("127.0.0.1" if name == "localhost" else name)
        return defer.fail(DNSLookupError(f"no address for {name}"))
