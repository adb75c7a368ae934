"""Words, titles and data as Argdown's parser reads them back: what would be notation is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from rejoinder.records import Link

MENTION = re.compile(r"@(?:\[[^\[\]\n]+\]|<[^<>\n]+>)")
SPACE = re.compile(r"\s+")
NOTATION = re.compile(r"[\\#*_\[<{]|(?<=@)>|/(?=[/*])|=(?===)|\.(?=\S+?\.)|:(?=\S+?:)")
TAG = re.compile(r"#(?:\([^()\n]+\)|[A-Za-z0-9-]+)(?=\s|\Z)")
LEADING_NOTATION = re.compile(r"[^\w(\"'‘“¿¡&$€£%]+")
BUILT_IN = re.compile(  # what every JavaScript object has: the parser takes a title of that name for it
    r"__\w+__|constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf"
)


def escape_argdown(text: str, tags: bool = False) -> str:
    """Plain text such that the parser reads the same text; mentions stay mentions, tags do where `tags` says so.

    >>> escape_argdown("see https://a.org/*, [sic] and 1_000")
    'see https:\\\\//a.org\\\\/\\\\*, \\\\[sic] and 1\\\\_000'
    """
    keep = re.compile(f"{MENTION.pattern}|{TAG.pattern}") if tags else MENTION
    parts, at = [], 0
    for match in keep.finditer(text):
        parts += [NOTATION.sub(r"\\\g<0>", text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*parts, NOTATION.sub(r"\\\g<0>", text[at:])])


def escape_line_start(text: str) -> str:
    """Escaped text whose first character would begin a relation, a number or a list on a line of its own."""
    return f"\\{text}" if text[:1] in tuple("+->(0123456789=,};") else text


def argdown_with_links(text: str, start: int, links: Iterable[Link], tags: bool = False) -> str:
    """Escaped text that begins at offset `start` of a comment, with the comment's links in it written out."""
    parts, at = list[str](), 0
    for link in sorted(links):
        first, last = link.start - start, link.end - start
        label, url = text[max(first, 0) : max(last, 0)], bracketed_url(link.url)
        if at <= first < last <= len(text) and url and not set(label) & set("[]\n") and label.strip() == label:
            parts += [escape_argdown(text[at:first], tags), f"[{label}]({url})"]
            at = last
    return SPACE.sub(" ", "".join([*parts, escape_argdown(text[at:], tags)])).strip()


def bracketed_url(url: str) -> str:
    """The URL as it may stand in brackets, empty where it may not."""
    return "" if SPACE.search(url.strip()) else url.strip().replace(")", "%29")


def argdown_title(text: str, closing: str) -> str:
    """A title that can stand before the closing bracket; empty where nothing is left of it."""
    opening = {"]": "[", ">": "<"}[closing]
    plain = SPACE.sub(" ", text).strip().replace(opening, "(").replace(closing, ")")
    plain = plain[LEADING_NOTATION.match(plain).end() :] if LEADING_NOTATION.match(plain) else plain  # type: ignore[union-attr]
    return f"{plain} 1" if BUILT_IN.fullmatch(plain) else plain


def yaml_string(text: str) -> str:
    """A YAML string in double quotes that holds no character of Argdown's own notation for data and front matter."""
    plain = json.dumps(text, ensure_ascii=False)
    return re.sub("[{}=\x7f-\xa0\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", plain)
