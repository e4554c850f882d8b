"""Sees to it that the tests have a Chromium: one that is there, else the system's package, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """Path of a Chromium that can be started, or None."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return on_path or next((str(p) for p in sorted(cache.glob("chromium-*/chrome-*/chrome"))), None)


def install() -> None:
    """Debian's package where we may install it, else Playwright's download; both say what they do."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium with apt-get ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=quiet)
    if not found():
        print("Downloading Chromium with Playwright ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)


if __name__ == "__main__":
    if not found():
        install()
    if not found():
        sys.exit("The tests need a Chromium and none could be installed: install the package chromium, then run again.")
