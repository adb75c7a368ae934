"""What all pages share: checked parameters, the format of the answer and its validators, safe links for templates."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.exceptions import PreconditionFailed

from rejoinder.api import words
from rejoinder.api.negotiation import choose
from rejoinder.api.snapshots import served, service
from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.lettering import flat
from rejoinder.graph.origins import COPIES
from rejoinder.graph.publish import Snapshot
from rejoinder.graph.terms import SIOC, Names
from rejoinder.graph.threads import meant
from rejoinder.graph.views import Cell, Rows
from rejoinder.records import digest

FORMATS = {
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "sparql": "application/sparql-query",
    **{name: one.MEDIA_TYPE for name, one in EXPORTS.items()},
}
PAGES = 100_000
CHOICES = 200  # threads offered in a filter
MOST = 5  # threads or authors listed where a name means several

_WEB = re.compile(r"https?://[^/\s]\S*", re.IGNORECASE)
_OWN = re.compile(r"(claim|move|thread|comment|author)/([^#?\s]+)(#\S*)?")
_PATHS = {"claim": "claims", "move": "claims", "thread": "threads"}
_NAME = SIOC + "name"
_OPENING, _POP = "\u2066\u2067\u2068", "\u2069"
_ISOLATES = re.compile(f"[{_OPENING}{_POP}]")

blueprint = Blueprint("pages", __name__)


# ---------------------------------------------------------------------- parameters


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number out of the query string; raises BadParameter outside least..most."""
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise BadParameter(f"{name}: expected a whole number from {least} to {most}, got {text[:40]!r}")
    return int(text)


def fraction(name: str, default: float) -> float:
    """A number from 0 to 1 out of the query string; raises BadParameter for anything else."""
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}", text) or float(text) > 1:
        raise BadParameter(f"{name}: expected a number from 0 to 1, got {text[:40]!r}")
    return float(text)


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    """A word out of the query string, the first allowed one by default; raises BadParameter for another."""
    text = request.args.get(name, "").strip() or allowed[0]
    if text not in allowed:
        raise BadParameter(f"{name}: expected one of {', '.join(allowed)}, got {text[:40]!r}")
    return text


def words_of(name: str, most: int = 200) -> str:
    """Free text out of the query string, white space collapsed; raises BadParameter where it is too long."""
    text = " ".join(request.args.get(name, "").split())
    if len(text) > most:
        raise BadParameter(f"{name}: expected at most {most} characters, got {len(text)}")
    return text


def thread_named(name: str, snapshot: Snapshot) -> ox.NamedNode | None:
    """The thread that a parameter names, as the command line takes it: by IRI, id or words of its title.

    Raises NotFound where no such thread is loaded, BadParameter where several are.
    """
    text = words_of(name, 2000)
    if not text:
        return None
    found = meant(snapshot, text)
    if not found:
        raise NotFound(f"{name}: no thread {text[:80]!r} is loaded; /threads lists those that are")
    if len(found) > 1:
        some = "; ".join(f"{one.whole} ({one.title or 'without a title'})" for one in found[:MOST])
        several = f"{name}: {len(found)} threads are named {text[:80]!r}; give the SITE/ID of one"
        raise BadParameter(f"{several}: {some}{'; ...' if len(found) > MOST else ''}")
    return ox.NamedNode(found[0].iri)


def author_named(name: str, snapshot: Snapshot) -> ox.NamedNode | None:
    """The author that a parameter names, by IRI or by name; a name nobody has gives an IRI that nothing has.

    Raises BadParameter for a name borne on several sites.
    """
    text = words_of(name, 1000)
    if not text or text.startswith(snapshot.base):
        return _node(name)
    quads = snapshot.store.quads_for_pattern(None, ox.NamedNode(_NAME), ox.Literal(text))
    found = sorted({quad.subject.value for quad in quads})  # type: ignore[union-attr]
    if len(found) > 1:
        raise BadParameter(f"{name}: {len(found)} authors bear this name; give one of {', '.join(found[:MOST])}")
    return ox.NamedNode(found[0] if found else Names(snapshot.base).author("", text))


def _node(name: str) -> ox.NamedNode | None:
    text = words_of(name, 2000)
    try:
        return ox.NamedNode(text) if text else None
    except ValueError:
        raise BadParameter(f"{name}: expected an IRI, got {text[:40]!r}") from None


# ---------------------------------------------------------------------- paging


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a listing are asked for: page `number` (from 1) of `size` rows."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many rows stand before this page."""
        return (self.number - 1) * self.size


def page(to: str) -> Page:
    """The page that `page=` and `rows=` ask for; data formats give many rows unless `rows` says otherwise."""
    settings = service().settings
    default = settings.page_rows if to == "html" else settings.result_rows
    return Page(integer("page", 1, least=1, most=PAGES), integer("rows", default, least=1, most=settings.result_rows))


@blueprint.app_template_global("other_page")
def other_page(number: int) -> str:
    """This address with another page number."""
    return _here("page", str(number))


@blueprint.app_template_global("all_of_it")
def all_of_it() -> str:
    """This address with what is hardly sure, too, from its first page on."""
    return _here("confidence", "0", dropped=("page",))


@blueprint.app_template_global("other_format")
def other_format(to: str) -> str:
    """This address in another format."""
    return _here("format", to, dropped=("page",))


def _here(name: str, text: str, *, dropped: tuple[str, ...] = ()) -> str:
    """The query string of this address with another value of one parameter, and without those dropped."""
    gone = {name, *dropped}
    pairs = [(each, value) for each, value in request.args.items(multi=True) if each not in gone and value]
    return "?" + urlencode([*pairs, (name, text)])


