"""How the pages of well-known forum software and blogs are laid out: where a post, its author, date and words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rejoinder.loaders.containers.page import attribute, take_out

ORIGIN_ATTRIBUTE = "data-rejoinder-origin"
POST_NUMBER = re.compile(r"\d{1,18}")
ADDRESS_NOISE = re.compile(r"(?:^|&)(?:sid|s|page|start|pp|view|hilit|p)=[^&#]*")
REPLY_BUTTON = ".comment-reply-link, .comment-reply-login"
PENDING_MARK = ".comment-awaiting-moderation"
PING_CLASSES = frozenset({"pingback", "trackback"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumLayout:
    """The layout of a software's pages, as CSS selectors; `mark` is what only its pages hold, and `also` what they
    need, too.

    `number` is the attribute that holds the number of a post, `quote` a quotation in its words, and `source` what in
    that leads to the post that is quoted; `heads` say who is quoted and are no words, and neither is what is `no_words`
    these. `noise` is what in the query of an address does not name the thread. Where posts are `nested`, a reply stands
    in the element, one of the tag `item`, that is what it answers, and all stand below an article.
    """

    mark: re.Pattern[str]
    also: re.Pattern[str] = re.compile("")
    post: str
    number: str
    author: tuple[str, ...]
    created: tuple[str, ...]
    body: tuple[str, ...]
    title: tuple[str, ...]
    quote: str = "blockquote"
    source: tuple[str, str] = ("", "")
    heads: str = ""
    no_words: str = ""
    noise: re.Pattern[str] = ADDRESS_NOISE
    nested: bool = False
    item: str = "li"


XENFORO = ForumLayout(
    mark=re.compile(r"""class=["'][^"']*\bmessage--post\b"""),
    post="article.message--post",
    number="data-content",
    author=("@data-author", ".message-name .username", ".username"),
    created=(".message-attribution time[datetime]", "time[datetime]"),
    body=(".message-body .bbWrapper", ".bbWrapper"),
    title=("h1.p-title-value",),
    quote="blockquote.bbCodeBlock--quote",
    source=("", "data-source"),
    heads=".bbCodeBlock-title, .bbCodeBlock-expandLink",
)
PHPBB = ForumLayout(
    mark=re.compile(r"""<body\b[^<>]*\bid=["']?phpbb\b"""),
    post='div.post[id^="p"]',
    number="id",
    author=(".author .username, .author .username-coloured", ".postprofile .username, .postprofile .username-coloured"),
    created=("p.author time[datetime]", "p.author"),
    body=(".postbody .content", ".content"),
    title=("h2.topic-title",),
    source=("cite a[data-post-id]", "data-post-id"),
    heads="cite",
)
INVISION = ForumLayout(
    mark=re.compile(r"""\bid=["']?elComment_\d"""),
    post='article[id^="elComment_"]',
    number="id",
    author=(".cAuthorPane_author strong", ".cAuthorPane_author", ".ipsComment_author a"),
    created=("time[datetime]",),
    body=('[data-role="commentContent"]',),
    title=("h1.ipsType_pageTitle", "h1"),
    quote="blockquote.ipsQuote",
    source=("", "data-ipsquote-contentcommentid"),
    heads=".ipsQuote_citation",
)
VBULLETIN = ForumLayout(
    mark=re.compile(r"""<li\b[^<>]*class=["'][^"']*\bpostcontainer\b"""),
    post='li.postcontainer[id^="post_"]',
    number="id",
    author=(".username_container .username strong", ".username strong", ".username"),
    created=(".postdate .date",),
    body=("blockquote.postcontent", '[id^="post_message_"]'),
    title=(".threadtitle a", ".lastnavbit span"),
    quote=".bbcode_quote",
    source=('.bbcode_postedby a[href*="#post"]', "href"),
    heads=".bbcode_postedby",
)
WORDPRESS = ForumLayout(
    mark=re.compile(r"""<li\b[^<>]*\bclass=["'][^"']*\bcomment\b[^"']*\bdepth-\d"""),
    also=re.compile(r"\bcomment-(?:content|text|entry|body)\b"),
    post="li.comment, li.pingback, li.trackback",
    number="id",
    author=(".comment-author .fn", ".fn", ".wp-block-comment-author-name", ".comment-author"),
    created=("time[datetime]", ".comment-metadata a, .comment-meta a"),
    body=(".comment-content", '[class*="-comment-content"]', ".comment-text", ".comment-entry", ".comment-body"),
    title=(
        "h1.entry-title, h1.wp-block-post-title, h1.post-title",
        ".hentry .entry-title",
        "h1:not(.site-title):not(.wp-block-site-title)",
    ),
    no_words=".comment-author, .comment-meta, .comment-metadata, .commentmetadata, .comment-reply-link, .reply, "
    ".edit-link, .comment-edit-link, .comment-likes, .comment-respond, .screen-reader-text, .sharedaddy",
    noise=re.compile(r"(?:^|&)(?:cpage|replytocom|unapproved|moderation-hash|utm_\w+)=[^&#]*"),
    nested=True,
)
WORDPRESS_BOXES = replace(  # the same where a theme wants boxes in each other, not lists
    WORDPRESS,
    mark=re.compile(r"""<div\b[^<>]*\bclass=["'](?:[^"']*\s)?comment\s(?:[^"']*\s)?depth-\d"""),
    post='div.comment[class*="depth-"], div.pingback[class*="depth-"], div.trackback[class*="depth-"]',
    item="div",
)
LAYOUTS = (XENFORO, PHPBB, INVISION, VBULLETIN, WORDPRESS, WORDPRESS_BOXES)


