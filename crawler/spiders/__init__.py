"""Spiders navigate; parsers read."""
