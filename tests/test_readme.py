"""The README keeps its word: its commands run, its query gives its answer, its links lead somewhere."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import HERE

pytestmark = pytest.mark.xdist_group("sample")
README = (HERE / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
LINES = [line.split("#")[0].strip() for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
COMMANDS = [shlex.split(line) for line in LINES if line.startswith(".venv/bin/")]
TARGETS = [shlex.split(line)[1] for line in LINES if line.startswith("make ")]
PAGE = HERE / "crawler/sample/site/zfxxgk/zfxxgknb/2023n/202401/t20240116_1006.html"
MINE = """
[[portal]]
id = "mine"
name = "我的"
region = "620700"
level = "city"
home = "http://127.0.0.1:9/"
hosts = ["127.0.0.1:9"]
"""
REACHES_OUT = "gs-tianshui-scjg"   # a real portal: no test asks it anything


def test_it_is_short_and_names_the_three_targets() -> None:
    assert len(README.splitlines()) <= 120
    assert TARGETS == ["crawl", "browse", "test"]
    for target in TARGETS:
        done = subprocess.run(["make", "-n", target], cwd=HERE, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


def test_links_lead_to_files() -> None:
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in t]
    assert targets
    assert [t for t in targets if not (HERE / t).is_file()] == []


def test_the_query_gives_the_answer_that_is_printed(sample_data: Path) -> None:
    query, = (block for kind, block in BLOCKS if kind == "sql")
    at = next(i for i, (kind, _) in enumerate(BLOCKS) if kind == "sql")
    done = subprocess.run([sys.executable, "-m", "sqlite_utils", "query", str(sample_data / "reports.db"), query,
                           "--table"], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == BLOCKS[at + 1][1].strip(), done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if not any(REACHES_OUT in a for a in c)], ids=" ".join)
def test_a_command_runs_as_printed(sample_data: Path, tmp_path: Path, command: list[str]) -> None:
    shutil.copytree(sample_data, tmp_path / "data")
    shutil.copy(next((sample_data / "warc").glob("*.warc.gz")), tmp_path / "some.warc.gz")
    shutil.copy(PAGE, tmp_path / "report.html")
    (tmp_path / "my-portals.toml").write_text(MINE)
    program, *arguments = command
    absolute = [str(tmp_path / a) if (tmp_path / a).is_file() or a.endswith(".wacz") else
                a.replace("=my-", f"={tmp_path}/my-") for a in arguments]
    module = ["-m", "scrapy"] if program.endswith("scrapy") else []
    data = ["-s", f"DATA={tmp_path / 'data'}"] if module else []
    done = subprocess.run([sys.executable, *module, *absolute, *data], cwd=HERE, capture_output=True, text=True,
                          timeout=240)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == (1 if "crawl" in arguments else 0), done.stderr   # nobody answers at that portal
