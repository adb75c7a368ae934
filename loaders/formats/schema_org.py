"""Any saved page of the web that marks its comments up with schema.org, as forums do for search engines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, plain_body
from rejoinder.loaders.containers.page import Page, read_page
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.refusal import NoText
from rejoinder.loaders.sites.article import SUREST_BODIES, find_article
from rejoinder.loaders.sites.page_entries import page_entries
from rejoinder.loaders.sites.page_entry import (
    ARTICLE_TYPES,
    BODY_PROPERTIES,
    POSTING_TYPES,
    HtmlText,
    PageEntry,
    address_path,
    comment_anchor,
    declared_comments,
    entry_address,
    entry_author,
    entry_body,
    entry_created,
    entry_headline,
    object_address,
)
from rejoinder.loaders.sites.save_advice import save_advice
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, PlatformMove, Record, State, Thread, ThreadKey, digest

NAME = "schema_org"
SUMMARY = "any saved page of the web that marks up its comments with schema.org, in JSON-LD or microdata"
READS = Reads(
    recognised="HTML that nothing else fits",
    id="the end of `@id` or `url`, else the element's `id`, else made of the words; the thread is the address of the "
    "posting",
    parent="`parentItem`, or the comment around it, else the posting or article, loaded or not; where no comment of "
    "the page has either, the words of all are asked",
    author="`author` or `creator`, by its `name`",
    created="`datePublished`, `dateCreated` or `commentTime`",
    body="`text`, `articleBody` or `commentText`; of an article without these what the page shows as `entry-content` "
    "or `articleBody`; of a posting without words its `headline`",
    link="`url`, `@id`",
    counts="`commentCount`, or `interactionStatistic` of comments or replies, and the posting itself",
    states="deleted where `creativeWorkStatus` says so",
    moves="`acceptedAnswer`",
    ignored="votes, pictures, breadcrumbs; the questions of a FAQPage; articles without comments",
)

SITE = "web"  # where nothing names the host
NUMBERED_FRAGMENT = re.compile(r"#([^#]*?)\d+$")


def recognises(path: Path, head: str) -> bool:
    """Never: any page may be marked up, so it is chosen only where nothing else fits."""
    return False


def load(source: Source) -> Iterator[Found | Problem]:
    """The postings and comments of the page in its order; raises LoadError, with what to save instead, if none are."""
    scrubber, skipped = Scrubber(), SkipLog()
    page = read_page(source, scrubber)
    talk = PageReader(page, source.stem)
    entries = page_entries(page, scrubber)
    if not any(
        item.is_reply or (item.kinds & POSTING_TYPES and entry_body(item, page).text.strip()) for item in entries
    ):
        raise NoText(source.name, 1, f"expected a page whose comments are marked up, got none; {save_advice(page)}")
    for entry in talk.kept_entries(entries):
        line = page.line(entry.element or str(entry.thing.get("@id") or entry.thing.get("url") or ""))
        records = list(talk.records(entry))
        if not records and entry.is_reply:
            skipped.note("comments without words", line)
        for record in records:
            yield Found(record, source.name, line)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


class PageReader:
    """The threads of a page, and its comments by the names that they have got."""

    def __init__(self, page: Page, stem: str) -> None:
        self.page, self.stem = page, stem
        self.site = SITE
        self.names: dict[int, str] = {}  # of entries, by their identity
        self.known: dict[str, str] = {}  # the same by their addresses
        self.used = Counter[str]()
        self.addresses: set[str | None] = set()  # of the comments
        self.forms: set[str] = set()  # of what these end in
        self.only: PageEntry | None = None  # the posting of the page, if it has one and no more
        self.threaded = False

    def kept_entries(self, entries: Sequence[PageEntry]) -> list[PageEntry]:
        """The entries that are to be kept: works with comments, and one where a posting is the first comment, too."""
        replied = {id(outermost_entry(entry)) for entry in entries if entry.is_reply}
        kept = [entry for entry in entries if entry.is_reply or id(entry) in replied or entry.kinds & POSTING_TYPES]
        kept = kept if not all(entry.is_reply for entry in kept) else [*self.articles(entries), *kept]
        openings = [entry for entry in kept if not entry.is_reply]
        addresses = (entry_address(opening) for opening in [*openings, *kept])
        self.site = self.page.host or next((host for address in addresses if (host := host_of(address))), SITE)
        self.only = openings[0] if len(openings) == 1 else None
        self.addresses = {entry_address(entry) for entry in kept if entry.is_reply}
        self.forms = {form for address in self.addresses if (form := fragment_form(address))}
        self.threaded = any(entry.is_reply and self.parent_named(entry) is not None for entry in kept)
        self.complete(self.only)
        first = next((entry for entry in kept if entry.is_reply), None)
        if self.only is not None and first is not None and is_opening_words(self.only, first, self.page):
            self.join(self.only, first)
            kept = [entry for entry in kept if entry is not first]
        return kept

    def articles(self, entries: Sequence[PageEntry]) -> list[PageEntry]:
        """What comments are on that stand in nothing: the article that is marked up, if one is, or that of the page."""
        works = [entry for entry in entries if entry.kinds & ARTICLE_TYPES]
        if not works and find_article(self.page, SUREST_BODIES) is not None:
            return [PageEntry({}, kinds=frozenset({"Article"}))]
        path = address_path(self.page.address, self.page)
        candidates = (
            works
            if len(works) == 1
            else [work for work in works if address_path(entry_address(work), self.page) == path]
        )
        if len(candidates) > 1 and path is None:
            return []
        return sorted(candidates, key=lambda entry: not has_own_words(entry, self.page))[
            :1
        ]  # some pages mark the same up twice

    def complete(self, opening: PageEntry | None) -> None:
        """Gives an article that is marked up without its words those that the page shows."""
        if opening is None or not opening.kinds & ARTICLE_TYPES or has_own_words(opening, self.page):
            return
        article = find_article(self.page, SUREST_BODIES)
        if article is not None:
            opening.thing["text"] = HtmlText(article.markup)
            opening.thing["author"] = entry_author(opening) or article.author
            opening.thing["datePublished"] = entry_created(opening) or article.created

    def join(self, opening: PageEntry, first: PageEntry) -> None:
        """Makes the first comment the words of the posting, by whom and from when it was."""
        about = {
            "author": entry_author(opening) or entry_author(first),
            "datePublished": entry_created(opening) or entry_created(first),
        }
        opening.thing |= {**about, **{name: first.thing.get(name) for name in BODY_PROPERTIES}}
        self.names[id(first)] = self.name(opening)
        self.note(first, self.names[id(first)])

    def parent_named(self, entry: PageEntry) -> object:
        """What a comment says that it answers, where that is another comment; nothing where it is the posting."""
        if entry.enclosing_entry is not None and entry.enclosing_entry.is_reply:
            return entry.enclosing_entry
        stated = object_address(entry.thing.get("parentItem"))
        is_known = stated in self.addresses or (fragment_form(stated) or "") in self.forms
        return stated if is_known and stated != entry_address(entry) else None

    def opening(self, entry: PageEntry) -> PageEntry | None:
        """The posting that a comment is on, None where the page marks none."""
        top = outermost_entry(entry)
        return top if not top.is_reply else self.only

    def key(self, opening: PageEntry | None) -> ThreadKey:
        """The thread: by the address of the posting, else that of the page, else its title or the file's name."""
        address = entry_address(opening) if opening is not None else None
        path = address_path(address, self.page) or address_path(self.page.address, self.page)
        return ThreadKey(self.site, path or self.page.title or self.stem)

    def name(self, entry: PageEntry) -> str:
        """The id of an entry, the same whenever it is asked."""
        if id(entry) not in self.names:
            opening = None if entry.is_reply else entry
            anchor = comment_anchor(entry_address(entry), self.page) if entry.is_reply else self.key(opening).id
            words = digest(entry_author(entry) or "", entry_created(entry) or "", entry_body(entry, self.page).text)[
                :12
            ]
            name = next(
                label for label in (anchor, entry.element, words) if label and (label == words or not self.used[label])
            )
            self.used[name] += 1
            self.names[id(entry)] = name if self.used[name] == 1 else f"{name} ({self.used[name]})"
            self.note(entry, self.names[id(entry)])
        return self.names[id(entry)]

    def note(self, entry: PageEntry, name: str) -> None:
        """Notes under which address an entry may be named as the one that is answered."""
        for address in (entry.thing.get("@id"), entry.thing.get("url")):
            if isinstance(address, str) and address:
                self.known.setdefault(address, name)

    def records(self, entry: PageEntry) -> Iterator[Record]:
        """The comment that an entry is, its thread where it opens one, and that it was accepted; none without words."""
        opening = self.opening(entry) if entry.is_reply else entry
        key, body = self.key(opening), entry_body(entry, self.page)
        if not entry.is_reply:
            title = entry_headline(entry) or self.page.title
            address = self.page.absolute(entry_address(entry)) or self.page.address
            yield Thread(key, title, address, declared_comments(entry))
            body = body if body.text.strip() else plain_body(title or "")
        gone = str(entry.thing.get("creativeWorkStatus") or "").lower() == "deleted"
        if not body.text.strip() and not gone:
            return
        comment = self.comment(entry, opening, Body("") if gone else body, gone)
        yield comment
        if entry.role == "acceptedAnswer" and comment.parent is not None and body.text.strip():
            name, why = f"{comment.id}:accepted", "accepted answer"
            yield PlatformMove(key, name, Kind.ANSWER, comment.parent, why, comment=comment.id)

    def comment(self, entry: PageEntry, opening: PageEntry | None, body: Body, gone: bool) -> Comment:
        """The comment that an entry is; `gone` if it is deleted."""
        name = self.name(entry)
        parent, addressed = self.answered(entry, opening) if entry.is_reply else (None, True)
        return Comment(
            self.key(opening),
            name,
            body.text,
            parent=parent,
            author=entry_author(entry),
            created=entry_created(entry),
            url=self.page.absolute(entry_address(entry) or (f"#{entry.element}" if entry.element else None)),
            states=(State.DELETED,) if gone else (),
            links=body.links,
            addressed=addressed,
        )

    def answered(self, entry: PageEntry, opening: PageEntry | None) -> tuple[str | None, bool]:
        """The parent of a comment, and whether it is known that it answers that and no other."""
        above = self.parent_named(entry)
        top = self.name(opening) if opening is not None else self.key(None).id
        if isinstance(above, PageEntry):
            return self.name(above), "Answer" not in above.kinds
        if isinstance(above, str):
            end = comment_anchor(above, self.page)
            is_top = opening is not None and end == comment_anchor(entry_address(opening), self.page)
            return self.known.get(above) or (None if is_top else end) or top, True
        return top, "Answer" in entry.kinds or (self.threaded and "Question" not in (opening or entry).kinds)


