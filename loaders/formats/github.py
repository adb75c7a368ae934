"""Issues, pull requests and discussions of GitHub with their comments, as REST, GraphQL or `gh` give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.finding import read_item
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.github_nodes import KEYS_WITH_NODES, CommentIndex, Node, index_comments, nodes_in
from rejoinder.loaders.sites.github_records import answer_move, node_comment, node_thread, opening_records
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record, ThreadKey

NAME = "github"
SUMMARY = "GitHub issues, pull requests, reviews and discussions: REST, GraphQL, gh"
READS = Reads(
    recognised="addresses of issues, pulls or discussions beside the fields of REST, GraphQL or `gh`",
    id="the part of the comment's address after `#`, such as `issuecomment-5`, of the first post its number; "
    "the thread is `owner/repository#number`, the site `github.com` or the host",
    parent="`in_reply_to_id`, `replyTo`, the discussion comment around a reply, the first of a review's thread; "
    "all others stand below the first post",
    author="`user.login`, `author.login`, but for `ghost`, which stands for every account that is gone",
    created="`created_at`, `createdAt`, `submitted_at`, `submittedAt`",
    body="`body` (Markdown) without the footer of an answer by mail, else `bodyHTML` or `bodyText`; of a first post "
    "without text its `title`",
    link="`html_url`, `url`",
    counts="`comments` and `totalCount`; of a pull request only where review comments are counted, too",
    states="resolved where a review's thread has `isResolved` or a comment is minimized as resolved or outdated; "
    "deleted where it is minimized as spam or abuse",
    moves="an answer to the discussion from `isAnswer` or `answer`",
    ignored="`diff_hunk`; reactions, which are bare counts; reviews without words; that an issue is closed, for that "
    "settles its matter and not what a comment says; labels, events, `isOutdated`",
)

ISSUE_ADDRESS = re.compile(r"https?://[^\"\s]+/(?:issues|pulls?|discussions)/\d")
REST_KEYS = ("issue_url", "pull_request_url")
NODE_PREFIXES = ("", "[].", "[][].", "items[].", "issue.", "comment.", "pull_request.", "review.")
GRAPHQL_PATH = re.compile(
    r"(?:^|[.\]])(?:issues?|pullRequests?|discussions?|node|nodes|search)(?:\.|\[\]|nodes|edges|node)*"
    r"\.(?:comments\.(?:nodes|edges|totalCount)|reviewThreads|reviews\.(?:nodes|edges)|number)$"
)
ANSWER_PREFIXES = ("data.", "repository.", "[].data.", "[].repository.")
GH_PATHS = ("comments[].authorAssociation", "reviews[].authorAssociation", "comments[].viewerDidAuthor")


def recognises(path: Path, head: str) -> bool:
    """True if there is an issue's address, and the fields of one of the ways in which GitHub answers."""
    if ISSUE_ADDRESS.search(head) is None:
        return False
    paths = json_paths(head)
    rest = any(at + key in paths for at in NODE_PREFIXES for key in REST_KEYS)
    issue = any({f"{at}number", f"{at}title"} <= paths and shows_issue(paths, at) for at in NODE_PREFIXES)
    gh = any(at + gh_path in paths for at in ("", "[].") for gh_path in GH_PATHS)
    return (
        rest or issue or gh or any(place.startswith(ANSWER_PREFIXES) and GRAPHQL_PATH.search(place) for place in paths)
    )


def shows_issue(paths: frozenset[str], at: str) -> bool:
    """True if an object with number and title has more of an issue."""
    return f"{at}comments_url" in paths or {f"{at}body", f"{at}url"} <= paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The threads and comments of all answers in the file; raises LoadError if there are none."""
    yield from records_in(list(json_documents(source)), source, Scrubber())


def records_in(documents: Sequence[Document], source: Source, scrubber: Scrubber) -> Iterator[Found | Problem]:
    """The threads and comments of answers; raises LoadError if there are none."""
    others, thread_keys = index_comments([answer.value for answer in documents]), set[ThreadKey]()
    nothing = True
    for document in documents:
        line = 1
        for node in nodes_in(document.value):
            nothing = False
            line = node_line(node, document, line)
            fields = Fields(dict(node.values), line, scrubber)
            yield from read_item(node_records(node, others, thread_keys, fields), line, document.name)
    if nothing:
        raise LoadError(source.name, 1, "expected issues, pull requests, discussions or comments of GitHub")
    yield from scrubber.problems(source.name)


def node_line(node: Node, document: Document, before: int) -> int:
    """The line of the node's address, or the line before where that stands behind what the node holds."""
    for name in ("html_url", "url", "id"):
        if node.values.get(name) is not None:
            first = next(value for value in node.values if value == name or value in KEYS_WITH_NODES)
            return document.line(node.values[name]) if first == name else before
    return before


def node_records(node: Node, others: CommentIndex, thread_keys: set[ThreadKey], fields: Fields) -> Iterator[Record]:
    """The thread and its first post; or the comment, after the first of a thread what is known of it; its move."""
    if node.place.home is None:
        raise FieldError('expected "html_url" or "url" of an issue, pull request or discussion')
    home = ThreadKey(*(fields.scrubber.text(part, fields.line) for part in (node.place.home.site, node.place.home.id)))
    at_home = replace(node, place=replace(node.place, home=home))
    if node.opens:
        thread_keys.add(home)
        yield from opening_records(at_home, others, fields, home)
        return
    comment = node_comment(at_home, others, fields, home)
    if comment is None:
        return
    if home not in thread_keys:
        thread_keys.add(home)
        yield node_thread(fields, home)
    yield comment
    if fields.values.get("isAnswer") is True:
        yield answer_move(home, comment.id)
