"""Why a fetch failed: exceptions of Scrapy, Twisted, OpenSSL and Playwright as one word. Pure."""

from collections.abc import Iterator

KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("private", frozenset({"PrivateAddress"})),
    ("tls", frozenset({"SSLError", "VerificationError", "CertificateError"})),
    ("dns", frozenset({"DNSLookupError", "CannotResolveHostError", "gaierror"})),
    ("refused", frozenset({"ConnectionRefusedError", "DownloadConnectionRefusedError"})),
    ("timeout", frozenset({"DownloadTimeoutError", "TimeoutError", "TCPTimedOutError"})),
    ("length", frozenset({"DownloadCancelledError"})),
    ("unreachable", frozenset({"NoRouteError", "ConnectError"})),
    ("disconnect", frozenset({"ResponseDataLossError", "DownloadFailedError", "ResponseFailed", "ConnectionLost",
                              "ResponseNeverReceived", "RequestTransmissionFailed", "ConnectionDone",
                              "ConnectionResetError"})),
)
BROWSER = (("dns", "ERR_NAME_NOT_RESOLVED"), ("refused", "ERR_CONNECTION_REFUSED"), ("tls", "ERR_CERT"),
           ("tls", "ERR_SSL"), ("timeout", "Timeout"), ("refused", "ERR_SOCKS_CONNECTION_FAILED"))
TRUNCATED = {"timeout": "time", "length": "length"}


def causes(error: BaseException, depth: int = 0) -> Iterator[BaseException]:
    """The error and all that led to it, `reasons` of Twisted's wrappers too."""
    yield error
    inner = [getattr(reason, "value", reason) for reason in getattr(error, "reasons", ())]
    for each in (*inner, error.__cause__, *(a for a in error.args if isinstance(a, BaseException))):
        if isinstance(each, BaseException) and depth < 8:
            yield from causes(each, depth + 1)


def _names(error: BaseException) -> Iterator[str]:
    for each in causes(error):
        for base in type(each).__mro__:
            yield "SSLError" if base.__module__.startswith("OpenSSL") and base.__name__ == "Error" else base.__name__


def kind(error: BaseException) -> str:
    """timeout, dns, tls, refused, unreachable, disconnect, length (cut off at a limit), private, or other.

    >>> kind(TimeoutError()), kind(ValueError())
    ('timeout', 'other')
    """
    names = frozenset(_names(error))
    found = next((kind for kind, known in KINDS if names & known), "")
    return found or next((kind for kind, sign in BROWSER if sign in str(error)), "other")


def told(error: BaseException) -> str:
    """One line for the archive: kind and message."""
    words = " ".join(str(error).split()) or type(error).__name__
    return f"{kind(error)}: {words[:300]}"


def truncated(error: BaseException) -> str:
    """WARC-Truncated for what had arrived (WARC/1.1 §5.13)."""
    return TRUNCATED.get(kind(error), "disconnect")
