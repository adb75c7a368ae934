"""Comments and posts as Reddit writes them, in its API and in the monthly dumps alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rejoinder.loaders.bodies import Body, from_html
from rejoinder.loaders.bodies.reddit import from_reddit, unescape_reddit
from rejoinder.loaders.mapping import as_moment, as_number
from rejoinder.loaders.values.fields import Fields, unexpected_error
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Link, State, Thread, ThreadKey

SITE = "reddit"
SITE_URL = "https://www.reddit.com"
BASE36_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
GONE_TEXTS = frozenset({"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]", "[unavailable]"})
MODERATOR_SUFFIX = "-modteam"  # how the account ends that the moderators of a subreddit share
FULL_NAME = re.compile(r"t\d_")
LINK_IN_URL = re.compile(r"/comments/([0-9a-z]+)")
WEB_ADDRESS = re.compile(r"https?://[^\s/]")


def reddit_fields(data: Mapping[str, object], line: int, scrubber: Scrubber) -> Fields:
    """The fields of a thing; dates and counts that stand in strings are numbers."""
    values = dict(data)
    values["created_utc"] = as_moment(values.get("created_utc"))
    values["num_comments"] = as_number(values.get("num_comments"))
    return Fields(values, line, scrubber)


def bare_id(name: object) -> str | None:
    """The id in a full name such as "t1_c0ffee"; numbers, which some dumps have, are ids in base 36.

    >>> bare_id("t3_9xyz"), bare_id("9xyz"), bare_id(71), bare_id(None)
    ('9xyz', '9xyz', '1z', None)
    """
    if isinstance(name, int) and not isinstance(name, bool) and name > 0:
        return base36(name)
    if not isinstance(name, str):
        return None
    return FULL_NAME.sub("", name.strip(), count=1) or None


def base36(value: int) -> str:
    """A whole number above 0 in the digits that Reddit writes ids with."""
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = BASE36_DIGITS[digit] + digits
    return digits


def first_id(fields: Fields, *names: str) -> str | None:
    """The id in the first of the fields that has one."""
    raw_id = next((candidate for name in names if (candidate := bare_id(fields.values.get(name)))), None)
    return None if raw_id is None else fields.scrubber.text(raw_id, fields.line)


def own_id(fields: Fields) -> str:
    """The id of the thing itself; raises FieldError if it has none."""
    own = first_id(fields, "id", "name")
    if own is None:
        raise unexpected_error("id", "a string that is not blank", fields.values.get("id"))
    return own


def reddit_comment(fields: Fields, declared_replies: int | None = None) -> Comment:
    """The comment in a t1; raises FieldError naming the field that is not as expected."""
    thread, name, body = post_id_of_comment(fields), own_id(fields), reddit_body(fields, "body")
    return Comment(
        ThreadKey(SITE, thread),
        name,
        body.text,
        parent=parent_id(fields) or thread,
        author=author_name(fields),
        created=fields.iso_moment("created_utc"),
        url=url_field(fields, "permalink") or built_url(fields, thread, name),
        declared_replies=declared_replies,
        states=comment_states(fields) if body.text.strip() else (State.DELETED,),
        links=body.links,
    )


def parent_id(fields: Fields) -> str | None:
    """The id of the comment or post that is answered, None where that is no id, which is told."""
    stated_id = first_id(fields, "parent_id")
    return bare_id(fields.parent_id("parent_id")) if stated_id is None else stated_id


def comment_states(fields: Fields) -> tuple[State, ...]:
    """Notice, where moderators pin a comment above all others, or speak as one about what they removed."""
    together = str(fields.values.get("author")).casefold().endswith(MODERATOR_SUFFIX)
    official = fields.values.get("distinguished") in ("moderator", "admin")
    return (State.NOTICE,) if official and (together or fields.values.get("stickied") is True) else ()


def post_id_of_comment(fields: Fields) -> str:
    """The id of the post that a comment stands below; raises FieldError if nothing names it."""
    post_id = first_id(fields, "link_id")
    if post_id is not None:
        return post_id
    within = LINK_IN_URL.search(fields.side_text("permalink") or "")
    if within is None:
        raise unexpected_error("link_id", "the id of a post", fields.values.get("link_id"))
    return within[1]


def author_name(fields: Fields) -> str | None:
    """Who wrote it, None where the account is gone."""
    author = fields.side_text("author")
    return None if author is None or author.casefold() in GONE_TEXTS else author


def reddit_body(fields: Fields, name: str) -> Body:
    """The body, empty where it was taken away: from the Markdown, or from its rendering where that alone is there."""
    markup, rendered = fields.optional(name), fields.side_text(f"{name}_html")
    escaped = rendered is None or not rendered.lstrip().startswith("<")
    if markup is None and rendered is not None:
        return from_html(unescape_reddit(rendered) if escaped else rendered)
    if markup is None or is_gone_text(markup):
        return Body("")
    return from_reddit(markup, escaped=escaped)


def is_gone_text(text: object) -> bool:
    """True for what Reddit writes where there was text."""
    return isinstance(text, str) and text.strip().casefold() in GONE_TEXTS


def url_field(fields: Fields, name: str) -> str | None:
    """The URL in a field; a path is one on Reddit."""
    url = unescape_reddit((fields.side_text(name) or "").strip())
    url = SITE_URL + url if url.startswith("/") else url
    return url if WEB_ADDRESS.match(url) else None


def built_url(fields: Fields, thread: str, comment: str | None = None) -> str:
    """The address of a thing that does not bring its own; Reddit leads on from it."""
    club = fields.side_text("subreddit")
    where = f"{SITE_URL}/r/{club}/comments/{thread}/" if club else f"{SITE_URL}/comments/{thread}/"
    return where if comment is None else f"{where}_/{comment}/"


def post_and_thread(fields: Fields, declared_replies: int | None = None) -> tuple[Thread, Comment]:
    """The thread that a t3 opens and the post as its first comment; raises FieldError as `comment_of` does."""
    name = own_id(fields)
    key, title = ThreadKey(SITE, name), title_field(fields, "title")
    url = url_field(fields, "permalink") or built_url(fields, name)
    body = reddit_body(fields, "selftext")
    if not body.text.strip() and not is_gone_text(fields.values.get("selftext")):
        body = title_body(fields, title)
    thread = Thread(key, title, url, declared_size(fields))
    return thread, Comment(
        key,
        name,
        body.text,
        author=author_name(fields),
        created=fields.iso_moment("created_utc"),
        url=url,
        declared_replies=declared_replies,
        states=() if body.text.strip() else (State.DELETED,),
        links=body.links,
    )


def title_field(fields: Fields, name: str) -> str | None:
    """A title on one line."""
    return " ".join(unescape_reddit(fields.side_text(name) or "").split()) or None


def declared_size(fields: Fields) -> int | None:
    """How many comments the thread is said to have, the post among them."""
    count = fields.declared_count("num_comments")
    return None if count is None else count + 1


def title_body(fields: Fields, title: str | None) -> Body:
    """The title as the words of a post that has no others; of a link post all of it is the link."""
    url = url_field(fields, "url_overridden_by_dest") or url_field(fields, "url")
    if not title or url is None or fields.values.get("is_self") is True:
        return Body(title or "")
    return Body(title, (Link(0, len(title), url),))


def listed_thread(fields: Fields) -> Thread | None:
    """What a comment in a list across threads says of its thread, None if nothing."""
    title = title_field(fields, "link_title")
    if title is None:
        return None
    return Thread(
        ThreadKey(SITE, post_id_of_comment(fields)), title, url_field(fields, "link_permalink"), declared_size(fields)
    )
