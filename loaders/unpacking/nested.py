"""Which archives are opened, and how deep: zip and tar, also within each other."""

from __future__ import annotations

from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.unpacking.archives import MOST_NESTED, Contents, Room, folder_for
from rejoinder.loaders.unpacking.tarred import is_tar, untar
from rejoinder.loaders.unpacking.zipped import is_zip, unzip


def unpack_archive(source: Source, spool: str, room: Room) -> Contents | None:
    """What became of an archive: it is in a folder below the spool. None for a file that is none, or lies too deep.

    Raises LoadError where the archive is corrupt or encrypted, inflates too much, or there is no room; OSError where it
    cannot be read.
    """
    if room.depth > MOST_NESTED:
        return None
    unpack = unzip if is_zip(source) else untar if is_tar(source) else None
    if unpack is None:
        return None
    folder = folder_for(source.name, spool, room)
    source.progress(source.path.stat().st_size)
    unpack(source, folder)
    return folder
