"""Plain-text logs of chats: the forms of the lines with which somebody begins to speak, and the messages by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rejoinder.loaders.sites.line_joining import join_broken_lines
from rejoinder.loaders.values.dates import as_iso

FEWEST_MESSAGES = 3  # messages that make a log, by two people at least, one of whom speaks again
LEAST_MESSAGE_SHARE = 0.5  # share of the lines that are messages, in a log of a message a line
LEAST_WORDED_SHARE = 0.8  # share of the messages that have words, where these stand below the name
LONGEST_DATE = 80  # characters of a line that is a date
FIRST_LINES = 6  # lines among which the first message begins
DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f\u00a0]?[AaPp]\.?[ \u00a0]?[Mm]\.?)?"
NICK = r"[@+%&~!]?(?P<name>(?=[^\w\s]{0,3}\w)[^\s<>:,\[\]][^\s<>:]{0,40})"
PERSON = r"(?P<name>[^\s:][^:\n]{0,60}?)"
STAMP = rf"\[?(?:(?P<date>{DATE})[T,\s]\s?)?(?P<time>{CLOCK})\]?\s{{1,3}}"
DIRECTION_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"  # marks of direction that a phone puts before lines and names
STAMP_OF_TEAMS = rf"\[(?:(?P<date>{DATE}),?\s|(?:Today|Yesterday|\w{{2,8}}day)\s)?(?P<time>{CLOCK})\]\s{{1,2}}"
TIME_AT_START = re.compile(rf"\[?(?:{DATE}[T,\s]\s?)?{CLOCK}\]?\s{{1,3}}(?:[-–]\s)?")
DATE_AT_START = re.compile(rf"\[?{DATE},?\s{CLOCK}\]?\s")
SYSTEM_LINE = re.compile(r"(?:\*{1,3}|-!-|-->|<--|--|=!=)(?:\s|\||$)|={3,}")
DAY_LINE = re.compile(r"[-—–=*\s]*(?:Day changed(?: to)?|Log opened)?\s*(.{6,40}?)[-—–=*\s]*")
TIME_BEFORE_YEAR = re.compile(r"\s\d\d:\d\d:\d\d(?=\s\d{4}$)")
PLACEHOLDER = re.compile(
    r"<[^<>]{1,30}(?:omitted|ausgeschlossen|omitidos?|omis|omess[io]|ocult[ao]|weggelaten)>"
    r"|.{0,40}\b(?:image|video|audio|sticker|GIF|document|Contact card) omitted"
    r"|(?:This message was|You) deleted(?: this message)?\.?|Waiting for this message.{0,40}|Missed \w+ call.{0,40}"
    r"|(?:Diese Nachricht wurde|Du hast diese Nachricht) gelöscht\.?|(?:Se eliminó|Eliminaste) este mensaje\.?"
    r"|Ce message a été supprimé\.?|Vous avez supprimé ce message\.?|(?:Mensagem apagada|Você apagou esta mensagem)\.?"
    r"|(?:Questo messaggio è stato eliminato|Hai eliminato questo messaggio)\.?|Dit bericht (?:is|werd) verwijderd\.?",
    re.IGNORECASE,
)
EDITED_MARK = "<This message was edited>"
# What DiscordChatExporter puts below words.
ATTACHMENT_HEADING = re.compile(r"\{(?:Attachments|Embed|Reactions|Stickers)\}|={62}")
POSTED_PREFIX = re.compile(r"^(?:posted|written)?\s*(?:on\s|at\s)?:?\s*", re.IGNORECASE)
SHORT_YEAR = re.compile(r"^(\d{1,2}[./-]\d{1,2}[./-])(\d\d)$")
FRACTION_POINT = re.compile(r"(?<=\d)\.(?=\d)")
LOG_LEVELS = frozenset({"INFO", "WARN", "WARNING", "ERROR", "DEBUG", "TRACE", "FATAL", "NOTICE"})  # of logs of programs
SYSTEM_LINES = "lines in which nobody speaks"
SPEAKERLESS_LINES = "lines that do not say who speaks"


@dataclass(slots=True)
class Message:
    """What somebody said, in lines; `date` and `time` as they are written, where they are."""

    line: int
    name: str
    date: str | None = None
    time: str | None = None
    lines_said: list[str] = field(default_factory=list)
    closed: bool = False  # no words follow, but what stands beside them

    @property
    def text(self) -> str:
        """The words, sentences that a line breaks whole again; empty for a picture, and for what was taken back."""
        text = without_edited_mark(join_broken_lines(self.lines_said).strip().lstrip(DIRECTION_MARKS))
        return "" if PLACEHOLDER.fullmatch(text) else text

    @property
    def written_moment(self) -> str | None:
        """Date and time as they are written, None where there is no date."""
        if self.date is None:
            return None
        clock = FRACTION_POINT.sub(":", self.time or "").replace("\u202f", " ").replace("\u00a0", " ")
        return f"{self.date} {clock}".strip()


@dataclass(frozen=True, slots=True)
class MessageForm:
    """How a message begins: the line with the name, with the words in it or below; on top of a date, if `has_dates`.

    Such a log is sure where times stand by all names (`is_plain`), else somebody must speak again.
    """

    begins: re.Pattern[str]
    below: bool
    has_dates: bool = False
    is_plain: bool = False


MESSAGE_FORMS = (
    MessageForm(
        re.compile(rf"(?P<date>{DATE}),?\s(?P<time>{CLOCK})\s[-–]\s{PERSON}:\s(?P<said>.*)"), below=True, is_plain=True
    ),
    MessageForm(
        re.compile(rf"\[(?P<date>{DATE}),?\s(?P<time>{CLOCK})\]\s{PERSON}:\s(?P<said>.*)"), below=True, is_plain=True
    ),
    MessageForm(re.compile(rf"(?:{STAMP})?<\s?{NICK}>\s(?P<said>.*)"), below=False),
    MessageForm(re.compile(rf"{STAMP}{NICK}:\s(?P<said>.*)"), below=False),
    MessageForm(re.compile(rf"(?P<date>{DATE})\s(?P<time>{CLOCK})\t{NICK}\t(?P<said>.*)"), below=False),
    MessageForm(
        re.compile(
            rf"(?P<name>[^\s\d](?:[^\n:\[\]]{{0,38}}[^\s:\[\]])?)(?:\s{{2,4}}|\s\[|\s—\s)"
            rf"(?:(?P<date>{DATE}),?\s|(?:Today|Yesterday) at\s)?(?P<time>{CLOCK})\]?"
        ),
        below=True,
    ),
    MessageForm(re.compile(rf"{STAMP_OF_TEAMS}(?P<name>[^\W\d_](?:[^:<>\n]{{0,58}}[^\s:.!?;<>])?)"), below=True),
    MessageForm(re.compile(rf"{STAMP_OF_TEAMS}(?P<name>[^\W\d_][^:<>\n]{{0,58}}):\s(?P<said>.*)"), below=True),
    MessageForm(re.compile(r"(?P<name>[^\W_](?:[^\n.!?:;,]{0,38}[^\W_])?)"), below=True, has_dates=True),
)


def chat_form(lines: Iterable[str]) -> MessageForm | None:
    """The form of a log that begins with these lines, that by which most is said; None where this is none."""
    numbered = [(number, line) for number, line in enumerate(map(visible_line, lines), 1) if line]
    sized_forms = [(size, form) for form in MESSAGE_FORMS if (size := message_count(numbered, form))]
    return max(sized_forms, key=lambda pair: pair[0])[1] if sized_forms else None


def message_count(lines: list[tuple[int, str]], form: MessageForm) -> int:
    """How many messages of this form make these lines a log, 0 where they are none."""
    left_out = Counter[str]()
    messages = list(chat_messages(lines, form, lambda kind, line: left_out.update([kind])))
    names = Counter(message.name for message in messages)
    if len(names) < 2 or messages[0].line > lines[:FIRST_LINES][-1][0] or LOG_LEVELS & names.keys():
        return 0
    if form.is_plain:
        return len(messages)
    with_words = sum(message.text != "" for message in messages)
    if (
        len(messages) < FEWEST_MESSAGES
        or len(messages) == len(names)
        or with_words < LEAST_WORDED_SHARE * len(messages)
    ):
        return 0
    return (
        len(messages)
        if form.below or len(messages) >= LEAST_MESSAGE_SHARE * (len(lines) - left_out[SYSTEM_LINES])
        else 0
    )


def without_edited_mark(text: str) -> str:
    """The text without what WhatsApp puts below a message that was changed later."""
    words = text.removesuffix(EDITED_MARK)
    return text if words == text else words.removesuffix("\u200e").rstrip()


def visible_line(line: str) -> str:
    """The line without marks before it that are not seen, and space behind it."""
    return line.lstrip(DIRECTION_MARKS).rstrip()


def chat_messages(
    lines: Iterable[tuple[int, str]], form: MessageForm, left_out: Callable[[str, int], None]
) -> Iterator[Message]:
    """What is said in numbered lines; `left_out` hears of each line in which nobody speaks."""
    speaking, day, above = None, None, (0, "")
    for number, line in lines:
        begins = begun_message(number, line, above, form)
        above = (number, line) if line else above
        if begins is not None:
            yield from [] if speaking is None else [without_next_speaker(speaking, form)]
            speaking, begins.date = begins, begins.date or day
        elif is_system_line(line, form):
            left_out(SYSTEM_LINES, number)
        elif not form.is_plain and not form.has_dates and (new_day := day_in(line)):
            day = new_day
        elif speaking is not None and continues_message(line, speaking, form):
            speaking.closed = speaking.closed or ATTACHMENT_HEADING.fullmatch(line) is not None
            speaking.lines_said += [] if speaking.closed else [line]
        elif line and not form.has_dates:
            left_out(SPEAKERLESS_LINES, number)
    yield from [] if speaking is None else [speaking]


def begun_message(number: int, line: str, above: tuple[int, str], form: MessageForm) -> Message | None:
    """The message that begins with the line, or with the one above it where this holds its date."""
    if form.has_dates:
        date, match = date_in(line), form.begins.fullmatch(above[1])
        return Message(above[0], speaker_name(match["name"]), date) if date and match else None
    match = form.begins.fullmatch(line)
    if match is None:
        return None
    parts = match.groupdict()
    words, date = parts.get("said"), parts.get("date")
    return Message(
        number,
        speaker_name(match["name"]),
        with_full_year(date) if date else None,
        parts["time"],
        [words] if words else [],
    )


def continues_message(line: str, speaking: Message, form: MessageForm) -> bool:
    """True if a line in which nobody begins to speak is more of the message: below it, or without the time all have."""
    return form.below or (bool(line and speaking.time) and TIME_AT_START.match(line) is None)


def with_full_year(date: str) -> str:
    """The date with four digits for its year, which stands last: in a chat that goes without saying.

    >>> with_full_year("13/05/21"), with_full_year("2021-05-13")
    ('13/05/2021', '2021-05-13')
    """
    return SHORT_YEAR.sub(r"\g<1>20\2", date)


def without_next_speaker(message: Message, form: MessageForm) -> Message:
    """The message without the name of who speaks next, which stands above a date."""
    while form.has_dates and message.lines_said and not message.lines_said.pop():
        pass
    return message


def speaker_name(name: str) -> str:
    """The name; of a contact that is not saved without the mark before it, of a pinned message without that."""
    return (
        name.strip(DIRECTION_MARKS + " ")
        .removesuffix(" (pinned)")
        .removeprefix("~")
        .strip(DIRECTION_MARKS + "\u202f\u00a0 ")
    )


def is_system_line(line: str, form: MessageForm) -> bool:
    """True for a line of the program: who came and went, what somebody did; and for a time with no name behind it."""
    stamp = TIME_AT_START.match(line)
    if form.is_plain:
        return DATE_AT_START.match(line) is not None
    return not form.below and SYSTEM_LINE.match(line, stamp.end() if stamp else 0) is not None


def day_in(line: str) -> str | None:
    """The day that begins below the line.

    >>> day_in("--- Day changed Wed May 05 2021"), day_in("--- Log opened Wed May 05 12:00:01 2021"), day_in("So?")
    ('Wed May 05 2021', 'Wed May 05 2021', None)
    """
    match = DAY_LINE.fullmatch(line) if len(line) <= LONGEST_DATE and any(sign.isdigit() for sign in line) else None
    day = TIME_BEFORE_YEAR.sub("", match[1]) if match else ""
    return day if is_date(day) else None


def date_in(line: str) -> str | None:
    """The date that is all that a line holds.

    >>> date_in("Posted on May 5, 2021 at 3:12 pm"), date_in("In May 2021 it sank.")
    ('May 5, 2021 at 3:12 pm', None)
    """
    words = POSTED_PREFIX.sub("", line.strip(), count=1)
    return words if len(words) <= LONGEST_DATE and any(sign.isdigit() for sign in words) and is_date(words) else None


def is_date(words: str) -> bool:
    """True for a date, also for one whose order nobody knows."""
    return any(as_iso(words, order) is not None for order in (None, "dmy", "mdy"))