# ---------------------------------------------------------------------- answers


def chosen(*offered: str, named: tuple[str, ...] = ()) -> str:
    """The format to answer in: `format=` where it is given, or else what the Accept header likes best of `offered`.

    Raises BadParameter for a format this route has not, NotAcceptable where the header rules all out.
    """
    if request.args.get("format"):
        return one_of("format", (*offered, *named))
    types = [FORMATS[name] for name in offered]
    return offered[types.index(choose(request.headers.get("Accept", ""), types))]


def answer(body: str | bytes, to: str, snapshot: Snapshot) -> Response:
    """A response that may be kept and revalidated: its ETag names all that it depends on.

    Raises PreconditionFailed where the request is for another state than this.
    """
    response = Response(body, mimetype=FORMATS[to])
    response.set_etag(f"{snapshot.id}-{to}-{service().edition}-{digest(public_root())[:8]}")
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        raise PreconditionFailed("this is no longer as If-Match or If-Unmodified-Since want it")
    return response


def as_json(document: Mapping[str, Any]) -> str:
    """A document as JSON that people can read."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def listing(
    found: Rows, to: str, at: Page, snapshot: Snapshot, *, beside: Mapping[str, Cell] | None = None
) -> Response:
    """Rows as CSV, or as `{"rows": [...], "truncated": false}`; where more are left, a Link header says where.

    JSON has what stands `beside` the rows as members of its own.
    """
    if to == "csv":
        response = answer(_csv(found), to, snapshot)
    else:
        body = {"rows": list(found.rows), "truncated": found.truncated, **(beside or {}), "snapshot": snapshot.id}
        response = answer(as_json(body), to, snapshot)
    return continued(response, at, found.truncated)


def continued(response: Response, at: Page, truncated: bool) -> Response:
    """The response, with headers that say that rows are left and where they are, if so."""
    if truncated:
        response.headers["Link"] = f'<{other_page(at.number + 1)}>; rel="next"'
        response.headers["X-Rejoinder-Truncated"] = "true"
    return response


def _csv(found: Rows) -> str:
    """RFC 4180, with a header; an absent value is an empty field. Byte for byte what the command line writes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(found.columns)
    writer.writerows([row[name] for name in found.columns] for row in found.rows)
    return out.getvalue()


def value(store: ox.Store, subject: ox.NamedNode, predicate: str) -> str | None:
    """The value of a property that has at most one."""
    quads = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return next((quad.object.value for quad in quads), None)  # type: ignore[union-attr]


def public_root() -> str:
    """The address of this server as others reach it, ending in a slash."""
    return (service().settings.public_url or request.url_root).rstrip("/") + "/"


# ---------------------------------------------------------------------- templates


@blueprint.app_template_filter("page")
def page_of(iri: str | None) -> str:
    """The path of the page about one of our own IRIs; empty for any other."""
    base = served().base
    found = _OWN.fullmatch(iri.removeprefix(base)) if iri and iri.startswith(base) else None
    if found is None:
        return ""
    return f"{request.script_root}/{_PATHS.get(found[1], found[1])}/{found[2]}"


@blueprint.app_template_test("dump")
def is_dump(thread: str) -> bool:
    """True of the IRI of a flattened dump, whose comments are the paragraphs of somebody's comments."""
    return thread.startswith(f"{served().base}thread/{COPIES}/")


@blueprint.app_template_filter("web")
def web(url: str | None) -> str:
    """A link that came with the data, if it is a plain http(s) one; empty otherwise.

    >>> web("javascript:alert(1)"), web("https://forum.example/t/1")
    ('', 'https://forum.example/t/1')
    """
    return url if url and _WEB.fullmatch(url) else ""


blueprint.add_app_template_filter(flat, "flat")


@blueprint.app_template_filter("closed")
def closed(text: str | None) -> str:
    """A text whose isolates (UAX 9) all end within it, and that ends no other: its controls reach no further than it.

    An element's own isolation does not see to that: its end closes what the text left open, instead of the element.

    >>> [f"{ord(one):x}" for one in closed("\u2069a\u2067")]
    ['61', '2067', '2069']
    """
    whole = text or ""
    if not _ISOLATES.search(whole):
        return whole
    kept, deep = [], 0
    for one in whole:
        if one != _POP or deep:
            kept.append(one)
            deep += 1 if one in _OPENING else -1 if one == _POP else 0
    return "".join(kept) + _POP * deep


@blueprint.app_template_filter("short")
def short(text: str | None, most: int = 160) -> str:
    """The beginning of a text, cut at a space where one is near.

    >>> short("one two three", 9)
    'one two…'
    """
    whole = text or ""
    if len(whole) <= most:
        return whole
    cut = whole[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[-30:] else cut).rstrip() + "…"


@blueprint.app_template_filter("account")
def account(name: str, near: str | None) -> str:
    """The IRI of the author of that name on the site of a comment or thread, whose IRI is `near`; else the name."""
    base = served().base
    if not near or not near.startswith(base) or near.count("/", len(base)) < 2:
        return name
    site = unquote(near[len(base) :].split("/")[1])
    return Names(base).author(site, name)


@blueprint.app_template_filter("segment")
def segment(text: str) -> str:
    """A text as one segment of a path or one value of a query."""
    return quote(text, safe="")


@blueprint.app_context_processor
def vocabulary() -> dict[str, object]:
    """What every template may use: the words for things, and how sure an objection is that counts."""
    return {"words": words, "public_root": public_root, "line": service().settings.objection_threshold}
