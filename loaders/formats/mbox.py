"""Mail: mailboxes (mbox), as mailing lists archive their messages, and single mails (.eml, Maildir)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Attributes, Body, Dialect, from_html, join_bodies, plain_body
from rejoinder.loaders.bodies.armour import without_armour
from rejoinder.loaders.bodies.footers import is_footer
from rejoinder.loaders.bodies.letters import DEEPEST, join_flowed, quoted_passages, tidy_body, tidy_mail
from rejoinder.loaders.containers.mail import PART_BYTES, Header, Part
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.prose import is_mail
from rejoinder.loaders.recognising.refusal import NoText
from rejoinder.loaders.sites.digests import is_bare_digest
from rejoinder.loaders.sites.mailbox import (
    LINE_AFTER_SEPARATOR,
    LONGEST_SEPARATOR,
    SEPARATOR,
    Letter,
    ReplyIndex,
    ancestor_ids,
    letters_in,
)
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.sites.subjects import is_reply_subject, thread_subject
from rejoinder.loaders.values.dates import ZONE, zone_of_offset
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, PlatformMove, State, Thread, ThreadKey, digest, identity_text

NAME = "mbox"
SUMMARY = "mail: mailboxes (mbox), as mailing lists archive their messages, their digests, single mails (.eml, Maildir)"
READS = Reads(
    recognised="the first line begins with `From ` and names a date, and fields follow; or fields, among them `From:` "
    "and `Date:`, and a blank line; or an old digest, whose first lines call it one",
    id="`Message-ID` without its brackets; where there is none, made of the header",
    parent="`In-Reply-To`, else the last of `References`; in a digest without either, for an answer by its subject "
    "the first mail about that, and the words are asked",
    author="the name in `From`, else the address",
    created="`Date`, with its zone; where there is none, the date of the `From ` line",
    body="plain text where there is any, else HTML; signatures after `-- ` or of OpenPGP, keys, what is encrypted, "
    "files in letters (uuencode), footers of lists, notes on attachments, on telephones (`Sent from my ...`) and on "
    "secrecy are cut; `Original Message`, or the head that Outlook writes, and what follows is marked as quoted; a "
    "patch is code",
    link="`Archived-At`; of a thread also `List-Archive`",
    states="a notice where a program answers because nobody is there (`Auto-Submitted: auto-replied`)",
    moves="lines quoted once are from the parent, lines quoted twice from its parent, and so on",
    ignored="attachments, also where programs show them (parts with the name of a file); forwarded messages, a "
    "message that stands twice; what a digest says of itself; subjects "
    "are titles and make no reply but in digests",
)

SITE = "mail"  # ids of messages are unique all over the world, and a thread may run through several lists
MOST_QUOTATIONS = 200  # of one message whose origin is named
# The page on which Mailman or Apache's archive lists its mailboxes, which is easily saved instead of one of them.
ARCHIVE_INDEX = re.compile(
    r"\s*<(?:!DOCTYPE|html)(?=(?s:.{0,4000})Archives\s*</title>)(?=(?s:.{0,9000})<table)", re.IGNORECASE
)
POSTED_DATE = re.compile(r"\w{3},? +(?:\w{3} +\d|\d{1,2} \w{3}).*$")
ODD_ZONE = re.compile(rf"(:\d\d)\s*({ZONE})(?!\S)")
NAME_IN_BRACKETS = re.compile(r"(\S+(?: at \S+)?)\s+\((.*)\)")
WEB_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>|(https?://[^<>\s]{1,2000})")
# Signatures as Gmail, Thunderbird and Outlook mark them in HTML.
SIGNATURE_CLASSES = frozenset(
    ["gmail_signature", "gmail_signature_prefix", "moz-signature", "ms-outlook-mobile-signature"]
)


def is_signature(tag: str, attributes: Attributes) -> bool:
    """True for an element that a mail program marks as a signature."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return not SIGNATURE_CLASSES.isdisjoint(names.split())


MAIL_DIALECT = Dialect(silent=is_signature, code=False)  # Thunderbird quotes plain text in `pre`


