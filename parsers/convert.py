"""Opens DOC, WPS, RTF and ODT by LibreOffice, where it is installed."""

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from parsers import word
from parsers.isolation import unreadable
from parsers.kinds import extension
from parsers.model import Document, Source

FOLDERS: Final = ("/usr/bin:/usr/local/bin:/opt/libreoffice/program:/usr/lib/libreoffice/program:/snap/bin:"
                  "/Applications/LibreOffice.app/Contents/MacOS")
ENDINGS: Final = ("doc", "wps", "rtf", "odt", "dot")
SECONDS: Final = 60
MEGABYTES: Final = 4096  # address space: LibreOffice maps far more than it uses
INSTALL: Final = "LibreOffice is not installed: install it (Debian: apt install libreoffice-writer) and load again"


def document(source: Source, folders: str = FOLDERS) -> Document:
    """The file as DOCX by LibreOffice, then as any DOCX; `attachment_unreadable` where that cannot be."""
    program = shutil.which("soffice", path=folders)
    if program is None:
        return unreadable(f"files like this (.{extension(source) or 'doc'}) are opened by LibreOffice, and {INSTALL}")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        folder = Path(name)
        try:
            body = _converted(program, source, folder)
        except subprocess.TimeoutExpired:
            return unreadable(f"LibreOffice did not finish within {SECONDS} s")
    if body is None:
        return unreadable("LibreOffice cannot open the file: it is broken, encrypted or of an unknown kind")
    return word.document(Source(body, source.url, "", source.name, source.anchor))


def _converted(program: str, source: Source, folder: Path) -> bytes | None:
    """The bytes of the DOCX that LibreOffice made, in a profile of its own so that runs do not meet."""
    ending = extension(source)
    paper = folder / f"paper.{ending if ending in ENDINGS else 'doc'}"
    paper.write_bytes(source.body)
    subprocess.run([program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
                    "--convert-to", "docx", "--outdir", str(folder / "out"), str(paper)],
                   check=False, timeout=SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env={"HOME": str(folder)}, preexec_fn=_roomy)
    made = folder / "out" / "paper.docx"
    return made.read_bytes() if made.is_file() else None


def _roomy() -> None:
    """Gives LibreOffice its own limits instead of the reader's."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, resource.RLIM_INFINITY))
