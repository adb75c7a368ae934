"""Pages of Discourse as a browser saves them, or as they are shown without scripts: the posts of a topic."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborNode

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.documents import Document
from rejoinder.loaders.containers.page import (
    Page,
    attribute,
    element_date,
    element_words,
    inner_markup,
    is_html,
    read_page,
)
from rejoinder.loaders.formats.discourse import Topic, Values, topic_records, topics_in
from rejoinder.loaders.mapping import as_moment as seconds
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "discourse_page"
SUMMARY = "Discourse: a saved page of a topic"
READS = Reads(
    recognised="HTML whose `generator` is Discourse",
    id="the number of the post, within the topic's, which the page's address ends in",
    parent="`reply_to_post_number` in the topic's JSON, if the page brings that; else it stands below the opening post",
    author="`username`, else the name beside the post",
    created="`created_at`, else the time beside the post",
    body="`cooked`",
    link="made of the address, the topic and the number",
    counts="`posts_count` and the length of `stream`; `reply_count`",
    states="`deleted_at`, `user_deleted` and `hidden` are deleted",
    moves="quotations of posts of the topic; `accepted_answer`",
    ignored="small actions, posts of pictures or polls alone, likes, link previews; posts that the page has not loaded",
)

GENERATOR = re.compile(r"""<meta\s(?=[^<>]*\bname=["']?generator\b)[^<>]*\bcontent=["']?Discourse\b""")
TOPIC_ADDRESS = re.compile(r"/t/(?:([^/?#]+)/)?(\d{1,12})(?:/\d+)?(?=[/?#]|$)")
POST_NUMBER = re.compile(r"\d{1,9}")
NO_TOPIC = "expected a topic with its posts, got another page of Discourse; save /t/ID.json of the same site instead"


def recognises(path: Path, head: str) -> bool:
    """True for a page that says that Discourse made it."""
    return is_html(head) and GENERATOR.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The topic and its posts; raises LoadError where there are none."""
    scrubber = Scrubber()
    page = read_page(source, scrubber)
    topics = [
        candidate for candidate in topics_in([*preloaded_documents(page), shown_document(page)]) if candidate.posts
    ]
    if not topics:
        raise LoadError(source.name, 1, NO_TOPIC)
    for topic in topics:
        topic.host = page.host or topic.host
        topic.posts = posts_by_number(topic)
    yield from topic_records(topics, source, scrubber)


def preloaded_documents(page: Page) -> Iterator[Document]:
    """The JSON of topics that the page brings along for its scripts."""
    try:
        preloaded = json.loads(
            attribute(page.tree.css_first("#data-preloaded"), "data-preloaded") or "{}", strict=False
        )
        texts = [text for name, text in preloaded.items() if name.startswith("topic_") and isinstance(text, str)]
        yield from (Document(page.name, json.loads(raw, strict=False), page.text) for raw in texts)
    except (ValueError, RecursionError, AttributeError):
        return  # what is broken there is no post


def shown_document(page: Page) -> Document:
    """The posts that the page shows, in the form of the topic's JSON."""
    address = TOPIC_ADDRESS.search(page.address or "")
    topic, slug = (address[2], address[1]) if address else (page.title or page.name, None)
    title = element_words(page.tree.css_first("#topic-title h1, h1")) or page.title
    articles = page.tree.css('article[data-post-id][id^="post_"], .crawler-post[id^="post_"]')
    posts = [shown_post(article, topic) for article in articles]
    return Document(page.name, {"id": topic, "slug": slug, "title": title, "post_stream": {"posts": posts}}, page.text)


def shown_post(node: LexborNode, topic: str) -> Values:
    """A post that the page shows."""
    number = POST_NUMBER.search(attribute(node, "id") or "")
    card = attribute(node.css_first(".names [data-user-card]"), "data-user-card")
    clock = attribute(node.css_first(".post-date [data-time]"), "data-time")
    return {
        "topic_id": topic,
        "post_number": int(number[0]) if number else None,
        "cooked": inner_markup(node.css_first('.cooked, [itemprop="text"]')),
        "username": card or element_words(node.css_first('.creator [itemprop="name"], .names .username')),
        "created_at": seconds(clock) if clock else element_date(node.css_first("time[datetime]")),
    }


def posts_by_number(topic: Topic) -> list[tuple[Values, Document]]:
    """The posts by their numbers; what the JSON has is not taken from what is shown."""
    by_number: dict[object, tuple[Values, Document]] = {}
    for post in topic.posts:
        by_number.setdefault(post[0].get("post_number"), post)
    return [by_number[number] for number in sorted(by_number, key=lambda key: key if isinstance(key, int) else 0)]
