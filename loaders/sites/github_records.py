"""Issues and comments of GitHub as records: words, authors, states, counts, and answers that were accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.loaders.bodies import Body, Dialect, from_html, plain_body
from rejoinder.loaders.sites.github_mail import from_github_comment
from rejoinder.loaders.sites.github_nodes import (
    BODY_KEYS,
    PAGE_URL,
    CommentIndex,
    Node,
    Values,
    anchor_parts,
    connection_nodes,
    declared_total,
    is_whole_number,
    node_id,
)
from rejoinder.loaders.values.fields import Fields, unexpected_error
from rejoinder.records import Comment, Kind, PlatformMove, Record, State, Thread, ThreadKey

DIALECT = Dialect(base="https://github.com/")
GHOST = "ghost"
BOT = "[bot]"
DATE_KEYS = ("created_at", "createdAt", "submitted_at", "submittedAt", "published_at", "publishedAt")
SETTLED_REASONS = frozenset({"resolved", "outdated"})
DELETED_REASONS = frozenset({"spam", "abuse"})
PULL_PATH = re.compile(r"/pulls?/\d")
DISCUSSION_PATH = re.compile(r"/discussions/\d")


def opening_records(node: Node, others: CommentIndex, fields: Fields, home: ThreadKey) -> Iterator[Record]:
    """The thread, its first post, and the answer that was accepted, where it is named there."""
    title = " ".join((fields.side_text("title") or "").split()) or None
    body = node_body(fields)
    if not body.text.strip():
        body = Body(title or "")
    declared, replies = declared_counts(node.values)
    url = node_url(fields) or thread_url(home, node.values)
    yield Thread(home, title, url, declared)
    if not any(name in node.values for name in BODY_KEYS):
        return  # the words were not asked for, and come with another answer
    if not body.text.strip():
        raise unexpected_error("title", "a string that is not blank", fields.values.get("title"))
    yield Comment(
        home,
        home.id.rpartition("#")[2],
        body.text,
        author=account_login(fields),
        created=node_created(fields),
        url=url,
        declared_replies=replies,
        links=body.links,
    )
    if (name := accepted_answer_id(fields, others)) is not None:
        yield answer_move(home, name)


def accepted_answer_id(fields: Fields, others: CommentIndex) -> str | None:
    """The comment that an opening post names as its answer, where that is known."""
    answer = fields.values.get("answer")
    return others.names.get(str(answer.get("id"))) if isinstance(answer, dict) else None


def node_comment(node: Node, others: CommentIndex, fields: Fields, home: ThreadKey) -> Comment | None:
    """The comment or review; None where it has no words, or stands in a review's thread as well."""
    name = node_id(fields.values)
    if name is None:
        raise unexpected_error("id", "a string or whole number", fields.values.get("id"))
    name = fields.scrubber.text(name, fields.line)
    body = node_body(fields)
    if not body.text.strip() or (name in others.threaded and not node.place.threaded):
        return None
    return Comment(
        home,
        name,
        body.text,
        parent=node_parent(node, others, fields),
        author=account_login(fields),
        created=node_created(fields),
        url=node_url(fields),
        declared_replies=declared_reply_count(node),
        states=node_states(node, fields),
        links=body.links,
        addressed=not is_unaddressed(node, others, fields),
    )


def answer_move(home: ThreadKey, comment: str) -> PlatformMove:
    """That the comment was accepted as the answer to the thread's first post."""
    return PlatformMove(home, f"{comment}:answer", Kind.ANSWER, home.id.rpartition("#")[2], "marked as answer", comment)


def node_thread(fields: Fields, home: ThreadKey) -> Thread:
    """What a comment says of its thread: the page it stands on."""
    match = PAGE_URL.match(node_url(fields) or "")
    return Thread(home, url=match[0] if match else thread_url(home, fields.values))


def node_body(fields: Fields) -> Body:
    """The body, in whichever form is there; without the footer of an answer by mail, unless there is nothing else."""
    for name, read in (("body", from_github_comment), ("bodyHTML", from_html), ("body_html", from_html)):
        markup = fields.optional(name)
        if markup is not None:
            return read(markup, DIALECT)
    return plain_body((fields.optional("bodyText") or fields.optional("body_text") or "").strip())


def account_login(fields: Fields) -> str | None:
    """The account; None where it is gone, for many people are one ghost."""
    for name in ("user", "author"):
        account = fields.values.get(name)
        if isinstance(account, dict) and account.get("login") is not None:
            login = Fields(account, fields.line, fields.scrubber).side_text("login")
            return None if login == GHOST else rest_login(login, account)
    return None


