"""What the exports of Stack Exchange share: the names of sites, addresses, and the accepted answer."""

from __future__ import annotations

import re

from rejoinder.records import Kind, PlatformMove, ThreadKey

SITE = "stackexchange"  # where nothing tells which of the sites it is
HOST = re.compile(
    r"(?:[a-z0-9]+\.)*(?:stackexchange\.com|stackoverflow\.com|superuser\.com|serverfault\.com|askubuntu\.com"
    r"|mathoverflow\.net|stackapps\.com)(?![\w.])"
)


def site_in(text: str) -> str | None:
    """The first site that is named in an address or the name of a folder.

    >>> site_in("https://cooking.stackexchange.com/q/7"), site_in("/data/superuser.com-2024"), site_in("/data")
    ('cooking.stackexchange.com', 'superuser.com', None)
    """
    match = HOST.search(text[:2000])
    return match[0] if match else None


def post_url(site: str, post: str, kind: str = "q") -> str | None:
    """The permalink of a question (kind "q") or answer ("a")."""
    return None if site == SITE else f"https://{site}/{kind}/{post}"


def comment_url(site: str, question: str, post: str, comment: str) -> str | None:
    """The permalink of a comment on a post of the question."""
    return None if site == SITE else f"https://{site}/questions/{question}#comment{comment}_{post}"


def comment_name(number: str) -> str:
    """The id of a comment, as in the anchors of the sites: posts and comments are numbered apart."""
    return f"comment{number}"


def accepted_answer(thread: ThreadKey, answer: str) -> PlatformMove:
    """The asker's mark that this answer answers the question."""
    return PlatformMove(thread, f"{answer}:accepted", Kind.ANSWER, thread.id, "accepted answer", comment=answer)
