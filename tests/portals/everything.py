"""All replicas by what they are for."""

from collections.abc import Callable

from tests.portals import eastern, hanweb, hostile, shells, southern, trs, ucap, vsb
from tests.portals.site import Site

MECHANISMS: tuple[Callable[[], Site], ...] = (
    trs.trs,
    trs.trs_gbk,
    trs.restless,
    hanweb.jcms,
    hanweb.annual,
    hanweb.jpaas,
    southern.gkmlpt,
    vsb.vsb,
    ucap.ucap,
    eastern.openness,
    eastern.channels,
    shells.shells,
    shells.cookie,
    shells.two_addresses,
)
BROWSER: tuple[Callable[[], Site], ...] = southern.script, eastern.remote_channels


def mechanisms() -> list[Site]:
    """The replicas whose reports a crawl without a browser finds, all of them."""
    return [make() for make in MECHANISMS]


def browser() -> list[Site]:
    """The replicas whose lists only a script shows."""
    return [make() for make in BROWSER]


def hostile_hosts() -> list[Site]:
    """The hosts that refuse, stall, mislead or flood."""
    return [
        *hostile.challenges(),
        *hostile.refusing(),
        *hostile.mazes(),
        hostile.throttled(),
        hostile.slow(),
        hostile.inside(),
        hostile.secret(),
        hostile.clone(),
    ]
