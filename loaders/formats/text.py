"""Plain-text dumps: one paragraph a comment, no authors, no parents, only their order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import plain_body
from rejoinder.loaders.opening.packed import bare_name
from rejoinder.loaders.opening.source import STDIN, Source
from rejoinder.loaders.opening.western import scrubber_of
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "text"
SUMMARY = "plain text, one comment a line or a paragraph; the fallback for prose"
READS = Reads(
    recognised="nothing else fits and it is prose",
    id="made of the paragraph's text",
    author="all by one author, named by the file",
    body="a line, or the lines up to a blank one where they are wrapped",
    ignored="there is nothing else",
)

SITE = "text"
NARROWEST_WRAP = 40  # where every line is shorter, lines end because they are over, as in a list
WIDEST_WRAP = 120  # longer lines than this are not wrapped by hand or by a mailer
LEAST_WRAPPED_SHARE = 0.6


def recognises(path: Path, head: str) -> bool:
    """Never: plain text has no mark of its own and is chosen only where nothing else fits."""
    return False


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread, then a comment a paragraph; its id is made of its text and its ordinal among equal paragraphs."""
    scrubber, counts = scrubber_of(source), Counter[str]()
    thread = file_thread(source, scrubber)
    yield Found(thread, source.name, 1)
    position = 0
    for paragraph in paragraphs_in(source, scrubber):
        if isinstance(paragraph, Problem):
            yield paragraph
            continue
        line, text = paragraph
        name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
        counts[name] += 1
        author = f"author of {thread.key.id}"
        comment = Comment(
            thread.key, f"{name}.{counts[name]}", text, author=author, position=position, links=plain_body(text).links
        )
        yield Found(comment, source.name, line)
        position += 1
    yield from scrubber.problems(source.name)


def file_thread(source: Source, scrubber: Scrubber) -> Thread:
    """The thread, named by the file alone; standard input has no name, and is named by its content."""
    title = "standard input" if source.name == STDIN else bare_name(source.name)
    return Thread(ThreadKey(SITE, scrubber.text(source.thread_name(), 0)), scrubber.text(title, 0))


def paragraphs_in(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, str] | Problem]:
    """Line number and text of each paragraph: a line, or lines up to a blank one where the file is hard-wrapped."""
    wrapped, lines, start = is_wrapped(source), list[str](), 0
    for line in source.lines():
        if isinstance(line, Problem):
            yield line
            continue
        number, raw = line
        text = scrubber.line(raw, number).strip()
        if lines and not (wrapped and text):
            yield start, "\n".join(lines)
            lines = []
        if text:
            start = start if lines else number
            lines.append(text)
    if lines:
        yield start, "\n".join(lines)


def is_wrapped(source: Source) -> bool:
    """True if blank lines stand between groups of lines that break where the next word would not have fitted."""
    groups, widest = [list[tuple[int, int]]()], 0
    for line in Source(source.path).lines():
        if isinstance(line, Problem):
            return False
        text = line[1].strip()
        if not text:
            groups.append([])
            continue
        widest = max(widest, len(text))
        if widest > WIDEST_WRAP:
            return False
        groups[-1].append((len(text), len(text.split(None, 1)[0])))
    pairs = [(current[0], next_one[1]) for group in groups for current, next_one in pairwise(group)]
    full = sum(length + 1 + word > 0.8 * widest for length, word in pairs)
    return widest >= NARROWEST_WRAP and len(groups) > 1 and bool(pairs) and full >= LEAST_WRAPPED_SHARE * len(pairs)
