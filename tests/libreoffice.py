"""Sees to it that the tests have a LibreOffice: the one that is there, else the system's package."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from parsers.convert import FOLDERS, PACKAGES, RESTART


def found() -> str | None:
    """Path of a LibreOffice that can be started, or None."""
    return shutil.which("soffice", path=FOLDERS)


needed = pytest.mark.skipif(not found(), reason=f"no LibreOffice on this machine: install {' '.join(PACKAGES)}")
"""For tests that convert; without root `make test` cannot install it, and the rest of the suite is worth running."""


def install() -> None:
    """Debian's packages (about 100 MB, a minute) where we may install them."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing LibreOffice with apt-get ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"],
                        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=quiet)


def batch(folder: Path, files: dict[str, bytes], into: str) -> dict[str, bytes]:
    """Files by stem, all turned into another kind in one run of LibreOffice; `files` by name, `into` an ending."""
    program, made = found(), folder / into
    assert program is not None, "run python -m tests.libreoffice"
    for name, body in files.items():
        (folder / name).write_bytes(body)
    command = [str(Path(program).resolve().with_name("soffice.bin")), "--headless", "--norestore",
               f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", into, "--outdir", str(made),
               *(str(folder / name) for name in files)]
    while subprocess.run(command, check=False, capture_output=True, timeout=200).returncode == RESTART:
        pass
    return {path.stem: path.read_bytes() for path in made.iterdir()}


if __name__ == "__main__":
    if not found():
        install()
    if not found():
        print(f"No LibreOffice: tests of old office files are left out; to run them install {' '.join(PACKAGES)}")
