"""Talk pages of wikis that run MediaWiki: the wikitext of one, the XML of Special:Export, or answers of the API."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import from_html
from rejoinder.loaders.bodies.wikitext import from_wikitext, without_comments
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.peek import json_paths, xml_root
from rejoinder.loaders.containers.xml import child_words, elements, local_tag
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.sites.talkpage import Section, TalkComment, has_signed_section, talk_comments_in, talk_sections
from rejoinder.loaders.sites.wiki_api import (
    ThreadItem,
    body_without_signature,
    is_wiki_answer,
    thread_items_in,
    wikitexts_in,
)
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey, digest

NAME = "mediawiki"
SUMMARY = "talk pages of wikis (MediaWiki): wikitext, the XML of Special:Export, or what the API answers"
READS = Reads(
    recognised="a `== heading ==`, and below it a line that ends in a link to a user and a time, or in `-- name` and a "
    "time; or `<mediawiki>`; or JSON with `query.pages` and `revisions`, `parse.wikitext`, or `threaditemshtml`",
    id="made of who signed and when, else of the words; the thread is the page and its section; or `id`",
    parent="the last comment above that is indented less, or right above where it is taken back to the margin "
    "(`{{outdent}}`); without indentation it stands below the first of its section, and its words are asked",
    author="the user to whom the signature links, whom `{{unsigned}}` names, or whose name stands behind a dash",
    created="the time in the signature, in UTC where the wiki's zone is known",
    body="wikitext up to the signature; `{{tq}}`, `{{quote}}` and `<blockquote>` as quotations, `{{ping}}` as `@name`",
    ignored="other templates, tables, footnotes, pictures; older revisions; sections in which nobody signed",
)

SITE = "mediawiki"
JSON_START = re.compile(rb"""\s*\{\s*["}]""")
EXPORT_ROOT = re.compile(r"(?:\{http://www\.mediawiki\.org/xml/export-[\d.]+/\})?mediawiki")


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A page: its title, its wikitext, the line of its revision in an export, and where its wiki is, if it is known."""

    title: str
    text: str
    line: int = 0
    base: str | None = None

    @property
    def site(self) -> str:
        """The host of the wiki."""
        return host_of(self.base or "") or SITE


def recognises(path: Path, head: str) -> bool:
    """True for talk that is signed below a heading, and for an export."""
    if head.lstrip().startswith("<"):
        return EXPORT_ROOT.fullmatch(xml_root(head) or "") is not None
    if is_wiki_answer(json_paths(head)):
        return True
    return "==" in head and has_signed_section(without_comments(head))


def load(source: Source) -> Iterator[Found | Problem]:
    """Each section as a thread, and what was said in it."""
    scrubber, skipped = Scrubber(), SkipLog()
    for page in talk_pages(source, scrubber):
        if isinstance(page, Problem):
            yield page
            continue
        name_counts = Counter[str]()
        for section in talk_sections(without_comments(page.text)):
            name = f"{page.title}#{section.heading}"
            name_counts[name] += 1
            name += f" ({name_counts[name]})" if name_counts[name] > 1 else ""
            yield from section_records(page, section, name, source, skipped)
    if is_json_file(source):
        yield from thread_item_records(source, scrubber, skipped)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def is_json_file(source: Source) -> bool:
    """True for JSON; wikitext may begin with a brace, too."""
    return JSON_START.match(source.head()) is not None


def talk_pages(source: Source, scrubber: Scrubber) -> Iterator[TalkPage | Problem]:
    """The pages of a file: those of an export, those of an answer of the API, or the one that it is."""
    if source.head().lstrip().startswith(b"<"):
        yield from export_pages(source, scrubber)
    elif is_json_file(source):
        for document in json_documents(source):
            for wikitext in wikitexts_in(document.value):
                line = document.line(wikitext.title)
                text, title = scrubber.text(wikitext.text, line), scrubber.text(wikitext.title, line)
                yield TalkPage(title, text, line, address_base(wikitext.address or ""))
    else:
        yield wikitext_page(source, scrubber)


def thread_item_records(source: Source, scrubber: Scrubber, skipped: SkipLog) -> Iterator[Found | Problem]:
    """The threads and comments that DiscussionTools has found in a page."""
    opening: dict[str, str] = {}
    for document in json_documents(source):
        for item in thread_items_in(document.value):
            line = document.line(item.comment.get("id"))
            heading = Fields(item.heading, line, scrubber)
            try:
                key = ThreadKey(SITE, heading.required("id"))
                if key.id not in opening:
                    yield Found(Thread(key, from_html(heading.optional("html") or "").text or None), source.name, line)
                comment = thread_item_comment(item, key, opening.get(key.id), line, scrubber)
            except FieldError as error:
                yield Problem(source.name, line, str(error), lost=True)
                continue
            if not comment.text.strip():
                skipped.note("comments without words", line)
                continue
            opening.setdefault(key.id, comment.id)
            yield Found(comment, source.name, line)


def thread_item_comment(
    item: ThreadItem, key: ThreadKey, opening: str | None, line: int, scrubber: Scrubber
) -> Comment:
    """A comment that DiscussionTools has found; raises FieldError."""
    fields = Fields(item.comment, line, scrubber)
    author = fields.side_text("author")
    body = body_without_signature(fields.text("html"), author)
    return Comment(
        key,
        fields.required("id"),
        body.text,
        parent=item.parent_name or opening,
        author=author,
        created=fields.iso_moment("timestamp"),
        links=body.links,
        addressed=item.parent_name is not None or opening is None,
    )


def wikitext_page(source: Source, scrubber: Scrubber) -> TalkPage:
    """The page that a file of wikitext is, called by the name of the file."""
    lines = [line for line in source.lines() if not isinstance(line, Problem)]
    text = "\n".join(scrubber.line(raw, number) for number, raw in lines)
    return TalkPage(scrubber.text(source.stem, 0).replace("_", " "), text)


def is_row_element(tag: str, depth: int) -> bool:
    """What names the wiki, the pages, and their revisions one by one."""
    return (depth == 2 and local_tag(tag) in {"siteinfo", "page"}) or (depth == 3 and local_tag(tag) == "revision")


def export_pages(source: Source, scrubber: Scrubber) -> Iterator[TalkPage | Problem]:
    """The pages of an export, each in the latest of its revisions."""
    base, latest = None, (("", ""), 0)
    for row in elements(source, is_row_element, scrubber):
        if isinstance(row, Problem):
            yield row
        elif local_tag(row.element.tag) == "siteinfo":
            base = address_base(scrubber.text(child_words(row.element, "base"), row.line))
        elif local_tag(row.element.tag) == "revision":
            revision = (child_words(row.element, "timestamp"), revision_text(row.element))
            latest = max(latest, (revision, row.line), key=lambda version: version[0][0])
        else:
            (_, text), line = latest
            yield TalkPage(
                scrubber.text(child_words(row.element, "title"), row.line), scrubber.text(text, line), line, base
            )
            latest = (("", ""), 0)


def revision_text(revision: Element) -> str:
    """The wikitext of a revision."""
    return next((element.text or "" for element in revision if local_tag(element.tag) == "text"), "")


def address_base(address: str) -> str | None:
    """What stands before the titles in the addresses of a wiki's pages."""
    return address.rpartition("/")[0] + "/" if address.startswith(("http://", "https://")) else None


def section_records(page: TalkPage, section: Section, name: str, source: Source, skipped: SkipLog) -> Iterator[Found]:
    """The thread of a section, called so, and its comments; nothing where nobody signed."""
    everything = list(talk_comments_in(section.lines))
    if all(talk_comment.author is None for talk_comment in everything):
        if section.line:
            skipped.note("sections in which nobody signed", page.line or section.line)
        return
    talk = SectionReader(ThreadKey(page.site, name), page.base)
    yield Found(
        Thread(talk.key, section_title(page, section), section_url(page, section)),
        source.name,
        page.line or section.line,
    )
    for entry in everything:
        comment = talk.comment(entry)
        if comment is not None:
            yield Found(comment, source.name, page.line or entry.line)


def section_title(page: TalkPage, section: Section) -> str:
    """The title of the thread: the heading, and the page where there is none."""
    return section.heading or page.title


def section_url(page: TalkPage, section: Section) -> str | None:
    """Where the section stands, if its wiki is known."""
    if page.base is None:
        return None
    anchor = f"#{section.heading}" if section.heading else ""
    return page.base + quote((page.title + anchor).replace(" ", "_"), safe="/:#")


class SectionReader:
    """The comments of a section as they are read."""

    def __init__(self, key: ThreadKey, base: str | None) -> None:
        self.key, self.base = key, base
        self.above: list[tuple[int, str]] = []  # the comments that may be answered, each indented more than the last
        self.last: str | None = None
        self.opening: str | None = None
        self.names = Counter[str]()

    def comment(self, talk_comment: TalkComment) -> Comment | None:
        """The comment, None where it has no words."""
        body = from_wikitext(talk_comment.markup, depth=talk_comment.depth, base=self.base)
        if not body.text.strip():
            return None
        parent = self.answered(talk_comment)
        comment = Comment(
            self.key,
            self.name(talk_comment, body.text),
            body.text,
            parent=parent or self.opening,
            author=talk_comment.author,
            created=talk_comment.created,
            links=body.links,
            addressed=parent is not None or self.opening is None,
        )
        self.opening = self.opening or comment.id
        self.above.append((talk_comment.depth, comment.id))
        self.last = comment.id
        return comment

    def answered(self, talk_comment: TalkComment) -> str | None:
        """The comment that this one is put below; None where it stands at the margin, or first."""
        parent = self.last if talk_comment.outdented else None
        while self.above and self.above[-1][0] >= talk_comment.depth:
            self.above.pop()
        return parent or (self.above[-1][1] if self.above else None)

    def name(self, talk_comment: TalkComment, text: str) -> str:
        """The id of a comment: who signed and when, else made of its words; those that are the same are counted."""
        name = (
            f"{talk_comment.author}, {talk_comment.created}"
            if talk_comment.author and talk_comment.created
            else digest(talk_comment.author or "", text)[:12]
        )
        self.names[name] += 1
        return name if self.names[name] == 1 else f"{name} ({self.names[name]})"
