"""Comments on GitHub that were written by mail, without what GitHub and mail programs put around the words."""

from __future__ import annotations

import re

from rejoinder.loaders.bodies import Body, Dialect, from_markdown
from rejoinder.loaders.bodies.footers import DEVICE
from rejoinder.loaders.bodies.letters import tidy_body

# What GitHub puts in place of an address.
MASKED_ADDRESS = re.compile(r"(?<!\\)\*\*\*@\*\*\*\.\*\*\*|(?<!\\)\*\*\*@\*\*\*")
# What GitHub puts below its mails, which comes back in answers by mail.
MAIL_FOOTER = re.compile(
    r"^(?:(?:--|—)[ \t]*\r?\n)?(?:Reply to this email directly|You are receiving this because)\b(?=.{0,400}github\.)"
    r"(?:[^\n]*\n?){1,10}\Z",
    re.MULTILINE | re.DOTALL,
)
QUOTED_MAIL_FOOTER = re.compile(
    r"^(?P<mark>(?:>[ \t]?)*>)[ \t]?(?:(?:--|—)[ \t]*\r?\n(?P=mark)[ \t]?)?"
    r"(?:Reply to this email directly|You are receiving this because)\b[^\n]*(?:\n(?P=mark)[^\n]*){0,12}",
    re.MULTILINE,
)
DEVICE_LINE = re.compile(rf"^(?:{DEVICE.pattern})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
GITHUB_ADDRESSES = ("notifications@github.com", "@reply.github.com", "@noreply.github.com")


def from_github_comment(markup: str, dialect: Dialect) -> Body:
    """The body of a comment, by mail or not; a footer stays where there is nothing else."""
    bare = MAIL_FOOTER.sub("", markup) or markup
    if bare == markup and not came_by_mail(markup):
        return from_markdown(markup, dialect)
    escaped = MASKED_ADDRESS.sub(lambda mask: re.sub(r"\*", r"\\*", mask[0]), QUOTED_MAIL_FOOTER.sub("", bare))
    body = tidy_body(from_markdown(escaped, dialect))
    return body if body.text.strip() else from_markdown(bare, dialect)


def came_by_mail(markup: str) -> bool:
    """True where something shows that a comment came by mail."""
    return (
        MASKED_ADDRESS.search(markup) is not None
        or any(github_address in markup for github_address in GITHUB_ADDRESSES)
        or DEVICE_LINE.search(markup) is not None
    )
