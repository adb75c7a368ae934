"""Saved pages of forums and blogs that run XenForo, phpBB, Invision, vBulletin or WordPress: the posts of a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborNode

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Attributes, Dialect, from_html
from rejoinder.loaders.containers.page import Page, attribute, element_date, element_words, is_html, read_page
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.article import Article, find_article
from rejoinder.loaders.sites.forums import (
    ADDRESS_NOISE,
    LAYOUTS,
    ORIGIN_ATTRIBUTE,
    REPLY_BUTTON,
    ForumLayout,
    is_deepest_reply,
    markup_with_origins,
    own_element,
    posts_with_numbers,
    skip_reason,
)
from rejoinder.loaders.sites.quotations import quotation_moves
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.dates import as_iso
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, Thread, ThreadKey

NAME = "forum_page"
SUMMARY = "a saved page of a thread in XenForo, phpBB, Invision or vBulletin, or of the comments on a WordPress blog"
READS = Reads(
    recognised="HTML with posts marked as `message--post`, `elComment_...`, `postcontainer`, or a `comment` of some "
    "`depth-...`, or whose body is `phpbb`",
    id="the number of the post; of the article of a blog `post-` and the thread, which is the address of the page "
    "without that of its part",
    parent="WordPress: the comment around it, and its words are asked if it is so deep that nobody can reply to it; "
    "without it the article, loaded or not, and its words are asked. "
    "Elsewhere all stand below the first post, and their words are asked",
    author="the name beside the post; of an article that near to it, else `author` in the head of the page",
    created="`datetime`, else the date as it is written; of an article `article:published_time` before these",
    body="the words without signatures; who is quoted is no part of them. Of a blog also the article (`entry-content`, "
    "`wp-block-post-content`, `articleBody`, `post-content` and the like, outside of the comments), without buttons, "
    "forms and lists of other posts",
    link="made of the page's address and the post's name on it",
    moves="quotations that lead to a post of the thread",
    ignored="votes, reactions, attachments, edits; posts on the other pages of a thread; pingbacks and trackbacks, "
    "comments that wait for approval",
)

SITE = "web"  # where nothing names the host
PAGE_PART = re.compile(r"/(?:comment-)?page[-/]?(\d+)/?$|[?&](?:page|start|pp)=(\d+)", re.IGNORECASE)
OTHER_PAGES = 'a[href*="comment-page-"][href$="#comments"], a[href*="cpage="][href$="#comments"]'
MORE_PAGES = "there are more comments on other pages of this article; save and load those, too"


def recognises(path: Path, head: str) -> bool:
    """True for a page that is laid out as one of these does."""
    return is_html(head) and page_layout(head) is not None


def page_layout(text: str) -> ForumLayout | None:
    """The software that made a page."""
    return next((layout for layout in LAYOUTS if layout.mark.search(text) and layout.also.search(text)), None)


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread of a page, and its posts in their order; raises LoadError where there are none."""
    scrubber, skipped = Scrubber(), SkipLog()
    page = read_page(source, scrubber)
    layout = page_layout(page.text)
    posts = list(posts_with_numbers(page.tree, layout)) if layout is not None else []
    if layout is None or not posts:
        raise LoadError(source.name, 1, "expected a page of a thread with its posts, got a page of a forum without any")
    thread = ThreadPage(page, layout, source.stem)
    yield Found(thread.page_thread(), source.name, 1)
    if thread.article is not None:
        yield Found(thread.article_comment(thread.article), source.name, page.line(thread.article.place))
    for node, number, above in posts:
        line = page.line(attribute(node, layout.number) or "")
        refused = skip_reason(node, layout)
        records = [] if refused else thread.records(node, number, above)
        if not records:
            skipped.note(refused or "posts without words", line)
        yield from (Found(record, source.name, line) for record in records)
    if layout.nested and page.tree.css_first(OTHER_PAGES) is not None:
        yield Problem(source.name, 0, MORE_PAGES, lost=False)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


