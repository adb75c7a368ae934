"""The elements of HTML, each written down as plain text shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rejoinder.loaders.bodies.body import Attributes, Dialect
from rejoinder.loaders.bodies.writing import Writing


def tags(names: str) -> frozenset[str]:
    """A set of tags."""
    return frozenset(re.findall(r"\w+", names))


SILENT = tags("script style template noscript svg math head title iframe object video audio button select")
PARAGRAPHS = tags(
    "p div section article header footer main aside blockquote pre ul ol dl table figure details form address "
    "h1 h2 h3 h4 h5 h6 hr center"
)
# The way back from a footnote, in Discourse, GitHub and LessWrong, and a formula that MathJax has drawn, sign by sign.
BACK = frozenset(["footnote-backref", "data-footnote-backref", "footnote-back-link"])
FORMULA = "mjx-math"
LINES = tags("li tr dt dd summary figcaption caption thead tbody")


def walk(tree: LexborHTMLParser, dialect: Dialect) -> Iterator[tuple[LexborNode, bool]]:
    """Each node on the way in (True) and on the way out, in document order, but for those that say nothing."""
    node, depth = tree.body, 0  # counted, for to compare two nodes is to compare all that is in them
    while node is not None:
        yield node, True
        child = None if is_not_walked(node, dialect) else node.child
        if child is not None:
            node, depth = child, depth + 1
            continue
        yield node, False
        while node is not None and depth and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield node, False
        node = node.next if node is not None and depth else None


def is_not_walked(node: LexborNode, dialect: Dialect) -> bool:
    """True for an element whose inside is not walked: it says nothing, is code, or is a formula that is named."""
    tag = node.tag or ""
    if tag == "pre" or tag in SILENT or (tag in {"a", "span"} and (leads_back(node) or formula_source(node))):
        return True
    return dialect.silent(tag, node.attributes)


def leads_back(node: LexborNode) -> bool:
    """True for the way back from a footnote."""
    return not BACK.isdisjoint((node.attributes.get("class") or "").split())


def formula_source(node: LexborNode) -> str | None:
    """How a formula was typed, where it was drawn sign by sign."""
    attributes = node.attributes
    return attributes.get("aria-label") if attributes.get("class") == FORMULA else None


def enter_node(node: LexborNode, writing: Writing, dialect: Dialect) -> None:
    """A node begins."""
    tag = node.tag or ""
    if tag == "-text":
        writing.words(node.text_content or "")
    elif tag == "pre":
        write_preformatted(node, writing, dialect)
    elif tag == "br":
        writing.line_break()
    elif tag == "img":
        writing.words(node.attributes.get("alt") or "")
    elif tag == "span" and (typed := formula_source(node)):
        writing.words(typed)
    elif not is_not_walked(node, dialect):
        open_element(node, tag, writing, dialect)


def write_preformatted(node: LexborNode, writing: Writing, dialect: Dialect) -> None:
    """Code, or, where programs set words so, words."""
    if dialect.silent("pre", node.attributes):
        return
    if dialect.code:
        writing.code_block(code_in(node))
    else:
        writing.paragraph()
        writing.verbatim(code_in(node))
        writing.paragraph()


def code_in(node: LexborNode) -> str:
    """The code in an element, whose lines may end in tags."""
    for end in node.css("br"):
        end.replace_with("\n")
    return node.text(deep=True)


def open_element(node: LexborNode, tag: str, writing: Writing, dialect: Dialect) -> None:
    """An element that has something inside begins."""
    attributes = node.attributes
    if is_paragraph(node, tag, writing):
        writing.paragraph()
    elif tag in LINES or tag in {"ul", "ol"}:
        writing.line()
    writing.quotation_begins(dialect.origin(tag, attributes))
    if tag == "code":
        writing.code_begins(node.text(deep=True))
    elif tag in BEGINNINGS:
        BEGINNINGS[tag](writing, attributes)


def is_paragraph(node: LexborNode, tag: str, writing: Writing) -> bool:
    """True where an element stands apart from what is around it; a list in a list, or all of a cell, does not."""
    if tag == "p" and node.parent is not None and node.parent.tag in {"td", "th"}:
        return not stands_alone(node)
    return tag in PARAGRAPHS and not (tag in {"ul", "ol"} and writing.in_item)


def stands_alone(node: LexborNode) -> bool:
    """True for a node beside which there is nothing but space."""
    siblings = (node.prev, node.next)
    return all(
        sibling is None or (sibling.tag == "-text" and not (sibling.text_content or "").strip()) for sibling in siblings
    )


BEGINNINGS: dict[str, Callable[[Writing, Attributes], None]] = {
    "blockquote": lambda writing, _: writing.quote(+1),
    "ul": lambda writing, _: writing.list_begins(None),
    "ol": lambda writing, attributes: writing.list_begins(list_start(attributes.get("start"))),
    "li": lambda writing, _: writing.item(),
    "a": lambda writing, attributes: writing.link_begins(attributes.get("href")),
    "del": lambda writing, _: writing.struck_begins(),
    "s": lambda writing, _: writing.struck_begins(),
    "strike": lambda writing, _: writing.struck_begins(),
    "td": lambda writing, _: writing.cell(),
    "th": lambda writing, _: writing.cell(),
}


ENDINGS: dict[str, Callable[[Writing], None]] = {
    "blockquote": lambda writing: writing.quote(-1),
    "ul": Writing.list_ends,
    "ol": Writing.list_ends,
    "a": Writing.link_ends,
    "code": Writing.code_ends,
    "del": Writing.struck_ends,
    "s": Writing.struck_ends,
    "strike": Writing.struck_ends,
}


def leave_node(node: LexborNode, writing: Writing, dialect: Dialect) -> None:
    """A node ends."""
    tag = node.tag or ""
    if tag.startswith("-") or is_not_walked(node, dialect) or tag in {"br", "img"}:
        return
    if tag in ENDINGS:
        ENDINGS[tag](writing)
    writing.quotation_ends(dialect.origin(tag, node.attributes))
    if is_paragraph(node, tag, writing):
        writing.paragraph()
    elif tag in LINES:
        writing.line()


def list_start(start: str | None) -> int:
    """The number with which an ordered list begins."""
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 7 else 1
