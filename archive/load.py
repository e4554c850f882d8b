"""Rows from WARCs, ours or anybody's: all at once (`load`), or while a crawl goes on (`Live`)."""

from archive.intake import Progress, load
from archive.live import Live
from archive.summary import Summary

__all__ = ["Live", "Progress", "Summary", "load"]
