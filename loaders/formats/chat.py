"""Chats as plain text: logs of IRC, exports of WhatsApp, and what is copied out of Slack, Teams, Discord or a forum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import plain_body
from rejoinder.loaders.opening.packed import bare_name
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.opening.western import scrubber_of
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.chatlog import Message, MessageForm, chat_form, chat_messages, visible_line
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.dates import as_iso, is_ordered, order_of_dates
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "chat"
SUMMARY = "chats as plain text: IRC, WhatsApp, and copies from Slack, Teams, Discord or a forum (name, time, words)"
READS = Reads(
    recognised="three messages or more (of WhatsApp two) by two people or more, such as "
    "`[12:34] <ann> So`, `2021-05-05 12:34 ann: So`, `05/05/2021, 12:34 - Ann: So`, `[05.05.21, 12:34:56] Ann: So`, "
    "`Ann  12:34 PM`, `[Yesterday 12:34 PM] Ann`, `Ann — Today at 12:34` or `Ann` and a date above the words",
    id="the number of the message in the file",
    parent="the latest message of whom it begins by naming (`ann: No.`, `@ann No.`); otherwise the words are asked",
    author="the name",
    created="date and time; without a zone, and only where there is a date: by the name or on a line above",
    body="the words, and the lines below them up to the next message; a line in which a sentence goes on is put to the "
    "one above",
    ignored="who came and went, what somebody did (`* ann waves`), pictures, deleted messages",
)

SITE = "chat"
WHATSAPP_STEM = "_chat"  # as WhatsApp on an iPhone calls what it exports
ADDRESSEE = re.compile(r"@?(?P<name>[^\s:,@][^:,\n]{0,40}?)(?P<end>[:,])\s|@(?P<nick>[^\s:,]{1,40})")
AMBIGUOUS_DATES = (
    "nothing in this file tells whether a date such as {} begins with the day or the month; times are kept as they are "
    "written"
)


def recognises(path: Path, head: str) -> bool:
    """True if people take turns in it, in one of the forms."""
    if head.lstrip().startswith(("{", "<!", "<html")) or path.suffix.lower() in {".csv", ".tsv", ".json", ".jsonl"}:
        return False
    return chat_form(head.splitlines()) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread and its messages; the file is read twice, for the order of its dates first.

    Raises LoadError where nobody speaks in a form that is known.
    """
    form = chat_form(source.head().decode("utf-8", "replace").splitlines())
    if form is None:
        raise LoadError(source.name, 1, "expected lines such as '[12:34] <ann> So' or '05/05/2021, 12:34 - Ann: So'")
    scrubber, skipped = scrubber_of(source), SkipLog()
    dates = ChatDates(Source(source.path), form)
    name, title = chat_name(source)
    thread = Thread(ThreadKey(SITE, scrubber.text(name, 0)), scrubber.text(title, 0))
    yield Found(thread, source.name, 1)
    talk = ChatReader(thread.key, dates)
    lost: list[Problem] = []
    for chat_message in chat_messages(numbered_lines(source, scrubber, lost), form, skipped.note):
        comment = talk.comment(chat_message)
        if comment is None:
            skipped.note("messages without words", chat_message.line)
        else:
            yield Found(comment, source.name, chat_message.line)
    yield from lost
    if dates.unordered:
        yield Problem(source.name, 0, AMBIGUOUS_DATES.format(dates.unordered), lost=False)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def chat_name(source: Source) -> tuple[str, str]:
    """The id and the title of a chat: by the file, or by what that lies in where each phone calls it the same.

    >>> chat_name(Source(Path("a"), "Pond.zip/_chat.txt")), chat_name(Source(Path("a"), "old/pond.txt"))
    (('Pond', 'Pond'), ('pond', 'pond.txt'))
    """
    around = Path(source.name).parent.name
    if source.stem != WHATSAPP_STEM or not around:
        return source.stem, bare_name(source.name)
    name = Path(around).stem if around.lower().endswith(".zip") else around
    return name, name


def numbered_lines(source: Source, scrubber: Scrubber, lost: list[Problem]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; those that cannot be read are `lost`."""
    for line in source.lines():
        if isinstance(line, Problem):
            lost.append(line)
            continue
        number, raw = line
        yield number, visible_line(scrubber.line(raw, number))


class ChatDates:
    """What the dates of a log begin with: the day or the month, as all of them together tell."""

    def __init__(self, source: Source, form: MessageForm) -> None:
        self.unordered: str | None = None
        lines = numbered_lines(source, scrubber_of(source), [])
        self.order = order_of_dates(
            chat_message.date for chat_message in chat_messages(lines, form, lambda _, __: None) if chat_message.date
        )

    def iso(self, message: Message) -> str | None:
        """When it was said; as it is written where that can be read in two ways."""
        if message.written_moment is None:
            return None
        iso_date = as_iso(message.written_moment, self.order)
        if iso_date is None and message.date and is_ordered(message.date):
            self.unordered = self.unordered or message.date
        return iso_date or message.written_moment


class ChatReader:
    """The messages of a log as they are read."""

    def __init__(self, key: ThreadKey, dates: ChatDates) -> None:
        self.key, self.dates = key, dates
        self.count = 0
        self.latest: dict[str, str] = {}

    def comment(self, message: Message) -> Comment | None:
        """The message as a comment, None where it has no words."""
        if not message.text:
            return None
        self.count += 1
        name, body, parent = str(self.count), plain_body(message.text), self.answered(message)
        self.latest[message.name.casefold()] = name
        return Comment(
            self.key,
            name,
            body.text,
            parent=parent,
            author=message.name,
            created=self.dates.iso(message),
            links=body.links,
            addressed=parent is not None,
        )

    def answered(self, message: Message) -> str | None:
        """The latest message of the other whose name this one begins with."""
        match = ADDRESSEE.match(message.text)
        name = (match["name"] or match["nick"]).casefold() if match else ""
        return self.latest.get(name) if name != message.name.casefold() else None
