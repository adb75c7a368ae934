"""Each real export beside the repository is recognised as one format; those that hold no comments are named here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading import Reading, known_as

FORMATS = {
    "aif/arguebuf-6064-original.json": "aif",
    "aif/knoxa-aif-ntriples.nt": "aif_rdf",
    "aif/nodeset17919.json": "aif",
    "argdown/argdown-primer.argdown": "argdown",
    "argdown/greenspan-schefczyk_hardwrap.argdown": "argdown",
    "argdown/legalisation-softdrugs.argdown": "argdown",
    "argdown/state-censorship.argdown": "argdown",
    "dbas/002_development_seed.sql": "dbas",
    "discourse/discourse_posts.json": "discourse",
    "discourse/discourse_topic_1148.json": "discourse",
    "disqus/disqus.xml": "disqus",
    "forummagnum/Comment.gql": "forummagnum",
    "forummagnum/post.shape.json": "forummagnum",
    "github/github_issue_1": "github",
    "github/github_issue_comments_1": "github",
    "github/github_issue_comments_2": "github",
    "github/github_request_pull_request_1_comments": "github",
    "hackernews/comment-scraper-synthetic.json": "comment_scraper",
    "hackernews/firebase-items.ndjson": "hackernews",
    "mbox/mbox_complex.mbox": "mbox",
    "mbox/mbox_iso8859_encoding.mbox": "mbox",
    "mbox/mbox_multipart.mbox": "mbox",
    "mbox/mbox_no_fields.mbox": "mbox",
    "mbox/mbox_single.mbox": "mbox",
    "mbox/mbox_unixfrom_encoding.mbox": "mbox",
    "mbox/mbox_unknown_encoding.mbox": "mbox",
    "mbox/pipermail_2015_november.mbox": "mbox",
    "mbox/pipermail_2016_april.mbox": "mbox",
    "mbox/pipermail_2016_march.mbox": "mbox",
    "mbox/pipermail_apache_index.html": "mbox",
    "mbox/pipermail_index.html": "mbox",
    "mbox/pipermail_index_empty.html": "mbox",
    "reddit/morechildren_things.json": "reddit",
    "reddit/thread_listing.json": "reddit",
    "stackexchange/stackexchange_question_page": "stackexchange",
    "wxr/wordpress_8_comments.xml": "wxr",
}
# A schema, the indexes of archives, and posts that were asked for without their bodies.
NO_COMMENTS = {
    "forummagnum/Comment.gql",
    "mbox/pipermail_apache_index.html",
    "mbox/pipermail_index.html",
    "mbox/pipermail_index_empty.html",
    "stackexchange/stackexchange_question_page",
}


def test_no_export_is_left_out(shared: Path) -> None:
    folder = shared / "data" / "exports"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_known_for_what_it_is(shared: Path, name: str) -> None:
    assert known_as(shared / "data" / "exports" / name) == FORMATS[name]


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_loads_or_says_why_not(shared: Path, name: str) -> None:
    found = Reading(shared / "data" / "exports" / name)
    assert bool(found.comments) == (name not in NO_COMMENTS)
    assert any(problem.lost for problem in found.problems) == (name in NO_COMMENTS)
