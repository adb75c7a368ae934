"""What templates may use: links to this server and others, and texts as they are safe to show."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlencode

import pyoxigraph as ox
from flask import Blueprint, g, request

from rejoinder.api.requests.parameters import is_parameter, unknown_parameters
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing import words
from rejoinder.api.showing.iris import ShortIri, short_iri
from rejoinder.graph.maps.lettering import flat_text, visible_text
from rejoinder.graph.maps.links import web_link
from rejoinder.graph.maps.nodes import Place
from rejoinder.graph.queries.unanswered import LEVELS
from rejoinder.graph.quotations.origins import DUMP_SITE
from rejoinder.graph.triples.terms import RJ, Names, rj

_OWN_IRI = re.compile(r"(claim|move|thread|comment|author)/([^#?\s]+)(#\S*)?")
_PATHS = {"claim": "claims", "move": "claims", "thread": "threads"}
_OPENING, _POP = "\u2066\u2067\u2068", "\u2069"
_ISOLATES = re.compile(f"[{_OPENING}{_POP}]")

blueprint = Blueprint("templating", __name__)


def public_root() -> str:
    """The address of this server as others reach it, ending in a slash."""
    return (service().settings.public_url or request.url_root).rstrip("/") + "/"


@blueprint.app_template_global("other_page")
def other_page(number: int) -> str:
    """This address with another page number."""
    return _changed_query("page", str(number))


@blueprint.app_template_global("all_of_it")
def all_of_it() -> str:
    """This address with what is hardly sure, too, from its first page on."""
    return _changed_query("confidence", "0", dropped=("page",))


@blueprint.app_template_global("chosen")
def chosen(name: str, value: str) -> str:
    """The first page of this address with another value of a parameter."""
    return _changed_query(name, value, dropped=("page",))


@blueprint.app_template_global("other_format")
def other_format(to: str) -> str:
    """This address in another format."""
    return _changed_query("format", to, dropped=("page",))


@blueprint.app_template_global("as_meant")
def as_meant() -> str:
    """This address with the values of strange parameters given to those nearest to them."""
    corrected = {unknown.near: request.args[unknown.name] for unknown in unknown_parameters() if unknown.near}
    known_values = {name: value for name, value in request.args.items() if value and is_parameter(name)}
    return "?" + urlencode(known_values | corrected)


def _changed_query(name: str, text: str, *, dropped: tuple[str, ...] = ()) -> str:
    """The query string of this address with another value of one parameter, and without those dropped or strange."""
    gone = {name, *dropped}
    pairs = [(key, value) for key, value in request.args.items() if key not in gone and value and is_parameter(key)]
    return "?" + urlencode([*pairs, (name, text)])


@blueprint.app_template_filter("short_iri")
def shortened(iri: str) -> ShortIri:
    """An IRI as a table shows it."""
    return short_iri(iri, served_snapshot().base)


@blueprint.app_template_filter("page")
def page_of(iri: str | None) -> str:
    """The path of the page about one of our own IRIs; empty for any other."""
    base = served_snapshot().base
    match = _OWN_IRI.fullmatch(iri.removeprefix(base)) if iri and iri.startswith(base) else None
    if match is None:
        return ""
    return f"{request.script_root}/{_PATHS.get(match[1], match[1])}/{match[2]}"


@blueprint.app_template_global("meaning")
def meaning(group: str, name: str) -> str:
    """Where a page explains a kind, label, status or level, all of which stand at its foot once they are on it."""
    _words_to_explain().add((group, name))
    return f"#{group}-{name}"


@blueprint.app_template_global("explained")
def explained() -> set[tuple[str, str]]:
    """What the page has to explain at its foot: the words that lead there, by group and name."""
    return _words_to_explain()


def _words_to_explain() -> set[tuple[str, str]]:
    if "meant" not in g:
        g.meant = set()
    pairs = g.meant
    assert isinstance(pairs, set)
    return pairs


@blueprint.app_template_global("words_at")
def words_at(place: Place) -> str:
    """The path that leads to the words of a place in its comment, highlighted; to the comment where it has no words."""
    path = page_of(place.comment)
    return f"{path}?highlight={place.start}-{place.end}" if path and place.start is not None else path


@blueprint.app_template_global("words_of")
def words_of(iri: str, comment: str) -> str:
    """The path that leads to where a comment (IRI) states a claim or makes a move (IRI); else to the comment."""
    path, node = page_of(comment), ox.NamedNode(iri)
    relations = (rj("statedIn"), rj("evidence"))
    objects = (
        quad.object
        for relation in relations
        for quad in served_snapshot().store.quads_for_pattern(node, relation, None)
    )
    spans = [term for term in objects if isinstance(term, ox.NamedNode)]
    own_spans = [span for span in spans if served_snapshot().value(span, RJ + "inComment") == comment]
    places = sorted(
        (int(served_snapshot().value(span, RJ + "start") or 0), served_snapshot().value(span, RJ + "end"))
        for span in own_spans
    )
    return f"{path}?highlight={places[0][0]}-{places[0][1]}" if path and places else path


@blueprint.app_template_test("dump")
def is_dump(thread: str) -> bool:
    """True of the IRI of a flattened dump, whose comments are the paragraphs of somebody's comments."""
    return thread.startswith(f"{served_snapshot().base}thread/{DUMP_SITE}/")


blueprint.add_app_template_filter(web_link, "web")
blueprint.add_app_template_filter(flat_text, "flat")
blueprint.add_app_template_filter(visible_text, "visible")


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
    chars, deep = [], 0
    for char in whole:
        if char != _POP or deep:
            chars.append(char)
            deep += 1 if char in _OPENING else -1 if char == _POP else 0
    return "".join(chars) + _POP * deep


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
    base = served_snapshot().base
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
    line = service().settings.objection_threshold
    return {"words": words, "levels_meant": LEVELS, "public_root": public_root, "line": line}
