"""Words that a sheet's cell shows struck out beside others: taken out of the package before it is read."""

import io
import zipfile
from typing import Final

from lxml import etree

from parsers.packages import member, opened, tree
from parsers.runs import OFF, name, value

TEXTS: Final = ("si", "is")  # a shared text, and one that stands in its cell


def uncrossed(body: bytes) -> bytes:
    """An XLSX whose texts lack their struck words; as it was where there are none. `Unsafe` for bad packages."""
    with opened(body) as package:
        parts = {part: member(package, part) for part in package.namelist() if _holds_texts(part)}
        changed = {part: _cleared(xml) for part, xml in parts.items() if b"strike" in xml}
        if not changed:
            return body
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as cleaned:
            for part in package.namelist():
                cleaned.writestr(part, changed[part] if part in changed else member(package, part))
    return buffer.getvalue()


def _holds_texts(part: str) -> bool:
    return part == "xl/sharedStrings.xml" or (part.startswith("xl/worksheets/") and part.endswith(".xml"))


def _cleared(xml: bytes) -> bytes:
    root = tree(xml)
    for text in [element for element in root.iter() if name(element) in TEXTS]:
        _clear(text)
    return bytes(etree.tostring(root))


def _clear(text: etree._Element) -> None:
    """Takes the struck runs out of a text that has others with words."""
    struck = [run for run in text if any(name(e) == "strike" and value(e) not in OFF for e in run.iter())]
    rest = [run for run in text if run not in struck]
    if struck and any("".join(map(str, run.itertext())).strip() for run in rest):
        for run in struck:
            text.remove(run)
