"""The words of an OpenDocument text, or of a comment in one, and which of them each comment is anchored to."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from rejoinder.loaders.containers.xml import local_tag
from rejoinder.loaders.sites.manuscript import Manuscript, xml_attribute

# What stands beside the words: what was deleted, notes, forms, fields as they are declared, and words about pictures.
SILENT_TAGS = frozenset(
    {"tracked-changes", "note", "forms", "title", "desc", "ruby-text", "sequence-decls", "variable-decls"}
    | {"user-field-decls", "dde-connection-decls", "creator", "date", "creator-initials", "event-listeners"}
)
PARAGRAPH_TAGS = frozenset({"p", "h"})
SPACES = re.compile(r"[ \t\r\n]+")  # one space, however many there are
MOST_SPACES = 100


class OpenText(Manuscript):
    """Text as it is read, and the comments that stand in it, each with its name."""

    def __init__(self, root: Element) -> None:
        self.comments: list[tuple[str, Element]] = []
        self.inside = 0  # paragraphs that are open: what stands outside of all is layout
        self.marked = False  # the next paragraph is an item of a list
        super().__init__(root)

    def read(self, root: Element) -> None:
        """Reads an element and all within it in their order, by a stack of its own."""
        waiting = [(root, True)]
        while waiting:
            element, begins = waiting.pop()
            tag = local_tag(element.tag)
            if begins and tag not in SILENT_TAGS and not (element is not root and self.notes(element, tag)):
                self.opens(element, tag)
                waiting.append((element, False))
                waiting.extend((child, True) for child in reversed(element))
                continue
            if not begins:
                self.close_element(tag)
            if element is not root:
                self.words(element.tail)

    def notes(self, element: Element, tag: str) -> bool:
        """True for signs, comments and their ends, which are noted; all else holds words."""
        if tag == "s":
            count = xml_attribute(element, "c")
            self.say(" " * min(int(count) if count.isascii() and count.isdigit() else 1, MOST_SPACES))
        elif tag in ("tab", "line-break"):
            self.say("\t" if tag == "tab" else "\n")
        elif tag == "annotation":
            name = xml_attribute(element, "name") or f"comment-{len(self.comments) + 1}"
            self.comments.append((name, element))
            self.starts[name] = self.size
        elif tag == "annotation-end":
            if (name := xml_attribute(element, "name")) in self.starts:
                self.anchors[name] = (self.starts[name], self.size)
        else:
            return False
        return True

    def opens(self, element: Element, tag: str) -> None:
        """An element begins, with the words that stand before those within it."""
        if tag in PARAGRAPH_TAGS:
            self.ends()
            self.begin_paragraph(self.marked)
            self.inside, self.marked = self.inside + 1, False
        elif tag == "list-item":
            self.marked = True
        self.words(element.text)

    def close_element(self, tag: str) -> None:
        """An element ends."""
        if tag in PARAGRAPH_TAGS:
            self.inside -= 1
            self.ends()
        elif tag == "list-item":
            self.marked = False

    def words(self, text: str | None) -> None:
        """Words of a paragraph; white space is one space, also where another element has it."""
        if text and self.inside:
            spaced = SPACES.sub(" ", text)
            blank = bool(self.written) and not self.due and self.written[-1][-1:].isspace()
            self.say(spaced.removeprefix(" ") if blank else spaced)
