"""The database in a browser: Datasette with our labels, pages and example queries. Read-only."""

from archive.browse.site import serve, site

__all__ = ["serve", "site"]
