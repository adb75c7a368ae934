"""Rejoinder's own interchange format: a comment, a stated claim or move, or a judgement a line, each a JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import plain
from rejoinder.loaders.containers.broken import TOO_LONG, complaint
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.containers.repeated import Decoder
from rejoinder.loaders.fields import FieldError, Fields
from rejoinder.loaders.format import Reads
from rejoinder.loaders.misnamed import Misnamed, misnamed_of_judgement
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.source import Source
from rejoinder.records import (
    Comment,
    Found,
    Judgement,
    Kind,
    Link,
    PlatformMove,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
    Verdict,
)

NAME = "jsonl"
SUMMARY = "Rejoinder's own JSONL: comments, the claims and moves stated in them, and judgements, one a line"
READS = Reads(
    recognised="most lines are objects, one of which names its `thread`, or a `claim`, `move`, `platform` move or "
    "`judgement`",
    id="`id`, within `thread` of `site`",
    parent="`parent`; with `addressed` false it only stands below that, and `to` may name whom it speaks to",
    author="`author`",
    created="`created`",
    body="`text`, plain; `links`",
    link="`url`",
    counts="`replies`, `thread_comments`",
    states="`state`",
    moves="lines with `claim`, `move` or `platform`; what a `judgement` says of others",
    ignored="other keys; one that says what an absent one of ours would, such as `reply_to`, is a warning, "
    "in a judgement an error",
)

LOCAL = "local"
DEEPEST = 100
OURS = re.compile(r'"(?:thread|claim|move|platform|judgement)"\s*:\s*(?:["\d\-]|null)')
FIELDS = (
    "id site thread parent addressed to author created text links url replies thread_title thread_url thread_comments "
    "state claim move platform kind source target comment start end confidence cue exact "
    "judgement words occurrence target_words target_occurrence by note "
    "links[].start links[].end links[].url"
)
OWN = frozenset(FIELDS.split())
NAMES = ("id", "thread", "comment", "target")  # a program may write them as numbers
MARKS = ("move", "claim", "platform", "judgement")  # of lines that are no comment
JUDGED = [kind for kind in Kind if kind not in (Kind.MOVE, Kind.QUOTATION)]  # what people call right
LONG = 60_000  # code points of a head that may end within a line
BRACKET = re.compile(r"[\[\]{}]")
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def recognises(path: Path, head: str) -> bool:
    """True if most lines open an object, no list stands around them, and some line is one of ours.

    Of a first line so long that the head ends within it, no field may be another's: it can be one of any format.
    """
    lines = [line for line in map(str.strip, head.splitlines()) if line]
    if len(lines) == 1 and len(head) >= LONG and lines[0].startswith("{") and has_only_ours(lines[0]):
        return True
    if head.lstrip().startswith("["):
        return False
    objects = [line for line in lines if line.startswith("{") and len(line) > 1]
    return 2 * len(objects) > len(lines) and any(map(is_ours, objects))


def has_only_ours(line: str) -> bool:
    """True if there are fields in the object that the line begins with, and we know each of them."""
    return frozenset() < json_paths(line) <= OWN


def is_ours(line: str) -> bool:
    """True if the object on the line is a comment with its thread, or a claim, move, platform move or judgement."""
    if OURS.search(line) is None:
        return False
    keys = json_paths(line)
    return {"thread", "text"} <= keys or not keys.isdisjoint(MARKS)


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's records line by line; a line that is not as expected is a Problem, and only that line is lost.

    Of a comment, what it can do without is lost alone where it is wrong.
    """
    scrubber, decoder, homes, misnamed = Scrubber(), Decoder(), Homes(source), Misnamed(OWN)
    described: Thread | None = None
    for one in source.lines():
        if isinstance(one, Problem):
            yield one
            continue
        number, raw = one
        try:
            fields = parsed(raw, number, scrubber, decoder)
            if fields is None:
                continue
            record = read_record(fields, homes)
            thread = described_thread(fields, record.thread) if isinstance(record, Comment) else None
        except FieldError as error:
            yield Problem(source.name, number, str(error), lost=True, column=error.column)
            continue
        if isinstance(record, Comment):
            homes.note(record)
            misnamed.see(fields.values, number)
        if thread is not None and thread != described:
            described = thread
            yield Found(thread, source.name, number)
        yield Found(record, source.name, number)
    yield from misnamed.problems(source.name)
    yield from scrubber.problems(source.name)


