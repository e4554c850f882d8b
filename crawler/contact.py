"""Who asks: the user agent names CONTACT, also where that is given with `-s CONTACT=` after settings.py was read."""

from scrapy.settings import BaseSettings

AGENT = "nianbao/0.1 (+{}; archive of annual reports)"


def named(settings: BaseSettings) -> str:
    """The user agent that these settings ask for: USER_AGENT, unless CONTACT was given closer to the run."""
    contact, agent = (settings.getpriority(name) or 0 for name in ("CONTACT", "USER_AGENT"))
    return AGENT.format(settings["CONTACT"]) if contact > agent else str(settings["USER_AGENT"])


class Contact:
    """An add-on, which Scrapy runs once all settings are known."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Builds USER_AGENT from CONTACT; `-s USER_AGENT=` goes first."""
        settings.set("USER_AGENT", named(settings), settings.getpriority("CONTACT") or 0)
