"""Pages of Stack Exchange as a browser saves them: a question, its answers, and the comments on both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
from rejoinder.loaders.formats import stackexchange
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "stackexchange_page"
SUMMARY = "Stack Exchange: a saved page of a question with its answers and comments"
READS = Reads(
    recognised="HTML with an element `question` that has a `data-questionid`",
    id="`data-questionid`, `data-answerid`; `comment` and `data-comment-id`",
    parent="the question of an answer, the post that a comment stands below",
    author="the owner's name in the signature of a post, `comment-user` of a comment",
    created="`dateCreated`, else the time in the signature",
    body="`js-post-body`, `comment-copy`",
    link="made of the site and the id",
    counts="the answers, and the comments that are shown or said to remain",
    moves="`accepted-answer`",
    ignored="votes, tags, edits; comments that the page does not show, and answers on its next page",
)

QUESTION_MARK = re.compile(r"""\bdata-questionid=["']?\d""")
TITLE_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z?")
NO_QUESTION = "expected a question, got another page of Stack Exchange"
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for the page of a question."""
    return is_html(head) and QUESTION_MARK.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The question, its answers and comments in the order of the page; raises LoadError where there is none."""
    scrubber = Scrubber()
    page = read_page(source, scrubber)
    node = page.tree.css_first("#question[data-questionid]") or page.tree.css_first(".question[data-questionid]")
    if node is None:
        raise LoadError(source.name, 1, NO_QUESTION)
    document = Document(source.name, question_item(page, node), page.text)
    yield from stackexchange.ApiPage(document, scrubber).records()
    yield from scrubber.problems(source.name)


def question_item(page: Page, node: LexborNode) -> Json:
    """The question in the form of the API."""
    number = attribute(node, "data-questionid") or ""
    answers = [answer_item(answer, number) for answer in page.tree.css(".answer[data-answerid]")]
    return {
        **post_values(node, number),
        "question_id": number,
        "title": element_words(page.tree.css_first("#question-header h1, h1")),
        "link": f"https://{page.host}/q/{number}" if page.host else None,
        "answer_count": answer_count(page) or len(answers),
        "answers": answers,
    }


def answer_count(page: Page) -> int | None:
    """How many answers there are, as the page says."""
    count = element_words(page.tree.css_first('[itemprop="answerCount"]')) or ""
    return int(count) if count.isdecimal() and len(count) < 9 else None


def answer_item(node: LexborNode, question: str) -> Json:
    """An answer in the form of the API."""
    number = attribute(node, "data-answerid") or ""
    accepted = "accepted-answer" in (attribute(node, "class") or "").split()
    return {**post_values(node, number), "answer_id": number, "question_id": question, "is_accepted": accepted}


def post_values(node: LexborNode, number: str) -> Json:
    """What questions and answers have: words, an owner, a date and comments."""
    comments = [comment_item(comment, number) for comment in node.css("li.comment[data-comment-id]")]
    remaining = attribute(node.css_first("[data-remaining-comments-count]"), "data-remaining-comments-count") or ""
    signatures = node.css(".post-signature")
    last = signatures[-1] if signatures else node
    created = node.css_first('time[itemprop="dateCreated"]')
    return {
        "body": inner_markup(node.css_first(".js-post-body, .post-text")),
        "owner": {
            "display_name": element_words(node.css_first('[itemprop="author"] a') or last.css_first(".user-details a"))
        },
        "creation_date": element_date(created) or title_date(last.css_first(".relativetime")),
        "comments": comments,
        "comment_count": len(comments) + (int(remaining) if remaining.isdecimal() and len(remaining) < 9 else 0),
    }


def comment_item(node: LexborNode, post: str) -> Json:
    """A comment in the form of the API."""
    return {
        "comment_id": attribute(node, "data-comment-id"),
        "post_id": post,
        "body": inner_markup(node.css_first(".comment-copy")),
        "owner": {"display_name": element_words(node.css_first(".comment-user"))},
        "creation_date": title_date(node.css_first(".relativetime-clean")),
    }


def title_date(node: LexborNode | None) -> str | None:
    """The date in the title of an element; it is UTC.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> title_date(LexborHTMLParser("<b title='2019-05-05 22:35:00Z, License: CC BY-SA 4.0'>").css_first("b"))
    '2019-05-05T22:35:00Z'
    """
    match = TITLE_DATE.search(attribute(node, "title") or "")
    return f"{match[1]}T{match[2]}Z" if match else None
