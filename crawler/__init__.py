"""Scrapy and nothing else: finds annual reports on government portals and writes what it fetched to the archive."""
