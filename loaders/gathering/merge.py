"""Gathers the records of all files of a load by thread, with what the store already holds, into Discussions."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from rejoinder.errors import Problem
from rejoinder.loaders.gathering.cycles import cycle_cuts
from rejoinder.loaders.gathering.judgements import gather_judgements
from rejoinder.loaders.gathering.naming import opening_title
from rejoinder.loaders.gathering.ordered import problems_in_order
from rejoinder.loaders.gathering.parents import recognise_parents
from rejoinder.loaders.gathering.spill import Spill, record_name
from rejoinder.loaders.gathering.stated_checks import drop_faulty_claims, drop_faulty_moves, drop_faulty_platform_moves
from rejoinder.records import (
    AifGraph,
    Comment,
    Discussion,
    Found,
    Judgement,
    PlatformMove,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
)

IN_STORE = "(store)"
LEAST_CHANGED = 3  # comments of a thread that nobody edits all at once
SHARED_ONE_IN = 10  # of so many paragraphs of a dump, at least one was there when it was loaded before
Keyed = TypeVar("Keyed", Comment, StatedClaim, StatedMove, PlatformMove)
StoredThread = Callable[[ThreadKey], Discussion | None]


@dataclass(slots=True)
class Absences:
    """Parents that are not loaded, counted for each file."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, tuple[int, str]] = field(default_factory=dict)
    posts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def note(self, file: str, line: int, parent: str) -> None:
        """Counts one; the earliest line of each file is kept as the example."""
        self.counts[file] = self.counts.get(file, 0) + 1
        self.first[file] = min(self.first.get(file, (line, parent)), (line, parent))

    def note_post(self, file: str, line: int) -> None:
        """Counts one whose parent is the post, or page, that its whole thread is about."""
        count, first = self.posts.get(file, (0, line))
        self.posts[file] = (count + 1, min(first, line))

    def problems(self) -> Iterator[Problem]:
        """One warning a file, in the order of names."""
        for file in sorted(self.counts):
            line, parent = self.first[file]
            count = self.counts[file]
            whose = "a comment's parent is" if count == 1 else f"the parents of {count} comments are"
            message = f"{whose} not loaded; the first is {parent!r}. Load the file that holds it, or leave it so"
            yield Problem(file, line, message, lost=False)
        for file, (count, line) in sorted(self.posts.items()):
            whose = "a comment answers" if count == 1 else f"{count} comments answer"
            message = f"the post that {whose} is not loaded: what is said of it is read without its words"
            yield Problem(file, line, message, lost=False)


def merge(stream: Iterable[Found | Problem], stored: StoredThread) -> Iterator[Discussion | Problem]:
    """One Discussion a thread, sorted by key, and every Problem: those of the stream first, its own at the end.

    A thread is the union, by comment id, of what is `stored` of it and what the stream brings; the latest wins.
    Memory is that of the largest thread: records wait in a temporary SQLite database.
    """
    absences = Absences()
    with Spill() as spill:
        for item in stream:
            if isinstance(item, Problem):
                yield item
            else:
                spill.add(item)
        yield from problems_in_order(
            result for key in spill.threads() for result in gather_thread(key, spill, stored(key), absences)
        )
    yield from absences.problems()


def gather_thread(
    key: ThreadKey, spill: Spill, discussion: Discussion | None, absences: Absences
) -> Iterator[Discussion | Problem]:
    """The thread's Discussion, after the Problems met in making it."""
    discussion = discussion or Discussion(Thread(key), ())
    comments, claims = Gathering(discussion.comments), Gathering(discussion.stated_claims)
    moves, recorded = Gathering(discussion.stated_moves), Gathering(discussion.platform_moves)
    yield from comments.take(spill.records_of_thread(key, Comment))
    threads = [entry.record for entry in spill.records_of_thread(key, Thread) if isinstance(entry.record, Thread)]
    yield from another_thread_problems(discussion, comments.records, comments.places)
    yield from gone_comment_problems(discussion, comments.places, threads)
    yield from recognise_parents(key, comments.records, comments.places)
    yield from break_cycles(comments.records, comments.places)
    note_absent(key, comments, absences)
    yield from claims.take(spill.records_of_thread(key, StatedClaim))
    yield from drop_faulty_claims(claims.records, comments.records, claims.places)
    yield from moves.take(spill.records_of_thread(key, StatedMove))
    yield from drop_faulty_moves(moves.records, claims.records, comments.records, moves.places)
    yield from recorded.take(spill.records_of_thread(key, PlatformMove))
    yield from drop_faulty_platform_moves(recorded.records, comments.records, recorded.places)
    judged = yield from gather_judgements(
        discussion.judgements, spill.records_of_thread(key, Judgement), comments.records
    )
    aif = yield from latest_aif(spill.records_of_thread(key, AifGraph), discussion.aif)
    if comments.records:
        thread = with_title(latest_thread([declared_thread(discussion), *threads]), comments.records.values())
        ordered = tuple(sorted(comments.records.values(), key=reading_order))
        stated = claims.by_name(), moves.by_name(), recorded.by_name()
        yield Discussion(thread, ordered, *stated, aif, judged)


