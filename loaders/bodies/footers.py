"""What stands below the words of a mail: signatures, footers of lists, notes of archives, of devices, of lawyers."""

from __future__ import annotations

import re

from rejoinder.loaders.bodies.heads import ATTRIBUTION, ORIGINAL, begins_head

NEXT_PART = re.compile(r"-{8,} next part -{8,}")
SCRUBBED = re.compile(r"(?:An? |\n)?(?:HTML attachment|.{0,40}attachment|.{0,60}message) was scrubbed", re.IGNORECASE)
RULE = re.compile(r"_{20,}|-{50,}")
# The rules of Groups.io, Google Groups as it once was, and LISTSERV: the footer may hold blank lines.
FRAMES = (re.compile(r"(?:-=){6,}-?"), re.compile(r"-{0,2}~[-~]{20,}"), re.compile(r"#{40,}"))
LONGEST_FRAME = 20
FOOTER = re.compile(r"mailing list|listinfo|unsubscribe|\blists?\.|https?://", re.IGNORECASE)
LISTS = re.compile(
    r"listinfo|unsubscribe|^.{1,60}\bmailing list(?: [-–<(].{0,80})?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
WHERE = re.compile(r"https?://|\S@\S")
LONGEST_SIGNATURE = 10  # lines that are not blank; RFC 3676 asks for four
LONGEST_FOOTER = 8
# What programs on telephones put below each mail.
DEVICE = re.compile(
    r"(?:Sent (?:from|via|with|using) (?:my|an?|the|Mail for|Outlook|Yahoo|\[?Proton|Samsung|Gmail|BlueMail|K-9)\b"
    r"|Get Outlook for\b|Von meinem .{1,40} gesendet"
    r"|Gesendet (?:von|mit|mittels) |Envoyé (?:de mon|depuis|à partir de)\b"
    r"|Enviado (?:desde|do|de) mi?\b|Enviado do meu\b|Inviato da(?:l mio)?\b|Verzonden (?:vanaf|met|via)\b"
    r"|Skickat från min\b|Sendt fra min\b|Wysłane z\b).{0,60}",
    re.IGNORECASE,
)
LAWYER = re.compile(
    r"[*_]*(?:(?:important |legal |privacy |confidentiality )(?:notice|note|disclaimer)\b|disclaimer\s*:"
    r"|the information (?:contained )?in this\b|this (?:e-?mail|message|communication|transmission)\b)",
    re.IGNORECASE,
)
SECRET = re.compile(r"confidential|privileged", re.IGNORECASE)
MEANT = re.compile(r"intended|recipient|addressee", re.IGNORECASE)
LONGEST_NOTICE = 30  # lines


def lines_to_cut(lines: list[str], at: int) -> int:
    """How many lines from here on are a signature, a footer or a note on an attachment."""
    line = lines[at].rstrip()
    if line == "--":
        return signature_lines(lines, at)
    if RULE.fullmatch(line):
        return 1 if begins_head(lines, at + 1) else footer_lines(lines, at)
    frame = next((pattern for pattern in FRAMES if pattern.fullmatch(line)), None)
    if frame is not None:
        return framed_lines(lines, at, frame)
    if NEXT_PART.fullmatch(line):
        note = at + 1 < len(lines) and SCRUBBED.match(lines[at + 1]) is not None
        return 1 + (lines_until_blank(lines, at + 1) if note else 0)
    if DEVICE.fullmatch(line.strip()):
        return 1
    return notice_lines(lines, at) if LAWYER.match(line) else 0


def notice_lines(lines: list[str], at: int) -> int:
    """The lines of a paragraph that says for whom the mail is meant and that it is secret, 0 where it is another."""
    size = next((size for size, line in enumerate(lines[at : at + LONGEST_NOTICE]) if not line.strip()), LONGEST_NOTICE)
    words = " ".join(line[:2_000] for line in lines[at : at + size])
    return min(size, len(lines) - at) if SECRET.search(words) and MEANT.search(words) else 0


def signature_lines(lines: list[str], at: int) -> int:
    """The lines of a signature: to the end, or to what was quoted below it; 0 where it is too long for one."""
    words = 0
    for end in range(at + 1, len(lines)):
        line = lines[end]
        if ends_signature(line.rstrip()) or begins_head(lines, end):
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


def list_footer_lines(lines: list[str], at: int) -> int:
    """How many lines from here on are the footer of a mailing list."""
    return footer_lines(lines, at) if RULE.fullmatch(lines[at].rstrip()) else 0


def footer_lines(lines: list[str], at: int) -> int:
    """The lines of the footer of a mailing list, 0 where a rule is only a rule."""
    size = lines_until_blank(lines, at + 1)
    words = lines[at + 1 : at + 1 + size]
    return 1 + size if size <= LONGEST_FOOTER and any(FOOTER.search(line[:400]) for line in words) else 0


def is_footer(text: str) -> bool:
    """True for a part of a mail that is nothing but the footer of a mailing list."""
    short = len(text) < 4_000 and text.count("\n") < 2 * LONGEST_FOOTER
    return short and LISTS.search(text) is not None and WHERE.search(text) is not None


def framed_lines(lines: list[str], at: int, frame: re.Pattern[str]) -> int:
    """The lines from a rule to the next of its kind, or else to the end, if they are a footer."""
    words = lines[at + 1 : at + 1 + LONGEST_FRAME]
    size = next((place + 1 for place, line in enumerate(words) if frame.fullmatch(line.rstrip())), len(words))
    is_closed = (
        size < len(words) or at + 1 + size >= len(lines) or frame.fullmatch(words[size - 1].rstrip()) is not None
    )
    return 1 + size if is_closed and any(FOOTER.search(line[:400]) for line in words[:size]) else 0


def lines_until_blank(lines: list[str], at: int) -> int:
    """How many lines there are before the next blank or quoted one, or one more than a footer may have."""
    for size, line in enumerate(lines[at : at + LONGEST_FOOTER + 1]):
        if not line.strip() or line.startswith(">"):
            return size
    return min(len(lines) - at, LONGEST_FOOTER + 1)
