"""What nobody but a person can read stands in one list: scans, files that do not open, formulas without results."""

import io
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader

from archive.folder import Folder
from archive.load import load
from tests.archives import HOST, crawl, html, listing, query, report
from tests.renderings import as_docx
from tests.test_pdf import drawn


def listed(folder: Folder) -> list[tuple[object, ...]]:
    return query(folder, "SELECT code, url, via, anchor, portal_id FROM for_people ORDER BY url")


def scan() -> bytes:
    """A PDF of one picture."""
    picture = io.BytesIO()
    Image.new("RGB", (200, 300), "grey").save(picture, "PNG")
    return drawn(lambda canvas: canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, 595, 842))


def test_documents_for_people_stand_in_one_list_until_something_readable_takes_their_place(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    one, two = report(1, 2021), report(2, 2022)
    with crawl(folder, "2022-02-01") as run:
        links = {"/1.pdf": one.title, "/2.rar": two.title, "/3.html": two.title}
        run.fetch("/list.html", listing("政府信息公开年报", links))
        run.fetch("/1.pdf", scan(), via="/list.html", anchor=one.title, content_type="application/pdf")
        run.fetch("/2.rar", b"Rar!\x1a\x07\x00" + bytes(500), via="/list.html", anchor=two.title,
                  content_type="application/octet-stream")
        run.fetch("/3.html", html(two), via="/list.html", anchor=two.title)
    load(folder)
    assert listed(folder) == [
        ("table_is_image", HOST + "/1.pdf", HOST + "/list.html", one.title, "example"),
        ("attachment_unreadable", HOST + "/2.rar", HOST + "/list.html", two.title, "example"),
    ]
    with crawl(folder, "2022-06-01") as run:
        run.fetch("/1.pdf", as_docx(one), via="/list.html", anchor=one.title)
    load(folder)
    assert [row[1] for row in listed(folder)] == [HOST + "/2.rar"]
