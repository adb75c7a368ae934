"""Talk pages of wikis: sections, and the comments in them, which end where somebody signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from rejoinder.loaders.bodies.wikitext import INDENT, heading_words

HEADING_LINE = re.compile(r"(={1,6})(?!=)[ \t]*(\S.*?)[ \t]*\1[ \t]*(?:<!--.*-->)?[ \t]*")
THREAD_LEVEL = 2  # the level of the headings that begin threads, unless a page has only deeper ones
SIGNATURE_GAP = 120  # characters that may stand between the links of a signature, and between them and its time
LONGEST_SIGNATURE = 600  # characters of a signature with its markup
# The names of the namespaces of users and of their talk, in the languages with most pages.
USER_WORDS = """
user benutzer utilisat usuari usuár utente gebruiker wikipedyst участни användar bruker käyttäjä 利用者 用户 사용자
"""
USER_NAMESPACES = tuple(USER_WORDS.split())
CONTRIBUTION_PAGES = ("contrib", "beiträge", "bijdragen", "wkład", "вклад")
USER_LINK = re.compile(r"(?:\[\[|\{\{)\s*:?(?:[a-z][a-z-]{0,11}:)?([^\[\]{}|:#\n]{1,40}):([^\[\]{}|#\n]{1,255})")
# A dash and up to four words, or the address of a machine, at the end of what stands before a time.
BARE_NAME = re.compile(r"(?:(?<!-)--|—|–|&mdash;|&#8212;)\s*((?:[^\W_][\w.'’-]*\s+){0,3}[^\W_][\w.:'’-]*),?\s*\Z")
LEADING_WORDS = frozenset(
    {"and", "around", "at", "before", "by", "from", "in", "of", "on", "since", "the", "to", "until"}
)
ZONE = r"(?:\s*\((?P<zone>[A-Z]{1,5})\))"
STAMP_PARTS = (
    r"(?P<h{0}>\d{{1,2}})[:.h](?P<m{0}>\d\d)(?:min)?",
    r"(?P<d{0}>\d{{1,2}})(?:\.|º|er)?\s(?:de\s)?(?P<n{0}>[^\W\d_]{{3,12}})\.?,?\s(?:de\s)?(?P<y{0}>\d{{4}})",
    r"(?P<n{0}>[^\W\d_]{{3,12}})\s(?P<d{0}>\d{{1,2}}),?\s(?P<y{0}>\d{{4}})",
)
STAMP_GAP = r"(?:,?\s(?:de\s|à\s|kl\.?\s|om\s|alle\s|o\s)?)"
STAMP_FORMS = (
    STAMP_PARTS[0].format(0) + STAMP_GAP + STAMP_PARTS[1].format(0),
    STAMP_PARTS[0].format(1) + STAMP_GAP + STAMP_PARTS[2].format(1),
    STAMP_PARTS[1].format(2) + STAMP_GAP + STAMP_PARTS[0].format(2),
    r"(?P<y3>\d{4})年(?P<n3>\d{1,2})月(?P<d3>\d{1,2})日\s*(?:[(（].[)）])?\s*(?P<h3>\d{1,2}):(?P<m3>\d\d)",
)
ANY_TIME = re.compile(rf"(?<!\d)(?:{'|'.join(STAMP_FORMS)}){ZONE}?")
TIME_WITH_ZONE = re.compile(rf"(?<!\d)(?:{'|'.join(STAMP_FORMS)}){ZONE}")
MONTH_STEMS = (
    "jan gen ene янв sty tammi",
    "feb fév fev febr фев lut helmi",
    "mar mär mrz mars maart mrt març март maalis",
    "apr avr abr апр kwi huhti",
    "may mai mag mei maj мая май touko",
    "jun juin giu июн cze kesä",
    "jul juil lug июл lip heinä",
    "aug août aou ago авг sie elo",
    "sep set сен wrz syys",
    "oct okt ott out окт paź loka",
    "nov нояб ноя lis marras",
    "dec dez déc dic des дек gru joulu",
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTH_STEMS, 1) for name in names.split()}
ZONE_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
}
UNSIGNED_TEMPLATE = re.compile(
    r"\{\{\s*(?:subst:)?\s*(?:unsigned ?(?:ip|2|ip2)?|unsignedip|xsign|non ?signé|unsigniert|hapless)\s*\|([^{}]*)\}\}",
    re.IGNORECASE,
)
OUTDENT_TEMPLATE = re.compile(
    r"\{\{\s*(?:od|outdent|undent|unindent|dedent|de-indent|oi)\d*\s*(?:\|[^{}]*)?\}\}", re.IGNORECASE
)
AFTER_SIGNATURE = re.compile(r"(?:\s|</?[a-z][^<>]*>|'{2,5}|[()\]}|.\-–—]|&[a-z]+;|\{\{[^{}]*\}\})*+", re.IGNORECASE)
STYLE_TAGS = "span|font|small|big|b|i|u|su[bp]|em|strong|abbr|bdi|div|kbd|tt|br"
BEFORE_SIGNATURE = re.compile(
    rf"(?:\s|&(?:nbsp|mdash|ndash|#\d+);|</?(?:{STYLE_TAGS})(?:\s[^<>]*)?>|'{{2,5}}|[-–—~•·|(\[{{^_])++\Z",
    re.IGNORECASE,
)
PRECEDING_NOTE = re.compile(
    r"(?:preceding\s*)?(?:\[\[[^\[\]|]*\|)?\s*unsigned\s*(?:\]\])?\s*comment\s*(?:was\s*)?(?:added\s*)?by\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading in its own words, the line it stands in (0: none), and the lines below it, each with its number."""

    heading: str
    line: int
    lines: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class TalkComment:
    """A comment in wikitext, from a line on, `depth` times indented, or taken back to the margin from the one before.

    `author` and `created` are None where nobody signed.
    """

    line: int
    depth: int
    outdented: bool
    markup: str
    author: str | None
    created: str | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Characters start..end of a line, in which somebody signed."""

    start: int
    author: str | None
    created: str | None


def has_signed_section(text: str) -> bool:
    """True where a heading stands above a line that somebody signed."""
    lines = text.splitlines()
    headed = next((number for number, line in enumerate(lines) if HEADING_LINE.fullmatch(line)), None)
    return headed is not None and any(find_signature(line) is not None for line in lines[headed:])


def talk_sections(text: str) -> list[Section]:
    """What stands above the first heading, and each section of the level that begins threads."""
    lines = text.splitlines()
    heads = {number: match for number, line in enumerate(lines, 1) if (match := HEADING_LINE.fullmatch(line))}
    level = max(THREAD_LEVEL, min((len(match[1]) for match in heads.values()), default=THREAD_LEVEL))
    sections = [Section("", 0, [])]
    for number, line in enumerate(lines, 1):
        match = heads.get(number)
        if match is None:
            sections[-1].lines.append((number, line))
        elif len(match[1]) <= level:
            sections.append(Section(heading_words(match[2]), number, []))
    return sections


def talk_comments_in(lines: Iterable[tuple[int, str]]) -> Iterator[TalkComment]:
    """The comments of a section in order; what nobody signed belongs to the next who did, or to nobody at the end."""
    pending: list[tuple[int, str]] = []
    for number, line in lines:
        signed = find_signature(line)
        if signed is None:
            pending.append((number, line))
            continue
        pending.append((number, line[: signed.start]))
        yield talk_comment(pending, signed)
        pending = []
    yield talk_comment(pending, Signature(0, None, None))


def talk_comment(lines: Sequence[tuple[int, str]], signed: Signature) -> TalkComment:
    """The comment that these lines are."""
    worded = [(number, line) for number, line in lines if line.strip(" \t:*#;")] or list(lines[-1:])
    number, first = worded[0] if worded else (0, "")
    depth = min(indentation(first), indentation(worded[-1][1] if worded else ""))
    markup = OUTDENT_TEMPLATE.sub("", "\n".join(line for _, line in lines))
    return TalkComment(number, depth, OUTDENT_TEMPLATE.search(first) is not None, markup, signed.author, signed.created)


def indentation(line: str) -> int:
    """How often a line is indented."""
    marks = INDENT.match(line)
    return len(marks[0]) if marks else 0


def find_signature(line: str) -> Signature | None:
    """Who signed at the end of the line, and when; None where nobody did."""
    if match := UNSIGNED_TEMPLATE.search(line):
        return template_signature(match, line)
    stamps = list(TIME_WITH_ZONE.finditer(line, max(0, len(line) - LONGEST_SIGNATURE)))
    if not stamps or AFTER_SIGNATURE.fullmatch(line, stamps[-1].end()) is None:
        return None
    end = stamps[-1].start()
    people = [link for link in USER_LINK.finditer(line, max(0, end - LONGEST_SIGNATURE), end) if linked_user(link)]
    if not people or end - people[-1].end() > SIGNATURE_GAP:
        return bare_name_signature(line[max(0, end - SIGNATURE_GAP) : end], end, stamps[-1])
    first = people[-1]
    for before in reversed(people[:-1]):
        if linked_user(before) != linked_user(people[-1]) or first.start() - before.end() > SIGNATURE_GAP:
            break
        first = before
    return Signature(len(text_before_signature(line[: first.start()])), linked_user(first), signed_time(stamps[-1]))


def bare_name_signature(before: str, end: int, time: re.Match[str]) -> Signature | None:
    """Who signed with a dash and a bare name in front of a time in UTC; None where these are words of a sentence."""
    match = BARE_NAME.search(before)
    if match is None or time["zone"] != "UTC" or match[1].split()[-1].casefold() in LEADING_WORDS:
        return None
    return Signature(end - len(before) + match.start(), user_name(match[1]), signed_time(time))


def template_signature(match: re.Match[str], line: str) -> Signature:
    """Whose a comment is that somebody else signed by a template."""
    fields = [field.strip() for field in match[1].split("|") if field.strip()]
    time = next((stamp for field in fields if (stamp := ANY_TIME.search(field))), None)
    names = [field.rpartition("=")[2].strip() for field in fields if ANY_TIME.search(field) is None]
    author = user_name(names[0]) if names else None
    return Signature(len(text_before_signature(line[: match.start()])), author, signed_time(time) if time else None)


def text_before_signature(text: str) -> str:
    """The text without the dashes and the markup that lead to a signature."""
    for _ in range(3):
        tail = text[-300:]
        match = BEFORE_SIGNATURE.search(tail) or PRECEDING_NOTE.search(tail)
        if match is None:
            break
        text = text[: len(text) - len(tail) + match.start()]
    return text


def linked_user(match: re.Match[str]) -> str | None:
    """The user that a link leads to; None where it leads elsewhere.

    >>> linked_user(USER_LINK.search("[[User talk:ann_Lee/Archive|talk]]"))
    'Ann Lee'
    >>> linked_user(USER_LINK.search("[[Talk:Ferry|it]]")) is None
    True
    """
    space, name = match[1].replace("_", " ").casefold(), match[2]
    if any(user_namespace in space for user_namespace in USER_NAMESPACES):
        return user_name(name.split("/")[0])
    page, _, rest = name.partition("/")
    return user_name(rest) if rest and page.casefold().startswith(CONTRIBUTION_PAGES) else None


def user_name(name: str) -> str | None:
    """The name of a user as the wiki writes it."""
    plain = " ".join(name.replace("_", " ").split())
    return plain[:1].upper() + plain[1:] or None


def signed_time(match: re.Match[str]) -> str:
    """A time in ISO 8601, in UTC where its zone is known; what is no such day or time stays as it is.

    >>> signed_time(TIME_WITH_ZONE.search("08:05, 5. Mai 2021 (CEST)"))
    '2021-05-05T06:05:00Z'
    >>> signed_time(TIME_WITH_ZONE.search("5 mai 2021 à 08:05 (XYZ)"))
    '2021-05-05T08:05:00'
    >>> signed_time(TIME_WITH_ZONE.search("2021年5月5日 (水) 08:05 (JST)"))
    '2021-05-04T23:05:00Z'
    >>> signed_time(TIME_WITH_ZONE.search("08:05, 5 Smarch 2021 (UTC)"))
    '08:05, 5 Smarch 2021 (UTC)'
    """
    parts = {name[0]: value for name, value in match.groupdict().items() if value is not None and name != "zone"}
    month = month_number(parts["n"])
    hours = ZONE_HOURS.get(match["zone"] or "")
    try:
        moment = datetime(int(parts["y"]), month, int(parts["d"]), int(parts["h"]), int(parts["m"]))
        if hours is None:
            return moment.isoformat()
        moment = moment.replace(tzinfo=timezone(timedelta(hours=hours))).astimezone(UTC)
    except (ValueError, OverflowError):
        return match[0]
    return moment.isoformat().replace("+00:00", "Z")


def month_number(name: str) -> int:
    """The number of a month, by the first letters of its name in some language; 0 where it is none."""
    if name.isdigit():
        return int(name)
    low = name.casefold()
    return next((MONTH_NUMBERS[low[:size]] for size in (6, 5, 4, 3) if low[:size] in MONTH_NUMBERS), 0)