def posts_with_numbers(
    tree: LexborHTMLParser, layout: ForumLayout
) -> Iterator[tuple[LexborNode, str | None, str | None]]:
    """Each post with its number, and that of the post it stands in, where that tells what it answers."""
    for node in {element.mem_id: element for element in tree.css(layout.post)}.values():
        yield node, post_number(node, layout), enclosing_post_number(node, layout) if layout.nested else None


def post_number(node: LexborNode, layout: ForumLayout) -> str | None:
    """The number of a post, which some themes give to an element within it."""
    inner = own_element(node, '[id*="comment-"]', layout) if layout.nested else None
    values = (attribute(node, layout.number), attribute(inner, layout.number))
    return next((match[0] for value in values if value and (match := POST_NUMBER.search(value))), None)


def enclosing_post_number(node: LexborNode, layout: ForumLayout) -> str | None:
    """The number of the post that a post stands in."""
    around = node.parent
    while around is not None and not is_post_element(around, layout):
        around = (
            previous_element(around)
            if around.tag == layout.item and "children" in class_names(around)
            else around.parent
        )
    return post_number(around, layout) if around is not None else None


def previous_element(node: LexborNode) -> LexborNode | None:
    """The element before an element."""
    previous = node.prev
    while previous is not None and not previous.is_element_node:
        previous = previous.prev
    return previous


def is_deepest_reply(node: LexborNode, layout: ForumLayout) -> bool:
    """True for a reply so deep that its page lets nobody reply to it: whoever did stands beside it, not in it."""
    return node.css_first(REPLY_BUTTON) is None and all(post.mem_id == node.mem_id for post in node.css(layout.post))


def is_post_element(node: LexborNode, layout: ForumLayout) -> bool:
    """True for the element that a post is, where posts are nested."""
    if node.tag != layout.item:
        return False
    names = class_names(node)
    return bool(names & {"comment", *PING_CLASSES}) and (
        layout.item == "li" or any(name.startswith("depth-") for name in names)
    )


def skip_reason(node: LexborNode, layout: ForumLayout) -> str | None:
    """What a post is that is no comment of a reader, or was not yet let through; None for all others."""
    if layout.nested and class_names(node) & PING_CLASSES:
        return "pingbacks and trackbacks"
    return (
        "comments that wait for approval"
        if layout.nested and own_element(node, PENDING_MARK, layout) is not None
        else None
    )


def class_names(node: LexborNode) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((node.attributes.get("class") or "").split())


def own_element(node: LexborNode, selector: str, layout: ForumLayout) -> LexborNode | None:
    """The first such element of a post that is not in a post within it."""
    element = node.css_first(selector)
    around = element
    while layout.nested and around is not None and not is_post_element(around, layout):
        around = around.parent
    return element if around is None or not layout.nested or around.mem_id == node.mem_id else None


def markup_with_origins(body: LexborNode, layout: ForumLayout) -> str:
    """The words of a post in HTML, in which each quotation is a block that names the number of its origin."""
    if layout.no_words:
        take_out(body, layout.no_words)
    for quote in reversed(body.css(layout.quote)):
        selector, name = layout.source
        source = (quote.css_first(selector) if selector else quote) if name else None
        origin = POST_NUMBER.search((attribute(source, name) or "").rpartition("#")[2]) if source is not None else None
        for head in quote.css(layout.heads) if layout.heads else ():
            head.decompose()
        mark_origin(quote, origin[0] if origin else "")
    return body.inner_html or ""


def mark_origin(quote: LexborNode, origin: str) -> None:
    """Names the origin of a quotation on its block; what is no block of quotation becomes one."""
    if quote.tag == "blockquote":  # not made anew, for the time of that would grow with the square of the depth
        quote.attrs[ORIGIN_ATTRIBUTE] = origin
        return
    block = LexborHTMLParser(
        f'<blockquote {ORIGIN_ATTRIBUTE}="{origin}">{quote.inner_html or ""}</blockquote>'
    ).css_first("blockquote")
    if block is not None:
        quote.replace_with(block)
