"""A first field map for a file that no format recognises, made from the names that stand in it."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

from rejoinder.loaders.containers.columns import TOLD, delimiter
from rejoinder.loaders.containers.peek import LINES, json_paths

# How exports call things, the likeliest first; only the letters count, so `user.name` is "username".
WORDS = {
    "id": "id commentid uuid guid key postid messageid number name",
    "thread": "thread threadid topicid topic discussionid storyid articleid",
    "parent": "parent parentid replyto inreplyto inreplytoid replytoid parentcommentid",
    "author": "authorname username authorusername userusername userlogin authorlogin userdisplayname byname whoname"
    " author by user login displayname creator from who poster",
    "created": "created createdat date creationdate postedat published publishedat timestamp time at",
    "text": "text body content message comment commenttext html raw",
    "link": "url link permalink htmlurl",
    "children": "replies children answers comments responses",
}
NAMES = {field: words.split() for field, words in WORDS.items()}
LETTERS = re.compile(r"[^a-z]")
EXAMPLE = "records=items[],id=key,text=body"
EXAMPLE_OF_CSV = "id=key,text=body"  # of columns
TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)(/?)>")
ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]*)\s*=")
NO_ELEMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


def guess(head: str) -> str | None:
    """A map in the notation of the command line, None where nothing that could be an id and a text is named."""
    start = head.lstrip()[:1]
    if start == "<":
        return best(xml_records(head))
    if start in ("{", "["):
        return best(json_records(head))
    return best(csv_records(head))


def best(records: dict[str, list[str]]) -> str | None:
    """The map of the records of which most is understood."""
    maps = [(where, fields_of(keys)) for where, keys in records.items()]
    fitting = [(len(fields), where, fields) for where, fields in maps if {"id", "text"} <= set(fields)]
    if not fitting:
        return None
    _, where, fields = max(fitting, key=lambda one: (one[0], -len(one[1])))
    entries = {"records": where, **fields} if where else fields
    markup = {"markup": "html"} if "html" in fields["text"].lower() else {}
    return ",".join(f"{name}={path}" for name, path in {**entries, **markup}.items())


def fields_of(keys: list[str]) -> dict[str, str]:
    """The key for each field that one of them is named like."""
    letters = {key: LETTERS.sub("", key.lower()) for key in keys}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        of_list = field == "children"
        fitting = [key for key in keys if letters[key] in names and key.endswith("[]") == of_list]
        left = [key for key in fitting if key not in found.values()]
        if left:
            found[field] = min(left, key=lambda key: names.index(letters[key]))
    return found


def json_records(head: str) -> dict[str, list[str]]:
    """The keys of the objects at each place: those directly there, and those of an object within (`user.name`)."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path in sorted(json_paths(head) - {LINES}):
        where, _, key = path.rpartition(".")
        found[where][key] = None
        outer, _, inner = where.rpartition(".")
        if inner == "[]":
            continue
        if inner.endswith("[]"):
            found[outer][inner] = None
        elif inner:
            found[outer][f"{inner}.{key}"] = None
    return {("" if where == "[]" else where): list(keys) for where, keys in found.items()}


def csv_records(head: str) -> dict[str, list[str]]:
    """The columns that the first line names."""
    first, _, rest = head.partition("\n")
    if TOLD.fullmatch(first):
        first, _, rest = rest.partition("\n")
    if not rest.strip() or delimiter(first) not in first:
        return {}
    try:
        return {"": [name.strip() for name in next(csv.reader([first], delimiter=delimiter(first)))]}
    except (csv.Error, StopIteration):
        return {}


def xml_records(head: str) -> dict[str, list[str]]:
    """Attributes and elements that stand directly in each element."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    within: list[str] = []
    for ends, name, attributes, empty in TAG.findall(NO_ELEMENT.sub("", head)):
        if ends:
            del within[max((at for at, one in enumerate(within) if one == name), default=len(within)) :]
            continue
        local = name.rpartition(":")[2]
        if within:
            found[within[-1].rpartition(":")[2]][local] = None
        found[local].update(dict.fromkeys("@" + one.rpartition(":")[2] for one in ATTRIBUTE.findall(attributes)))
        if not empty and not attributes.endswith("/"):
            within.append(name)
    return {where: list(keys) for where, keys in found.items()}
