"""Issues and comments of GitHub as records: words, authors, states, counts, and answers that were accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.loaders.bodies import Body, Dialect, from_html, plain
from rejoinder.loaders.sites.github_mail import from_comment
from rejoinder.loaders.sites.github_nodes import (
    BODIES,
    PAGE,
    Known,
    Node,
    Values,
    is_number,
    kind_of,
    members,
    name_of,
    total,
)
from rejoinder.loaders.values.fields import Fields, unexpected
from rejoinder.records import Comment, Kind, PlatformMove, Record, State, Thread, ThreadKey

DIALECT = Dialect(base="https://github.com/")
GHOST = "ghost"
BOT = "[bot]"
DATES = ("created_at", "createdAt", "submitted_at", "submittedAt", "published_at", "publishedAt")
SETTLED = frozenset({"resolved", "outdated"})
HIDDEN = frozenset({"spam", "abuse"})
PULL = re.compile(r"/pulls?/\d")
DISCUSSION = re.compile(r"/discussions/\d")


def opening_of(node: Node, others: Known, fields: Fields, home: ThreadKey) -> Iterator[Record]:
    """The thread, its first post, and the answer that was accepted, where it is named there."""
    title = " ".join((fields.side_text("title") or "").split()) or None
    body = words(fields)
    if not body.text.strip():
        body = Body(title or "")
    declared, replies = counts(node.values)
    url = address(fields) or page(home, node.values)
    yield Thread(home, title, url, declared)
    if not any(name in node.values for name in BODIES):
        return  # the words were not asked for, and come with another answer
    if not body.text.strip():
        raise unexpected("title", "a string that is not blank", fields.values.get("title"))
    yield Comment(
        home,
        home.id.rpartition("#")[2],
        body.text,
        author=author_of(fields),
        created=created(fields),
        url=url,
        declared_replies=replies,
        links=body.links,
    )
    if (name := accepted(fields, others)) is not None:
        yield move_of(home, name)


def accepted(fields: Fields, others: Known) -> str | None:
    """The comment that an opening post names as its answer, where that is known."""
    answer = fields.values.get("answer")
    return others.names.get(str(answer.get("id"))) if isinstance(answer, dict) else None


def comment_of(node: Node, others: Known, fields: Fields, home: ThreadKey) -> Comment | None:
    """The comment or review; None where it has no words, or stands in a review's thread as well."""
    name = name_of(fields.values)
    if name is None:
        raise unexpected("id", "a string or whole number", fields.values.get("id"))
    name = fields.scrubber.text(name, fields.line)
    body = words(fields)
    if not body.text.strip() or (name in others.threaded and not node.place.threaded):
        return None
    return Comment(
        home,
        name,
        body.text,
        parent=parent_of(node, others, fields),
        author=author_of(fields),
        created=created(fields),
        url=address(fields),
        declared_replies=replies_to(node),
        states=states_of(node, fields),
        links=body.links,
        addressed=not is_flat(node, others, fields),
    )


def move_of(home: ThreadKey, comment: str) -> PlatformMove:
    """That the comment was accepted as the answer to the thread's first post."""
    return PlatformMove(home, f"{comment}:answer", Kind.ANSWER, home.id.rpartition("#")[2], "marked as answer", comment)


def page_of(fields: Fields, home: ThreadKey) -> Thread:
    """What a comment says of its thread: the page it stands on."""
    found = PAGE.match(address(fields) or "")
    return Thread(home, url=found[0] if found else page(home, fields.values))


def words(fields: Fields) -> Body:
    """The body, in whichever form is there; without the footer of an answer by mail, unless there is nothing else."""
    for name, read in (("body", from_comment), ("bodyHTML", from_html), ("body_html", from_html)):
        found = fields.optional(name)
        if found is not None:
            return read(found, DIALECT)
    return plain((fields.optional("bodyText") or fields.optional("body_text") or "").strip())


def author_of(fields: Fields) -> str | None:
    """The account; None where it is gone, for many people are one ghost."""
    for name in ("user", "author"):
        account = fields.values.get(name)
        if isinstance(account, dict) and account.get("login") is not None:
            login = Fields(account, fields.line, fields.scrubber).side_text("login")
            return None if login == GHOST else as_rest(login, account)
    return None