def parsed(raw: bytes, line: int, scrubber: Scrubber, decoder: Decoder) -> Fields | None:
    """The line's object, with numbers as the names that they are; None for a blank line.

    Raises FieldError if it is no JSON object.
    """
    text = scrubber.decoded(raw, line)
    if not text.strip():
        return None
    if too_deep(text):
        raise FieldError(f"expected JSON nested at most {DEEPEST} deep")
    try:
        value = decoder.whole(text)
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith("{"):
            raise FieldError(f"expected a JSON object, got {text[:40]!r}", error.pos + 1) from None
        raise FieldError(complaint(error), error.pos + 1) from None
    except ValueError:
        raise FieldError(TOO_LONG) from None
    if not isinstance(value, dict):
        raise FieldError(f"expected a JSON object, got {text[:40]!r}")
    decoder.tell(scrubber, line)
    numbers = {name: str(value[name]) for name in NAMES if type(value.get(name)) is int}
    return Fields({**value, **numbers} if numbers else value, line, scrubber)


def too_deep(text: str) -> bool:
    """True if brackets outside strings nest too deep; counted here, for a parser would run out of stack.

    >>> too_deep("[" * 101 + "]" * 101), too_deep('"' + "[" * 101 + '"')
    (True, False)
    """
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    level = 0
    for bracket in BRACKET.findall(STRING.sub("", text)):
        level += 1 if bracket in "[{" else -1
        if level > DEEPEST:
            return True
    return False


