"""Parents that name a comment otherwise than by its id: by its address, in other letters, with a prefix or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rejoinder.errors import Problem
from rejoinder.records import Comment, ThreadKey

KIND = re.compile(r"t[13]_(?=[0-9a-z])")
SCHEME = re.compile(r"https?://(?:www\.)?")
PIECE = re.compile(r"[^/?#=&]+(?=/*\Z)")

Places = Mapping[str, tuple[str, int]]


def recognise_parents(key: ThreadKey, comments: dict[str, Comment], places: Places) -> Iterator[Problem]:
    """Gives comments the parents that they name in other words; of each file says how many, and which first."""
    parent_by_id = dict(parents_meant(key, comments))
    names_by_file: dict[str, list[tuple[int, str]]] = {}
    for name in parent_by_id.keys() & places.keys():
        file, line = places[name]
        names_by_file.setdefault(file, []).append((line, name))
    for file, several in sorted(names_by_file.items()):
        line, name = min(several)
        whose = "a comment's parent" if len(several) == 1 else f"the parents of {len(several)} comments"
        first = f"{comments[name].parent!r:.80}, read as {parent_by_id[name]!r:.80}"
        message = f"recognised {whose} by an address, a prefix or in other letters; the first is {first}"
        yield Problem(file, line, message, lost=False, note=True)
    comments.update((name, replace(comments[name], parent=parent)) for name, parent in parent_by_id.items())


def parents_meant(key: ThreadKey, comments: Mapping[str, Comment]) -> Iterator[tuple[str, str]]:
    """Each comment whose parent no comment is called by, and the one comment that can be meant by it."""
    lost = [comment for comment in comments.values() if comment.parent and comment.parent not in comments]
    lost = [comment for comment in lost if comment.parent not in (key.id, f"post-{key.id}")]
    if not lost:
        return
    ids = ids_by_name(comments.values())
    for orphan in lost:
        words = plain_name(orphan.parent or "")
        name = ids.get(words) or (ids.get(last_part(words)) if "/" in words else None)
        if name:
            yield orphan.id, name


def ids_by_name(comments: Iterable[Comment]) -> dict[str, str]:
    """The id of the one comment that is called so or has that address; empty where there are several."""
    id_by_name: dict[str, str] = {}
    for comment in comments:
        for words in {plain_name(comment.id), plain_name(comment.url or "")} - {""}:
            id_by_name[words] = "" if id_by_name.get(words, comment.id) != comment.id else comment.id
    return id_by_name


def plain_name(name: str) -> str:
    """An id or address in small letters and NFC, without what is said of its kind.

    >>> plain_name("t1_C0FFEE"), plain_name("https://www.ferry.example/c/7/"), plain_name(" c7 ")
    ('c0ffee', 'ferry.example/c/7', 'c7')
    """
    short = unicodedata.normalize("NFC", name.strip().casefold())
    short = SCHEME.sub("", short, count=1) if "/" in name else short
    return KIND.sub("", short.rstrip("/"), count=1) if "/" not in name else short.rstrip("/")


def last_part(address: str) -> str:
    """The last part of an address, which may be an id.

    >>> last_part("ferry.example/item?id=7"), last_part("ferry.example/t/lamps/7#t1_c7")
    ('7', 'c7')
    """
    last = PIECE.search(address)
    return plain_name(last[0]) if last else ""