def recognises(path: Path, head: str) -> bool:
    """True if the first line parts messages and a field follows; also for digests, and pages that list mailboxes."""
    if ARCHIVE_INDEX.match(head) or is_mail(head) or is_bare_digest(head):
        return True
    first, _, rest = head.lstrip()[:4000].encode("utf-8", "replace").partition(b"\n")
    return SEPARATOR.match(first[:LONGEST_SEPARATOR]) is not None and LINE_AFTER_SEPARATOR.match(rest) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The messages in the order of the file, each in its thread; the file is read twice, headers first.

    Raises LoadError for the page of an archive that only lists mailboxes.
    """
    refuse_index(source)
    with read_together([source]) as box:
        yield from box.records(source)


def refuse_index(source: Source) -> None:
    """Raises LoadError for the page of an archive that only lists mailboxes."""
    if ARCHIVE_INDEX.match(source.head().decode("utf-8", "replace")):
        raise NoText(source.name, 1, "this page only lists the mailboxes of an archive; load those it links to")


@contextmanager
def read_together(sources: Iterable[Source]) -> Iterator[MailReader]:
    """What reads several files of mail of which one may answer the other, after all their headers."""
    with ReplyIndex() as reply_index:
        for source in sources:
            with suppress(OSError):  # it is said where the file is read for its words
                reply_index.read(source)
        reply_index.settle()
        yield MailReader(reply_index)


class MailReader:
    """Files of mail as they are read the second time."""

    def __init__(self, answers: ReplyIndex) -> None:
        self.answers = answers
        self.file, self.scrubber, self.skipped = "", Scrubber(), SkipLog()

    def records(self, source: Source) -> Iterator[Found | Problem]:
        """The messages of one of the files, and what was left out of it."""
        self.file, self.scrubber, self.skipped = source.name, Scrubber(), SkipLog()
        for letter in letters_in(source):
            yield from (letter,) if isinstance(letter, Problem) else self.letter(letter)
        yield from self.skipped.problems(source.name)
        yield from self.scrubber.problems(source.name)

    def letter(self, letter: Letter) -> Iterator[Found | Problem]:
        """The message as a comment, its quotations, and its thread where it is the first to tell of that."""
        if letter.digest is not None and not self.answers.is_digested(letter.id):
            self.skipped.note("messages that occur twice", letter.line)
            return
        body = letter_body(letter, self.scrubber)
        if not body.text.strip():
            yield self.loss_problem(letter, f"expected a message with words in it, got none in {letter.id!r}")
            return
        words = digest(identity_text(body.text))
        earlier = self.answers.earlier_digest(letter.id, words)
        if earlier == words or (earlier is not None and letter.digest is not None):
            self.skipped.note("messages that occur twice", letter.line)
        elif earlier is not None:
            yield self.loss_problem(
                letter, f"expected one message of the id {letter.id!r}, got another; kept the first"
            )
        else:
            for record in self.message(letter, body):
                yield Found(record, self.file, letter.line)
            if letter.message.truncated:
                yield self.loss_problem(letter, f"expected at most {PART_BYTES} bytes of text; the rest is not read")

    def message(self, letter: Letter, body: Body) -> Iterator[Thread | Comment | PlatformMove]:
        """The records of a message that is met for the first time."""
        root = self.answers.root(letter.id)
        key = ThreadKey(SITE, self.clean_text(root, letter))
        if letter.id == root or (not self.answers.is_known(root) and self.answers.untitled(root)):
            yield self.thread(letter, key)
        above = [
            self.clean_text(ancestor_id, letter)
            for ancestor_id in ancestor_ids(letter.header)
            if ancestor_id != letter.id
        ]
        parent = above[-1] if above else self.opening(letter)
        comment = self.comment(letter, key, parent, body)
        yield comment
        for number, (start, end, depth) in enumerate(islice(quoted_passages(body.text), MOST_QUOTATIONS)):
            if depth <= min(len(above), DEEPEST - 1):
                name, origin = f"{comment.id}:quote:{number}", above[-depth]
                yield PlatformMove(key, name, Kind.QUOTATION, origin, "quoted lines", comment.id, start, end)

    def thread(self, letter: Letter, key: ThreadKey) -> Thread:
        """The thread, by what one of its messages says."""
        archive = web_address(letter.header.raw_field("archived-at")) or web_address(
            (letter.digest or letter.header).raw_field("list-archive")
        )
        return Thread(key, thread_subject(self.clean_text(letter.header.words("subject"), letter)) or None, archive)

    def opening(self, letter: Letter) -> str | None:
        """The message that opens the thread of an answer of which only the subject tells whom it answers."""
        opener = self.answers.opener(letter.topic) if has_guessed_parent(letter) else None
        return self.clean_text(opener, letter) if opener and opener != letter.id else None

    def comment(self, letter: Letter, key: ThreadKey, parent: str | None, body: Body) -> Comment:
        """The message as a comment."""
        header = letter.header
        return Comment(
            key,
            self.clean_text(letter.id, letter),
            body.text,
            parent=parent,
            author=self.clean_text(writer_name(header.words("from")), letter) or None,
            created=mail_date(header.raw_field("date")) or mail_date(separator_date(letter.separator)),
            url=web_address(header.raw_field("archived-at")),
            links=body.links,
            states=(State.NOTICE,) if is_auto_reply(header) else (),
            addressed=not has_guessed_parent(letter),
        )

    def clean_text(self, text: str, letter: Letter) -> str:
        """Text that a store takes."""
        return self.scrubber.text(text, letter.line)

    def loss_problem(self, letter: Letter, message: str) -> Problem:
        """What could not be read of a message."""
        return Problem(self.file, letter.line, message, lost=True)


def letter_body(letter: Letter, scrubber: Scrubber) -> Body:
    """The words of the message: of alternatives the plain text, of what is sent together everything, in order.

    Files that are shown below the words are left out, and a footer of the list that is a part of its own.
    """
    bodies: list[Body] = []
    done: set[int] = set()
    for part in sorted(
        letter.message.parts, key=lambda piece: (piece.is_file, piece.place, piece.kind != "text/plain")
    ):
        if part.group in done or (bodies and (part.is_file or (not part.group and is_footer(part.text())))):
            continue
        body = part_body(part, scrubber, letter.line)
        if body.text.strip():
            bodies.append(body)
            done |= {part.group} - {0}
    return join_bodies(bodies)


def part_body(part: Part, scrubber: Scrubber, line: int) -> Body:
    """The words of one part."""
    text = scrubber.text(part.text(), line)
    if part.kind == "text/html":
        return tidy_body(from_html(text, MAIL_DIALECT))
    if part.parameters.get("format", "").lower() == "flowed":
        text = join_flowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return plain_body(tidy_mail(without_armour(text)))


def has_guessed_parent(letter: Letter) -> bool:
    """True for an answer of which only the subject tells that, so that its words are asked whom it answers."""
    return bool(letter.topic) and is_reply_subject(letter.header.words("subject"))


def writer_name(value: str) -> str:
    """The name of the writer, else the address; archives write `ann at x.example (Ann Lee)`.

    >>> writer_name('"Lee, Ann" <ann@x.example>')
    'Lee, Ann'
    >>> writer_name("ann at x.example (Ann Lee)")
    'Ann Lee'
    >>> writer_name("ann at x.example")
    'ann@x.example'
    >>> writer_name("Ann Lee via Garden <garden@x.example>"), writer_name("<ann@x.example>")
    ('Ann Lee', 'ann@x.example')
    """
    commented = NAME_IN_BRACKETS.fullmatch(value)
    name, _, mailbox = value.rpartition("<")
    name = commented[2] if commented else name.strip()
    name = re.sub(r"\s+via\s.{1,100}$", "", re.sub(r"\\(.)", r"\1", name.strip().strip('"'))).strip("' ")
    only = (commented[1] if commented else mailbox or value).strip().strip("<>").strip()
    return " ".join(name.split()) or only.replace(" at ", "@")


def mail_date(text: str) -> str | None:
    """ISO 8601 with the zone, where it is told; what is no date stays as it is.

    >>> mail_date("Wed, 01 Dec 2010 14:26:40 +0100")
    '2010-12-01T14:26:40+01:00'
    >>> mail_date("Wed, 1 Dec 2010 14:26:40 -0000")
    '2010-12-01T14:26:40Z'
    >>> mail_date("soon")
    'soon'
    >>> mail_date("") is None
    True
    """
    try:
        moment = parsedate_to_datetime(ODD_ZONE.sub(usual_zone, text[:200]))
        if moment.tzinfo is None and "-0000" in text:
            moment = moment.replace(tzinfo=UTC)
        if abs(moment.utcoffset() or timedelta()) > timedelta(hours=14):
            moment = moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return text.strip() or None
    return moment.isoformat().replace("+00:00", "Z")


def usual_zone(odd: re.Match[str]) -> str:
    """A zone as mail has it, where it was written otherwise: `+05:30`, `+05`, `GMT+0530`; raises ValueError."""
    return f"{odd[1]} {datetime(2000, 1, 1, tzinfo=zone_of_offset(odd[2])):%z}"


def is_auto_reply(header: Header) -> bool:
    """True for an answer that a program gives because nobody is there (RFC 3834, 5)."""
    replied = header.raw_field("auto-submitted").lower().startswith("auto-replied")
    return replied or any(header.raw_field(name) for name in ("x-autoreply", "x-autorespond"))


def separator_date(separator: bytes) -> str:
    """The date of a `From ` line, which follows the address."""
    match = POSTED_DATE.search(separator.decode("utf-8", "replace"))
    return match[0] if match else ""


def web_address(value: str) -> str | None:
    """The first web address in a field."""
    match = WEB_ADDRESS.search(value)
    return (match[1] or match[2]) if match else None
