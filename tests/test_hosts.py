"""Which hosts are left alone: the file between runs, and the archive where the file is lost."""

from datetime import UTC, datetime
from pathlib import Path

from archive.folder import Folder
from archive.load import load
from crawler.hosts import Hosts, blocks
from tests.archives import HOST, crawl, page

NAME = HOST.removeprefix("http://")
NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)


def refused(day: str, count: int = 3) -> list[tuple[str, str, str, str]]:
    return [("a.gov.cn", f"run {day}", f"{day}T01:0{n}:00Z", "forbidden") for n in range(count)]


def test_three_refusals_of_one_run_block_a_host_for_a_day_and_three_blocks_until_a_person_looks() -> None:
    assert blocks(refused("2026-03-01", 2)) == blocks([*refused("2026-03-01", 2), *refused("2026-03-02", 1)]) == {}
    once = blocks(refused("2026-03-01"))["a.gov.cn"]
    assert (once.times, once.until) == (1, datetime(2026, 3, 2, 1, 2, tzinfo=UTC))
    thrice = blocks([*refused("2026-03-01"), *refused("2026-03-03"), *refused("2026-03-05")])["a.gov.cn"]
    assert (thrice.times, thrice.holds(NOW)) == (3, True)
    assert blocks([*refused("2026-01-01"), *refused("2026-03-03")])["a.gov.cn"].times == 1  # long ago


def test_a_lost_or_damaged_file_is_made_again_from_the_captures(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    with crawl(folder, "2026-03-12") as run:
        run.fetch("/", page("首页", "<p>欢迎。</p>"))
        for n in range(3):
            run.fetch(f"/{n}.html", b"no", 412, after=n)
    load(folder)
    told = Hosts(folder, lambda: NOW)
    assert {name: (block.reach, block.times) for name, block in told.blocks.items()} == {NAME: ("challenge:412", 1)}
    told.save()
    kept = told.path.read_text("utf-8")
    told.path.write_text("{", "utf-8")
    assert Hosts(folder, lambda: NOW).blocks == told.blocks
    told.path.write_text("{}", "utf-8")  # a person has lifted it
    assert Hosts(folder, lambda: NOW).blocks == {}
    assert NAME in kept
