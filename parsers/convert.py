"""Turns files that only LibreOffice opens (DOC, WPS, RTF, ODT, sheets of old Excel) into DOCX and XLSX."""

import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from parsers.kinds import extension
from parsers.model import Source
from parsers.packages import Unsafe

FOLDERS: Final = ("/usr/bin:/usr/local/bin:/opt/libreoffice/program:/usr/lib/libreoffice/program:/snap/bin:"
                  "/Applications/LibreOffice.app/Contents/MacOS")
ENDINGS: Final = ("doc", "rtf", "odt", "dot", "xls", "ods", "fodt", "fods")
SECONDS: Final = 55      # by the clock, for a start of the program; the reader's own limit is longer than two of them
COMPUTING: Final = 30    # seconds
MEGABYTES: Final = 4096  # address space: LibreOffice maps far more than it uses
RESTART: Final = 81      # exit status by which LibreOffice asks to be started again, as after making its profile
PACKAGES: Final = ("libreoffice-writer-nogui", "libreoffice-calc-nogui")  # of Debian and Ubuntu
INSTALL: Final = (f"LibreOffice is not installed: install it (Debian: apt install {' '.join(PACKAGES)}) "
                  "and run scrapy load --rebuild")
SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""


def converted(source: Source, into: str, folders: str = FOLDERS, seconds: float = SECONDS) -> bytes:
    """The file as DOCX or XLSX (`into`: its ending). `Unsafe` where there is none, `TimeoutExpired` after `seconds`."""
    program = shutil.which("soffice", path=folders)
    if program is None:
        raise Unsafe(f"files like this (.{extension(source) or 'doc'}) are opened by LibreOffice, and {INSTALL}")
    with tempfile.TemporaryDirectory() as name:
        return _made(_binary(Path(program)), source, into, Path(name), seconds)


def _binary(program: Path) -> str:
    """The program behind the start script, where it lies there: one process, so that nothing of it is left behind."""
    binary = program.resolve().with_name("soffice.bin")
    return str(binary if binary.is_file() else program)


def _made(program: str, source: Source, into: str, folder: Path, seconds: float) -> bytes:
    """What LibreOffice made of the file, in a profile of its own without macros and links, so that runs do not meet."""
    ending = extension(source)
    paper = folder / f"paper.{ending if ending in ENDINGS else 'doc'}"
    paper.write_bytes(source.body)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
               "--convert-to", into, "--outdir", str(folder / "out"), str(paper)]
    status = _status(command, folder, seconds)
    if status == RESTART:
        status = _status(command, folder, seconds)
    made = folder / "out" / f"paper.{into}"
    if status < 0:
        raise Unsafe(f"LibreOffice was ended by {signal.Signals(-status).name}: the file crashes it or costs too much")
    if not made.is_file():
        raise Unsafe("LibreOffice cannot open the file: it is broken, encrypted or of an unknown kind")
    return made.read_bytes()


def _status(command: list[str], folder: Path, seconds: float) -> int:
    return subprocess.run(
        command, check=False, timeout=seconds, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={"HOME": str(folder), "TMPDIR": str(folder)}, preexec_fn=_roomy).returncode


def _roomy() -> None:
    """Gives LibreOffice its own limits instead of the reader's."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTING, resource.RLIM_INFINITY))
