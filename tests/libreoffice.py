"""Sees to it that the tests have a LibreOffice: the one that is there, else the system's package."""

import os
import shutil
import subprocess
import sys

from parsers.convert import FOLDERS, PACKAGES


def found() -> str | None:
    """Path of a LibreOffice that can be started, or None."""
    return shutil.which("soffice", path=FOLDERS)


def install() -> None:
    """Debian's packages (about 100 MB, a minute) where we may install them."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing LibreOffice with apt-get ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"],
                        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=quiet)


if __name__ == "__main__":
    if not found():
        install()
    if not found():
        sys.exit(f"The tests need LibreOffice and none could be installed: install {' '.join(PACKAGES)}, run again.")
