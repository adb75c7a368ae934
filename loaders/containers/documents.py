"""Whole JSON documents and newline-delimited JSON, within bounds of size and depth, with lines to name in errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import ijson

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.broken import TOO_LONG, broken_json_error, json_complaint
from rejoinder.loaders.containers.repeated import Decoder
from rejoinder.loaders.opening.source import BOM, Source
from rejoinder.loaders.values.fields import value_as_shown
from rejoinder.loaders.values.scrub import Scrubber

DOCUMENT_BYTES = 256 * 1024 * 1024
DEEPEST = 10_000
MOST_TRIED = 1_000  # places where a number stands within another
MOST_MISSES = 1_000  # values that may not be found before the search is given up
CHARACTERS_AHEAD = 4 * 1024 * 1024  # code points that are searched for an id, so that looking for many stays linear


@dataclass(slots=True)
class Document:
    """One JSON value, and the text it stands in."""

    name: str
    value: Any
    text: str
    start: int = 0
    _at: int = field(default=0, init=False)
    _line: int = field(default=0, init=False)
    _misses: int = field(default=0, init=False)

    def line(self, key: object) -> int:
        """The line (from 1) where a value such as an id stands; ask in the order of the document.

        Where it is not found ahead of the last answer, that is given again.
        """
        if not self._line:
            self._at, self._line = self.start, self.text.count("\n", 0, self.start) + 1
        if self._misses >= MOST_MISSES or isinstance(key, list | dict):
            return self._line
        for literal in dict.fromkeys((json.dumps(key), json.dumps(key, ensure_ascii=False))):
            place = self._find(literal)
            if place >= 0:
                self._line += self.text.count("\n", self._at, place)
                self._at = place
                break
        else:
            self._misses += 1
        return self._line

    def _find(self, literal: str) -> int:
        """Where it next stands whole: a number is not looked for within another."""
        at, end = self._at, self._at + CHARACTERS_AHEAD
        for _ in range(MOST_TRIED):
            at = self.text.find(literal, at, end)
            if at < 0 or literal.startswith('"'):
                return at
            around = self.text[max(0, at - 1) : at] + self.text[at + len(literal) : at + len(literal) + 1]
            if not any(char.isalnum() or char in '._-"' for char in around):
                return at
            at += len(literal)
        return -1


def json_document(source: Source) -> Document:
    """The one JSON value of the file; raises LoadError if it is none, too large or too deep."""
    text, decoder = document_text(source), Decoder()
    try:
        value = decoder.decode_whole(text)
    except json.JSONDecodeError as error:
        raise broken_json_error(source.name, error) from None
    except ValueError:  # a number of more digits than Python reads
        raise LoadError(source.name, 1, TOO_LONG) from None
    except RecursionError:
        value = parse_deep_json(text, source.name, decoder)
    scrubber = Scrubber()
    decoder.tell_within(scrubber, text, 0)
    source.tell(scrubber.left_out_problems(source.name))
    return Document(source.name, value, text)


def json_documents(source: Source) -> Iterator[Document]:
    """The JSON values that stand one after the other in the file; raises LoadError at the first that is none."""
    text, decoder, scrubber = document_text(source), Decoder(), Scrubber()
    at = skip_space(text, 0)
    while at < len(text):
        try:
            value, end = decoder.value(text, at)
        except json.JSONDecodeError as error:
            raise broken_json_error(source.name, error) from None
        except ValueError:
            raise LoadError(source.name, 1, TOO_LONG) from None
        except RecursionError:
            value, end = parse_deep_json(text[at:], source.name, decoder), len(text)
        decoder.tell_within(scrubber, text, at)
        yield Document(source.name, value, text, at)
        at = skip_space(text, end)
    source.tell(scrubber.left_out_problems(source.name))


def json_lines(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    """The object on each line that is neither blank nor null; what is none, or nests too deep, is a Problem."""
    decoder = Decoder()
    for line in source.lines():
        if isinstance(line, Problem):
            yield line
            continue
        number, raw = line
        text = scrubber.decode_line(raw, number)
        if text.strip() in ("", "null"):
            continue
        try:
            value = decoder.decode_whole(text)
        except RecursionError:
            yield Problem(source.name, number, "expected JSON that is nested less deeply", lost=True)
            continue
        except json.JSONDecodeError as error:
            yield Problem(source.name, number, json_complaint(error), lost=True, column=error.pos + 1)
            continue
        except ValueError:
            yield Problem(source.name, number, TOO_LONG, lost=True)
            continue
        if isinstance(value, dict):
            decoder.tell(scrubber, number)
            yield number, value
        else:
            yield Problem(source.name, number, f"expected a JSON object, got {text[:40]!r}", lost=True)


def objects_in(
    document: Document, several: Iterable[object], name: str, expected: str
) -> Iterator[tuple[int, dict[str, Any]] | Problem]:
    """Each object of a list with its line, where its id of that `name` stands; what is none is a Problem.

    `expected` says what each should be, with an article.
    """
    for item in several:
        if isinstance(item, dict):
            yield document.line(item.get(name)), item
        else:
            wrong = f"expected {expected} (an object), got {value_as_shown(item):.40}"
            yield Problem(document.name, document.line(item), wrong, lost=True)


def document_text(source: Source) -> str:
    """All of the file, as UTF-8 (what is none becomes U+FFFD); raises LoadError if it is too large to hold."""
    with source.open() as file:
        raw = file.read(DOCUMENT_BYTES + 1)
    if len(raw) > DOCUMENT_BYTES:
        raise LoadError(
            source.name, 0, f"expected a JSON document of at most {DOCUMENT_BYTES} bytes; write a line a comment"
        )
    return raw.removeprefix(BOM).decode("utf-8", errors="replace")


class Items(list[Any]):
    """A list that may nest deeper than Python shows: whoever asks for its words, as of an id, gets a stand-in."""

    def __repr__(self) -> str:
        return "[...]"


class Members(dict[str, Any]):
    """An object that may nest deeper than Python shows."""

    def __repr__(self) -> str:
        return "{...}"


def parse_deep_json(text: str, name: str, decoder: Decoder) -> Any:
    """The value of JSON that nests too deep for the parser of the standard library; raises LoadError past 10,000."""
    decoder.fresh_decoder()
    around: list[Items] = [Items()]  # what is open: of an object its keys and values by turns
    try:
        for event, value in ijson.basic_parse(BytesIO(text.encode("utf-8", "surrogatepass")), use_float=True):
            if event in {"start_map", "start_array"}:
                around.append(Items())
            elif event in {"end_map", "end_array"}:
                items = around.pop()
                around[-1].append(items if event == "end_array" else Members(decoder.object(pairs_of(items))))
            else:
                around[-1].append(value)
            if len(around) > DEEPEST + 1:
                raise LoadError(name, 1, f"expected JSON nested at most {DEEPEST} deep")
    except (ijson.JSONError, ValueError):
        raise LoadError(
            name, 1, "expected JSON in which all brackets and strings end, and commas part values"
        ) from None
    return around[0][0]


def pairs_of(items: Items) -> list[tuple[str, Any]]:
    """Keys and values that stand by turns, as pairs."""
    return list(zip(items[::2], items[1::2], strict=True))


def skip_space(text: str, at: int) -> int:
    """The offset of the next character that is no white space, nor the mark of a file that was joined to another."""
    while at < len(text) and text[at] in " \t\r\n\ufeff":
        at += 1
    return at
