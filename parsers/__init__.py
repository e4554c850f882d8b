"""Bytes in, values out: annual reports read cell by cell. Knows no network, clock, archive or database."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.model import Report, Source
    from parsers.reading import joined, read

__all__ = ["Report", "Source", "joined", "read"]


def __getattr__(name: str) -> Any:
    """What `__all__` names, imported when asked for: reading takes half a second to import, errors and values none."""
    if name not in __all__:
        raise AttributeError(f"module 'parsers' has no attribute {name!r}")
    return getattr(import_module("parsers.model" if name[0].isupper() else "parsers.reading"), name)
