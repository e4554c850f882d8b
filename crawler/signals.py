"""Signals of this project, beside Scrapy's own."""

archived = object()
"""An exchange is in the archive, flushed. Sent with `location`, `request` and `response` (None for a failed fetch)."""

toured = object()
"""A portal has nothing left to do in this run. Sent with its `tour`."""
