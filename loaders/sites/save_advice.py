"""What to save in place of a page that cannot be read: by its site, or by the software that the site runs."""

from __future__ import annotations

import re

from rejoinder.loaders.containers.page import Page, attribute

ADVICE_BY_HOST = (
    (r"(^|\.)github\.com$", "save what `gh issue view NUMBER --json title,body,author,createdAt,comments,url` prints"),
    (r"(^|\.)lobste\.rs$", "save the same address with .json at its end"),
    (r"(^|\.)reddit\.com$", "save the same address with .json at its end"),
    (r"(^|\.)ycombinator\.com$", "save https://hn.algolia.com/api/v1/items/ and the number of the item"),
    (
        r"(^|\.)(lesswrong\.com|effectivealtruism\.org|alignmentforum\.org)$",
        "save /api/post/SLUG/comments of the same site, where SLUG is the last part of the post's address",
    ),
    (r"(^|\.)(youtube\.com|youtu\.be)$", "save the comments by `yt-dlp --skip-download --write-comments ADDRESS`"),
    (r"(^|\.)bsky\.app$", "save what app.bsky.feed.getPostThread of its API answers for the post"),
    (
        r"^gerrit\.|-review\.googlesource\.com$|^review\.opendev\.org$",
        "save /changes/NUMBER/comments as NUMBER.json, and /changes/NUMBER/detail, of the same site, where NUMBER is "
        "that of the change",
    ),
    (
        r"(^|\.)(facebook|instagram)\.com$",
        "ask the site for your information as JSON, in which your own comments are",
    ),
    (
        r"(^|\.)openreview\.net$",
        "save https://api2.openreview.net/notes?forum=ID, where ID stands in the page's address",
    ),
    (
        r"^(bugzilla|bugs)\.",
        "if it runs Bugzilla, save /rest/bug/NUMBER/comment of the same site, where NUMBER is that of the bug",
    ),
    (r"(^|\.)kialo\.com$", "use the discussion's own text export"),
    (
        r"(^|\.)(stackexchange|stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com$|(^|\.)mathoverflow\.net$",
        "save https://api.stackexchange.com/2.3/questions/ID?site=SITE&filter=withbody, and the same with ID/answers",
    ),
)
ADVICE_BY_SOFTWARE = (
    ("discourse", "save /t/ID.json of the same site, where ID is the number in the topic's address"),
    ("gitlab", "save /api/v4/projects/ID/issues/NUMBER of the same site, and the same with /discussions"),
    ("jira", "save /rest/api/2/issue/KEY of the same site, where KEY is that of the issue, such as ROOF-4"),
    (
        "blogger",
        "save /feeds/comments/default of the same site, or what its owner backs up (Settings, Back up content)",
    ),
    ("mediawiki", "save the same address with ?action=raw at its end"),
    ("wordpress", "save /wp-json/wp/v2/comments?post=ID&per_page=100 of the same site, where ID is the post's number"),
    ("mastodon", "save /api/v1/statuses/ID/context of the same site, where ID is the number in the post's address"),
    ("lemmy", "save /api/v3/comment/list?post_id=ID&limit=50 and /api/v3/post?id=ID of the same site"),
)
DISQUS_SCRIPT = re.compile(r"""\b(?:src|href|data-src)=["']?(?:https?:)?//[\w.-]*\bdisqus\.com/""")
DISQUS_ADVICE = (
    "its comments are those of Disqus and not in the page: ask who runs the site for the XML export of Disqus"
)
GENERAL_ADVICE = (
    "save what the site exports or its API gives (`rejoinder formats`), or copy the thread into a table or text"
)


def save_advice(page: Page) -> str:
    """What to save.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> text = '<link rel="canonical" href="https://lobste.rs/s/1">'
    >>> save_advice(Page("a.html", text, LexborHTMLParser(text)))
    'save the same address with .json at its end'
    """
    host = page.host or ""
    by_host = next((advice for pattern, advice in ADVICE_BY_HOST if re.search(pattern, host)), None)
    if by_host is not None:
        return by_host
    generator = attribute(page.tree.css_first('meta[name="generator"]'), "content") or ""
    name = (
        attribute(page.tree.css_first('meta[property="og:site_name"], meta[name="application-name"]'), "content") or ""
    )
    for software, advice in ADVICE_BY_SOFTWARE:
        if generator.lower().startswith(software) or name.lower() == software:
            return advice
    return DISQUS_ADVICE if DISQUS_SCRIPT.search(page.text) else GENERAL_ADVICE
