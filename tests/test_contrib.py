"""The files in contrib/ do what docs/operations.md says: systemd takes the units, cron's line and the workflow run."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from datasette.utils import parse_metadata

from tests.archives import query
from tests.driven import ROOT

CONTRIB = ROOT / "contrib"
PLACE = "/srv/nianbao"
SCRAPY = str(Path(sys.executable).with_name("scrapy"))
GH = """#!/bin/sh
# GitHub's releases, kept in a folder: what the workflow asks of `gh`.
set -e
case "$2" in
list) ls "$RELEASES" ;;
download) cp -n "$RELEASES/$3"/* "$5" ;;
create) tag="$3"; shift 5; mkdir "$RELEASES/$tag"; cp "$@" "$RELEASES/$tag" ;;
esac
"""


def sh(script: str, folder: Path, **more: str) -> str:
    """What a script prints, in an environment as bare as cron's."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"} | more
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=environment, text=True,
                          capture_output=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def here(text: str) -> str:
    """A command of contrib/ for this machine, crawling the bundled sample instead of every portal."""
    assert "-a portals=all" in text or "crawl" not in text
    text = re.sub(rf"({PLACE}/)?\.venv/bin/scrapy", SCRAPY, text).replace(" -a portals=all", "")
    return text.replace(PLACE, str(ROOT))


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """By systemd's own judgement where it is installed."""
    for unit in (CONTRIB / "systemd").iterdir():
        (tmp_path / unit.name).write_text(here(unit.read_text("utf-8")), "utf-8")
        assert ConfigParser(interpolation=None, strict=False).read(unit)
    if not shutil.which("systemd-analyze"):
        return
    done = subprocess.run(["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))], text=True,
                          capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_what_the_service_may_write_is_what_the_command_writes() -> None:
    unit = (CONTRIB / "systemd" / "nianbao.service").read_text("utf-8")
    assert f"ReadWritePaths={PLACE}/data" in unit and f"WorkingDirectory={PLACE}" in unit
    assert "-s DATA=" not in unit, "DATA is data/ below the working directory"
    assert "KillSignal=SIGINT" in unit, "which closes the archive's files"


@pytest.mark.slow
def test_the_line_of_cron_runs_in_crons_environment(tmp_path: Path) -> None:
    zone, line = (x for x in (CONTRIB / "crontab").read_text("utf-8").splitlines() if not x.startswith("#"))
    *times, command = line.split(maxsplit=5)
    assert zone == "CRON_TZ=Asia/Shanghai" and times == ["30", "1", "*", "*", "*"]
    assert "%" not in command, "cron would take it for a line break"
    said = sh(f"{here(command)} -s DATA={tmp_path / 'data'}", tmp_path)
    assert "10 reports" in said and (tmp_path / "data" / "reports.db").exists()


def steps() -> dict[str, str]:
    """The scripts of the workflow by name."""
    told = parse_metadata((CONTRIB / "github" / "nianbao.yml").read_text("utf-8"))
    job = told["jobs"]["crawl"]
    assert told["concurrency"] == "nianbao" and job["timeout-minutes"] < 360
    return {step.get("name", step["run"]): step["run"] for step in job["steps"] if "run" in step}


def test_the_workflow_sets_up_what_the_makefile_has() -> None:
    setup, *rest = steps()
    assert setup == "make .venv/installed"
    assert rest == ["Fetch the archive of earlier runs", "Crawl", "Keep what is new"]
    assert "$(VENV)/installed:" in (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.slow
def test_the_workflow_goes_on_from_its_own_releases(tmp_path: Path) -> None:
    """Two weeks, each on a fresh machine: the second knows all that the first archived, and keeps what is new alone."""
    releases, program = tmp_path / "releases", tmp_path / "bin" / "gh"
    releases.mkdir()
    program.parent.mkdir()
    program.write_text(GH, "utf-8")
    program.chmod(0o755)
    counts = []
    for week in ("1", "2"):
        machine = tmp_path / week
        machine.mkdir()
        (machine / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text("utf-8"), "utf-8")
        for script in list(steps().values())[1:]:
            sh(here(script), machine, PATH=f"{program.parent}:/usr/bin:/bin", RELEASES=str(releases),
               GITHUB_RUN_ID=week, PYTHONPATH=str(ROOT))
        counts += query(machine / "data", "SELECT (SELECT count(*) FROM runs), count(*) FROM reports")
    assert counts == [(1, 10), (2, 10)]
    first, second = ({f.name for f in (releases / f"run-{week}").iterdir()} for week in ("1", "2"))
    assert first and second and not first & second
