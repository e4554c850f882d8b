"""Bytes in, values out: annual reports read cell by cell. Knows no network, clock, archive or database."""

from parsers.model import Report, Source
from parsers.reading import joined, read

__all__ = ["Report", "Source", "joined", "read"]
