"""The words of a Word document, or of a comment in one, and which of them each comment is anchored to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from rejoinder.loaders.containers.xml import local_tag

# What says nothing: how it looks, what was deleted or moved away, codes of fields, and what is there for old programs.
SILENT_TAGS = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"}
    | {"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"}
)
SIGN_TAGS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
LINE_BEGINNING = re.compile(r"\s*(?:- (?=\S))?")


class Manuscript:
    """Text as it is read: its paragraphs with a blank line between them, items of a list each on a line."""

    def __init__(self, root: Element) -> None:
        self.written: list[str] = []
        self.size = 0
        self.due = ""  # what comes before the next words: the end of the paragraph above, and the mark of an item
        self.in_list = False
        self.starts: dict[str, int] = {}
        self.anchors: dict[str, tuple[int, int]] = {}
        self.read(root)
        self.text = "".join(self.written)

    def anchored_paragraphs(self, name: str, most: int) -> list[str]:
        """The paragraphs, or parts of them, that a comment is anchored to, as far as they have so many characters.

        The first ones only, for many comments may each be anchored to all of a long document.
        """
        lines = (
            LINE_BEGINNING.sub("", line, count=1).rstrip() for line in self.lines(*self.anchors.get(name, (0, 0)), most)
        )
        return cut_paragraphs(filter(None, lines), most)

    def lines(self, at: int, end: int, most: int) -> Iterator[str]:
        """The lines between two places, each and all of them as far as `most` characters can be in need of."""
        for _ in range(2 * most):
            if at >= end:
                break
            after = self.text.find("\n", at, min(end, at + 2 * most))
            stop = after if after >= 0 else min(end, at + 2 * most)
            yield self.text[at:stop]
            at = stop + 1

    def read(self, root: Element) -> None:
        """Reads an element and all within it in their order, by a stack of its own."""
        waiting = [(root, True)]
        while waiting:
            element, begins = waiting.pop()
            tag = local_tag(element.tag)
            if not begins:
                self.ends()
            elif tag in SILENT_TAGS:
                continue
            elif not self.notes(element, tag):
                if tag == "p":
                    self.ends()
                    self.begin_paragraph(is_list_item(element))
                    waiting.append((element, False))
                waiting.extend((child, True) for child in reversed(element))

    def notes(self, element: Element, tag: str) -> bool:
        """True for words, signs and the ends of anchors, which are noted; all else holds them."""
        if tag == "t":
            self.say(element.text or "")
        elif tag in SIGN_TAGS:
            self.say(SIGN_TAGS[tag])
        elif tag == "commentRangeStart":
            self.starts[xml_attribute(element, "id")] = self.size
        elif tag == "commentRangeEnd" and (name := xml_attribute(element, "id")) in self.starts:
            self.anchors[name] = (self.starts[name], self.size)
        else:
            return tag == "commentRangeEnd"
        return True

    def say(self, words: str) -> None:
        """Words of the paragraph; no paragraph begins with white space."""
        if self.due or not self.size:
            words = words.lstrip()
        if words:
            self.written.extend((self.due, words))
            self.size += len(self.due) + len(words)
            self.due = ""

    def begin_paragraph(self, item: bool) -> None:
        """A paragraph begins, which may be an item of a list."""
        between = "\n" if item and self.in_list else "\n\n"
        self.due = (between if self.size else "") + ("- " if item else "")
        self.in_list = item

    def ends(self) -> None:
        """A paragraph ends; what follows it without one of its own is apart from it."""
        self.due = "\n\n" if self.size else ""


def cut_paragraphs(paragraphs: Iterable[str], most: int) -> list[str]:
    """The paragraphs, as far as they are quoted; the one within which that ends is cut at a word.

    >>> cut_paragraphs(["It leaks.", "No, it is dry."], 18)
    ['It leaks.', 'No, it']
    """
    parts, room = list[str](), most
    for paragraph in paragraphs:
        parts.append(paragraph if len(paragraph) <= room else paragraph[:room].rpartition(" ")[0] or paragraph[:room])
        room -= len(paragraph)
        if room <= 0:
            break
    return parts


def is_list_item(paragraph: Element) -> bool:
    """True for an item of a list."""
    form = next((element for element in paragraph if local_tag(element.tag) == "pPr"), None)
    numbers = [] if form is None else [element for element in form.iter() if local_tag(element.tag) == "numId"]
    return any(xml_attribute(number, "val") not in ("", "0") for number in numbers)


def xml_attribute(element: Element, name: str) -> str:
    """An attribute, whatever its namespace; "" where there is none."""
    return next((value for key, value in element.items() if local_tag(key) == name), "").strip()
