"""What several tests share: the archive of one crawl of the bundled sample portal, made once and only read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent.parent

settings.register_profile("laws", deadline=None)  # a law says what holds, not how fast
settings.load_profile("laws")


def scrapy(*arguments: str, timeout: int = 240) -> "subprocess.CompletedProcess[str]":
    """A command as a user gives it, in the project's folder."""
    return subprocess.run([sys.executable, "-m", "scrapy", *arguments], cwd=HERE, capture_output=True, text=True,
                          timeout=timeout, env=os.environ | {"PYTHONWARNINGS": ""})


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DATA after `scrapy crawl portals`. Only for tests of the group "sample", which own its port."""
    data = tmp_path_factory.mktemp("sample")
    done = scrapy("crawl", "portals", "-s", f"DATA={data}")
    assert done.returncode == 0, done.stderr
    return data