class Gathering(Generic[Keyed]):
    """Records of one kind by their names, and where those of this load stand: file and line."""

    def __init__(self, stored: Iterable[Keyed]) -> None:
        self.records: dict[str, Keyed] = {record_name(record): record for record in stored}
        self.places: dict[str, tuple[str, int]] = {}

    def take(self, loaded: Iterable[Found]) -> Iterator[Problem]:
        """Keeps the latest of each name; two contents for one name within a load are a Problem."""
        for entry in loaded:
            record: Keyed = entry.record  # type: ignore[assignment]
            name = record_name(record)
            if name in self.places and not is_same_but_for_place(self.records[name], record):
                file, line = self.places[name]
                noun = "comment" if isinstance(record, Comment) else "stated"
                message = f"{noun} {name!r} also stands, with other content, at {file}:{line}; kept this, the later one"
                yield Problem(entry.file, entry.line, message, lost=True)
            self.records[name] = record
            self.places[name] = (entry.file, entry.line)

    def by_name(self) -> tuple[Keyed, ...]:
        """The records in the order of their names."""
        return tuple(self.records[name] for name in sorted(self.records))


def note_absent(key: ThreadKey, comments: Gathering[Comment], absences: Absences) -> None:
    """Counts the parents that this load's comments name and that are not there."""
    for name, (file, line) in sorted(comments.places.items()):
        parent = comments.records[name].parent
        if parent is None or parent in comments.records:
            continue
        if parent in (key.id, f"post-{key.id}"):
            absences.note_post(file, line)
        else:
            absences.note(file, line, parent)


def reading_order(comment: Comment) -> tuple[int, str]:
    """By position in a dump, else by id."""
    return (-1 if comment.position is None else comment.position, comment.id)


def another_thread_problems(
    discussion: Discussion, now: dict[str, Comment], places: dict[str, tuple[str, int]]
) -> Iterator[Problem]:
    """Says so where a thread of the store and its file have next to nothing in common: they may be two of one name."""
    before = {comment.id: comment for comment in discussion.comments}
    reloaded = [before[name] for name in places if name in before]
    replaced = bool(reloaded) and all(is_another_comment(comment, now[comment.id]) for comment in reloaded)
    replaced |= len(reloaded) >= LEAST_CHANGED and all(comment.text != now[comment.id].text for comment in reloaded)
    beside = discussion.flattened and SHARED_ONE_IN * len(reloaded) < len(places)
    if replaced or beside:
        file, line = min(places.values())
        message = f"the store holds this thread with other words, which {'stay beside these' if beside else 'are lost'}"
        yield Problem(file, line, f"{message}; if this is another discussion, rename the file", lost=False)


def gone_comment_problems(
    discussion: Discussion, places: dict[str, tuple[str, int]], threads: Iterable[Thread]
) -> Iterator[Problem]:
    """Says so where files hold all comments that their source declares, and the store holds others of the thread."""
    counts = [thread.declared_comments for thread in threads if thread.declared_comments is not None]
    gone = [
        comment.id
        for comment in discussion.comments
        if comment.id not in places and State.DELETED not in comment.states
    ]
    if not gone or not places or not counts or len(places) < counts[-1]:
        return
    are, them = ("a comment that is", "it was") if len(gone) == 1 else (f"{len(gone)} comments that are", "they were")
    clause = f"though all {counts[-1]} are here that the source declares"
    message = f"the store holds {are} not here, {clause}; if {them} removed since, load again with --replace"
    file, line = min(places.values())
    yield Problem(file, line, message, lost=False)


def is_another_comment(comment: Comment, other: Comment) -> bool:
    """True if two comments of one id are by different people, as far as is known, and of different words."""
    return None not in (comment.author, other.author) and comment.author != other.author and comment.text != other.text


def latest_aif(loaded: Iterable[Found], stored: AifGraph | None) -> Generator[Problem, None, AifGraph | None]:
    """The latest AIF graph, that of the store where there is none; two that differ within a load are a Problem."""
    graph, before = stored, ""
    for entry in loaded:
        if before and graph != entry.record:
            message = f"{before} holds another AIF graph of the same thread; kept this, the later one: rename a file"
            yield Problem(entry.file, entry.line, message, lost=True)
        graph, before = entry.record, entry.file  # type: ignore[assignment]
    return graph


def is_same_but_for_place(record: object, other: object) -> bool:
    """Equal, but for the place in a dump, which moves whenever something is written above."""
    if isinstance(record, Comment) and isinstance(other, Comment):
        return replace(record, position=None) == replace(other, position=None)
    return record == other


def break_cycles(comments: dict[str, Comment], places: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    """Takes the parent from the smallest id of each reply cycle, and says so."""
    for name, length in cycle_cuts({comment.id: comment.parent for comment in comments.values()}):
        file, line = places.get(name, (IN_STORE, 0))
        parent = comments[name].parent
        how = "itself" if length == 1 else f"{parent!r}, which replies to it through {length - 1} more"
        message = f"comment {name!r} replies to {how}; expected replies without a cycle, so it stands without parent"
        yield Problem(file, line, message, lost=True)
        comments[name] = replace(comments[name], parent=None)


def declared_thread(discussion: Discussion) -> Thread:
    """The thread as its source describes it: without a title that was made of its opening post, which may change."""
    is_derived = discussion.thread.title is not None and discussion.thread.title == opening_title(discussion.comments)
    return replace(discussion.thread, title=None) if is_derived else discussion.thread


def with_title(thread: Thread, comments: Iterable[Comment]) -> Thread:
    """The thread with a title: that of its source, or else the first words of its opening post."""
    return thread if thread.title is not None else replace(thread, title=opening_title(comments))


def latest_thread(versions: list[Thread]) -> Thread:
    """The thread as its versions describe it: of each field the latest that says anything."""
    thread = versions[0]
    for version in versions[1:]:
        thread = Thread(
            thread.key,
            version.title if version.title is not None else thread.title,
            version.url if version.url is not None else thread.url,
            version.declared_comments if version.declared_comments is not None else thread.declared_comments,
        )
    return thread
