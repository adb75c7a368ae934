"""The BBCode that Discourse adds to Markdown, as the HTML that Discourse itself makes of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

DEEPEST = 50  # tags that may stand in each other
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
OPENS = re.compile(
    r"\[quote(?:\s*=\s*(?P<of>\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|“[^”\n]{0,200}”|[^\]\n]{0,200}))?\]", re.IGNORECASE
)
TAG = re.compile(
    rf"{OPENS.pattern}|\[/quote\]|\[details(?:\s*=\s*(?P<summary>[^\]\n]{{0,200}}))?\]|\[/details\]", re.IGNORECASE
)
POLL = re.compile(r"^\s*\[(/?)poll\b[^\]]*\]\s*$", re.IGNORECASE)
PAIRED = re.compile(
    r"\[/?(?:b|i|u|s|spoiler|color|size|center|left|right|img|list|code)(?:=[^\]\n]{0,80})?\]", re.IGNORECASE
)
ADDRESS = re.compile(r"\[url(?:=\"?([^\[\]\s\"]{1,2000})\"?)?\]([^\[\n]*)\[/url\]", re.IGNORECASE)
UPLOAD = re.compile(r"!\[(?:[^\]\n!]|!(?!\[))*+\]\(upload://[^()\n]*+\)")
TICKS = re.compile("`+")
ORIGIN = re.compile(r"\b(post|topic)\s*:\s*(\d{1,18})")


def as_html(markup: str) -> str:
    """The markup with HTML in place of quotations and details, and without polls; code stays as it is.

    A quotation becomes `<aside class="quote" data-post="3" data-topic="9"><blockquote>`, nested as it was, with empty
    lines inside so that its words are read as Markdown; one that is never closed ends with the text.
    """
    lines, opened, in_poll = list[str](), list[str](), False
    for line, code in lines_with_code(markup):
        poll = None if code else POLL.match(line)
        if poll is not None:
            in_poll = not poll[1]
        elif not in_poll:
            lines.append(line if code else with_tags(plain_tags(line), opened))
    return "\n".join([*lines, *("\n" + tag + "\n" for tag in reversed(opened))])


def lines_with_code(markup: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is within fenced code."""
    fence = ""
    for line in markup.split("\n"):
        match = FENCE.match(line)
        if fence:
            yield line, True
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            fence = match[1] if match else ""
            yield line, bool(fence)


def plain_tags(line: str) -> str:
    """The line without tags that plain text cannot show; and without uploaded pictures; links as Markdown has them."""
    if "[" not in line:
        return line
    line = UPLOAD.sub("", ADDRESS.sub(markdown_link, line))
    return line if has_code(line) else PAIRED.sub("", line)


def has_code(line: str) -> bool:
    """True if two runs of backticks are equally long: code stands between them (CommonMark 0.31, 6.1)."""
    runs = [len(run) for run in TICKS.findall(line)]
    return len(set(runs)) < len(runs)


def markdown_link(match: re.Match[str]) -> str:
    """An address in BBCode as a link of Markdown."""
    return f"[{match[2]}]({match[1]})" if match[1] else f"<{match[2].strip()}>"


def with_tags(line: str, opened: list[str]) -> str:
    """The line with HTML for its tags; `opened` are the ends of those that are open."""

    def replaced(tag: re.Match[str]) -> str:
        name = tag[0].lower()
        if name.startswith("[/"):
            end = ENDS["quote" if name.startswith("[/quote") else "details"]
            if end not in opened:
                return tag[0]
            closed = [opened.pop()]
            while closed[-1] != end:
                closed.append(opened.pop())
            return "\n\n" + "".join(closed) + "\n\n"
        if len(opened) == DEEPEST:
            return tag[0]
        kind = "quote" if name.startswith("[quote") else "details"
        opened.append(ENDS[kind])
        return (
            "\n\n" + (quotation_tag(tag["of"] or "") if kind == "quote" else details_tag(tag["summary"] or "")) + "\n\n"
        )

    return line if has_code(line) else TAG.sub(replaced, line)


ENDS = {"quote": "</blockquote></aside>", "details": "</details>"}


def quotation_tag(of: str) -> str:
    """The beginning of a quotation; `of` is what its tag says: who, and of which post in which topic."""
    origin = {match[1]: match[2] for match in ORIGIN.finditer(of)}
    data = "".join(f' data-{name}="{number}"' for name, number in sorted(origin.items()))
    return f'<aside class="quote"{data}><blockquote>'


def details_tag(summary: str) -> str:
    """The beginning of a passage that opens on demand."""
    words = summary.strip().strip("\"“”'")
    return f"<details><summary>{html.escape(words)}</summary>" if words else "<details>"
