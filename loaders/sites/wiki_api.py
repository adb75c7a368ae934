"""What the API of MediaWiki answers about talk pages: their wikitext, or the comments that DiscussionTools finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rejoinder.loaders.bodies import Body, from_html
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.sites.talkpage import ANY_TIME, SIGNATURE_GAP

SIGNATURE_LEAD = "-–—~(| \t\r\n\v\f\u00a0\u2009\u202f"  # what stands between the words and a signature
Json = dict[str, Any]


class Wikitext(NamedTuple):
    """A page: its title, its wikitext, and its address, if the API was asked for that."""

    title: str
    text: str
    address: str | None


class ThreadItem(NamedTuple):
    """A comment below a heading: the heading, what the API says of it, and the comment it is put below."""

    heading: Json
    comment: Json
    parent_name: str | None


def is_wiki_answer(paths: frozenset[str]) -> bool:
    """True for JSON with these paths if it holds the wikitext or the comments of pages."""
    keys = {path.rpartition(".")[2] for path in paths}
    query = "query.pages" in paths or any(path.startswith("query.pages") for path in paths)
    revisions = query and "revisions" in keys and bool({"*", "content", "slots"} & keys)
    parsed = {"parse.title", "parse.wikitext"} <= paths
    rest = {"content_model", "source", "title", "latest"} <= paths
    return (
        revisions or parsed or rest or any(path.startswith("discussiontoolspageinfo.threaditemshtml") for path in paths)
    )


def wikitexts_in(value: Any) -> Iterator[Wikitext]:
    """The pages of an answer of action=query or action=parse, in either version of their form, or of the REST API."""
    if not isinstance(value, dict):
        return
    pages = pick(value, "query.pages")
    several = pages.values() if isinstance(pages, dict) else pages if isinstance(pages, list) else ()
    for page in (item for item in several if isinstance(item, dict)):
        yield from complete_page(
            page.get("title"), latest_wikitext(page), page.get("canonicalurl") or page.get("fullurl")
        )
    yield from complete_page(pick(value, "parse.title"), content_text(pick(value, "parse.wikitext")), None)
    if value.get("content_model") == "wikitext":
        yield from complete_page(value.get("title"), value.get("source"), None)


def complete_page(title: object, text: object, address: object) -> Iterator[Wikitext]:
    """The page, if it has a title and words."""
    if isinstance(title, str) and isinstance(text, str):
        yield Wikitext(title, text, address if isinstance(address, str) else None)


def latest_wikitext(page: Json) -> str | None:
    """The wikitext of the latest revision that is there."""
    listed = page.get("revisions")
    revisions = [revision for revision in listed if isinstance(revision, dict)] if isinstance(listed, list) else []
    latest = max(revisions, key=lambda revision: str(revision.get("timestamp") or ""), default={})
    return content_text(pick(latest, "slots.main") or latest)


def content_text(value: object) -> str | None:
    """The text in what is a string, or an object that holds it as `content` or `*`."""
    candidates = (value.get("content"), value.get("*")) if isinstance(value, dict) else (value,)
    return next((candidate for candidate in candidates if isinstance(candidate, str)), None)


def thread_items_in(value: Any) -> Iterator[ThreadItem]:
    """The comments that DiscussionTools finds, in their order; by a stack of its own, for replies nest."""
    headings = pick(value, "discussiontoolspageinfo.threaditemshtml") if isinstance(value, dict) else None
    for heading in (item for item in headings if isinstance(item, dict)) if isinstance(headings, list) else ():
        waiting: list[tuple[Any, str | None]] = [
            (reply_object, None) for reply_object in reversed(reply_objects(heading))
        ]
        while waiting:
            obj, above = waiting.pop()
            is_comment = obj.get("type") == "comment"
            if is_comment:
                yield ThreadItem(heading, obj, above)
            name = obj.get("id") if is_comment else above
            waiting.extend(
                (reply_object, name if isinstance(name, str) else None) for reply_object in reversed(reply_objects(obj))
            )


def reply_objects(node: Json) -> list[Json]:
    """What stands below a heading or comment."""
    replies = node.get("replies")
    return [reply for reply in replies if isinstance(reply, dict)] if isinstance(replies, list) else []


def body_without_signature(markup: str, author: str | None) -> Body:
    """The words of a comment without its signature, which ends them."""
    body = from_html(markup)
    stamps = list(ANY_TIME.finditer(body.text, max(0, len(body.text) - SIGNATURE_GAP)))
    if not stamps or not author:
        return body
    at = body.text.rfind(author, max(0, stamps[-1].start() - SIGNATURE_GAP), stamps[-1].start())
    words = body.text[:at].rstrip(SIGNATURE_LEAD) if at >= 0 else body.text
    return Body(words, tuple(link for link in body.links if link.end <= len(words)))
