"""Digests of mailing lists: the mails within one, whether it holds them as parts (MIME) or between rows of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rejoinder.loaders.containers.mail import Header, Message, Part, content_type
from rejoinder.loaders.sites.subjects import is_reply_subject, thread_subject
from rejoinder.records import digest

# What Mailman, LISTSERV and others call a digest in the languages that they speak, or the address that sends it.
DIGEST_TITLE = re.compile(
    r"\bdigest\b|\bNachrichtensammlung\b|\bVerzamelmail\b|^(?:Lot|Resumen de) .*\bVol\b", re.IGNORECASE
)
DIGEST_SENDER = re.compile(r"-request(?:@| at )|automatic digest", re.IGNORECASE)
DASHES = re.compile(r"-{27,80}")  # RFC 1153, 3.2: 70 before the first mail, 30 before each other
HEADER_FIELD = re.compile(r"([!-9;-~]{1,80})[ \t]*:")
NEEDED_FIELDS = ({"from", "date"}, {"from", "subject"})
CLOSING_LINE = re.compile(r"_{20,}|\*{10,}|End of .{1,200}|Subject: .{0,60}\bFooter", re.IGNORECASE)
LONGEST_HEADER = 200  # lines
LONGEST_NAME = 400  # letters at the top of a digest, among which it calls itself one


def is_digest_header(header: Header) -> bool:
    """True for the header of a mail that may be a digest: by its kind, its subject, or who sends it.

    An old digest in a file of its own is not sent by anybody.
    """
    title = header.words("subject")
    if is_reply_subject(title) or "from" not in header.fields:
        return not title
    called = DIGEST_TITLE.search(title) is not None or DIGEST_SENDER.search(header.raw_field("from")) is not None
    return called or content_type(header.raw_field("content-type"))[0] == "multipart/digest"


def is_bare_digest(head: str) -> bool:
    """True for a digest without a header of its own, as archives have them: below its name mails begin."""
    lines = head.split("\n") if "digest" in head.lstrip()[:LONGEST_NAME].lower() else []
    return any(header_end(lines, start) for start, _ in mail_spans(lines))


def mails_within(message: Message) -> list[tuple[int, Message]]:
    """The mails within a digest, each with how many lines stand above it; none where it is no digest."""
    if not message.gathers:
        return []
    return message.within or [mail for part in message.parts for mail in mails_between_rows(part)]


def mails_between_rows(part: Part) -> Iterator[tuple[int, Message]]:
    """The mails that stand between rows of dashes."""
    lines = part.text().split("\n")
    counted = part.encoding in ("", "7bit", "8bit", "binary")  # else the lines of the file are others
    for start, end in mail_spans(lines):
        if header_end(lines, start):
            yield part.line + (start if counted else 0), mail_from_lines(lines[start:end], part)


def mail_spans(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where each of the passages begins and ends that rows of dashes part; above the first mail there is none."""
    rows = [at for at in range(len(lines)) if is_parting_row(lines, at)]
    begun = next((place for place, at in enumerate(rows) if header_end(lines, first_line_below(lines, at))), len(rows))
    for row, following in pairwise([*rows[begun:], len(lines)]):
        yield first_line_below(lines, row), following


def is_parting_row(lines: list[str], at: int) -> bool:
    """True for a row of dashes between blank lines, below which a mail or what closes the digest begins."""
    if not DASHES.fullmatch(lines[at].rstrip()) or (at and lines[at - 1].strip()):
        return False
    start = first_line_below(lines, at)
    if start == at + 1 < len(lines):
        return False
    return start == len(lines) or header_end(lines, start) > 0 or CLOSING_LINE.match(lines[start]) is not None


def first_line_below(lines: list[str], at: int) -> int:
    """The first line with words below a row."""
    return next((place for place in range(at + 1, len(lines)) if lines[place].strip()), len(lines))


def header_end(lines: list[str], start: int) -> int:
    """The line after the header of a mail that begins here, 0 where none does."""
    names = set[str]()
    for place in range(start, min(start + LONGEST_HEADER, len(lines))):
        line = lines[place]
        if not line.strip():
            return place if any(needed_field <= names for needed_field in NEEDED_FIELDS) else 0
        field = HEADER_FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif place == start or line[0] not in " \t":
            return 0
    return 0


def mail_from_lines(lines: list[str], part: Part) -> Message:
    """A mail that stands in the text of a digest, in which everything is plain text already."""
    message, end = Message(), header_end(lines, 0)
    for line in lines[:end]:
        message.header.add(line.encode("utf-8", "replace"))
    parameters = content_type(message.header.raw_field("content-type"))[1] or part.parameters
    words = [line.encode("utf-8", "replace") for line in lines[end + 1 :]]
    message.parts.append(Part("text/plain", "utf-8", "", parameters, 1, 0, lines=words))
    message.open = None
    return message


def topic_id(header: Header, around: Header) -> str:
    """What a thread is called of which only the subjects of its mails tell: made of that and of the list."""
    match = re.search(r"<([^<>\s]+)>", around.raw_field("list-id"))
    sender = around.raw_field("from").replace(" at ", "@")
    of = match[1] if match else (re.search(r"[^\s<>]+@[^\s<>]+", sender) or [sender])[0]
    words = thread_subject(header.words("subject")).casefold().split()
    return digest("topic", of.lower().replace("-request@", "@"), " ".join(words))[:12] if words else ""
