"""Two runs on one DATA: the second is told so."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive.folder import Folder
from archive.lock import locked
from parsers.errors import NianbaoError


def test_a_second_holder_is_told_who_has_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    with locked(folder, "crawl"), pytest.raises(NianbaoError, match=r"in use by scrapy crawl \(process \d+\)"), \
            locked(folder, "load"):
        raise AssertionError("two holders at once")


def test_it_is_free_again_afterwards_and_after_a_kill(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    code = ("import os, pathlib; from archive.folder import Folder; from archive.lock import locked\n"
            f"with locked(Folder(pathlib.Path({str(tmp_path)!r})), 'crawl'): os.kill(os.getpid(), 9)")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    for _ in range(2):
        with locked(folder, "crawl"):
            assert (folder.runs / "lock").read_text().startswith("scrapy crawl")


def test_a_folder_that_cannot_be_written_is_one_clear_message(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(NianbaoError, match="cannot write below"), locked(Folder(tmp_path / "data"), "crawl"):
        raise AssertionError("locked a file")
