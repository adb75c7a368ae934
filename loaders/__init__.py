"""What turns files into records: `read`, out of the formats in `LOADERS`; each name is imported when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.loaders.opening.source import opened
    from rejoinder.loaders.reader import NOTHING
    from rejoinder.loaders.reading import read
    from rejoinder.loaders.registry import FALLBACK, LOADERS, choose

__all__ = ["FALLBACK", "LOADERS", "NOTHING", "choose", "opened", "read"]
PLACES = {
    "FALLBACK": "registry",
    "LOADERS": "registry",
    "NOTHING": "reader",
    "choose": "registry",
    "opened": "opening.source",
    "read": "reading",
}


def __getattr__(name: str) -> object:
    """What has that name: all formats are imported with it, which extraction by itself, as in a helper, needs not."""
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)
