"""Bytes in, values out: annual reports read cell by cell. Knows no network, clock, archive or database."""
