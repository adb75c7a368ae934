"""Plain text as a fallback: what is said of it where it looks like a mail, a chat or a page that was pasted."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.containers.columns import csv_head
from rejoinder.loaders.opening.packed import bare_name
from rejoinder.loaders.opening.source import Source

PROSE = frozenset({"", ".txt", ".text", ".md", ".markdown"})  # endings that promise nothing but plain text
MAIL = re.compile(r"\s*(?:[A-Za-z][\w-]*+:[^\n]*+\n(?:[ \t]++[^\n]*+\n)*+)++\r?\n")
SNAPSHOT = "snapshot-content-location:"
NEEDED_FIELDS = ("from:", "date:")
STAMP = r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?"
CHAT = re.compile(rf"{STAMP}\s(?:-\s)?[^:\n]{{1,40}}:\s")
SPEAKER = re.compile(r"[-*]{0,2}\s?\*{0,2}([^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}|@[\w.'’-]+):\*{0,2}\s")
PASTED = re.compile(r"\S+ \d+ (?:minute|hour|day|month|year)s? ago(?: \|| \[|$)")
DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|[^\W\d_]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? [^\W\d_]{3,9} \d{4})"
DAY = rf"(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|{DATE})"
AGO = r"\d{1,2} ?(?:s|m|h|d|w|mo|y|min|hr|sec|minute|hour|day|week|month|year)s?\.?(?: ago)?"
MOMENT = rf"(?:(?:{DAY},?(?: at)? )?\d{{1,2}}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?|{AGO})"
BEFORE = r"(?:.{1,40}?(?:\t|  | [—–·•|-] | (?:wrote|said|posted|commented)(?: on)? ))?(?:[—–·•-] ?)?"
BUTTON = r"(?:likes?|reply|replies|share|report|quote|upvote|downvote|award|react)"
# Who spoke when, as sites show it, or the buttons below; in prose a line of nothing but these is rare.
SHOWN = re.compile(
    rf"{BEFORE}{MOMENT}(?: [·•(].{{0,20}})?|(?:(?:\d{{1,5}} )?{BUTTON}(?:[ ·•|]|\d{{1,5}}\b)*+)++", re.IGNORECASE
)
PER_MESSAGE = 6  # lines at most, on the average, for one of them
FEWEST = 2  # lines of the kind
CHAT_ADVICE = (
    "it looks like a chat or a transcript, but names before a colon are not read as authors here: for that make a "
    "table with the columns id, author, text (and parent, if it is known)"
)
COPIED_ADVICE = (
    "it looks like a chat or comments copied from a screen, whose names and times are read as comments here: load what "
    "the site exports, or the page as the browser saves it (Ctrl+S), or make a table with the columns id, author, text "
    "(and parent, if it is known)"
)
PAGE_ADVICE = (
    "it looks like a page of Hacker News or the like, pasted: load the page as the browser saves it (Ctrl+S), or the "
    "thread as its site exports it (https://hn.algolia.com/api/v1/items/ and its number), to keep authors and replies"
)


def is_mail(head: str) -> bool:
    """True for one mail with its fields, not within a mailbox; a page that a browser saved as mail is none.

    >>> is_mail("From: Mia\\nDate: Tue, 1 Sep 2026\\n\\nIt leaks."), is_mail("Date: today\\n\\nIt leaks.")
    (True, False)
    """
    fields = MAIL.match(head)
    names = {line.partition(":")[0].lower() + ":" for line in fields[0].splitlines()} if fields else set()
    return names.issuperset(NEEDED_FIELDS) and SNAPSHOT not in names


def plain_text_problem(source: Source) -> Problem:
    """What is said of a file that is read as plain text: a note if that is what it should be, else a warning."""
    path = Path(bare_name(source.name))
    more = plain_text_advice(csv_head(source))
    message = "read as plain text, a comment a paragraph, for no other format fits"
    prose = path.suffix.lower() in PROSE and more is None
    return Problem(source.name, 0, f"{message}; {more}" if more else message, lost=False, note=prose)


def plain_text_advice(head: str) -> str | None:
    """What else a text is, and what would keep its authors; None where it is prose.

    >>> (plain_text_advice("It leaks: the shed.\\nNote: it is old.") is None,
    ...  plain_text_advice("Mia: No.\\nTom: Yes.\\nMia: No!") == CHAT_ADVICE)
    (True, True)
    """
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    if sum(PASTED.match(line) is not None for line in lines) >= FEWEST:
        return PAGE_ADVICE
    stamped = sum(CHAT.match(line) is not None for line in lines)
    names = (match[1] for line in lines if (match := SPEAKER.match(line)))
    speakers = Counter(name for name in names if not any(word[0].islower() for word in name.split()))
    spoken = speakers.total() if len(speakers) >= FEWEST else 0
    if 2 * max(stamped, spoken) > len(lines) and max(stamped, spoken) >= FEWEST:
        return CHAT_ADVICE
    copied = sum(SHOWN.fullmatch(line) is not None for line in lines)
    return COPIED_ADVICE if copied >= FEWEST and PER_MESSAGE * copied >= len(lines) else None
