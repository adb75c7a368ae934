"""What people write in mail: quotation marks made even, soft line ends joined, what is quoted without marks marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator
from itertools import accumulate, takewhile

from rejoinder.loaders.bodies.body import Body
from rejoinder.loaders.bodies.footers import lines_to_cut, list_footer_lines
from rejoinder.loaders.bodies.heads import ORIGINAL, begins_answered_mail, is_written_attribution
from rejoinder.loaders.bodies.patches import FENCE, fenced_patch, patch_lines
from rejoinder.loaders.bodies.supercited import without_names
from rejoinder.records import Link

DEEPEST = 5  # quotation marks that are shown
QUOTED = re.compile(r" {0,3}>(?:[ \t]?>)*")
ESCAPED = re.compile(r"( {0,3}>(?:[ \t]?>)*[ \t]?)>From ")
BELOW = re.compile(r" ?(?:-- ?$|_{20}|-{50})")  # how a signature or footer may begin
RUN = 30  # lines of a passage that are looked at for one
TOLD = 4  # words above the mail that is answered, from which on they are the answer and not a greeting


def tidy_mail(text: str) -> str:
    """The words of a mail: quoted lines begin with `> ` as often as they are quoted.

    Cut are signatures (from a line `-- ` on), the footers of mailing lists, and notes on attachments that an archive
    took away, on telephones and on secrecy. What follows a line `Original Message`, or the head of the mail that is
    answered, is marked as quoted. An attribution ("Ann wrote:") stays. A patch stands between fences, as code.
    """
    return "\n".join(line for _, line in with_single_blanks(kept_lines(without_names(text.split("\n")))))


def tidy_body(body: Body) -> Body:
    """A body in the same way, with its links where their words have come to stand."""
    lines = body.text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    moved: dict[int, int] = {}  # by how much each line that stays has moved
    text: list[str] = []
    length = 0
    for at, line in with_single_blanks(kept_lines(lines)):
        if at is not None:
            moved[at] = length + len(line) - len(lines[at].rstrip()) - starts[at]
        text.append(line)
        length += len(line) + 1
    return Body("\n".join(text), tuple(links_left(body.links, starts, moved)))


def links_left(links: Iterable[Link], starts: list[int], moved: dict[int, int]) -> Iterator[Link]:
    """The links whose lines, which began at `starts`, stay."""
    for link in links:
        first, last = (moved.get(bisect_right(starts, place) - 1) for place in (link.start, link.end - 1))
        if first is not None and last is not None:
            yield Link(link.start + first, link.end + last, link.url)


def with_single_blanks(lines: Iterable[tuple[int | None, str]]) -> Iterator[tuple[int | None, str]]:
    """The lines with one blank line where there were several, quoted or not, and none at the ends."""
    began = blank = False
    bare: tuple[int | None, str] | None = None  # the first of several quoted lines without words
    for at, line in lines:
        if not line:
            blank = began
        elif not line.strip("> "):
            bare = bare or (at, line)
        else:
            quoted = line.startswith(">") and not blank
            if bare is not None and quoted:
                yield bare
            elif blank or (bare is not None and began):
                yield None, ""
            yield at, line
            began, blank, bare = True, False, None


def kept_lines(lines: list[str]) -> Iterator[tuple[int | None, str]]:
    """The lines that stay, as they are to be shown, each with its number; what was put in has none."""
    return MailLines(lines).lines_kept()


class MailLines:
    """The lines of a mail as they are read one after the other, and what those above say of those below."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.end = len(lines) - next((back for back, line in enumerate(reversed(lines)) if line.strip()), len(lines))
        self.last = max((number for number, line in enumerate(lines) if QUOTED.match(line)), default=-1)
        self.depth = 0  # how often the rest is quoted without marks
        self.words = 0  # that stood above
        self.is_code = False  # between two fences

    def lines_kept(self) -> Iterator[tuple[int | None, str]]:
        """The lines that stay."""
        at = 0
        while at < self.end:
            self.is_code ^= self.lines[at].startswith(FENCE)
            size = yield from self.replaced(at)
            if not size:
                yield at, self.line(at)
            at += size or 1

    def replaced(self, at: int) -> Generator[tuple[int | None, str], None, int]:
        """What stands in place of what is cut here, or of a patch; returns how many lines that are."""
        cut, code = (0, 0) if self.is_code else lines_cut(self.lines, at, self.depth)
        if code:
            yield from fenced_patch(self.lines, at, code)
        elif cut:
            yield None, ">" if QUOTED.match(self.lines[at]) else ""
        return cut or code

    def line(self, at: int) -> str:
        """A line that stays; from the one with which the mail that is answered begins, the rest is quoted."""
        line = unescape_line(self.lines, at)
        starts_mail = not self.is_code and begins_answered_mail(self.lines, at)
        is_above = starts_mail and ORIGINAL.fullmatch(line.strip()) is not None
        self.depth += starts_mail and not is_above
        text = even_line(line, self.depth)
        self.depth += is_above
        said_enough = at > self.last and self.words >= TOLD
        self.depth += not self.depth and said_enough and is_written_attribution(self.lines, at)
        self.words += len(line.split())
        return text


