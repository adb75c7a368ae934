"""What somebody has commented on Facebook or Instagram, as either gives it to that person to download (JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import plain_body
from rejoinder.loaders.containers.documents import Document, json_documents, objects_in
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, value_as_shown
from rejoinder.loaders.values.lenient import first_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, Thread, ThreadKey

NAME = "facebook"
SUMMARY = "the comments of one person that Facebook (comments_v2) or Instagram (string_map_data) gives to download"
READS = Reads(
    recognised="`comments_v2` or `group_comments_v2` with a `timestamp`; `media_list_data` beside `string_map_data`",
    id="made of the `timestamp`, for there is none; the thread is the `group`, else the author; on Instagram whose "
    "post it is (`Media Owner`)",
    author="`author`; on Instagram nobody says it",
    created="`timestamp`",
    body="`comment`, plain; on Instagram `Comment`; UTF-8 that was taken for Latin-1 is put right",
    ignored="`title`, which says on whose post it is, in a language of its own; pictures, comments without words; what "
    "others have written, which is in no download",
)

MAP = FieldMap(id="name", text="words", author="author", created="timestamp")
FACEBOOK, INSTAGRAM = "facebook", "instagram"
NAMELESS_THREAD = "comments"  # the thread of what nobody is told to have written
COMMENT_LISTS = ("comments_v2", "group_comments_v2", "comments")
STORY_LISTS = ("comments_reels_comments", "comments_story_comments")
NO_TIME = 'expected "timestamp" of the comment (seconds since 1970), which is its name, got {:.40}'
Json = dict[str, Any]
CommentsBySecond = dict[int, dict[str, int]]  # the comments of each second, numbered


def recognises(path: Path, head: str) -> bool:
    """True for a list of comments of either."""
    paths = json_paths(head)
    if {"comments_v2[].timestamp", "group_comments_v2[].timestamp", "comments[].data[].comment.comment"} & paths:
        return True
    places = ("", "[].", *(f"{name}[]." for name in STORY_LISTS))
    return any({f"{place}media_list_data", f"{place}string_map_data"} <= paths for place in places)


def load(source: Source) -> Iterator[Found | Problem]:
    """The comments in the order of the file."""
    scrubber, skipped = Scrubber(), SkipLog()
    read = partial(entry_records, met={}, scrubber=scrubber, skipped=skipped)
    for document in json_documents(source):
        yield from read_items(entries_in(document), read, source.name)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def entries_in(document: Document) -> Iterator[tuple[int, Json] | Problem]:
    """What stands in the lists of a download, each with its line."""
    value = document.value
    if isinstance(value, dict) and "string_map_data" not in value:
        lists = [value[name] for name in (*COMMENT_LISTS, *STORY_LISTS) if isinstance(value.get(name), list)]
    else:
        lists = [value if isinstance(value, list) else [value]]
    for entries in lists:
        yield from objects_in(document, entries, "timestamp", "a comment")


def entry_records(
    entry: Json, line: int, *, met: dict[ThreadKey, CommentsBySecond], scrubber: Scrubber, skipped: SkipLog
) -> Iterator[Record]:
    """The comments of an entry, each after its thread if that was not `met`; raises FieldError."""
    for comment in comments_in(entry):
        words = repair_encoding(comment.get("words"))
        if not isinstance(words, str) or not words.strip():
            skipped.note("comments without words", line)
            continue
        author, place = repair_encoding(comment.get("author")), repair_encoding(comment.get("place"))
        home = comment_thread_key(comment["site"], place, author, line, scrubber)
        if home not in met:
            met[home] = {}
            yield Thread(home, None if home.id == NAMELESS_THREAD else home.id)
        name = comment_id(comment.get("timestamp"), words, met[home])
        record = {"name": name, "words": words, "author": author, "timestamp": comment["timestamp"]}
        body = plain_body(scrubber.text(words, line))
        yield comment_of(record, MAP, line=line, scrubber=scrubber, home=home, body=body)


def comment_thread_key(site: str, place: object, author: object, line: int, scrubber: Scrubber) -> ThreadKey:
    """The thread of a comment: the group or whose post it is, else whose comments these are."""
    return ThreadKey(site, scrubber.text(first_string((place, author)) or NAMELESS_THREAD, line))


def comments_in(entry: Json) -> Iterator[Json]:
    """The comments of an entry, in the same words for both sites."""
    string_map, data = entry.get("string_map_data"), entry.get("data")
    if isinstance(string_map, dict):
        yield {"site": INSTAGRAM, **instagram_comment(string_map)}
        return
    comments = [pick(item, "comment") for item in (data if isinstance(data, list) else ()) if isinstance(item, dict)]
    for comment in [candidate for candidate in comments if isinstance(candidate, dict)] or [{}]:
        when = comment.get("timestamp", entry.get("timestamp"))
        values = {"words": comment.get("comment"), "author": comment.get("author"), "place": comment.get("group")}
        yield {"site": FACEBOOK, "timestamp": when, **values}


def instagram_comment(string_map: Json) -> Json:
    """The comment in a map of Instagram, whose keys are in the language of its owner: words first, then whose post.

    >>> sorted(instagram_comment({"Kommentar": {"value": "Nein."}, "Zeit": {"timestamp": 7}}).items())
    [('place', None), ('timestamp', 7), ('words', 'Nein.')]
    """
    parts = [item for item in string_map.values() if isinstance(item, dict)]
    when = next((part["timestamp"] for part in parts if part.get("timestamp")), None)
    if {"Comment", "Media Owner"} & set(string_map):
        return {
            "timestamp": when,
            "words": pick(string_map, "Comment.value"),
            "place": pick(string_map, "Media Owner.value"),
        }
    values = [*(part["value"] for part in parts if part.get("value")), None, None]
    return {"timestamp": when, "words": values[0], "place": values[1]}


def comment_id(when: object, words: str, met: CommentsBySecond) -> str:
    """What a comment is called: when it was written, counted where that second has another; raises FieldError.

    >>> met = {}
    >>> [comment_id(7, words, met) for words in ("No.", "Yes.", "No.")]
    ['7', '7-2', '7']
    """
    if type(when) is not int:
        raise FieldError(NO_TIME.format(value_as_shown(when)))
    place_by_words = met.setdefault(when, {})
    place = place_by_words.setdefault(words, len(place_by_words) + 1)
    return f"{when}-{place}" if place > 1 else str(when)


def repair_encoding(value: object) -> object:
    """A text whose bytes of UTF-8 were taken for letters of Latin-1, put right; anything else as it is.

    >>> repair_encoding("CafÃ©"), repair_encoding("Café"), repair_encoding("☕ Ã©"), repair_encoding(7)
    ('Café', 'Café', '☕ Ã©', 7)
    """
    try:
        return value.encode("latin-1").decode("utf-8") if isinstance(value, str) else value
    except UnicodeError:
        return value
