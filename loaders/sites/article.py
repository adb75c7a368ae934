"""The article that a page of a blog is about: where themes put its words, its author and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rejoinder.loaders.bodies import Body, Dialect, from_html
from rejoinder.loaders.containers.page import Page, attribute, element_date, element_words, inner_markup, take_out
from rejoinder.loaders.sites.forums import class_names
from rejoinder.loaders.values.dates import as_iso

# The surest first; a later one counts only where no earlier one stands outside of the comments.
SUREST_BODIES = (".wp-block-post-content, .entry-content", '[itemprop~="articleBody"]')
ARTICLE_BODIES = (
    *SUREST_BODIES,
    ".post-content, .post_content, .td-post-content, .elementor-widget-theme-post-content, .post-entry, .entry-body, "
    ".article-content, .post-body",
    ".entry, .storycontent",
)
AUTHORS = (
    ".wp-block-post-author-name",
    ".wp-block-post-author__name",
    ".author .fn",
    ".entry-author-name",
    ".byline .author",
    ".vcard .fn",
    ".author-name",
    '[rel~="author"]',
    ".entry-author",
    ".post-author a",
    '[itemprop~="author"] [itemprop~="name"]',
    '[itemprop~="author"]',
    ".author",
)
DATES = (
    ".wp-block-post-date:not(.wp-block-post-date__modified-date) time",
    "time.entry-date:not(.updated), time.published",
    "time.entry-date",
    '[itemprop~="datePublished"]',
    "time[datetime]:not(.updated)",
    ".entry-date, .published, .post-date, .posted-on",
)
COMMENTS_CLASS = re.compile(r"comment|comment-?list|comment-respond|comments-area|wp-block-comments?(?:-\w[\w-]*)?")
COMMENT_ITEMTYPE = re.compile(r"(?:Comments?|Answer)$")
SIDEBAR_CLASS = re.compile(
    r"widget|widget-area|sidebar|[\w-]*related-?posts?|yarpp(?:-related)?|wp-block-query|wp-block-post-template"
    r"|wp-block-latest-posts|post-navigation"
)
SIDEBAR_TAGS = ("aside", "nav")
POST_CLASS = re.compile(r"hentry|h-entry|post|type-post|type-page")
# What plugins and themes put among the words: buttons to share, other posts, comments, forms, notes about the post.
NOT_ARTICLE_WORDS = ", ".join(
    (
        "img, picture, svg, video, audio, script, style, noscript, template, iframe, form, nav, button",
        "#comments, #respond, .comments-area, .commentlist, .comment-list, .comment-respond, .wp-block-comments",
        '[itemtype$="/Comment"], [itemtype$="/UserComments"], [itemtype$="/Answer"]',
        '[class*="sharedaddy"], [class*="sd-sharing"], [class*="sharing-buttons"], [class*="share-buttons"]',
        '[class*="social-share"], [class*="social-sharing"], .jetpack-likes-widget-wrapper, .wp-block-jetpack-like',
        ".addtoany_share_save_container, .heateor_sss_sharing_container, .shariff, .swp_social_panel, .essb_links",
        ".wp-block-social-links, .post-share, .entry-share, .addthis_toolbox, .mashsb-container, .ssba",
        '[class*="relatedposts"], [class*="related-posts"], [class*="related_posts"], .yarpp, .yarpp-related',
        ".crp_related, .wp-block-query, .wp-block-latest-posts, .post-navigation, .page-links, .post-nav-links",
        ".wp-block-jetpack-subscriptions, .author-box, .author-bio, .entry-meta, .entry-footer, .post-meta, .post-tags",
        ".screen-reader-text, .edit-link, .post-edit-link, .wpcnt, .toc_container, #toc_container, #ez-toc-container",
    )
)
PAGE_POST_ID = re.compile(r"(?:postid|page-id)-(\d{1,18})")
POST_NAME = re.compile(r"post-\d{1,18}")
MOST_SEARCHED = 50  # elements of a kind that are looked at, so that a page of nothing else stays linear


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says, by whom and from when it is, and the class, if any, that its element is found by."""

    markup: str
    body: Body
    author: str | None
    created: str | None
    place: str


