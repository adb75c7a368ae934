"""What turns files into records: `read`, out of the formats in `LOADERS`; each name is imported when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.loaders.opening.source import open_source
    from rejoinder.loaders.reader import NO_COMMENTS
    from rejoinder.loaders.reading import read
    from rejoinder.loaders.registry import FALLBACK, LOADERS, choose

__all__ = ["FALLBACK", "LOADERS", "NO_COMMENTS", "choose", "open_source", "read"]
PLACES = {
    "FALLBACK": "registry",
    "LOADERS": "registry",
    "NO_COMMENTS": "reader",
    "choose": "registry",
    "open_source": "opening.source",
    "read": "reading",
}


def __getattr__(name: str) -> object:
    """What has that name: all formats are imported with it, which extraction by itself, as in a helper, needs not."""
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)
