"""What a page of the web marks up with schema.org: its postings with the comments on them, in either notation."""

from __future__ import annotations

from rejoinder.loaders.containers.page import Page
from rejoinder.loaders.sites.json_ld import json_ld_entries
from rejoinder.loaders.sites.microdata import microdata_entries
from rejoinder.loaders.sites.page_entry import ARTICLE_TYPES, POSTING_TYPES, PageEntry
from rejoinder.loaders.values.scrub import Scrubber


def page_entries(page: Page, scrubber: Scrubber) -> list[PageEntry]:
    """The postings and comments of a page in their order: of the two notations the one that holds more comments.

    Where it does not say what they are on, the posting or else the article is that of the other.
    """
    by_element, by_script = list(microdata_entries(page)), list(json_ld_entries(page, scrubber))
    best, other = sorted((by_element, by_script), key=lambda entries: -sum(entry.is_reply for entry in entries))
    if any(entry.kinds & POSTING_TYPES for entry in best):
        return best
    openings = [entry for entry in other if entry.kinds & POSTING_TYPES and entry.enclosing_entry is None]
    return (
        [*openings, *best]
        if len(openings) == 1
        else [*(entry for entry in other if entry.kinds & ARTICLE_TYPES), *best]
    )
