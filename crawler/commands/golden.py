"""`scrapy golden WARC RECORD-ID NAME`: cuts one capture into the tests, with what is read in it now."""

import argparse
from pathlib import Path

from parsers.errors import NianbaoError

from crawler.command import Command as Plain

GOLDEN = Path("tests/golden")


class Command(Plain):
    """Cut one capture into tests/golden with its expected JSON."""

    usage = "WARC RECORD-ID NAME"
    most = 3

    def act(self, args: list[str], _: argparse.Namespace) -> None:
        """Writes tests/golden/NAME/capture.warc and report.json."""
        if len(args) != 3:
            raise NianbaoError("name file, record and golden: scrapy golden WARC RECORD-ID NAME")
        place = golden(Path(args[0]), args[1], args[2], GOLDEN)
        print(f"{place}: look at report.json and correct what is wrong before it is committed")


def golden(warc: Path, record_id: str, name: str, below: Path) -> Path:
    """Writes the folder NAME; NianbaoError where it is there already or its name leads elsewhere."""
    from archive.golden import cut, expected
    from archive.warc import captures

    place = below / name
    if place.parent != below or name.startswith("."):
        raise NianbaoError(f"{name!r} is no name for a folder in {below}")
    data = cut(warc, record_id)
    try:
        place.mkdir(parents=True)
        (place / "capture.warc").write_bytes(data)
        capture = next(captures(place / "capture.warc"))
        (place / "report.json").write_text(expected(capture.source), "utf-8")
    except OSError as error:
        raise NianbaoError(f"cannot write {place}: {error.strerror}; choose another name") from error
    return place
