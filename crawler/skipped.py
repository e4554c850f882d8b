"""A request that is not sent, for a reason that the archive keeps."""

from scrapy.exceptions import IgnoreRequest


class Skipped(IgnoreRequest):
    """Not sent: robots.txt, a blocked host. `reach` is the word that the portals table has for it."""

    def __init__(self, reach: str, words: str) -> None:
        super().__init__(f"{reach}: {words}")
        self.reach, self.words = reach, words
