"""Downloader middlewares: what a request must pass before it goes out, and an answer before the spider sees it."""
