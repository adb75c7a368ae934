"""The texts of Slack, and the names of its people in the folder of an export."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, bare_links
from rejoinder.loaders.containers.documents import json_document
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.lenient import first_string
from rejoinder.records import Link

MARKUP = re.compile(r"<([^<>\n]{1,3000})>")
CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
EMPHASIS = tuple(
    (re.compile(rf"(?<![\w{sign}]){sign}(?![\s{sign}])([^\n{mark}]*(?<!\s)){sign}(?![\w{sign}])"), replacement)
    for mark, sign, replacement in (("*", r"\*", r"\1"), ("_", "_", r"\1"), ("~", "~", r"~~\1~~"))
)
QUOTED_LINE = re.compile(r"^((?:&gt;){1,9})[ ]?", re.MULTILINE)
NAME_PATHS = ("profile.display_name", "profile.real_name", "real_name", "name")


def slack_body(text: str, people: Mapping[str, str]) -> Body:
    """The words of a message, with its links, and with the names of those whom it mentions.

    >>> slack_body("&gt; It leaks.\\nNo, <@U1>, see <https://a.example|this>.", {"U1": "Ann"}).text
    '> It leaks.\\nNo, @Ann, see this.'
    """
    words, links, at = "", list[Link](), 0
    text = QUOTED_LINE.sub(lambda match: "&gt; " * match[1].count("&gt;"), text)
    for match in MARKUP.finditer(text):
        words += html.unescape(without_emphasis(text[at : match.start()]))
        target, _, label = match[1].partition("|")
        caption = html.unescape(label or mention_label(target, people))
        if target.startswith(("http://", "https://")):
            links.append(Link(len(words), len(words) + len(caption), html.unescape(target)))
        words, at = words + caption, match.end()
    words += html.unescape(without_emphasis(text[at:]))
    return Body(words, tuple(sorted([*links, *bare_links(words, links)])))


def without_emphasis(text: str) -> str:
    """The text without the marks of emphasis, and what is struck as Markdown has it; code stays as it is.

    >>> without_emphasis("*No*, _not_ ~that~ but snake_case and 2 * 3 * 4, `*x*`")
    'No, not ~~that~~ but snake_case and 2 * 3 * 4, `*x*`'
    """
    parts = CODE.split(text) if "`" in text else [text]
    for place in range(0, len(parts), 2):
        for pattern, replacement in EMPHASIS:
            parts[place] = pattern.sub(replacement, parts[place])
    return "".join(parts)


def mention_label(target: str, people: Mapping[str, str]) -> str:
    """How a mark without a label is shown: a person by name, a word for all, an address as it is."""
    if target.startswith("@"):
        return f"@{people.get(target[1:], target[1:])}"
    return f"@{target[1:].partition('^')[0]}" if target.startswith("!") else target.removeprefix("mailto:")


@lru_cache(maxsize=4)
def names_by_user_id(path: Path, shown_name: str) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The names of the people by their ids, out of the users.json of an export, and what was met in it.

    There are none where there is no such file.
    """
    name_by_id: dict[str, str] = {}
    file = Source(path, shown_name)
    with suppress(LoadError, OSError):
        users = json_document(file).value
        for user in users if isinstance(users, list) else ():
            names = (pick(user, path) for path in NAME_PATHS) if isinstance(user, dict) else ()
            name = first_string(names)
            if name and isinstance(user.get("id"), str):
                name_by_id[user["id"]] = name.strip()
    return name_by_id, tuple(file.problems_met)