def as_rest(login: str | None, account: Values) -> str | None:
    """The name of an account as REST has it: `app[bot]` for a program, where GraphQL says `app`, and gh `app/app`.

    >>> as_rest("renovate", {"__typename": "Bot"}), as_rest("app/renovate", {"is_bot": True}), as_rest("ada", {})
    ('renovate[bot]', 'renovate[bot]', 'ada')
    """
    if login is None or login.endswith(BOT):
        return login
    program = "Bot" in (account.get("type"), account.get("__typename")) or account.get("is_bot") is True
    return login.removeprefix("app/") + BOT if program or login.startswith("app/") else login


def created(fields: Fields) -> str | None:
    """When it was written, as the first of the dates says."""
    return next((found for name in DATES if (found := fields.side_text(name))), None)


def address(fields: Fields) -> str | None:
    """The page, not the place in the API."""
    for name in ("html_url", "url"):
        found = fields.side_text(name)
        if found is not None and PAGE.match(found):
            return found
    return None


def page(home: ThreadKey, values: Values) -> str:
    """The page of a thread that does not name it."""
    repository, _, number = home.id.rpartition("#")
    kind = "pull" if is_pull(values) else "discussions" if is_discussion(values) else "issues"
    return f"https://{home.site}/{repository}/{kind}/{number}"


def parent_of(node: Node, others: Known, fields: Fields) -> str | None:
    """The comment that this one answers: the one it names, else what its place says."""
    kind = kind_of(node.values)[0] or ""
    above = node.values.get("replyTo")
    if isinstance(above, dict) and ("id" in above or "databaseId" in above):
        named = others.names.get(str(above.get("id")))
        number = above.get("databaseId")
        return named or (f"{kind}{number}" if kind and is_number(number) else None) or node.place.parent
    for name in ("replyTo", "in_reply_to_id", "parent_id"):
        if told := fields.above(name):
            return others.names.get(told) or (f"{kind}{told}" if told.isdecimal() else told)
    return node.place.parent


def is_flat(node: Node, others: Known, fields: Fields) -> bool:
    """True for a comment that only stands below the first post, and is no review of a pull request."""
    remark = kind_of(node.values)[0] in ("issuecomment-", "discussioncomment-", None)
    return remark and not node.place.threaded and parent_of(node, others, fields) == node.place.opening


def states_of(node: Node, fields: Fields) -> tuple[State, ...]:
    """Whether a comment was hidden as spam or abuse, or its matter is settled or past."""
    reason = fields.values.get("minimizedReason") if fields.values.get("isMinimized") is True else None
    why = reason.casefold() if isinstance(reason, str) else ""
    hidden = (State.DELETED,) if why in HIDDEN else ()
    return (*hidden, *((State.RESOLVED,) if node.place.resolved or why in SETTLED else ()))


def counts(values: Values) -> tuple[int | None, int | None]:
    """How many comments the thread has, its first post among them, and how many replies that post has, as declared.

    A pull request's are known only where its review comments are counted: reviews with words are counted as loaded.
    """
    comments = total(values.get("comments"))
    if comments is None:
        return None, None
    if is_pull(values):
        return pull_counts(values, comments)
    if is_discussion(values) and any(total(one.get("replies")) is None for one in shown(values)):
        return None, comments
    return comments + 1, comments


def pull_counts(values: Values, comments: int) -> tuple[int | None, int | None]:
    """The same of a pull request with so many comments below it."""
    beside, threads = total(values.get("review_comments")), total(values.get("reviewThreads"))
    if beside is not None:
        return comments + beside + 1, comments
    if threads is None:
        return None, comments
    said = sum(bool(str(one.get("body") or "").strip()) for one in members(values.get("reviews")))
    return comments + threads + said + 1, comments + threads + said


def shown(values: Values) -> list[Values]:
    """The comments that are there."""
    return members(values.get("comments"))


def replies_to(node: Node) -> int | None:
    """How many replies a comment of a discussion, or the first of a review's thread, is said to have."""
    declared = (node.place.replies, total(node.values.get("replies")), total(node.values.get("child_comment_count")))
    return next((one for one in declared if one is not None), None)


def is_pull(values: Values) -> bool:
    """True for a pull request."""
    return any(name in values for name in ("pull_request", "pull_request_url", "reviewThreads", "review_comments")) or (
        any(PULL.search(str(values.get(name) or "")) for name in ("html_url", "url"))
    )


def is_discussion(values: Values) -> bool:
    """True for a discussion."""
    return any(DISCUSSION.search(str(values.get(name) or "")) for name in ("html_url", "url"))