class ThreadPage:
    """A page of a thread as its posts are read."""

    def __init__(self, page: Page, layout: ForumLayout, stem: str) -> None:
        self.page, self.layout = page, layout
        address = page.address or ""
        part = PAGE_PART.search(address)
        self.is_first = part is None or (part[1] or part[2]) in ("0", "1")
        self.key = ThreadKey(page.host or SITE, thread_path(address, layout.noise) or page.title or stem)
        self.address = address_of_all_pages(address, layout.noise) if layout.nested and address else page.address
        self.article = find_article(page) if layout.nested else None
        self.opening = f"post-{self.key.id}" if layout.nested else None
        self.open = layout.nested and page.tree.css_first(REPLY_BUTTON) is not None

    def page_thread(self) -> Thread:
        """The thread."""
        title = next(
            (words for selector in self.layout.title if (words := element_words(self.page.tree.css_first(selector)))),
            None,
        )
        return Thread(self.key, title or self.page.title, self.address)

    def article_comment(self, article: Article) -> Comment:
        """The article, which the comments at the top are on."""
        return Comment(
            self.key,
            f"post-{self.key.id}",
            article.body.text,
            author=article.author,
            created=article.created,
            url=self.address,
            links=article.body.links,
        )

    def records(self, node: LexborNode, number: str | None, above: str | None) -> list[Record]:
        """The post as a comment, and what it quotes; nothing where it has no number or no words."""
        sure = above is not None and not (self.open and is_deepest_reply(node, self.layout))
        author, created = self.author(node), self.created(node)  # before what stands beside the words is taken out
        body_node = next(
            (element for selector in self.layout.body if (element := own_element(node, selector, self.layout))), None
        )
        markup = markup_with_origins(body_node, self.layout) if body_node is not None else ""
        body = from_html(markup, Dialect(quoted_post, base=self.page.address))
        if number is None or not body.text.strip():
            return []
        comment = Comment(
            self.key,
            number,
            body.text,
            parent=above or self.opening,
            author=author,
            created=created,
            url=self.page.absolute(f"#{attribute(node, 'id')}" if attribute(node, "id") else None),
            links=body.links,
            addressed=sure or (self.is_first and self.opening is None),
        )
        self.opening = self.opening or (number if self.is_first else None)
        return [comment, *quotation_moves(comment, body.quotes)]

    def author(self, node: LexborNode) -> str | None:
        """Who wrote a post."""
        names = (
            attribute(node, selector[1:])
            if selector.startswith("@")
            else element_words(own_element(node, selector, self.layout))
            for selector in self.layout.author
        )
        return next((name for name in names if name), None)

    def created(self, node: LexborNode) -> str | None:
        """When it was written: in ISO 8601 where that can be told."""
        date_node = next(
            (element for selector in self.layout.created if (element := own_element(node, selector, self.layout))), None
        )
        written = (element_words(date_node) or "").rpartition("»")[2].strip(" ,")
        return element_date(date_node) or as_iso(written) or written or None


def quoted_post(tag: str, attributes: Attributes) -> str | None:
    """The post that a block is quoted from, as `quotations` takes it."""
    number = attributes.get(ORIGIN_ATTRIBUTE) if tag == "blockquote" else None
    return f":{number}" if number else None


def address_of_all_pages(address: str, noise: re.Pattern[str]) -> str:
    """The address of a page, whichever of its pages of comments it is.

    >>> address_of_all_pages("https://b.example/bees/comment-page-2/#comments", ADDRESS_NOISE)
    'https://b.example/bees/'
    """
    place, _, query = address.partition("#")[0].partition("?")
    query = noise.sub("", query).strip("&")
    return PAGE_PART.sub("/", place) + (f"?{query}" if query else "")


def thread_path(address: str, noise: re.Pattern[str] = ADDRESS_NOISE) -> str | None:
    """What names a thread in the address of one of its pages.

    >>> thread_path("https://b.example/threads/bees.7/page-2#post-9")
    'threads/bees.7'
    >>> thread_path("https://b.example/topic.php?t=7&start=15")
    'topic.php?t=7'
    """
    path, _, query = re.sub(r"^https?://[^/]*", "", address.partition("#")[0]).partition("?")
    query = noise.sub("", query).strip("&")
    return (PAGE_PART.sub("", path).strip("/") + (f"?{query}" if query else "")) or None
