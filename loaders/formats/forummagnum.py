"""LessWrong, EA Forum and Alignment Forum: posts and comments as their GraphQL interface gives them, in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, Dialect, from_html, from_markdown, plain_body
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.finding import read_item
from rejoinder.loaders.containers.peek import json_objects, json_paths
from rejoinder.loaders.mapping import as_moment
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.forummagnum import (
    BODY_KEYS,
    SITE,
    ForumExport,
    ForumItem,
    Values,
    forum_export,
    is_comment_object,
    is_post_object,
)
from rejoinder.loaders.sites.forummagnum_reactions import reaction_kind
from rejoinder.loaders.values.fields import FieldError, Fields, unexpected_error
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, PlatformMove, Record, State, Thread, ThreadKey, digest

NAME = "forummagnum"
SUMMARY = "LessWrong, EA Forum, Alignment Forum: posts and comments in the JSON of their GraphQL interface"
READS = Reads(
    recognised="objects with `_id` that are comments (`parentCommentId`, `postId`...) or posts (`title`, `slug`...)",
    id="`_id`, within `postId` (`tagId` where a tag is discussed)",
    parent="`parentCommentId`; without it the post",
    author="`user.displayName` (else `username`, `slug`), the old `author`, `userId`; none with `hideAuthor`",
    created="`postedAt`",
    body="`contents` (`html`, `markdown`, `plaintextMainText`) or `htmlBody`; of a post without words its title",
    link="`pageUrl`, else made of the post's",
    counts="the post's `commentCount`, and the post itself; `directChildrenCount`",
    states="`deleted`, `spam` and `rejected` are deleted; `retracted`",
    moves="`extendedScore.reacts` with their authors and quoted words; `answer` to a question",
    ignored="drafts; reactions that are only counted or say nothing of the argument; karma; `descendentCount`",
)

GRAPHQL_SCHEMA = re.compile(r'(?:\s*(?:#[^\n]*\n|"""[^"]*"""))*\s*type\s+(?:Comment|Post)\b[^{]*\{\s*_id\s*:')
CONTRADICTION = (
    "comment {!r} also stands, with other words, elsewhere in this file; kept this, which is given more fully"
)
ANSWER_PATHS = frozenset(["data.post.result.contents", "data.comments.results[].contents"])
HIDDEN_FLAGS = ("deleted", "deletedDraft", "spam", "rejected")
NOBODY_NAMES = frozenset(["[deleted]", "[anonymous]"])
NAME_KEYS = ("displayName", "username", "fullName", "slug")
BODY_READERS: dict[str, Callable[[str, Dialect], Body]] = {
    "html": from_html,
    "markdown": from_markdown,
    "agentMarkdown": from_markdown,
    "plaintextMainText": lambda words, _: plain_body(words),
}


def recognises(path: Path, head: str) -> bool:
    """True if an object of the JSON has the fields of a comment or post; also for the schema, to say what it is."""
    return any(is_comment_object(keys) or is_post_object(keys) for keys in json_objects(head)) or is_answer_or_schema(
        head
    )


def is_answer_or_schema(head: str) -> bool:
    """True for an answer whose first words are longer than the head, and for the schema."""
    return GRAPHQL_SCHEMA.match(head) is not None or bool(ANSWER_PATHS & json_paths(head))


def load(source: Source) -> Iterator[Found | Problem]:
    """The threads and comments in the order of the file; raises LoadError where it holds none with words."""
    if GRAPHQL_SCHEMA.match(source.head().decode("utf-8", errors="replace")):
        raise LoadError(source.name, 1, "this is the schema of comments and holds no comments; load a query's answer")
    export, scrubber = forum_export(json_documents(source)), Scrubber()
    if not any(map(has_words, export.items.values())):
        raise LoadError(source.name, 1, "expected comments with words; ask for `contents { html }` or `htmlBody`")
    drafts = list[int]()
    for forum_item in export.items.values():
        line = forum_item.document.line(forum_item.written_id)
        if forum_item.values.get("draft") is True:
            drafts.append(line)
        else:
            yield from read_item(
                item_records(forum_item, Fields(forum_item.values, line, scrubber), export), line, source.name
            )
        if forum_item.id in export.doubtful:
            yield Problem(source.name, line, CONTRADICTION.format(forum_item.id), lost=True)
    yield from map(missing_id_problem, export.nameless)
    if drafts:
        message = f"left out drafts, which nobody was shown ({len(drafts)}); the first is on this line"
        yield Problem(source.name, drafts[0], message, lost=False)
    yield from scrubber.problems(source.name)


def missing_id_problem(item: ForumItem) -> Problem:
    """That a post or comment is lost, for it cannot be called by anything."""
    line = item.document.line(item.values.get("pageUrl") or item.values.get("postedAt"))
    return Problem(item.document.name, line, str(unexpected_error("_id", "a string", item.written_id)), lost=True)


def has_words(item: ForumItem) -> bool:
    """False for a mere mention of a post or comment, whose words were not asked for."""
    return bool(BODY_KEYS & item.values.keys()) or is_hidden(item.values)


def is_hidden(values: Values) -> bool:
    """True for what readers do not see any more."""
    return any(values.get(name) is True for name in HIDDEN_FLAGS)


def item_records(item: ForumItem, fields: Fields, export: ForumExport) -> Iterator[Record]:
    """The thread that a post opens, the comment, and what the platform records of it; raises FieldError."""
    key = item_thread_key(item, fields, export)
    if item.post:
        yield post_thread(fields, key)
    if not has_words(item):
        return
    comment = item_comment(item, fields, key, export)
    yield comment
    if item.values.get("answer") is True and comment.text.strip() and comment.parent == key.id:
        yield PlatformMove(key, f"{comment.id}:answer", Kind.ANSWER, key.id, "answer", comment.id)
    yield from reaction_moves(comment, fields, export)


def post_thread(fields: Fields, key: ThreadKey) -> Thread:
    """The thread that the post opens; the post counts as one of its comments."""
    count = fields.declared_count("commentCount")
    return Thread(
        key,
        fields.side_text("title"),
        fields.side_text("pageUrl"),
        None if count is None else count + 1,
    )


def item_thread_key(item: ForumItem, fields: Fields, export: ForumExport) -> ThreadKey:
    """The thread that the post or comment is of."""
    key = export.threads[item.id]
    return ThreadKey(*(fields.scrubber.text(part, fields.line) for part in (key.site, key.id)))


def item_comment(item: ForumItem, fields: Fields, key: ThreadKey, export: ForumExport) -> Comment:
    """The comment, or the post as the comment that opens the thread; raises FieldError where it has no words."""
    name, gone = fields.required("_id"), is_hidden(item.values)
    body = item_body(fields, key.site)
    if not body.text.strip() and item.post:
        body = plain_body(fields.side_text("title") or "")
    if not body.text.strip() and not gone:
        raise FieldError('expected words in "contents" or "htmlBody", or a comment that is deleted')
    states = [State.DELETED] * gone + [State.RETRACTED] * (item.values.get("retracted") is True)
    fields.values = {**item.values, "postedAt": query_date(item.values.get("postedAt"))}
    return Comment(
        key,
        name,
        body.text,
        parent=None if item.post else comment_parent(name, fields, key),
        author=item_author(fields, export),
        created=fields.iso_moment("postedAt"),
        url=fields.side_text("pageUrl") or comment_permalink(key, name),
        declared_replies=fields.declared_count("directChildrenCount"),
        states=tuple(states),
        links=body.links,
    )


def comment_parent(name: str, fields: Fields, key: ThreadKey) -> str | None:
    """The comment replied to, else the post; None for the topmost comment of a thread whose post is not known."""
    return fields.parent_id("parentCommentId") or (None if name == key.id else key.id)


def comment_permalink(key: ThreadKey, comment: str) -> str | None:
    """The permalink, as the forums form it, where the host is known."""
    return None if key.site == SITE else f"https://{key.site}/posts/{key.id}?commentId={comment}"


def query_date(value: object) -> object:
    """A date of a query, or of the database behind it (`$date`, or milliseconds)."""
    return as_moment(value.get("$date") if isinstance(value, dict) else value)


def item_author(fields: Fields, export: ForumExport) -> str | None:
    """The name that readers see."""
    if fields.values.get("hideAuthor") is True:
        return None
    user = fields.values.get("user")
    user_fields = Fields(user, fields.line, fields.scrubber) if isinstance(user, dict) else None
    names = [user_fields.side_text(name) for name in NAME_KEYS if user_fields]
    number = fields.side_text("userId")
    candidates = [*names, fields.side_text("author"), person_name(fields, export), number]
    name = next((candidate for candidate in candidates if candidate), None)
    return None if name in NOBODY_NAMES else name


def person_name(fields: Fields, export: ForumExport) -> str | None:
    """The name that the file gives to the `userId`."""
    name = export.people.get(str(fields.values.get("userId")))
    return None if name is None else fields.scrubber.text(name, fields.line)


def item_body(fields: Fields, site: str) -> Body:
    """The words in the first form that has any."""
    dialect = Dialect(base=None if site == SITE else f"https://{site}/")
    contents = fields.values.get("contents")
    if isinstance(contents, dict):
        inner = Fields(contents, fields.line, fields.scrubber)
        forms = [(inner.optional(name), turn) for name, turn in BODY_READERS.items()]
    else:
        forms = [(fields.optional("contents"), from_html)]
    forms += [(fields.optional("htmlBody"), from_html), (fields.optional("body"), from_markdown)]
    return next((turn(words, dialect) for words, turn in forms if words), Body(""))


def reaction_moves(comment: Comment, fields: Fields, export: ForumExport) -> Iterator[PlatformMove]:
    """The reactions that somebody made to the comment or to words of it, as far as they are moves of an argument."""
    for name, reactions in reactions_by_name(fields.values).items():
        for reaction in reactions if isinstance(reactions, list) else ():
            if isinstance(reaction, dict):
                yield from moves_by_reaction(comment, name, Fields(reaction, fields.line, fields.scrubber), export)


def reactions_by_name(values: Values) -> Values:
    """The reactions by their names; the score may be JSON in a string."""
    score = values.get("extendedScore") or values.get("afExtendedScore")
    if isinstance(score, str):
        try:
            score = json.loads(score)
        except (ValueError, RecursionError):
            return {}
    reactions = score.get("reacts") if isinstance(score, dict) else None
    return reactions if isinstance(reactions, dict) else {}


def moves_by_reaction(comment: Comment, name: str, fields: Fields, export: ForumExport) -> Iterator[PlatformMove]:
    """A move for each passage that the reaction marks, or one for the whole comment."""
    number = fields.side_text("userId")
    author = person_name(fields, export) or fields.side_text("displayName") or number
    kind_and_cue = reaction_kind(name, fields.optional("reactType") or "created")
    if kind_and_cue is None or author is None:
        return
    kind, cue = kind_and_cue
    for words in fields.names("quotes") or (None,):
        where = "" if words is None else ":" + digest(words)[:8]
        yield PlatformMove(
            comment.thread,
            f"{comment.id}:{cue}:{number or author}{where}",
            kind,
            comment.id,
            cue,
            None,
            None,
            None,
            author,
            words,
        )
