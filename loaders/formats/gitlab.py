"""GitLab: issues and merge requests, and the discussions or notes on them, as its REST interface gives them.

A note names what it is on by numbers alone, so these are the thread: `5/issues/12`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, from_markdown
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.finding import read_item
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import as_scalar, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, Fields, unexpected_error, value_as_shown
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, State, Thread, ThreadKey

NAME = "gitlab"
SUMMARY = "GitLab: issues and merge requests, their discussions and notes, as its REST interface gives them"
READS = Reads(
    recognised="notes with a `noteable_type`, alone or in the `notes` of discussions; or issues with `iid`, `web_url`",
    id="`id` of the note, `opening` of what is discussed; the thread is `project_id`, what is discussed and its "
    "number; the site is the host of a `web_url`",
    parent="the first note of a discussion, for those after it; all others stand below the opening",
    author="`author.username`, but for `ghost`, which stands for every account that is gone",
    created="`created_at`",
    body="`body` and `description`, Markdown; of an issue without words its `title`",
    link="`web_url`, of a note with `#note_` and its id behind it, where the issue is in the same file",
    counts="`user_notes_count` and the opening",
    states="resolved where `resolved` is true",
    ignored="system notes; votes, labels, lines of code, `updated_at`",
)

SITE = "gitlab"  # where no address tells another
OPENING = "opening"
GHOST = "ghost"
NOTEABLE_PATHS = {"Issue": "issues", "MergeRequest": "merge_requests"}
NUMBER_KEYS = ("id", "iid", "project_id", "noteable_iid", "noteable_id")
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for notes, for discussions that hold some, and for issues or merge requests, alone or in a list."""
    paths = json_paths(head)
    notes = any({at + "noteable_type", at + "body"} <= paths for at in ("", "[].", "notes[].", "[].notes[]."))
    opening = ("iid", "project_id", "web_url", "title")
    return notes or any({at + key for key in opening} <= paths for at in ("", "[]."))


def load(source: Source) -> Iterator[Found | Problem]:
    """The issues and merge requests, then the notes; raises LoadError where there are none."""
    documents, skipped = list(json_documents(source)), SkipLog()
    items = [(item, document) for document in documents for item in as_list(document.value) if isinstance(item, dict)]
    openings = [(item, document) for item, document in items if "iid" in item and "title" in item]
    notes = [(note, above, document) for item, document in items for note, above in discussion_notes(item)]
    if not openings and not notes:
        raise LoadError(source.name, 1, "expected issues, merge requests, discussions or notes of GitLab, got none")
    export = GitlabReader([item for item, _ in openings] + [note for note, _, _ in notes], skipped)
    for opening, document in openings:
        line = document.line(opening.get("id"))
        yield from read_item(export.opening(opening, line), line, document.name)
    for note, above, document in notes:
        line = document.line(note.get("id") if isinstance(note, dict) else note)
        yield from read_item(export.note(note, above, line), line, document.name)
    yield from skipped.problems(source.name)
    yield from export.scrubber.problems(source.name)


def as_list(value: Any) -> list[Any]:
    """The elements of a list; a value alone is one of its own."""
    return value if isinstance(value, list) else [value]


def discussion_notes(item: Json) -> Iterator[tuple[Any, Any]]:
    """The notes of a discussion, or a note alone, each with the first of its discussion, where that is another."""
    notes = item.get("notes")
    if isinstance(notes, list):
        yield from ((note, notes[0] if place else None) for place, note in enumerate(notes))
    elif "noteable_type" in item:
        yield item, None


class GitlabReader:
    """What all answers in a file tell: the server, and the pages of what is discussed."""

    def __init__(self, items: Sequence[Any], skipped: SkipLog) -> None:
        self.scrubber, self.skipped = Scrubber(), skipped
        addresses = (pick(item, "author.web_url|web_url") for item in items if isinstance(item, dict))
        self.site = next((host for address in addresses if (host := host_of(address))), SITE)
        self.pages: dict[ThreadKey, str | None] = {}

    def fields(self, values: Json, line: int) -> Fields:
        """The fields of an object, its numbers as the ids that they are."""
        return Fields({**values, **{name: as_scalar(values.get(name)) for name in NUMBER_KEYS}}, line, self.scrubber)

    def opening(self, item: Json, line: int) -> Iterator[Record]:
        """The thread that an issue or merge request opens, and what it says; raises FieldError."""
        fields = self.fields(item, line)
        title, url = fields.side_text("title"), fields.side_text("web_url")
        is_request = "source_branch" in fields or "/merge_requests/" in (url or "")
        key = self.key(fields, "merge_requests" if is_request else "issues", fields.required("iid"))
        words = from_markdown(fields.optional("description") or "")
        count = fields.declared_count("user_notes_count")
        self.pages[key] = url
        yield Thread(key, title, url, None if count is None else count + 1)
        yield gitlab_comment(fields, key, OPENING, words if words.text.strip() else Body(title or ""), url)

    def note(self, item: Any, above: Any, line: int) -> Iterator[Record]:
        """The note as a comment, nothing of what GitLab itself notes; raises FieldError."""
        if not isinstance(item, dict):
            raise FieldError(f"expected a note (an object), got {value_as_shown(item):.40}")
        fields = self.fields(item, line)
        if fields.values.get("system") is True:
            self.skipped.note("system notes", fields.line)
            return
        kind, name = fields.required("noteable_type"), fields.required("id")
        number = fields.optional("noteable_iid") or fields.required("noteable_id")
        key = self.key(fields, NOTEABLE_PATHS.get(kind, kind.lower()), number)
        page, first = self.pages.get(key), as_scalar(above.get("id")) if isinstance(above, dict) else None
        url = f"{page}#note_{name}" if page else None
        comment = gitlab_comment(fields, key, name, from_markdown(fields.text("body")), url)
        answered = isinstance(first, str)
        yield replace(comment, parent=first if isinstance(first, str) else OPENING, addressed=answered)

    def key(self, fields: Fields, place: str, number: str) -> ThreadKey:
        """The thread of an issue or merge request, by its numbers; raises FieldError."""
        return ThreadKey(self.site, f"{fields.required('project_id')}/{place}/{number}")


def gitlab_comment(fields: Fields, key: ThreadKey, name: str, body: Body, url: str | None) -> Comment:
    """A note or opening; raises FieldError where it has no words."""
    if not body.text.strip():
        raise unexpected_error("body", "a text with words in it", fields.values.get("body"))
    author = fields.values.get("author")
    login = Fields(author, fields.line, fields.scrubber).side_text("username") if isinstance(author, dict) else None
    return Comment(
        key,
        name,
        body.text,
        author=None if login == GHOST else login,
        created=fields.side_text("created_at"),
        url=url,
        states=(State.RESOLVED,) if fields.values.get("resolved") is True else (),
        links=body.links,
    )
