"""Attachments, spoilt: bytes changed anywhere, or the XML within an office file torn as pages are."""

import io
import zipfile
from pathlib import Path
from random import Random

from parsers.model import Source
from tests.mutations import BREAKS

GOLDEN = Path(__file__).parent / "golden"
KINDS = ("pdf", "docx", "xlsx", "xls", "doc")


def mutated(body: bytes, random: Random) -> bytes:
    """The file with some bytes changed, cut out, doubled or put elsewhere."""
    changed = bytearray(body)
    for _ in range(random.choice((1, 1, 3, 20, 200))):
        start = random.randrange(len(changed) + 1)
        end = min(len(changed), start + random.choice((1, 1, 4, 100, 5000)))
        action = random.randrange(4)
        if action == 0:
            changed[start:end] = random.randbytes(end - start)
        elif action == 1:
            del changed[start:end]
        elif action == 2:
            changed[start:start] = changed[start:end]
        else:
            changed[start:end] = bytes([random.choice((0, 0x30, 0x39, 0xFF))]) * (end - start)
    return bytes(changed)


def attachment(random: Random) -> Source:
    """A golden's file, spoilt, now and then under another name."""
    path = random.choice([path for kind in KINDS for path in sorted(GOLDEN.glob(f"*/input.{kind}"))])
    body = path.read_bytes()
    is_packed = body.startswith(b"PK") and random.random() < 0.7
    spoilt = _repacked(body, random) if is_packed else mutated(body, random)
    suffix = random.choice((*[path.suffix] * 6, *(f".{kind}" for kind in KINDS), ".wps", ".zip", ""))
    return Source(spoilt, f"http://www.example.gov.cn/2021/a{suffix}", "", f"a{suffix}")


def _repacked(body: bytes, random: Random) -> bytes:
    """A package with one of its members torn, gone, doubled or named otherwise."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        victim = random.choice([name for name in names if name.endswith(".xml")])
        for name in names:
            data = source.read(name)
            action = random.choice(("text", "text", "text", "bytes", "gone", "elsewhere")) if name == victim else ""
            if action == "text":
                for _ in range(random.choice((1, 1, 2, 10))):
                    data = random.choice(BREAKS)(random, data.decode("utf-8", "replace")).encode("utf-8", "replace")
            elif action == "bytes":
                data = mutated(data, random)
            if action != "gone":
                target.writestr("../" + name if action == "elsewhere" else name, data)
    return packed.getvalue()