def rest_login(login: str | None, account: Values) -> str | None:
    """The name of an account as REST has it: `app[bot]` for a program, where GraphQL says `app`, and gh `app/app`.

    >>> rest_login("ci", {"__typename": "Bot"}), rest_login("app/renovate", {"is_bot": True}), rest_login("ada", {})
    ('ci[bot]', 'renovate[bot]', 'ada')
    """
    if login is None or login.endswith(BOT):
        return login
    program = "Bot" in (account.get("type"), account.get("__typename")) or account.get("is_bot") is True
    return login.removeprefix("app/") + BOT if program or login.startswith("app/") else login


def node_created(fields: Fields) -> str | None:
    """When it was written, as the first of the dates says."""
    return next((date for name in DATE_KEYS if (date := fields.side_text(name))), None)


def node_url(fields: Fields) -> str | None:
    """The page, not the place in the API."""
    for name in ("html_url", "url"):
        url = fields.side_text(name)
        if url is not None and PAGE_URL.match(url):
            return url
    return None


def thread_url(home: ThreadKey, values: Values) -> str:
    """The page of a thread that does not name it."""
    repository, _, number = home.id.rpartition("#")
    kind = "pull" if is_pull_request(values) else "discussions" if is_discussion(values) else "issues"
    return f"https://{home.site}/{repository}/{kind}/{number}"


def node_parent(node: Node, others: CommentIndex, fields: Fields) -> str | None:
    """The comment that this one answers: the one it names, else what its place says."""
    kind = anchor_parts(node.values)[0] or ""
    above = node.values.get("replyTo")
    if isinstance(above, dict) and ("id" in above or "databaseId" in above):
        parent = others.names.get(str(above.get("id")))
        number = above.get("databaseId")
        return parent or (f"{kind}{number}" if kind and is_whole_number(number) else None) or node.place.parent
    for name in ("replyTo", "in_reply_to_id", "parent_id"):
        if parent_id := fields.parent_id(name):
            return others.names.get(parent_id) or (f"{kind}{parent_id}" if parent_id.isdecimal() else parent_id)
    return node.place.parent


def is_unaddressed(node: Node, others: CommentIndex, fields: Fields) -> bool:
    """True for a comment that only stands below the first post, and is no review of a pull request."""
    remark = anchor_parts(node.values)[0] in ("issuecomment-", "discussioncomment-", None)
    return remark and not node.place.threaded and node_parent(node, others, fields) == node.place.opening


def node_states(node: Node, fields: Fields) -> tuple[State, ...]:
    """Whether a comment was hidden as spam or abuse, or its matter is settled or past."""
    reason = fields.values.get("minimizedReason") if fields.values.get("isMinimized") is True else None
    why = reason.casefold() if isinstance(reason, str) else ""
    hidden = (State.DELETED,) if why in DELETED_REASONS else ()
    return (*hidden, *((State.RESOLVED,) if node.place.resolved or why in SETTLED_REASONS else ()))


def declared_counts(values: Values) -> tuple[int | None, int | None]:
    """How many comments the thread has, its first post among them, and how many replies that post has, as declared.

    A pull request's are known only where its review comments are counted: reviews with words are counted as loaded.
    """
    comments = declared_total(values.get("comments"))
    if comments is None:
        return None, None
    if is_pull_request(values):
        return declared_pull_counts(values, comments)
    if is_discussion(values) and any(
        declared_total(listed_comment.get("replies")) is None for listed_comment in listed_comments(values)
    ):
        return None, comments
    return comments + 1, comments


def declared_pull_counts(values: Values, comments: int) -> tuple[int | None, int | None]:
    """The same of a pull request with so many comments below it."""
    inline, threads = declared_total(values.get("review_comments")), declared_total(values.get("reviewThreads"))
    if inline is not None:
        return comments + inline + 1, comments
    if threads is None:
        return None, comments
    worded_reviews = sum(bool(str(node.get("body") or "").strip()) for node in connection_nodes(values.get("reviews")))
    return comments + threads + worded_reviews + 1, comments + threads + worded_reviews


def listed_comments(values: Values) -> list[Values]:
    """The comments that are there."""
    return connection_nodes(values.get("comments"))


def declared_reply_count(node: Node) -> int | None:
    """How many replies a comment of a discussion, or the first of a review's thread, is said to have."""
    declared = (
        node.place.replies,
        declared_total(node.values.get("replies")),
        declared_total(node.values.get("child_comment_count")),
    )
    return next((count for count in declared if count is not None), None)


def is_pull_request(values: Values) -> bool:
    """True for a pull request."""
    return any(name in values for name in ("pull_request", "pull_request_url", "reviewThreads", "review_comments")) or (
        any(PULL_PATH.search(str(values.get(name) or "")) for name in ("html_url", "url"))
    )


def is_discussion(values: Values) -> bool:
    """True for a discussion."""
    return any(DISCUSSION_PATH.search(str(values.get(name) or "")) for name in ("html_url", "url"))
