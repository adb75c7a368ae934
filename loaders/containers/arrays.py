"""JSON whose records lie in one long array or object: one by one, with their lines, never all of them in memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Sequence
from typing import Any

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.broken import TOO_LONG, broken_json_error
from rejoinder.loaders.containers.repeated import Decoder
from rejoinder.loaders.opening.source import BOM, LINE_BYTES, Source
from rejoinder.loaders.values.scrub import REPLACEMENT, Scrubber, WrittenReplacements

CHUNK = 262_144
SHOWN = 12  # keys that an error lists


def array_elements(source: Source, path: Sequence[str], scrubber: Scrubber) -> Iterator[tuple[int, Any]]:
    """The elements of the array that these keys lead to from the root, each with the line where it begins.

    Memory holds one element. Raises LoadError where there is no such array, where the JSON is malformed, and for an
    element of more than 64 MB or nested too deep; the elements before it have been given.
    """
    reader = JsonReader(source, scrubber)
    with reader.file:
        for depth in range(len(path)):
            reader.enter(path[: depth + 1])
        reader.skip("[", f"an array{path_words(path)}")
        while reader.next() != "]":
            line = reader.line
            yield line, reader.value()
            if reader.next() != "]":
                reader.skip(",", '"," or "]" after an element')


def object_members(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, str, Any]]:
    """The keys and values of the object that the file is, each with its line; LoadError as of `array_elements`."""
    reader = JsonReader(source, scrubber)
    with reader.file:
        reader.skip("{", "an object")
        while reader.next() != "}":
            line, key = reader.line, reader.value()
            reader.skip(":", f"a colon after {key!r}")
            reader.next()
            yield line, str(key), reader.value()
            if reader.next() != "}":
                reader.skip(",", f'"," or "}}" after the value of {key!r}')


def path_words(path: Sequence[str]) -> str:
    """Where a path leads to, for an error."""
    return f" at {'.'.join(path)}" if path else ""


class JsonReader:
    """JSON text as far as it is needed, and the line that has been reached."""

    def __init__(self, source: Source, scrubber: Scrubber) -> None:
        self.name, self.file, self.scrubber = source.name, source.open(), scrubber
        self.decoder = Decoder()
        self.decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self.text, self.place, self.line, self.over = "", 0, 1, False
        self.written = WrittenReplacements()
        self.before = 0  # characters of the line that stand before the text
        if self.file.peek(len(BOM)).startswith(BOM):
            self.file.read(len(BOM))

    def next(self) -> str:
        """The next character that is no white space; raises LoadError at the end."""
        while True:
            while self.place < len(self.text):
                char = self.text[self.place]
                if char not in " \t\r\n":
                    return char
                self.line += char == "\n"
                self.place += 1
            if not self.fill():
                raise self.error("expected more JSON, but here the file ends: is it complete?")

    def skip(self, char: str, expected: str) -> None:
        """Goes over a character; raises LoadError if another stands there."""
        if (actual := self.next()) != char:
            raise self.error(f"expected {expected}, got {actual!r}")
        self.place += 1

    @property
    def column(self) -> int:
        """The column (from 1) that has been reached."""
        line = self.text.rfind("\n", 0, self.place)
        return self.place - line if line >= 0 else self.before + self.place + 1

    def error(self, message: str) -> LoadError:
        """The error at this place."""
        return LoadError(self.name, self.line, message, column=self.column)

    def enter(self, path: Sequence[str]) -> None:
        """Goes to the value of the last key of the path, within the object that begins here."""
        self.skip("{", f"an object{path_words(path[:-1])}")
        keys: list[str] = []
        while self.next() != "}":
            key = self.value()
            self.skip(":", f"a colon after {key!r}")
            self.next()
            if key == path[-1]:
                return
            keys.append(str(key))
            self.value()
            if self.next() != "}":
                self.skip(",", f'"," or "}}" after the value of {key!r}')
        seen = ", ".join(keys[:SHOWN]) or "nothing"
        raise LoadError(self.name, self.line, f"expected a key {path[-1]!r}{path_words(path[:-1])}, which holds {seen}")

    def value(self) -> Any:
        """The value that begins here."""
        while True:
            try:
                value, end = self.decoder.value(self.text, self.place)
            except RecursionError:
                raise LoadError(self.name, self.line, "expected JSON that is nested less deeply") from None
            except json.JSONDecodeError as error:
                if not self.fill():
                    line = self.line + self.text.count("\n", self.place, error.pos)
                    raise broken_json_error(self.name, error, line=line, before=self.before) from None
            except ValueError:
                raise self.error(TOO_LONG) from None
            else:
                if end < len(self.text) or not self.fill():
                    self.decoder.tell_within(self.scrubber, self.text, self.place, self.line)
                    self.line += self.text.count("\n", self.place, end)
                    self.place = end
                    return value

    def fill(self) -> bool:
        """Holds at least twice as much text from this place on; False if there is no more."""
        if self.over:
            return False
        if len(self.text) - self.place > LINE_BYTES:
            raise LoadError(self.name, self.line, f"expected an element of at most {LINE_BYTES} characters")
        raw = self.file.read(max(CHUNK, len(self.text) - self.place))
        self.over = not raw
        more = self.decode(raw, self.over)
        if self.over and not more:
            return False
        self.before = self.column - 1
        self.text, self.place = self.text[self.place :], 0
        if wrong := max(0, more.count(REPLACEMENT) - self.written.count(raw)):
            self.scrubber.count_replaced(wrong, self.line)
        self.text += more
        return True
