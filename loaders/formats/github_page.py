"""Pages of issues on GitHub as a browser saves them, which bring along the answer that they are drawn from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rejoinder.errors import Problem
from rejoinder.loaders.containers.documents import Document
from rejoinder.loaders.containers.page import Page, is_html, read_page
from rejoinder.loaders.formats import github
from rejoinder.loaders.mapping import pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.refusal import NoText
from rejoinder.loaders.sites.github_nodes import PAGE_URL, connection_nodes
from rejoinder.loaders.sites.save_advice import save_advice
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "github_page"
SUMMARY = "GitHub: a saved page of an issue"
READS = Reads(
    recognised="HTML whose site is called GitHub",
    id="the part of the comment's address after `#`, of the first post its number; the thread is "
    "`owner/repository#number`",
    parent="all stand below the first post",
    author="`author.login`",
    created="`createdAt`",
    body="`body` (Markdown), else `bodyHTML`; of a first post without text its `title`",
    link="`url`",
    ignored="labels, events, reactions; what was folded when the page was saved; pull requests and discussions",
)

GITHUB_MARK = re.compile(
    r"""<meta\s(?=[^<>]*\b(?:og:site_name|hostname)\b)[^<>]*\bcontent=["']?(?:GitHub["'\s>]|github\.com\b)"""
)
EMBEDDED_SCRIPTS = 'script[type="application/json"][data-target="react-app.embeddedData"]'
TIMELINE_PARTS = ("frontTimelineItems", "backTimelineItems")
FOLDED_COMMENTS = "some comments were folded when the page was saved; to have them all, {}"
Json = dict[str, Any]


def recognises(path: Path, head: str) -> bool:
    """True for a page that says that it is GitHub's."""
    return is_html(head) and GITHUB_MARK.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The issue and its comments; raises LoadError, with what to save instead, where the page brings none."""
    scrubber = Scrubber()
    page = read_page(source, scrubber)
    issues = [item for document in embedded_documents(page) for item in issues_in(document)]
    if not issues:
        raise NoText(source.name, 1, f"expected an issue, got another page of GitHub; {save_advice(page)}")
    documents = [Document(source.name, {"issue": as_api_issue(issue, page)}, page.text) for issue in issues]
    yield from github.records_in(documents, source, scrubber)
    if any(pick(issue, f"{part}.pageInfo.hasNextPage") is True for issue in issues for part in TIMELINE_PARTS):
        yield Problem(source.name, 0, FOLDED_COMMENTS.format(save_advice(page)), lost=False)


def embedded_documents(page: Page) -> Iterator[Any]:
    """What the page brings along for its scripts."""
    for script in page.tree.css(EMBEDDED_SCRIPTS):
        try:
            yield json.loads(script.text(deep=True), strict=False)
        except (ValueError, RecursionError):
            continue  # what is broken there is no issue


def issues_in(document: Any) -> Iterator[Json]:
    """The issues among the answers."""
    queries = pick(document, "payload.preloadedQueries") if isinstance(document, dict) else None
    for query in queries if isinstance(queries, list) else ():
        issue = pick(query, "result.data.repository.issue") if isinstance(query, dict) else None
        if isinstance(issue, dict) and "title" in issue:
            yield issue


def as_api_issue(issue: Json, page: Page) -> Json:
    """The issue as the API gives it: with its comments in one list, each once, and its address."""
    comments: dict[str, Any] = {}
    for timeline_part in (node for part in TIMELINE_PARTS for node in connection_nodes(issue.get(part))):
        if timeline_part.get("__typename", "IssueComment") == "IssueComment":
            comments.setdefault(
                str(timeline_part.get("id") or timeline_part.get("url") or len(comments)), timeline_part
            )
    address = PAGE_URL.match(page.address or "")
    url = issue.get("url") or (address[0] if address else None)
    return {**issue, "url": url, "comments": {"nodes": list(comments.values())}}