def outermost_entry(entry: PageEntry) -> PageEntry:
    """The outermost of the entries around an entry."""
    while entry.enclosing_entry is not None:
        entry = entry.enclosing_entry
    return entry


def is_opening_words(opening: PageEntry, first: PageEntry, page: Page) -> bool:
    """True where a posting has no words but its title, and the first comment is by its author: that is its words.

    Where no author is named, that is so in a forum; below an article it is a reader's, and an answer is no question.
    """
    if "Answer" in first.kinds or first.enclosing_entry not in (None, opening):
        return False
    by_author = (
        entry_author(opening) == entry_author(first) if entry_author(opening) else bool(opening.kinds & POSTING_TYPES)
    )
    return by_author and not has_own_words(opening, page)


def has_own_words(opening: PageEntry, page: Page) -> bool:
    """True where a posting has words beside its title."""
    return entry_body(opening, page).text.strip() not in ("", entry_headline(opening))


def fragment_form(address: str | None) -> str | None:
    """What an address with a number at its end begins its fragment with, as the comments of a site all do.

    >>> fragment_form("https://b.example/t/7#comment-12"), fragment_form("#12"), fragment_form("https://b.example/t/7")
    ('comment-', '', None)
    """
    match = NUMBERED_FRAGMENT.search(address or "")
    return match[1] if match else None
