"""Copies in the database: tied to the genuine report with the same numbers, whatever came first; zeros tie nothing."""

from pathlib import Path

import pytest

from archive.folder import Folder
from archive.load import load
from tests.archives import corrected, crawl, html, query, report

CONTACT = (
    "如有疑问，请与张掖市人民政府联系（地址：张掖市甘州区人民路1号；邮编：734000；电话：0936-8361234）。"
    "本报告由张掖市人民政府办公室编制，全市各县区认真落实，张掖市人民政府门户网站可下载。"
)
GENUINE = report(5, 2021, issuer="张掖市人民政府")
ZEROS = corrected(GENUINE, dict.fromkeys(GENUINE.raw, "0"))


def copied(page: bytes) -> bytes:
    """The page as a gambling site serves it."""
    return page.replace("张掖市".encode(), "bet365官网".encode())


def rows(folder: Folder) -> list[tuple[object, ...]]:
    load(folder)
    found = query(folder, "SELECT r.url, r.issuer, r.is_clone, o.url FROM reports r "
                          "LEFT JOIN reports o ON o.id = r.clone_of ORDER BY r.url")
    return [(url.rpartition("/")[2], *rest[:2], rest[2] and rest[2].rpartition("/")[2]) for url, *rest in found]


@pytest.mark.parametrize("order", [("genuine", "copy"), ("copy", "genuine")])
def test_a_copy_is_tied_to_its_original_whichever_came_first(tmp_path: Path, order: tuple[str, str]) -> None:
    folder = Folder(tmp_path)
    bodies = {"genuine": html(GENUINE, CONTACT), "copy": copied(html(GENUINE, CONTACT))}
    for day, name in enumerate(order, 1):
        with crawl(folder, f"2022-02-0{day}") as run:
            run.fetch(f"/{name}", bodies[name])
    assert rows(folder) == [("copy", "张掖市人民政府", 1, "genuine"), ("genuine", "张掖市人民政府", 0, None)]


def test_reports_of_zeros_are_nobody_s_copies(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with crawl(folder, "2022-02-01") as run:
        run.fetch("/genuine", html(ZEROS, CONTACT))
        run.fetch("/copy", copied(html(ZEROS, CONTACT)))
    assert rows(folder) == [("copy", "张掖市人民政府", 1, None), ("genuine", "张掖市人民政府", 0, None)]
