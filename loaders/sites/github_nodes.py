"""Where issues, reviews and comments stand in what GitHub answers, by REST, GraphQL or its command line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rejoinder.records import ThreadKey

PAGE_URL = re.compile(r"https?://([^/\s]+)/([^/\s]+/[^/\s]+)/(?:issues|pulls?|discussions)/(\d+)(?![^/?#])")
API_URL = re.compile(
    r"https?://(?:api\.)?([^/\s]+?)(?:/api/v\d)?/repos/([^/\s]+/[^/\s]+)/(?:issues|pulls|discussions)/(\d+)"
)
COMMENT_FRAGMENT = re.compile(r"#(issuecomment-|discussion_r|pullrequestreview-|discussioncomment-)(\d+)")
MOST_COMMENTS = 10**9  # comments that are believed of one thread
BODY_KEYS = ("body", "bodyHTML", "body_html", "bodyText", "body_text")
ADDRESS_KEYS = ("html_url", "issue_url", "pull_request_url", "url")
# What may hold issues and comments, at whatever depth; everything else is not looked into.
KEYS_WITH_NODES = (
    *("data", "viewer", "user", "organization", "repository", "search", "items", "node", "nodes", "edges"),
    *("issue", "issues", "pull_request", "pullRequest", "pullRequests", "discussion", "discussions"),
    *("comment", "comments", "review", "reviews", "reviewThreads", "replies", "timelineItems"),
)

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """What is known from around a node: its thread, what comments here answer, and what a review's thread says."""

    home: ThreadKey | None = None
    repository: str | None = None
    opening: str | None = None
    parent: str | None = None
    threaded: bool = False
    resolved: bool = False
    replies: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An issue, pull request or discussion (`opens`), or a comment or review, and its place."""

    values: Values
    opens: bool
    place: Place


def nodes_in(value: object) -> Iterator[Node]:
    """The issues, reviews and comments in an answer, in order, each with its place; by a stack of its own."""
    waiting: list[tuple[object, Place]] = [(value, Place())]
    while waiting:
        item, place = waiting.pop()
        if isinstance(item, list):
            waiting.extend((child, place) for child in reversed(item))
        elif isinstance(item, dict):
            place = place_of_node(item, place)
            opens = "title" in item and "number" in item
            if opens or any(name in item for name in BODY_KEYS):
                yield Node(item, opens, place)
            waiting.extend(reversed(list(inner_values(item, opens, place))))


def place_of_node(values: Values, place: Place) -> Place:
    """The place with what the node itself says of its thread."""
    repository = repository_name(values) or place.repository
    home = node_thread_key(values) or place.home
    number = values.get("number")
    if home is None and repository and isinstance(number, int) and "title" in values:
        home = ThreadKey("github.com", f"{repository}#{number}")
    opening = place.opening if home is None else home.id.rpartition("#")[2]
    return replace(place, home=home, repository=repository, opening=opening, parent=place.parent or opening)


def repository_name(values: Values) -> str | None:
    """The owner and name of the repository that a node is, None where it is none."""
    full_name = values.get("nameWithOwner") or values.get("full_name")
    if isinstance(full_name, str):
        return full_name
    owner, name = values.get("owner"), values.get("name")
    login = owner.get("login") if isinstance(owner, dict) else None
    return f"{login}/{name}" if isinstance(login, str) and isinstance(name, str) else None


def node_thread_key(values: Values) -> ThreadKey | None:
    """The thread that the node's addresses name.

    >>> node_thread_key({"issue_url": "https://api.github.com/repos/ada/oven/issues/7"})
    ThreadKey(site='github.com', id='ada/oven#7')
    """
    for name in ADDRESS_KEYS:
        url = values.get(name)
        match = (PAGE_URL.match(url) or API_URL.match(url)) if isinstance(url, str) else None
        if match is not None:
            return ThreadKey(match[1], f"{match[2]}#{match[3]}")
    return None


def inner_values(values: Values, opens: bool, place: Place) -> Iterator[tuple[object, Place]]:
    """What may hold more nodes, each with its place."""
    if "isResolved" in values:
        yield from review_thread_comments(values, place)
        return
    for name in values:
        if name in KEYS_WITH_NODES and isinstance(values[name], dict | list):
            within = replace(place, parent=node_id(values)) if name == "replies" else place
            yield values[name], replace(within, parent=place.opening) if opens else within


def review_thread_comments(thread: Values, place: Place) -> Iterator[tuple[object, Place]]:
    """The comments of a review's thread: the first is on the pull request, the others answer it."""
    comments, declared = connection_nodes(thread.get("comments")), declared_total(thread.get("comments"))
    within = replace(place, threaded=True, resolved=thread["isResolved"] is True)
    for number, comment in enumerate(comments):
        if number:
            yield comment, replace(within, parent=node_id(comments[0]))
        else:
            yield comment, replace(within, parent=place.opening, replies=declared and declared - 1)


