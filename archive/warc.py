"""The archive's files in one place: write exchanges, read captures."""

from archive.reader import captures, read_at, records
from archive.writer import Writer

__all__ = ["Writer", "captures", "read_at", "records"]
