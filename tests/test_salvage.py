"""A killed writer loses nothing that it had flushed."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.folder import Folder
from archive.model import Fault, Location
from archive.salvage import salvage
from archive.verify import Summary, verify
from archive.warc import Writer, read_at, records
from tests.exchanges import exchange, response, seen, written


def faults(folder: Folder) -> list[Fault]:
    return list(verify(folder, Summary()))


def opened(root: Path, cut: int) -> Folder:
    """An archive whose last file was left open, `cut` bytes long."""
    folder, _ = written(root, *(exchange(f"http://a.example.gov.cn/{i}", response(b"%d" % i)) for i in range(3)))
    [path] = folder.files()
    path.rename(path.with_name(path.name + ".open"))
    os.truncate(path.with_name(path.name + ".open"), cut)
    return folder


def test_a_file_cut_anywhere_keeps_its_whole_records_and_its_tail(tmp_path: Path) -> None:
    size = len((written(tmp_path / "whole", exchange())[0].files()[0]).read_bytes())
    for cut in range(0, size, 23):
        folder = opened(tmp_path / str(cut), cut)
        before = next(folder.warc.glob("*.open")).read_bytes()
        [saved] = salvage(folder)
        kept = saved.path.read_bytes() if saved.path.exists() else b""
        tail = saved.tail.read_bytes() if saved.tail else b""
        assert kept + tail == before and len(kept) == saved.kept
        assert not list(folder.warc.glob("*.open"))
        for path in folder.files():
            assert not [r for r in records(path) if isinstance(r, Fault)]
            assert seen(path)[-1][0] in ("warcinfo", "metadata"), "an exchange is kept as a whole or not at all"


def test_the_writer_says_what_it_salvaged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = opened(tmp_path, 1200)
    with Writer(folder, "run-2", {}):
        pass
    [message] = [r.getMessage() for r in caplog.records]
    assert message.startswith("salvaged run-1-00001.warc.gz: ") and "kept in run-1-00001.warc.gz.torn" in message
    assert [p.name for p in folder.files()] == ["run-1-00001.warc.gz"]


def test_a_salvaged_file_never_takes_the_name_of_another(tmp_path: Path) -> None:
    folder = opened(tmp_path, 1200)
    (folder.warc / "run-1-00001.warc.gz").write_bytes(b"")
    [saved] = salvage(folder)
    assert saved.path.name == "run-1-00001-2.warc.gz"


def child(root: Path, report: int, seed: int) -> None:
    """Writes until it is killed, telling each place once `write` has come back."""
    rnd = random.Random(seed)
    with Writer(Folder(root), f"run-{seed}", {"software": "nianbao/0.1"}, max_bytes=200_000) as writer:
        for number in range(100_000):
            data = response(rnd.randbytes(rnd.choice((10, 3_000, 300_000))))
            place = writer.write(exchange(f"http://a.example.gov.cn/{seed}/{number}", data))
            os.write(report, f"{place.warc_file} {place.offset} {place.length}\n".encode())


def killed(root: Path, seed: int, rnd: random.Random) -> Iterator[Location]:
    """The places that a writer told before it was killed, at a moment within some exchange."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(root, write, seed)
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read) as told:
        lines = [told.readline() for _ in range(rnd.randrange(12))]
        time.sleep(rnd.uniform(0, 0.02))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        for line in (*lines, *told):
            name, offset, length = line.split()
            yield Location(name, int(offset), int(length))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_kill_9_at_50_moments_loses_no_flushed_record(tmp_path: Path) -> None:
    rnd, told = random.Random(7), 0
    folder = Folder(tmp_path)
    for seed in range(50):
        places = list(killed(tmp_path, seed, rnd))
        told += len(places)
        salvage(folder)
        for number, place in enumerate(places):
            assert read_at(folder, place).url == f"http://a.example.gov.cn/{seed}/{number}"
        for path in folder.warc.glob(f"run-{seed}-*.warc.gz"):
            assert not [found for found in records(path) if isinstance(found, Fault)]
    with Writer(folder, "last", {}):
        pass
    assert told > 200 and faults(folder) == []
