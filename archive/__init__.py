"""Things at rest: the WARC archive, and the database that is made only from it."""