def find_article(page: Page, bodies: Sequence[str] = ARTICLE_BODIES) -> Article | None:
    """The article of a page with comments on it, None where the page does not hold its words in any of these."""
    number = page_post_id(page)
    for node in (element for selector in bodies for element in elements_of_article(page, selector)):
        markup = article_markup(node) if is_in_page_post(node, number) else ""
        body = from_html(markup, Dialect(base=page.address))
        if body.text.strip():
            class_name = attribute(node, "class")
            place = f'class="{class_name}"' if class_name else ""
            return Article(markup, body, article_author(page, node), article_created(page, node), place)
    return None


def elements_of_article(page: Page, selector: str) -> Iterator[LexborNode]:
    """The elements that are in no comment, and in nothing that stands beside the article."""
    for node in page.tree.css(selector)[:MOST_SEARCHED]:
        if not any(is_beside_article(element) for element in (node, *ancestors_in_body(node))):
            yield node


def is_beside_article(node: LexborNode) -> bool:
    """True for what holds comments, or other things than the article."""
    apart = any(
        COMMENTS_CLASS.fullmatch(class_name) or SIDEBAR_CLASS.fullmatch(class_name) for class_name in class_names(node)
    )
    apart = apart or COMMENT_ITEMTYPE.search(attribute(node, "itemtype") or "") is not None
    return apart or node.tag in SIDEBAR_TAGS or attribute(node, "id") == "comments"


def is_in_page_post(node: LexborNode, number: str | None) -> bool:
    """True unless the element stands in another post than that of the page."""
    around = {
        name
        for ancestor in ancestors_in_body(node)
        for name in (*class_names(ancestor), attribute(ancestor, "id") or "")
        if POST_NAME.fullmatch(name)
    }
    return number is None or not around or f"post-{number}" in around


def page_post_id(page: Page) -> str | None:
    """The number of the post that a page is of, by its body or the form for comments."""
    match = PAGE_POST_ID.search(attribute(page.tree.body, "class") or "")
    return match[1] if match else attribute(page.tree.css_first('input[name="comment_post_ID"]'), "value")


def article_markup(node: LexborNode) -> str:
    """The markup of an article without what is none of its words; the page itself stays as it is."""
    copy = LexborHTMLParser(f"<div>{inner_markup(node)}</div>").body
    if copy is not None:
        take_out(copy, NOT_ARTICLE_WORDS)
    return inner_markup(copy)


def article_author(page: Page, node: LexborNode) -> str | None:
    """Who wrote an article, by its surroundings, else by the head of the page."""
    candidates = (element_words(element) for selector in AUTHORS for element in elements_of_post(page, node, selector))
    author = next((candidate for candidate in candidates if candidate), None)
    return author or attribute(page.tree.css_first('meta[name="author"]'), "content")


def article_created(page: Page, node: LexborNode) -> str | None:
    """When it was published: by the head of the page, else by its surroundings."""
    head = element_date(page.tree.css_first('meta[property="article:published_time"]'), "content")
    dates = (
        element_date(element)
        or element_date(element, "content")
        or as_iso(element_words(element) or "")
        or element_words(element)
        for selector in DATES
        for element in elements_of_post(page, node, selector)
    )
    return head or next((date for date in dates if date and any(map(str.isdigit, date))), None)


def elements_of_post(page: Page, node: LexborNode, selector: str) -> Iterator[LexborNode]:
    """Such elements of the post that an article is the words of, without those within the words."""
    home = next(
        (
            ancestor
            for ancestor in ancestors_in_body(node)
            if ancestor.tag == "article" or any(map(POST_CLASS.fullmatch, class_names(ancestor)))
        ),
        None,
    )
    for element in elements_of_article(page, selector):
        around = {ancestor.mem_id for ancestor in ancestors_in_body(element)}
        if node.mem_id not in around and (home is None or home.mem_id in around):
            yield element


def ancestors_in_body(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element below the body, from the inside out."""
    around = node.parent
    while around is not None and around.tag not in ("body", "html"):
        yield around
        around = around.parent
