"""A crawl that is killed loses nothing that it had flushed; `python -m tests.kill` does it fifty times."""

from pathlib import Path

import pytest

from tests import kill
from tests.exchanges import exchange, response, written


@pytest.mark.slow
def test_kill_9_at_random_moments_of_a_crawl_costs_no_record_and_no_second_fetch(tmp_path: Path) -> None:
    told = kill.rounds(tmp_path, 8, seed=2)
    assert told.faults == []
    assert told.kills == 8 and told.flushed >= 8


def test_a_lost_and_an_altered_record_are_noticed(tmp_path: Path) -> None:
    folder, _ = written(tmp_path, exchange(), exchange("http://www.example.gov.cn/b", response(b"<html>b</html>")))
    kept = kill.flushed(tmp_path)
    assert len(kept) == 2 and list(kill.held(tmp_path, kept)) == []
    path = folder.files()[0]
    path.write_bytes(path.read_bytes()[:-200])
    assert len(list(kill.held(tmp_path, kept))) == 1


def test_a_second_fetch_is_noticed(tmp_path: Path) -> None:
    with kill.serving() as site:
        page = f"http://127.0.0.1:{site.server_port}/a.html"
        site.asked += ["/robots.txt", "/a.html", "/b.html"]
        assert len(list(kill.again(site, {"id": (page, "sha1:X")}, 0, tmp_path))) == 1
        assert list(kill.again(site, {"id": (page, "sha1:X")}, 2, tmp_path)) == []
