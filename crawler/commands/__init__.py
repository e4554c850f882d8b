"""Commands of the project, beside those of Scrapy.

Scrapy imports every module here whichever command is given: what takes long to import is imported in `act`.
"""
