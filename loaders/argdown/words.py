"""The inline notation of Argdown: what is bold, linked, tagged, mentioned or a comment, scanned in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rejoinder.records import Link

LONGEST_DATA = 10_000
LONGEST_LINK = 2_000
PLAIN = re.compile(r"[^\\@#*_\[<{/\n]+")
SPACE = re.compile(r"\s+")
WORD_TAG = re.compile(r"#[\w-]+")
MARK_ENDS = re.compile(r"[ \t\r\n)}_.,!?;:*-]|\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a statement: plain, or leading to a URL, or a tag."""

    text: str
    url: str | None = None
    tag: bool = False


@dataclass(slots=True)
class Words:
    """The words of one statement as they are scanned: pieces, emphasis not closed yet, `{data}`."""

    pieces: list[Piece] = field(default_factory=list)
    held_characters: list[str] = field(default_factory=list)  # plain characters that are no piece yet
    marks: list[tuple[str, int]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Plain characters."""
        self.held_characters.append(text)

    def put(self, piece: Piece) -> None:
        """A piece of its own, after the plain characters before it."""
        if self.held_characters:
            self.pieces.append(Piece("".join(self.held_characters)))
            self.held_characters.clear()
        self.pieces.append(piece)

    def mark(self, sign: str, rest: str) -> int:
        """An emphasis sign at the head of `rest` closes, opens or is a character; returns how much of it is taken."""
        for size in (2, 1):
            closes = self.marks and self.marks[-1][0] == sign * size and rest.startswith(sign * size)
            if closes and MARK_ENDS.match(rest, size):
                self.pieces[self.marks.pop()[1]] = Piece("")
                return size
        size = 2 if rest.startswith(sign * 2) else 1
        if rest[size : size + 1].strip():
            self.put(Piece(sign * size))
            self.marks.append((sign * size, len(self.pieces) - 1))
        else:
            self.add(sign * size)
        return size

    def collapsed_text(self) -> tuple[str, int, tuple[Link, ...]]:
        """The text with white space collapsed, where the tags at its end begin, and its links."""
        parts, links, length, end = list[str](), list[Link](), 0, 0
        self.put(Piece(""))
        for piece in self.pieces:
            text = SPACE.sub(" ", piece.text)
            text = text.lstrip() if not length or parts[-1].endswith(" ") else text
            if not text:
                continue
            if piece.url and text.strip():
                links.append(Link(length, length + len(text.rstrip()), piece.url))
            parts.append(text)
            length += len(text)
            if not piece.tag and text.strip():
                end = length
        joined = "".join(parts)
        body = joined[:end].rstrip() or joined.rstrip()
        return joined.rstrip(), len(body), tuple(links)


class LookAhead:
    """Finds strings ahead of a place that only moves forward; all searches together read the text once a string."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[tuple[str, str], tuple[int, int]] = {}

    def find(self, mark: str, start: int, reason: str = "") -> int:
        """Where it next stands at or after `start`; the length of the text where it does not.

        Each reason to ask must ask in the order of the text, or what was found is of no use to the next.
        """
        asked_from, place = self.known.get((mark, reason), (len(self.text) + 1, -1))
        if asked_from <= start <= place:
            return place
        place = self.text.find(mark, start)
        place = len(self.text) if place < 0 else place
        self.known[mark, reason] = start, place
        return place


class Inline:
    """Scans the inline notation of a whole text; `at` is the next character."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ahead = LookAhead(text)
        self.closing = brace_partners(text)

    def line(self, words: Words) -> None:
        """Reads up to the end of the line, or further where something that spans lines began on it."""
        while self.at < len(self.text) and self.text[self.at] != "\n":
            plain = PLAIN.match(self.text, self.at)
            if plain:
                words.add(plain[0])
                self.at = plain.end()
            else:
                self.special(self.text[self.at], words)

    def special(self, sign: str, words: Words) -> None:
        """What a character with a meaning of its own begins; one that begins nothing is itself."""
        if sign in "*_":
            self.at += words.mark(sign, self.text[self.at : self.at + 3])
        elif sign == "\\" and self.text[self.at + 1 : self.at + 2].strip():
            words.add(self.text[self.at + 1])
            self.at += 2
        elif sign == "@" and self.mention() > self.at:
            words.add(self.text[self.at : self.mention()])
            self.at = self.mention()
        elif not self.notation(sign, words):
            words.add(sign)
            self.at += 1

    def notation(self, sign: str, words: Words) -> bool:
        """Reads a comment, link, tag or data, if it begins here."""
        if sign in "/<":
            return self.comment()
        if sign == "[":
            return self.link(words)
        return self.tag(words) if sign == "#" else sign == "{" and self.brace(words)

    def comment(self) -> bool:
        """Passes over a comment, if one begins here."""
        for begin, end, size in (("//", "\n", 0), ("/*", "*/", 2), ("<!--", "-->", 3)):
            if self.text.startswith(begin, self.at):
                place = self.ahead.find(end, self.at + len(begin))
                if place < len(self.text) or begin == "//":
                    self.at = min(place + size, len(self.text))
                    return True
        return False

    def link(self, words: Words) -> bool:
        """Reads `[words](url)`, if it begins here."""
        middle = self.ahead.find("]", self.at)
        end = self.ahead.find(")", middle, "link") if self.text.startswith("](", middle) else len(self.text)
        if end == len(self.text) or end - self.at > LONGEST_LINK:
            return False
        label, url = self.text[self.at + 1 : middle], self.text[middle + 2 : end].strip()
        if not label.strip() or not url:
            return False
        words.put(Piece(label, url))
        self.at = end + 1
        return True

    def tag(self, words: Words) -> bool:
        """Reads `#tag` or `#(a tag)`, if it begins here."""
        match = WORD_TAG.match(self.text, self.at)
        end = match.end() if match else self.at
        if self.text.startswith("#(", self.at):
            end = min(self.ahead.find(")", self.at) + 1, self.end_of_line())
        if end <= self.at or (self.text[self.at + 1] == "(" and self.text[end - 1] != ")"):
            return False
        words.put(Piece(self.text[self.at : end], tag=True))
        self.at = end
        return True

    def brace(self, words: Words) -> bool:
        """Reads `{data}`, if it begins here."""
        end = self.closing.get(self.at, -1)
        if not self.at < end <= self.at + LONGEST_DATA:
            return False
        words.data.append(self.text[self.at : end + 1])
        self.at = end + 1
        return True

    def mention(self) -> int:
        """Where `@[title]` or `@<title>` ends that begins here, or here."""
        close = {"[": "]", "<": ">"}.get(self.text[self.at + 1 : self.at + 2])
        end = self.ahead.find(close, self.at) + 1 if close else self.at
        return end if end <= self.end_of_line() else self.at

    def end_of_line(self) -> int:
        """The offset of the next line end."""
        return self.ahead.find("\n", self.at)


def brace_partners(text: str) -> dict[int, int]:
    """The offset of the brace that closes each brace; those that nothing closes are not in it."""
    partners, waiting = dict[int, int](), list[int]()
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            waiting.append(match.start())
        elif waiting:
            partners[waiting.pop()] = match.start()
    return partners
