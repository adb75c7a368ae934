"""A first field map for a file that no format recognises, made from the names that stand in it, or from its values."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from rejoinder.loaders.containers.columns import columns_of
from rejoinder.loaders.containers.peek import LINES, json_paths

# How exports call things, the likeliest first; only the letters count, so `user.name` is "username". What stands after
# the bar means that only where nothing before it is there, and never surely.
WORDS = {
    "id": "id commentid messageid msgid replyid entryid uuid guid | key postid nr no number",
    "thread": "thread threadid topic topicid discussion discussionid conversationid storyid articleid postid"
    " commentpostid linkid",
    "parent": "parent parentid replyto inreplyto inreplytoid replytoid parentcommentid parentcomment"
    " commentparent parentmessageid repliesto responseto answerto",
    "author": "authorname username authorusername userusername userlogin authorlogin userdisplayname byname"
    " whoname author commentauthor by user login displayname nick nickname creator from who poster speaker name"
    " | userid authorid",
    "created": "created createdat createdutc date datetime commentdate creationdate postedat posted published"
    " publishedat timestamp time at when",
    "text": "text body content message comment commenttext commentbody commentcontent messagetext"
    " | post reply remark html raw",
    "link": "url link permalink htmlurl commenturl",
    "thread_title": "threadtitle topictitle discussiontitle posttitle articletitle storytitle title",
    "thread_url": "threadurl topicurl discussionurl posturl articleurl storyurl",
    "children": "replies children answers comments responses",
}
NAMES = {field: words.replace("|", " ").split() for field, words in WORDS.items()}
SURE = {field: words.partition("|")[0].split() for field, words in WORDS.items()}
LETTERS = re.compile(r"[^a-z]")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.*", re.DOTALL)
TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)(/?)>")
ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]*)\s*=")
NO_ELEMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
SPECIAL = re.compile(r"""([\\.\[\]|=,"'$])""")
LONGEST_NAME = 40  # characters of an author's name
LONGEST_ID = 80
MOST_ROWS = 200  # that are looked at

Fields = dict[str, str]


def guess(head: str) -> str | None:
    """A map in the notation of the command line, None where nothing that could be an id and a text is there."""
    if head.lstrip()[:1] in ("<", "{", "["):
        return best(xml_records(head) if head.lstrip().startswith("<") else json_records(head))
    columns, rows = columns_of(head)
    fields = by_values(columns, rows[:MOST_ROWS], fields_of(columns))
    return notation({name: escaped(path) for name, path in fields.items()}) if {"id", "text"} <= set(fields) else None


def best(records: dict[str, list[str]]) -> str | None:
    """The map of the records of which most is understood."""
    maps = [(where, fields_of(keys)) for where, keys in records.items()]
    fitting = [(len(fields), where, fields) for where, fields in maps if {"id", "text"} <= set(fields)]
    if not fitting:
        return None
    _, where, fields = max(fitting, key=lambda one: (one[0], -len(one[1])))
    return notation({"records": where, **fields} if where else fields)


def notation(fields: Fields) -> str:
    """The map as it is written on the command line."""
    markup = {"markup": "html"} if "html" in fields["text"].lower() else {}
    return ",".join(f"{name}={path}" for name, path in {**fields, **markup}.items())


def escaped(name: str) -> str:
    """The name of a column as a path: as it is where that can be, for a path spelled like a column is that column.

    >>> print(escaped("No., of note"), escaped("Kim's words."))
    No.\\, of note Kim\\'s words\\.
    """
    return SPECIAL.sub(r"\\\1", name) if re.search(r"[\\\"']", name) else name.replace(",", "\\,")


def letters(name: str) -> str:
    """The letters of a name, by which it is known."""
    return LETTERS.sub("", re.sub(r" \(\d+\)$", "", name).lower())


def fields_of(keys: Sequence[str]) -> Fields:
    """The key for each field that one of them is named like."""
    found: Fields = {}
    for field, names in NAMES.items():
        of_list = field == "children"
        fitting = [key for key in keys if letters(key) in names and key.endswith("[]") == of_list]
        left = [key for key in fitting if key not in found.values()]
        if left and (field not in ("thread_title", "thread_url") or "thread" in found):
            found[field] = min(left, key=lambda key: names.index(letters(key)))
    return found


# ------------------------------------------------------------------ by values


def by_values(columns: Sequence[str], rows: Sequence[Sequence[str]], named: Fields) -> Fields:
    """The fields that are named, and those that values tell: words are long, ids differ, parents are ids, and so on."""
    values = {name: [row[at].strip() for row in rows if len(row) > at] for at, name in enumerate(columns)}
    found = dict(named)
    if not is_id(values.get(found.get("id", ""), [])):
        found.pop("id", None)

    def take(field: str, fitting: Sequence[str]) -> None:
        left = [name for name in fitting if name not in found.values()]
        if field not in found and left:
            found[field] = left[0]

    take(
        "text",
        sorted(columns, key=lambda name: (-sum(map(len, values[name])), -columns.index(name)))[: len(columns) > 1],
    )
    take("id", [name for name in columns if is_id(values[name])])
    ids = set(values.get(found.get("id", ""), ()))
    take("parent", [name for name in columns if are_parents(values[name], ids)])
    take("created", [name for name in columns if mostly(values[name], is_date)])
    take("author", [name for name in columns if mostly(values[name], is_name)])
    return {field: found[field] for field in NAMES if field in found}


def is_id(values: Sequence[str]) -> bool:
    """True if all are there, are short and differ."""
    return bool(values) and all(values) and len(set(values)) == len(values) and max(map(len, values)) <= LONGEST_ID


def are_parents(values: Sequence[str], ids: set[str]) -> bool:
    """True if some are blank or 0, and all others are ids."""
    given = {one for one in values if one not in ("", "0")}
    return bool(given) and given <= ids and len([one for one in values if one in given]) < len(values)


def mostly(values: Sequence[str], fits: object) -> bool:
    """True if there are values, and nine tenths of them fit."""
    given = [one for one in values if one]
    return bool(given) and callable(fits) and 10 * sum(map(fits, given)) >= 9 * len(given)


def is_date(value: str) -> bool:
    """True for what looks like a date, in whatever order."""
    try:
        return bool(DATE.fullmatch(value)) or datetime.fromisoformat(value) is not None
    except ValueError:
        return False


def is_name(value: str) -> bool:
    """True for a few words with letters."""
    return len(value) <= LONGEST_NAME and len(value.split()) <= 4 and any(map(str.isalpha, value)) and "/" not in value


# ------------------------------------------------------------------ names


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


def xml_records(head: str) -> dict[str, list[str]]:
    """Attributes and elements that stand directly in each element."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    within, inside = list[str](), Counter[str]()
    for ends, name, attributes, empty in TAG.findall(NO_ELEMENT.sub("", head)):
        if ends:
            leave(name, within, inside)
            continue
        local = name.rpartition(":")[2]
        if within:
            found[within[-1].rpartition(":")[2]][local] = None
        found[local].update(dict.fromkeys("@" + one.rpartition(":")[2] for one in ATTRIBUTE.findall(attributes)))
        if not empty and not attributes.endswith("/"):
            within.append(name)
            inside[name] += 1
    return {where: list(keys) for where, keys in found.items()}


def leave(name: str, within: list[str], inside: Counter[str]) -> None:
    """Closes the innermost element of that name and those in it; none where none is open. `inside` counts the open."""
    left = "" if inside[name] else name
    while left != name:
        left = within.pop()
        inside[left] -= 1
