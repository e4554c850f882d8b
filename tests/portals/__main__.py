"""Serve every replica until interrupted, and say where: `python -m tests.portals [PORT]`."""

import sys
import time
from contextlib import suppress

from tests.portals.everything import browser, hostile_hosts, mechanisms
from tests.portals.server import serving


def main(port: int = 48231) -> None:
    """Serve, print the addresses, wait for Ctrl-C."""
    sites = [*mechanisms(), *browser(), *hostile_hosts()]
    with serving(sites, port) as running, suppress(KeyboardInterrupt):
        for site in sites:
            print(f"{site.name:20} {len(site.reports):4} reports  {running.url(site.home)}")
        print("names below .test need a line in /etc/hosts, or: curl --resolve '*:PORT:127.0.0.1'; Ctrl-C ends")
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