def connection_nodes(value: object) -> list[Values]:
    """The nodes of a list or connection."""
    if isinstance(value, dict):
        edges = value.get("edges")
        inside = [edge.get("node") for edge in edges if isinstance(edge, dict)] if isinstance(edges, list) else []
        value = value.get("nodes", inside)
    return [node for node in value if isinstance(node, dict)] if isinstance(value, list) else []


def declared_total(value: object) -> int | None:
    """How many a count or connection says there are."""
    total = value.get("totalCount") if isinstance(value, dict) else value
    return total if isinstance(total, int) and not isinstance(total, bool) and 0 <= total <= MOST_COMMENTS else None


def node_id(values: Values) -> str | None:
    """The comment's name: the part of its page that its address leads to, for ids alone are not unique in a thread.

    >>> node_id({"id": 5, "issue_url": "https://api.github.com/repos/ada/oven/issues/7", "body": "Yes."})
    'issuecomment-5'
    """
    number = values.get("id") if is_whole_number(values.get("id")) else values.get("databaseId")
    kind, anchor_id = anchor_parts(values)
    if kind and is_whole_number(number):
        return f"{kind}{number}"
    if kind and anchor_id:
        return kind + anchor_id
    node = values.get("id")
    return str(node) if is_whole_number(node) else node if isinstance(node, str) and node.strip() else None


def anchor_parts(values: Values) -> tuple[str | None, str | None]:
    """What comes before the number in a comment's name, and the number in its address; None where unknown."""
    for name in ("html_url", "url"):
        url = values.get(name)
        match = COMMENT_FRAGMENT.search(url) if isinstance(url, str) else None
        if match is not None:
            return match[1], match[2]
    if "pull_request_url" in values:
        return ("discussion_r" if "path" in values else "pullrequestreview-"), None
    return ("issuecomment-" if "issue_url" in values else None), None


def is_whole_number(value: object) -> bool:
    """True for a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class CommentIndex:
    """What has to be known of all comments of a file before one is read."""

    names: Mapping[str, str]  # by the id of the node
    threaded: frozenset[str]  # names of those that stand in a review's thread, which says more of them


def index_comments(values: list[object]) -> CommentIndex:
    """The names of all comments in the answers."""
    names, threaded = dict[str, str](), set[str]()
    for comment_node in (node for value in values for node in nodes_in(value)):
        name, key = node_id(comment_node.values), comment_node.values.get("node_id") or comment_node.values.get("id")
        if name is not None and isinstance(key, str):
            names[key] = name
    for value in values:
        for thread in review_threads_in(value):
            threaded.update(
                name
                for connection_node in connection_nodes(thread.get("comments"))
                if (name := node_id(connection_node))
            )
    return CommentIndex(names, frozenset(threaded))


def review_threads_in(value: object) -> Iterator[Values]:
    """The threads of reviews in an answer, in no order."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if "isResolved" in item:
                yield item
            waiting.extend(item[name] for name in KEYS_WITH_NODES if name in item)
