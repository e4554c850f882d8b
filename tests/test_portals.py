"""Portal files: what they say, and what is said about mistakes in them."""

from pathlib import Path

import pytest

from crawler.portals import Portal, bundled, portals, read
from parsers.errors import NianbaoError

GOOD = """
[defaults]
delay = 3.0
max_list_pages = 7
[[portal]]
id = "gs-tianshui-scjg"
name = "天水市市场监督管理局"
region = "620500"
level = "city-dept"
home = "http://www.tianshui.gov.cn/scjg/"
hosts = ["tianshui.gov.cn"]
delay = 5
[[portal]]
id = "b"
name = "乙"
region = "620500"
level = "city"
home = "http://b.gov.cn/"
hosts = ["b.gov.cn", "127.0.0.1:8080"]
columns = ["http://b.gov.cn/nb/"]
years = [2015, 2023]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_overridden_per_portal(tmp_path: Path) -> None:
    first, second = read(written(tmp_path, GOOD))
    assert (first.delay, second.delay, first.max_list_pages) == (5, 3.0, 7)
    assert (second.hosts, second.years) == (("b.gov.cn", "127.0.0.1:8080"), (2015, 2023))
    assert second.columns == ("http://b.gov.cn/nb/",)
    assert (first.max_depth, first.max_requests, first.browser, first.min_reports) == (5, 400, "never", 1)


@pytest.mark.parametrize(("old", "new", "message"), [
    ('level = "city"', 'levl = "city"', r"mine.toml, portal 'b': unknown key 'levl'"),
    ('level = "city"', "", r"mine.toml, portal 'b': key 'level' is missing"),
    ('id = "b"', 'id = "gs-tianshui-scjg"', r"mine.toml, portal 'gs-tianshui-scjg': key 'id' is used twice"),
    ('id = "b"', "", r"mine.toml, portal 'no. 2': key 'id' is missing"),
    ("delay = 5", 'delay = "5"', r"portal 'gs-tianshui-scjg': key 'delay' is '5'; it must be a number"),
    ('hosts = ["tianshui.gov.cn"]', 'hosts = "tianshui.gov.cn"', r"key 'hosts' is .*; it must be a list"),
    ('hosts = ["tianshui.gov.cn"]', 'hosts = ["http://tianshui.gov.cn/"]', r"key 'hosts' has 'http://tianshui.gov.cn/'"),
    ('hosts = ["tianshui.gov.cn"]', "hosts = []", r"key 'hosts' is empty"),
    ('home = "http://b.gov.cn/"', 'home = "b.gov.cn"', r"key 'home' has 'b.gov.cn'; write a whole address"),
    ("years = [2015, 2023]", "years = [2023, 2015]", r"key 'years'"),
    ('region = "620500"\nlevel = "city"\n', 'region = "6205"\nlevel = "city"\n', r"key 'region' is '6205'"),
    ("[defaults]", "[default]", r"unknown key 'default'"),
    ("delay = 5", "delay = true", r"key 'delay' is True"),
    ("delay = 5", "delay = = 5", r"is no valid TOML"),
    ("delay = 5", 'browser = "yes"', r"key 'browser' is 'yes'; it must be never or allow"),
])
def test_a_mistake_is_named_with_file_portal_and_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(NianbaoError, match=message):
        read(written(tmp_path, GOOD.replace(old, new, 1)))


def test_a_file_without_portals_or_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="no portal in it"):
        read(written(tmp_path, "[defaults]\ndelay = 1\n"))
    with pytest.raises(NianbaoError, match="cannot read portal file"):
        portals(str(tmp_path / "none.toml"))


def test_portals_are_named_by_id_all_or_file(tmp_path: Path) -> None:
    every = bundled()
    assert len(every) >= 100 and len({p.id for p in every}) == len(every)
    assert portals("all") == every
    assert portals(f"{every[3].id},{every[0].id}") == (every[3], every[0])
    assert [p.id for p in portals(str(written(tmp_path, GOOD)))] == ["gs-tianshui-scjg", "b"]
    with pytest.raises(NianbaoError, match="no portal 'nowhere'"):
        portals("nowhere")
    with pytest.raises(NianbaoError, match="portals= is empty"):
        portals(",")


def test_every_bundled_portal_may_visit_what_it_names() -> None:
    from crawler.addresses import is_allowed

    foreign = [(p.id, u) for p in bundled() for u in (p.home, *p.columns, *p.known) if not is_allowed(u, p.hosts)]
    assert foreign == []
    assert all(isinstance(p, Portal) for p in bundled())