def unescape_line(lines: list[str], at: int) -> str:
    """The line; where a mailbox once put `>` before its `From ` and it was quoted since, without that.

    >>> unescape_line(["> Look.", "> >From here", "> it is far."], 1), unescape_line(["> > Look.", "> >From here"], 1)
    ('> From here', '> >From here')
    """
    line = lines[at].rstrip()
    match = ESCAPED.match(line)
    if match is None:
        return line
    depth = match[1].count(">")
    depths = [depth_of(lines[place]) for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    return match[1] + line[match.end() - len("From ") :] if depth in depths and depth + 1 not in depths else line


def depth_of(line: str) -> int:
    """How often a line is quoted."""
    match = QUOTED.match(line)
    return 0 if match is None else match[0].count(">")


def lines_cut(lines: list[str], at: int, depth: int) -> tuple[int, int]:
    """How many lines from here on are cut, and how many are a patch; of what is quoted, signatures and footers go."""
    quoted = QUOTED.match(lines[at])
    if quoted is None:
        return (lines_to_cut(lines, at), patch_lines(lines, at)) if not depth else (list_footer_lines(lines, at), 0)
    if not BELOW.match(lines[at], quoted.end()):
        return 0, 0
    deep = quoted[0].count(">")
    alike = takewhile(
        lambda match: match is not None and match[0].count(">") == deep, map(QUOTED.match, lines[at : at + RUN])
    )
    run = [lines[at + place][match.end() :].removeprefix(" ") for place, match in enumerate(alike) if match is not None]
    return lines_to_cut(run, 0), 0


def even_line(line: str, more: int = 0) -> str:
    """The line with its quotation marks made even.

    >>> even_line(">>Yes."), even_line(" > > No."), even_line("Well.")
    ('> > Yes.', '> > No.', 'Well.')
    """
    match = QUOTED.match(line)
    words = line if match is None else line[match.end() :].removeprefix(" ")
    depth = more + (0 if match is None else match[0].count(">"))
    return ("> " * min(depth, DEEPEST) + words).rstrip()


def join_flowed(text: str, *, delete_space: bool = False) -> str:
    """Text in format=flowed with its soft line ends joined (RFC 3676, 4): a line that ends in a space goes on.

    >>> join_flowed("It was \\n late.\\n> So \\n> it was.\\n-- \\nAnn")
    'It was late.\\n> So it was.\\n-- \\nAnn'
    """
    joined: list[str] = []
    parts: list[str] = []
    before = 0
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        if parts and (depth != before or words == "-- "):
            joined.append(join_line(parts, before))
            parts = []
        parts.append(words[:-1] if delete_space and words.endswith(" ") and words != "-- " else words)
        before = depth
        if not words.endswith(" ") or words == "-- ":
            joined.append(join_line(parts, depth))
            parts = []
    if parts:
        joined.append(join_line(parts, before))
    return "\n".join(joined)


def join_line(parts: list[str], depth: int) -> str:
    """One line with its quotation marks."""
    return ">" * depth + (" " if depth else "") + "".join(parts)


def quoted_passages(text: str) -> Iterator[tuple[int, int, int]]:
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
