"""What people write in mail: quotation marks made even, soft line ends joined, signatures and footers cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

DEEPEST = 5  # quotation marks that are shown
QUOTED = re.compile(r" {0,3}>(?:[ \t]?>)*")
ORIGINAL = re.compile(r"-{2,}[ \t]*(?:Original|Forwarded) Message[ \t]*-{2,}|Begin forwarded message:", re.IGNORECASE)
ATTRIBUTION = re.compile(
    r".{0,300}\b(?:wrote|writes|schrieb|écrit|escribió|ha scritto|schreef)"
    r"(?:\s(?:on|am|at|le|el|il|op)\s.{0,60}\d.{0,5})?\s?:\s*\Z"
)
NEXT_PART = re.compile(r"-{8,} next part -{8,}")
SCRUBBED = re.compile(r"(?:An? |\n)?(?:HTML attachment|.{0,40}attachment|.{0,60}message) was scrubbed", re.IGNORECASE)
RULE = re.compile(r"_{20,}|-{50,}")
FOOTER = re.compile(r"mailing list|listinfo|unsubscribe|\blists?\.|https?://", re.IGNORECASE)
LONGEST_SIGNATURE = 10  # lines that are not blank; RFC 3676 asks for four
LONGEST_FOOTER = 8
BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """The words of a mail: quoted lines begin with `> ` as often as they are quoted.

    Cut are signatures (from a line `-- ` on), the footers of mailing lists, and notes on attachments that an archive
    took away. What follows a line `Original Message` is marked as quoted. An attribution ("Ann wrote:") stays.
    """
    return BLANK_LINES.sub("\n\n", "\n".join(kept(text.split("\n")))).strip("\n")


def kept(lines: list[str]) -> Iterator[str]:
    """The lines that stay, as they are to be shown."""
    at, forwarded = 0, 0
    while at < len(lines):
        cut = cut_at(lines, at) if not forwarded else 0
        if cut:
            at += cut
            yield ""
            continue
        line = lines[at].rstrip()
        yield shown(line, forwarded)
        if not forwarded and ORIGINAL.fullmatch(line.strip()):
            forwarded = 1
        at += 1


def shown(line: str, more: int = 0) -> str:
    """The line with its quotation marks made even.

    >>> shown(">>Yes."), shown(" > > No."), shown("Well.")
    ('> > Yes.', '> > No.', 'Well.')
    """
    match = QUOTED.match(line)
    words = line if match is None else line[match.end() :].removeprefix(" ")
    depth = more + (0 if match is None else match[0].count(">"))
    return ("> " * min(depth, DEEPEST) + words).rstrip()


def cut_at(lines: list[str], at: int) -> int:
    """How many lines from here on are a signature, a footer or a note on an attachment."""
    line = lines[at].rstrip()
    if line == "--":
        return signature(lines, at)
    if RULE.fullmatch(line):
        return footer(lines, at)
    if NEXT_PART.fullmatch(line):
        note = at + 1 < len(lines) and SCRUBBED.match(lines[at + 1]) is not None
        return 1 + (until_blank(lines, at + 1) if note else 0)
    return 0


def signature(lines: list[str], at: int) -> int:
    """The lines of a signature: to the end, or to what was quoted below it; 0 where it is too long for one."""
    words = 0
    for end in range(at + 1, len(lines)):
        line = lines[end]
        if ends_signature(line.rstrip()):
            return end - at
        words += bool(line.strip())
        if words > LONGEST_SIGNATURE:
            return 0
    return len(lines) - at


def ends_signature(line: str) -> bool:
    """True for a line that is no more of a signature."""
    if line.startswith(">") or NEXT_PART.fullmatch(line) or RULE.fullmatch(line):
        return True
    return ORIGINAL.fullmatch(line.strip()) is not None or ATTRIBUTION.fullmatch(line[:400]) is not None


def footer(lines: list[str], at: int) -> int:
    """The lines of the footer of a mailing list, 0 where a rule is only a rule."""
    size = until_blank(lines, at + 1)
    words = lines[at + 1 : at + 1 + size]
    return 1 + size if size <= LONGEST_FOOTER and any(FOOTER.search(line[:400]) for line in words) else 0


def until_blank(lines: list[str], at: int) -> int:
    """How many lines there are before the next blank or quoted one, or one more than a footer may have."""
    for size, line in enumerate(lines[at : at + LONGEST_FOOTER + 1]):
        if not line.strip() or line.startswith(">"):
            return size
    return min(len(lines) - at, LONGEST_FOOTER + 1)


def flowed(text: str, *, delete_space: bool = False) -> str:
    """Text in format=flowed with its soft line ends joined (RFC 3676, 4): a line that ends in a space goes on.

    >>> flowed("It was \\n late.\\n> So \\n> it was.\\n-- \\nAnn")
    'It was late.\\n> So it was.\\n-- \\nAnn'
    """
    found: list[str] = []
    parts: list[str] = []
    before = 0
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        if parts and (depth != before or words == "-- "):
            found.append(join(parts, before))
            parts = []
        parts.append(words[:-1] if delete_space and words.endswith(" ") and words != "-- " else words)
        before = depth
        if not words.endswith(" ") or words == "-- ":
            found.append(join(parts, depth))
            parts = []
    if parts:
        found.append(join(parts, before))
    return "\n".join(found)


def join(parts: list[str], depth: int) -> str:
    """One line with its quotation marks."""
    return ">" * depth + (" " if depth else "") + "".join(parts)


def quotations(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and depth of each passage that is quoted equally often, in tidy text."""
    start = at = deep = 0
    for line in [*text.split("\n"), ""]:
        depth = shown_depth(line)
        if depth != deep:
            if deep and text[start:at].strip("> \n"):
                yield start, at - 1, deep
            start, deep = at, depth
        at += len(line) + 1


def shown_depth(line: str) -> int:
    """How often a tidy line is quoted."""
    depth = 0
    while line.startswith(">", 2 * depth):
        depth += 1
    return depth
