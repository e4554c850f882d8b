"""The portal of five years does on each day what its history says."""

from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from urllib.parse import urlsplit

import pytest

from tests.portals.markup import CITY
from tests.portals.server import ADDRESS, Running, serving
from tests.portals.years import BEGIN, COLUMN, END, HOME, OFF, OFF_LIST, Years, address_of, figures


@pytest.fixture
def site() -> Years:
    return Years()


@pytest.fixture
def running(site: Years) -> Iterator[Running]:
    with serving([site]) as running:
        yield running


def ask(running: Running, address: str, **headers: str) -> tuple[HTTPResponse, str]:
    parts = urlsplit(running.url(address))
    connection = HTTPConnection(ADDRESS, running.port, timeout=10)
    connection.request(
        "GET", parts.path, headers={"Host": parts.netloc} | {k.replace("_", "-"): v for k, v in headers.items()}
    )
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def test_every_report_stands_twice_a_year(site: Years, running: Running) -> None:
    days = [date(y, m, 1) for y in range(2021, 2027) for m in range(1, 13) if BEGIN <= date(y, m, 1) <= END]
    for day in days[2::6]:
        for address, paper in site.at(day).standing().items():
            response, body = ask(running, address)
            assert response.status == 200
            assert f"{paper.issuer}{paper.year}年政府信息公开工作年度报告" in body
    assert len(site.at(BEGIN).standing()) == 12
    assert len(site.at(END).standing()) == 41


def test_a_correction_changes_the_page_and_not_its_list(site: Years, running: Running) -> None:
    address = address_of(f"{CITY}财政局", 2020)
    (event,) = [e for e in site.at(END).history() if e.kind == "changed" and e.address == address]
    before = [ask(running, a)[0].getheader("ETag", "") for a in (COLUMN, address) if site.at(event.day - timedelta(1))]
    site.at(event.day)
    assert ask(running, COLUMN, If_None_Match=before[0])[0].status == 304
    response, body = ask(running, address, If_None_Match=before[1])
    assert response.status == 200
    ((cell, old, new),) = event.cells
    assert figures(site.standing()[address]).values[cell] == new != old
    assert f"<td>{new}</td>" in body


def test_validators_that_lie(site: Years, running: Running) -> None:
    water, schools = address_of(f"{CITY}水务局", 2020), address_of(f"{CITY}教育局", 2020)
    pages = [ask(running, water) for _ in range(2)]
    assert pages[0][1] == pages[1][1]
    assert pages[0][0].getheader("ETag") != pages[1][0].getheader("ETag")
    first, same = ask(running, schools)
    later, again = ask(running, schools) if site.at(BEGIN + timedelta(9)) else (first, same)
    assert again == same
    assert first.getheader("Last-Modified") != later.getheader("Last-Modified")
    courts = address_of(f"{CITY}司法局", 2022)
    found = [ask(running, courts) for day in (date(2024, 4, 30), date(2024, 5, 1)) if site.at(day)]
    assert found[0][1] != found[1][1]
    assert found[0][0].getheader("Last-Modified") == found[1][0].getheader("Last-Modified")


def test_counter_changes_bytes_only(running: Running) -> None:
    first, second = (ask(running, address_of(f"{CITY}民政局", 2019))[1] for _ in range(2))
    assert first != second
    assert first.split("浏览次数")[0] == second.split("浏览次数")[0]


def test_removed_and_moved(site: Years, running: Running) -> None:
    site.at(date(2023, 7, 1))
    assert ask(running, address_of(f"{CITY}教育局", 2019))[0].status == 404
    old = ask(running, address_of(f"{CITY}民政局", 2020))[0]
    assert (old.status, old.getheader("Location")) == (301, "/zfxxgk/zfxxgknb/gd/2020n/mzj/t20210120_2020.html")
    assert ask(running, address_of(f"{CITY}审计局", 2021))[0].status == 410
    moves = [e for e in site.history() if e.kind == "moved"]
    assert [ask(running, e.to)[0].status for e in moves] == [200, 200]


def test_days_on_which_something_is_wrong(site: Years, running: Running) -> None:
    water = address_of(f"{CITY}水务局", 2020)
    path = urlsplit(water).path
    for day, listed, status in ((OFF_LIST, False, 200), (OFF_LIST + timedelta(1), True, 200), (OFF, True, 404)):
        site.at(day)
        whole = "".join(ask(running, f"{COLUMN}index{n}.html")[1] for n in ("", "_1", "_2"))
        assert (path in whole) is listed
        assert ask(running, water)[0].status == status
    closed, text = ask(running, water) if site.at(date(2023, 3, 10)) else ask(running, HOME)
    assert (closed.status, "暂停服务" in text) == (200, True)
    assert (ask(running, water)[1] == ask(running, HOME)[1]) if site.at(date(2024, 9, 3)) else False
    site.at(date(2023, 8, 15))
    with pytest.raises(RemoteDisconnected):
        ask(running, HOME)


def test_redesign_changes_every_page_and_no_text(site: Years, running: Running) -> None:
    address = address_of(f"{CITY}财政局", 2021)
    before, after = (ask(running, address)[1] for day in (date(2022, 12, 31), date(2023, 1, 1)) if site.at(day))
    assert before != after
    assert before[before.index("<h1>") : before.rindex("</table>")] in after
