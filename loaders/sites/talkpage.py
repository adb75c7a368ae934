"""Talk pages of wikis: sections, and the comments in them, which end where somebody signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from rejoinder.loaders.bodies.wikitext import INDENT, words_of

HEADING = re.compile(r"(={1,6})(?!=)[ \t]*(\S.*?)[ \t]*\1[ \t]*(?:<!--.*-->)?[ \t]*")
THREADS = 2  # the level of the headings that begin threads, unless a page has only deeper ones
NEAR = 120  # characters that may stand between the links of a signature, and between them and its time
SIGNATURE = 600  # characters of a signature with its markup
# The names of the namespaces of users and of their talk, in the languages with most pages.
USER_WORDS = """
user benutzer utilisat usuari usuár utente gebruiker wikipedyst участни användar bruker käyttäjä 利用者 用户 사용자
"""
USERS = tuple(USER_WORDS.split())
CONTRIBUTIONS = ("contrib", "beiträge", "bijdragen", "wkład", "вклад")
PERSON = re.compile(r"(?:\[\[|\{\{)\s*:?(?:[a-z][a-z-]{0,11}:)?([^\[\]{}|:#\n]{1,40}):([^\[\]{}|#\n]{1,255})")
# A dash and up to four words, or the address of a machine, at the end of what stands before a time.
BARE_NAME = re.compile(r"(?:(?<!-)--|—|–|&mdash;|&#8212;)\s*((?:[^\W_][\w.'’-]*\s+){0,3}[^\W_][\w.:'’-]*),?\s*\Z")
LEADING_ON = frozenset({"and", "around", "at", "before", "by", "from", "in", "of", "on", "since", "the", "to", "until"})
ZONE = r"(?:\s*\((?P<zone>[A-Z]{1,5})\))"
STAMP = (
    r"(?P<h{0}>\d{{1,2}})[:.h](?P<m{0}>\d\d)(?:min)?",
    r"(?P<d{0}>\d{{1,2}})(?:\.|º|er)?\s(?:de\s)?(?P<n{0}>[^\W\d_]{{3,12}})\.?,?\s(?:de\s)?(?P<y{0}>\d{{4}})",
    r"(?P<n{0}>[^\W\d_]{{3,12}})\s(?P<d{0}>\d{{1,2}}),?\s(?P<y{0}>\d{{4}})",
)
BETWEEN = r"(?:,?\s(?:de\s|à\s|kl\.?\s|om\s|alle\s|o\s)?)"
FORMS = (
    STAMP[0].format(0) + BETWEEN + STAMP[1].format(0),
    STAMP[0].format(1) + BETWEEN + STAMP[2].format(1),
    STAMP[1].format(2) + BETWEEN + STAMP[0].format(2),
    r"(?P<y3>\d{4})年(?P<n3>\d{1,2})月(?P<d3>\d{1,2})日\s*(?:[(（].[)）])?\s*(?P<h3>\d{1,2}):(?P<m3>\d\d)",
)
BARE_TIME = re.compile(rf"(?<!\d)(?:{'|'.join(FORMS)}){ZONE}?")
TIME = re.compile(rf"(?<!\d)(?:{'|'.join(FORMS)}){ZONE}")
MONTHS = (
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
MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
HOURS = {
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
UNSIGNED = re.compile(
    r"\{\{\s*(?:subst:)?\s*(?:unsigned ?(?:ip|2|ip2)?|unsignedip|xsign|non ?signé|unsigniert|hapless)\s*\|([^{}]*)\}\}",
    re.IGNORECASE,
)
OUTDENT = re.compile(r"\{\{\s*(?:od|outdent|undent|unindent|dedent|de-indent|oi)\d*\s*(?:\|[^{}]*)?\}\}", re.IGNORECASE)
AFTER = re.compile(r"(?:\s|</?[a-z][^<>]*>|'{2,5}|[()\]}|.\-–—]|&[a-z]+;|\{\{[^{}]*\}\})*+", re.IGNORECASE)
STYLED = "span|font|small|big|b|i|u|su[bp]|em|strong|abbr|bdi|div|kbd|tt|br"
BEFORE = re.compile(
    rf"(?:\s|&(?:nbsp|mdash|ndash|#\d+);|</?(?:{STYLED})(?:\s[^<>]*)?>|'{{2,5}}|[-–—~•·|(\[{{^_])++\Z", re.IGNORECASE
)
PRECEDING = re.compile(
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
class Said:
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


def is_signed(text: str) -> bool:
    """True where a heading stands above a line that somebody signed."""
    lines = text.splitlines()
    headed = next((number for number, line in enumerate(lines) if HEADING.fullmatch(line)), None)
    return headed is not None and any(signature(line) is not None for line in lines[headed:])


def sections(text: str) -> list[Section]:
    """What stands above the first heading, and each section of the level that begins threads."""
    lines = text.splitlines()
    heads = {number: match for number, line in enumerate(lines, 1) if (match := HEADING.fullmatch(line))}
    level = max(THREADS, min((len(match[1]) for match in heads.values()), default=THREADS))
    found = [Section("", 0, [])]
    for number, line in enumerate(lines, 1):
        match = heads.get(number)
        if match is None:
            found[-1].lines.append((number, line))
        elif len(match[1]) <= level:
            found.append(Section(words_of(match[2]), number, []))
    return found


def said_in(lines: Iterable[tuple[int, str]]) -> Iterator[Said]:
    """The comments of a section in order; what nobody signed belongs to the next who did, or to nobody at the end."""
    held: list[tuple[int, str]] = []
    for number, line in lines:
        signed = signature(line)
        if signed is None:
            held.append((number, line))
            continue
        held.append((number, line[: signed.start]))
        yield said(held, signed)
        held = []
    yield said(held, Signature(0, None, None))


def said(held: Sequence[tuple[int, str]], signed: Signature) -> Said:
    """The comment that these lines are."""
    worded = [(number, line) for number, line in held if line.strip(" \t:*#;")] or list(held[-1:])
    number, first = worded[0] if worded else (0, "")
    depth = min(indentation(first), indentation(worded[-1][1] if worded else ""))
    markup = OUTDENT.sub("", "\n".join(line for _, line in held))
    return Said(number, depth, OUTDENT.search(first) is not None, markup, signed.author, signed.created)


def indentation(line: str) -> int:
    """How often a line is indented."""
    marks = INDENT.match(line)
    return len(marks[0]) if marks else 0


def signature(line: str) -> Signature | None:
    """Who signed at the end of the line, and when; None where nobody did."""
    if match := UNSIGNED.search(line):
        return unsigned(match, line)
    stamps = list(TIME.finditer(line, max(0, len(line) - SIGNATURE)))
    if not stamps or AFTER.fullmatch(line, stamps[-1].end()) is None:
        return None
    end = stamps[-1].start()
    people = [one for one in PERSON.finditer(line, max(0, end - SIGNATURE), end) if person(one)]
    if not people or end - people[-1].end() > NEAR:
        return bare(line[max(0, end - NEAR) : end], end, stamps[-1])
    first = people[-1]
    for before in reversed(people[:-1]):
        if person(before) != person(people[-1]) or first.start() - before.end() > NEAR:
            break
        first = before
    return Signature(len(before_signature(line[: first.start()])), person(first), moment(stamps[-1]))


def bare(before: str, end: int, time: re.Match[str]) -> Signature | None:
    """Who signed with a dash and a bare name in front of a time in UTC; None where these are words of a sentence."""
    match = BARE_NAME.search(before)
    if match is None or time["zone"] != "UTC" or match[1].split()[-1].casefold() in LEADING_ON:
        return None
    return Signature(end - len(before) + match.start(), named(match[1]), moment(time))


def unsigned(match: re.Match[str], line: str) -> Signature:
    """Whose a comment is that somebody else signed by a template."""
    given = [one.strip() for one in match[1].split("|") if one.strip()]
    time = next((found for one in given if (found := BARE_TIME.search(one))), None)
    names = [one.rpartition("=")[2].strip() for one in given if BARE_TIME.search(one) is None]
    author = named(names[0]) if names else None
    return Signature(len(before_signature(line[: match.start()])), author, moment(time) if time else None)


def before_signature(text: str) -> str:
    """The text without the dashes and the markup that lead to a signature."""
    for _ in range(3):
        tail = text[-300:]
        found = BEFORE.search(tail) or PRECEDING.search(tail)
        if found is None:
            break
        text = text[: len(text) - len(tail) + found.start()]
    return text


def person(match: re.Match[str]) -> str | None:
    """The user that a link leads to; None where it leads elsewhere.

    >>> person(PERSON.search("[[User talk:ann_Lee/Archive|talk]]")), person(PERSON.search("[[Talk:Ferry|it]]"))
    ('Ann Lee', None)
    """
    space, name = match[1].replace("_", " ").casefold(), match[2]
    if any(one in space for one in USERS):
        return named(name.split("/")[0])
    page, _, rest = name.partition("/")
    return named(rest) if rest and page.casefold().startswith(CONTRIBUTIONS) else None


def named(name: str) -> str | None:
    """The name of a user as the wiki writes it."""
    plain = " ".join(name.replace("_", " ").split())
    return plain[:1].upper() + plain[1:] or None


def moment(match: re.Match[str]) -> str:
    """A time in ISO 8601, in UTC where its zone is known; what is no such day or time stays as it is.

    >>> moment(TIME.search("08:05, 5. Mai 2021 (CEST)")), moment(TIME.search("5 mai 2021 à 08:05 (XYZ)"))
    ('2021-05-05T06:05:00Z', '2021-05-05T08:05:00')
    >>> moment(TIME.search("2021年5月5日 (水) 08:05 (JST)")), moment(TIME.search("08:05, 5 Smarch 2021 (UTC)"))
    ('2021-05-04T23:05:00Z', '08:05, 5 Smarch 2021 (UTC)')
    """
    parts = {name[0]: value for name, value in match.groupdict().items() if value is not None and name != "zone"}
    month = month_of(parts["n"])
    hours = HOURS.get(match["zone"] or "")
    try:
        found = datetime(int(parts["y"]), month, int(parts["d"]), int(parts["h"]), int(parts["m"]))
        if hours is None:
            return found.isoformat()
        found = found.replace(tzinfo=timezone(timedelta(hours=hours))).astimezone(UTC)
    except (ValueError, OverflowError):
        return match[0]
    return found.isoformat().replace("+00:00", "Z")


def month_of(name: str) -> int:
    """The number of a month, by the first letters of its name in some language; 0 where it is none."""
    if name.isdigit():
        return int(name)
    low = name.casefold()
    return next((MONTH[low[:size]] for size in (6, 5, 4, 3) if low[:size] in MONTH), 0)
