"""`/oembed`: the frame of a claim, for a program that knows only the address of its page (oEmbed 1.0, oembed.com)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotImplemented as Unimplemented

from rejoinder.api.answering import answers
from rejoinder.api.requests import query_parameters
from rejoinder.api.routes.claim import DEEPEST, LIMIT, claim_or_move_iri
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.claim_page import EMBEDDED_DEPTH, ClaimPage, claim_page
from rejoinder.api.showing.templating import public_root, short
from rejoinder.errors import BadParameter, Misfit, NotFound
from rejoinder.graph.maps.lettering import flat_text
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.queries.written import as_json

FORMS = ("json", "xml")
WIDTH = 640  # pixels of a frame that may be wider
MOST_PIXELS = 999_999_999  # pixels that may be allowed
TITLE_LENGTH = 60  # characters of a claim that name its frame
PAGE = re.compile(r"(?:claims?|move|embed/claims)/([0-9a-f]{8,32})(?:/neighbourhood)?/?")

blueprint = Blueprint("oembed", __name__)


@blueprint.get("/oembed")
def oembed() -> Response:
    """The frame of the claim whose page has the address `url`, no larger than `maxwidth` and `maxheight` pixels.

    It goes as deep as that address says, and two moves where it says nothing.
    Raises BadParameter for a size or a depth that is none, NotFound for an address that is no claim's, Unimplemented
    (501) for another format, all as the specification has it.
    """
    snapshot, to = served_snapshot(), _form()
    address = query_parameters.text_parameter("url", 2000)
    centre, depth = claim_or_move_iri(snapshot, id_in(address)), depth_in(address)
    around = neighbourhood(snapshot, centre, depth=depth, limit=LIMIT)
    page = claim_page(snapshot, around, service().settings.objection_threshold)
    width = min(WIDTH, query_parameters.integer_parameter("maxwidth", WIDTH, least=1, most=MOST_PIXELS))
    height = min(
        page.embed_height(depth),
        query_parameters.integer_parameter("maxheight", MOST_PIXELS, least=1, most=MOST_PIXELS),
    )
    members = document(page, depth, width, height)
    return answers.answer(as_json(members) if to == "json" else as_xml(members), to, snapshot)


def id_in(address: str) -> str:
    """The id in the address of a claim's page on this server; raises NotFound for any other, BadParameter for none.

    It is taken apart, for a beginning may lie: that of `http://ours@theirs/` is ours.
    """
    if not address:
        raise BadParameter(Misfit("url", "the address of a claim's page", None))
    own = urlsplit(public_root())
    try:
        parsed = urlsplit(address)
    except ValueError:  # such as brackets that hold no address
        parsed = urlsplit("")
    is_ours = (parsed.scheme, parsed.netloc.lower()) == (own.scheme, own.netloc.lower())
    match = PAGE.fullmatch(parsed.path.removeprefix(own.path)) if parsed.path.startswith(own.path) else None
    if not is_ours or match is None:
        raise NotFound(f"url: expected the address of a claim here, as {public_root()}claims/ID, got {address[:200]!r}")
    return match[1]


def depth_in(address: str) -> int:
    """How many moves away from the claim the frame goes; raises BadParameter where the address says so wrongly."""
    depths = parse_qs(urlsplit(address).query).get("depth", [""])
    return query_parameters.parse_integer(
        "depth (in url)", " or ".join(dict.fromkeys(depths)), EMBEDDED_DEPTH, least=0, most=DEEPEST
    )


def document(page: ClaimPage, depth: int, width: int, height: int) -> dict[str, str | int]:
    """What oEmbed says of something `rich`; who wrote the claim only where that is known."""
    words = flat_text(page.centre.text)
    title, label = (f"“{text}”" if text else "A reaction without words" for text in (words, short(words, TITLE_LENGTH)))
    source = f"{public_root()}embed/claims/{page.id}?depth={depth}"
    author = {"author_name": flat_text(page.centre.author)} if page.centre.author else {}
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Rejoinder",
        "provider_url": public_root(),
        "title": title,
        **author,
        "html": frame(source, f"{label} and what was said to it", width, height),
        "width": width,
        "height": height,
    }


def frame(source: str, title: str, width: int, height: int) -> str:
    """The frame as HTML, in which nothing that somebody wrote is markup."""
    size = f'width="{width}" height="{height}"'
    style = "border:0;max-width:100%"
    return f'<iframe src="{escape(source)}" title="{escape(title)}" {size} loading="lazy" style="{style}"></iframe>'


def as_xml(members: Mapping[str, str | int]) -> bytes:
    """The same as XML: an element for each member."""
    root = ElementTree.Element("oembed")
    for name, value in members.items():
        ElementTree.SubElement(root, name).text = str(value)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _form() -> str:
    to = request.args.get("format") or FORMS[0]
    if to not in FORMS:
        raise Unimplemented(f"format: expected one of {', '.join(FORMS)}, got {to[:40]!r}")
    return answers.settle_format(to)
