"""The user agent names whom a webmaster can ask."""

from scrapy.settings import Settings

from crawler import settings as ours
from crawler.contact import Contact


def agent(**given: str) -> str:
    """USER_AGENT of a run with these `-s NAME=VALUE`."""
    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.update(given, priority="cmdline")
    Contact().update_settings(settings)
    return str(settings["USER_AGENT"])


def test_the_user_agent_names_the_project_unless_told_otherwise() -> None:
    assert agent() == ours.USER_AGENT and ours.CONTACT in agent()


def test_contact_on_the_command_line_is_what_servers_see() -> None:
    assert agent(CONTACT="https://example.org/our-crawl") == "nianbao/0.1 (+https://example.org/our-crawl; " \
                                                             "archive of annual reports)"


def test_a_user_agent_of_ones_own_goes_first() -> None:
    assert agent(CONTACT="https://example.org/", USER_AGENT="mine/1.0") == "mine/1.0"
