"""Which format is meant by a name that none has: by the end of a file's name, the name of a site, or a slip."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

TABLES = ("csv", "tsv", "xls", "xlsx", "xlsm", "excel", "spreadsheet", "sheet", "tab")
LINES = ("ndjson", "jsonlines", "json_lines", "jsonl.gz", "rejoinder")
PLAIN = ("txt", "plain", "plaintext", "plain_text", "prose", "dump", "md", "markdown")
MAIL = ("mail", "email", "e_mail", "eml", "mailbox", "maildir", "mailing_list")
FEEDS = ("rss", "atom", "rss2", "blogger", "blogspot")
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(TABLES, ("table",)),
    **dict.fromkeys(LINES, ("jsonl",)),
    **dict.fromkeys(PLAIN, ("text",)),
    **dict.fromkeys(MAIL, ("mbox",)),
    **dict.fromkeys(FEEDS, ("feed",)),
    **dict.fromkeys(("word", "doc", "gdoc", "google_docs"), ("docx",)),
    **dict.fromkeys(("fodt", "odf", "opendocument", "libreoffice", "openoffice", "writer"), ("odt",)),
    "json": ("table", "jsonl"),
    "hn": ("hackernews", "hackernews_algolia"),
    "hacker_news": ("hackernews", "hackernews_algolia"),
    "gh": ("github",),
    "so": ("stackexchange", "stackexchange_xml"),
    "stackoverflow": ("stackexchange", "stackexchange_xml"),
    "lesswrong": ("forummagnum",),
    "lw": ("forummagnum",),
    "ea": ("forummagnum",),
    "wordpress": ("wordpress_api", "wxr"),
    "wp": ("wordpress_api", "wxr"),
    "whatsapp": ("chat",),
    "signal": ("chat",),
    "wikipedia": ("mediawiki",),
    "wiki": ("mediawiki",),
    "pushshift": ("reddit_dump",),
    "bsky": ("bluesky",),
    **dict.fromkeys(("fb", "instagram", "meta"), ("facebook",)),
    **dict.fromkeys(("outbox", "fediverse"), ("activitypub",)),
    "takeout": ("youtube_takeout",),
    "schema.org": ("schema_org",),
    "map": ("mapped",),
}


def unknown_format_message(name: str, known: Collection[str]) -> str:
    """What to say of a name that no format has.

    >>> print(unknown_format_message("csv", ["table", "text"]))
    there is no format 'csv'; did you mean 'table'? Without --format the content tells it
    >>> print(unknown_format_message("zebra", ["table", "text"]))
    there is no format 'zebra'; `rejoinder formats` lists those there are. Without --format the content tells it
    """
    suggestions = " or ".join(map(repr, likely_formats(name, known)))
    hint = f"did you mean {suggestions}?" if suggestions else "`rejoinder formats` lists those there are."
    return f"there is no format {name[:60]!r}; {hint} Without --format the content tells it"


def likely_formats(name: str, known: Collection[str]) -> tuple[str, ...]:
    """The formats that the name is likely to mean, the likeliest first; none where nothing comes near."""
    plain = name.strip().lower().lstrip(".").replace("-", "_").replace(" ", "_")
    options = OTHER_NAMES.get(plain) or ((plain,) if plain in known else ())
    return tuple(option for option in options if option in known) or tuple(get_close_matches(plain, known, 1))
