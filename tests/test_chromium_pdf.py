"""Reports printed to PDF by a real browser: borders in pieces, tables cut open at page ends, cells without padding."""

import subprocess
from pathlib import Path
from random import Random

import pytest

from parsers import read
from parsers.model import Source
from tests import chromium
from tests.papers import Paper, paper, prose
from tests.test_attachments import faults


def page(one: Paper, random: Random) -> str:
    """The paper as a web page with random borders, sizes and alignment."""
    border, pad = random.choice(("1px solid #000", "0.5pt solid black", "1.5px solid #333")), random.choice((0, 2, 5))
    style = (f"table{{border-collapse:collapse;width:100%;font-size:{random.choice((10, 12, 14))}px}}"
             f"td{{border:{border};padding:{pad}px;text-align:{random.choice(('center', 'left'))};"
             f"vertical-align:{random.choice(('middle', 'top'))}}}")
    tables = ""
    for sheet in one.sheets:
        own = {(r.top, r.left): r for r in sheet.regions}
        rows = ("".join(f'<td rowspan="{own[r, c].bottom - r}" colspan="{own[r, c].right - c}">{own[r, c].text}</td>'
                        for c in range(sheet.width) if (r, c) in own) for r in range(sheet.height))
        tables += f"<p>{sheet.caption}</p><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    intro = prose(one, "一、总体情况") * random.choice((1, 3, 9, 14))
    return (f"<html><head><meta charset='utf-8'><style>{style}</style></head><body><h1>{one.title}</h1>"
            f"<p>一、总体情况</p><p>{intro}</p>{tables}</body></html>")


@pytest.mark.slow
def test_report_printed_by_a_browser(tmp_path: Path) -> None:
    program = chromium.found()
    assert program is not None
    for seed in (0, 4, 6, 7, 11):  # broken rows, cells that touch, an open table, a split header, lines in pieces
        one = paper(Random(seed), "2021" if seed % 2 else "2019")
        (tmp_path / "page.html").write_text(page(one, Random(seed)), encoding="utf-8")
        subprocess.run([program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--print-to-pdf={tmp_path / 'page.pdf'}", (tmp_path / "page.html").as_uri()],
                       check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        (report,) = read(Source((tmp_path / "page.pdf").read_bytes()))
        assert faults(one, report) == []
