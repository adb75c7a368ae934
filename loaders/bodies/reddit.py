"""Reddit's own Markdown as plain text: what it escapes, hides, raises and does not take for HTML."""

from __future__ import annotations

import re

from rejoinder.loaders.bodies import Body, Dialect, from_markdown

DIALECT = Dialect(base="https://www.reddit.com/")
INVISIBLE = re.compile(r"&#x200b;|&#8203;|\u200b|\ufeff", re.IGNORECASE)
FIXED_SPACE = re.compile(r"&nbsp;|&#160;|&#xa0;|\u00a0", re.IGNORECASE)
SPOILER = re.compile(r">!((?:[^!>\n]|!(?!<)|>(?!!))*+)!<")
OLD_SPOILER = re.compile(r"\]\((?:/|#)(?:s|sp|spoiler)[ ]+\"([^\"\n]*)\"\)")
RAISED = re.compile(r"(?<![\w)\]\\^])\^++(?:\(([^()\n]*)\)|(?=[^\W_]|[(\[*/\"']))")
CODE = re.compile(r"`|^(?: {4}|\t)", re.MULTILINE)


def from_reddit(markup: str, *, escaped: bool = True) -> Body:
    """The body of a comment or post; `escaped` says that `<`, `>` and `&` are written as entities, as the API does.

    A line break stays one. Carets that raise whole words go, those within a word (`x^2`) stay; so do the words of
    spoilers.

    >>> from_reddit("&gt;!the baker!&lt; ^did ^it, 2^10 times").text
    'the baker did it, 2^10 times'
    """
    return from_markdown(as_commonmark(unescape_reddit(markup) if escaped else markup), DIALECT, literal=True)


def unescape_reddit(text: str) -> str:
    """The text with the three characters that the API escapes; other entities are the writer's own.

    >>> unescape_reddit("R&amp;D &amp;gt; &lt;3")
    'R&D &gt; <3'
    """
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_commonmark(text: str) -> str:
    """The Markdown without what CommonMark does not know: spoilers, raised words, characters that are not seen."""
    if "&" in text or not text.isascii():
        text = FIXED_SPACE.sub(" ", INVISIBLE.sub("", text))
    if "!<" in text:
        text = SPOILER.sub(r"\1", text)
    if "](" in text:
        text = OLD_SPOILER.sub(r"] \1", text)
    if "^" in text and CODE.search(text) is None:
        text = RAISED.sub(lambda match: match[1] or "", text)
    return text
