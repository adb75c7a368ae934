"""The list of open objections as an Atom feed (RFC 4287), for whoever reads what is new in a feed reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree

from rejoinder.api.requests.query_parameters import Page
from rejoinder.api.showing.templating import other_format, public_root, short
from rejoinder.graph.maps.links import web_link
from rejoinder.graph.maps.wording import percent
from rejoinder.graph.queries.views import Row, Rows

ATOM = "http://www.w3.org/2005/Atom"
UNTIMED = "1970-01-01T00:00:00Z"  # of what has no time: each entry must have one, and ours depend on no clock
Element = ElementTree.Element


def as_atom(objections: Rows, title: str, at: Page) -> bytes:
    """The rows as a feed; a claim that is made in several comments is one entry, so that readers tell it once."""
    best = dict[str, Row]()  # of each claim
    for row in objections.rows:
        best.setdefault(str(row["claim"]), row)
    rows = best.values()
    list_here = f"{public_root()}unanswered"
    own_address = list_here + other_format("atom")
    feed = Element("feed", {"xmlns": ATOM})
    _add(feed, "id", own_address)
    _add(feed, "title", title)
    _add(feed, "updated", max((_time_written(row) for row in rows), default=UNTIMED))
    _add(_add(feed, "author"), "name", "Rejoinder")
    _link(feed, "self", own_address if at.number == 1 else f"{own_address}&page={at.number}")
    _link(feed, "alternate", list_here + other_format("html"))
    if objections.truncated:
        _link(feed, "next", f"{own_address}&page={at.number + 1}")
    feed.extend(map(_entry, rows))
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(row: Row) -> Element:
    """An open objection: its words as the title, what it is aimed at below, links to its page and its comment."""
    entry = Element("entry")
    _add(entry, "id", str(row["claim"]))
    _add(entry, "title", f"{row['author'] or 'somebody'}: “{short(str(row['text']))}”")
    _add(entry, "updated", _time_written(row))
    _add(_add(entry, "author"), "name", str(row["author"] or "unknown"))
    _link(entry, "alternate", f"{public_root()}claims/{str(row['objection']).rpartition('/')[2]}")
    if link := web_link(str(row["link"] or "")):
        _link(entry, "related", link)
    ElementTree.SubElement(entry, "category", {"term": str(row["status"])})
    _add(entry, "summary", " · ".join(_summary(row)))
    return entry


def _summary(row: Row) -> Iterable[str]:
    whose = f"{row['targetAuthor']}: " if row["targetAuthor"] else ""
    yield f"“{row['text']}”"
    if row["targetText"]:
        yield f"{'in answer to' if row['kind'] == 'Counter' else 'against'} {whose}“{row['targetText']}”"
    for text in str(row["alsoTargetTexts"] or "").splitlines():
        yield f"also against “{text}”"
    yield f"{row['status']}, {percent(float(row['confidence'] or 0))} sure"
    yield f"{row['threadTitle'] or row['thread']} (coverage {row['coverage']})"


def _time_written(row: Row) -> str:
    """When its comment was written, as RFC 3339 wants it; what names no zone is in UTC."""
    try:
        moment = datetime.fromisoformat(str(row["created"]))
        in_utc = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return UNTIMED
    return f"{in_utc:%Y-%m-%dT%H:%M:%SZ}".zfill(len(UNTIMED))


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    child = ElementTree.SubElement(parent, name)
    child.text = text
    return child


def _link(parent: Element, relation: str, href: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": href})
