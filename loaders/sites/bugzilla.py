"""What people write into Bugzilla, and what it writes for them: whom they answer, attachments, duplicates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rejoinder.loaders.bodies import Body, Quoted, from_markdown, join_bodies, plain_body

REPLY_LINE = re.compile(r"^\(In reply to (?:[^\n]{0,300}?from )?comment #(\d{1,9})\)[ \t]*\n?", re.MULTILINE)
QUOTED_REPLY_LINE = re.compile(r"^>[> ]{0,40}\(In reply to [^\n]{0,300}comment #\d{1,9}\)[ \t]*\n?", re.MULTILINE)
ATTACHMENT_LINE = re.compile(
    r"\A(?:Created an? attachment \(id=\d+\)|\(From update of attachment \d+\)"
    r"|(?:Created|Comment on|Review of) attachment \d+:?)[ \t]*(?:\n|\Z)"
)
DUPLICATE_LINE = re.compile(
    r"^\*\*\* (?:This bug|Bug \d+) has been marked as a duplicate of [^*\n]*\*\*\*[ \t]*$", re.MULTILINE
)
NESTED_QUOTE = re.compile(r"> ?>")


def parent_number(text: str) -> str | None:
    """The number of the comment that is answered first.

    >>> parent_number("(In reply to Bo Berg (:bo) from comment #3)\\n> It leaks.\\nNo."), parent_number("See #3")
    ('3', None)
    """
    match = REPLY_LINE.search(text)
    return match[1] if match else None


def bug_comment_body(text: str, *, markdown: bool) -> Body:
    """The words of a comment without what Bugzilla adds; what is quoted names the comment that it is from."""
    render = from_markdown if markdown else trimmed_body
    own = QUOTED_REPLY_LINE.sub("", DUPLICATE_LINE.sub("", ATTACHMENT_LINE.sub("", text.replace("\r\n", "\n"))))
    first, *others = REPLY_LINE.split(own)
    answers = zip(others[::2], others[1::2], strict=True)
    return join_bodies([render(first), *(reply_body(part, number, render) for number, part in answers)])


def trimmed_body(text: str) -> Body:
    """Words that are plain text, without the blank lines around them."""
    return plain_body(text.strip("\n").rstrip())


def reply_body(part: str, number: str, render: Callable[[str], Body]) -> Body:
    """The words of an answer, of which the quotation that they begin with is from the comment of that number."""
    body = render(part)
    return Body(body.text, body.links, tuple(Quoted(*span, f":{number}") for span in quoted_spans(body.text)))


def quoted_spans(text: str) -> Iterator[tuple[int, int]]:
    """The passages that are quoted once before the first line that is not, each as long as lines follow one another.

    >>> list(quoted_spans("> a\\n> > b\\n> c\\n> d\\n\\nNo.\\n> e"))
    [(0, 3), (10, 17)]
    """
    start = at = 0
    for line in text.splitlines(keepends=True):
        is_quoted = line.startswith(">") and NESTED_QUOTE.match(line) is None
        if not is_quoted and start < at:
            yield start, at - 1
        if line.strip() and not line.startswith(">"):
            return
        at += len(line)
        start = start if is_quoted else at
    if start < at:
        yield start, at