class Homes:
    """Which thread a comment of this file belongs to; built only once a claim or move leaves its thread out."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.threads: dict[str, ThreadKey] | None = None

    def note(self, comment: Comment) -> None:
        """Remembers a comment, if anybody has asked yet."""
        if self.threads is not None:
            self.threads[comment.id] = comment.thread

    def of(self, comment: str, line: int) -> ThreadKey:
        """The thread of the latest comment of that id before this line; raises FieldError if there is none."""
        if self.threads is None:
            self.threads = dict(comments_before(self.source, line))
        if comment not in self.threads:
            raise FieldError(f'expected "thread", or a line above with the comment {comment!r}')
        return self.threads[comment]


def comments_before(source: Source, line: int) -> Iterator[tuple[str, ThreadKey]]:
    """Id and thread of each comment that stands above the line."""
    scrubber, decoder = Scrubber(), Decoder()
    for one in Source(source.path).lines():
        if isinstance(one, Problem):
            continue
        if one[0] >= line:
            return
        try:
            fields = parsed(one[1], one[0], scrubber, decoder)
            if fields is not None and not any(mark in fields for mark in MARKS):
                comment = comment_of(fields)
                yield comment.id, comment.thread
        except FieldError:
            continue


def read_record(fields: Fields, homes: Homes) -> Comment | StatedClaim | StatedMove | PlatformMove | Judgement:
    """The record that the line holds; raises FieldError naming the field and what was expected."""
    if "judgement" in fields:
        return judgement_of(fields, homes)
    if "platform" in fields:
        return platform_of(fields, homes)
    if "move" in fields:
        return move_of(fields, homes)
    if "claim" in fields:
        return claim_of(fields, homes)
    return comment_of(fields)


def thread_key(fields: Fields) -> ThreadKey:
    """Site and thread of the line."""
    return ThreadKey(fields.optional("site") or LOCAL, fields.required("thread"))


def described_thread(fields: Fields, key: ThreadKey) -> Thread | None:
    """What the line says of its thread, None if nothing."""
    thread = Thread(
        key,
        fields.side_text("thread_title"),
        fields.side_text("thread_url"),
        fields.declared("thread_comments"),
    )
    return thread if thread != Thread(key) else None


def comment_of(fields: Fields) -> Comment:
    """The comment on the line."""
    known = partial(fields.choices, allowed=[str(one) for one in State])
    states = tuple(sorted({State(one) for one in fields.aside(known, "state") or ()}))
    text = fields.text("text")
    if not text.strip() and State.DELETED not in states:
        raise FieldError('expected "text" that is not empty, unless "state" is "deleted"')
    return Comment(
        thread_key(fields),
        fields.required("id"),
        text,
        parent=fields.above("parent"),
        author=fields.side_text("author"),
        created=fields.moment("created"),
        url=fields.side_text("url"),
        declared_replies=fields.declared("replies"),
        states=states,
        links=links_of(fields, text),
        addressed=fields.aside(partial(fields.flag, default=True), "addressed") is not False,
        to=fields.side_text("to"),
    )


def links_of(fields: Fields, text: str) -> tuple[Link, ...]:
    """The links that the comment states, a side value; else the URLs in it."""
    stated = fields.aside(partial(stated_links, fields, len(text)), "links") if "links" in fields else None
    return plain(text).links if stated is None else stated


def stated_links(fields: Fields, size: int, name: str) -> tuple[Link, ...]:
    """Objects with "start", "end" and "url" within a text of that size; raises FieldError."""
    found = set()
    for values in fields.objects(name):
        one = Fields(values, fields.line, fields.scrubber)
        start, end, url = one.count("start"), one.count("end"), one.required("url")
        if start is None or end is None or not start < end <= size:
            kind = 'expected a link\'s "start" and "end" within the text'
            raise FieldError(f"{kind}, got {start} and {end}", kind=kind)
        found.add(Link(start, end, url))
    return tuple(sorted(found))


def home(fields: Fields, homes: Homes, comment: str) -> ThreadKey:
    """The thread of a claim or move: its own, or that of its comment."""
    if "thread" in fields:
        return thread_key(fields)
    return homes.of(comment, fields.line)


def claim_of(fields: Fields, homes: Homes) -> StatedClaim:
    """The stated claim on the line."""
    comment = fields.required("comment")
    start, end = fields.count("start"), fields.count("end")
    if start is None or end is None or start >= end:
        raise FieldError(f'expected "start" and "end" with 0 <= start < end, got {start} and {end}')
    return StatedClaim(home(fields, homes, comment), fields.required("claim"), comment, start, end)


def kind_of(fields: Fields) -> Kind:
    """The kind of the move on the line."""
    kind = fields.required("kind")
    if kind not in list(Kind):
        raise FieldError(f'expected "kind" out of {", ".join(Kind)}, got {kind!r}')
    return Kind(kind)


def platform_of(fields: Fields, homes: Homes) -> PlatformMove:
    """The platform move on the line: by a comment, or without words by an author."""
    comment, author, target = fields.optional("comment"), fields.optional("author"), fields.required("target")
    if comment is None and author is None:
        raise FieldError('expected "comment", or the "author" of a reaction, got neither')
    return PlatformMove(
        home(fields, homes, target if comment is None else comment),
        fields.required("platform"),
        kind_of(fields),
        target,
        fields.required("cue"),
        comment,
        fields.count("start"),
        fields.count("end"),
        author,
        fields.optional("exact"),
    )


def move_of(fields: Fields, homes: Homes) -> StatedMove:
    """The stated move on the line; only a Support may have several sources."""
    comment = fields.required("comment")
    kind = kind_of(fields)
    sources = fields.names("source")
    if not sources or (len(sources) > 1 and kind != Kind.SUPPORT):
        raise FieldError(f'expected one "source" (a Support may have several), got {len(sources)}')
    return StatedMove(
        home(fields, homes, comment),
        fields.required("move"),
        kind,
        sources,
        fields.optional("target"),
        comment,
        fields.share("confidence", 1.0),
    )


def judgement_of(fields: Fields, homes: Homes) -> Judgement:
    """The judgement on the line; a move is called right only by its kind, and a quotation only wrong."""
    misnamed = misnamed_of_judgement(fields.values)
    if misnamed is not None:  # without it the line says more than it is meant to
        raise FieldError('nothing reads "{}" of a judgement; the key for that is "{}"'.format(*misnamed))
    comment, kind = fields.required("comment"), kind_of(fields)
    said = fields.required("judgement")
    if said not in list(Verdict):
        raise FieldError(f'expected "judgement" out of {", ".join(Verdict)}, got {said!r}')
    if said == Verdict.RIGHT and kind not in JUDGED:
        raise FieldError(f'expected "kind" of what is right out of {", ".join(JUDGED)}, got {kind!s:.60}')
    target, target_words = fields.optional("target"), fields.optional("target_words")
    if target_words is not None and target is None:
        raise FieldError('expected the "target" in which the "target_words" stand')
    if said == Verdict.RIGHT and kind == Kind.SIMILARITY and target_words is None:
        raise FieldError('expected the "target_words" that say the same')
    return Judgement(
        home(fields, homes, comment),
        comment,
        kind,
        Verdict(said),
        fields.optional("words"),
        target,
        target_words,
        fields.optional("by"),
        fields.optional("note"),
        which(fields, "occurrence", "words"),
        which(fields, "target_occurrence", "target_words"),
    )


def which(fields: Fields, name: str, words: str) -> int | None:
    """Which of the places is meant where words stand several times in a comment; None for the first."""
    number = fields.count(name)
    if number == 0:
        raise FieldError(f'expected "{name}" from 1 on, got 0')
    if number is not None and fields.optional(words) is None:
        raise FieldError(f'expected the "{words}" of which the "{name}" is meant')
    return None if number == 1 else number
