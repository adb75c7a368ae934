"""Whom a text calls by name, of the people in its thread: a model knows them by numbers, for no other name is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rejoinder.loaders.extract.people.names import ALSO_WORDS, NO_NAMES, SHORTEST, name_key, short_names

WORD = re.compile(r"(@?)([^\W\d_][\w-]*)")
MOST = 10  # names of one text that are told


class Names:
    """The numbers of a thread's authors, by each name that is one's alone."""

    def __init__(self, people: Mapping[str, int]) -> None:
        self.numbers: dict[str, set[int]] = {}
        for author, number in people.items():
            for name in {name_key(author), *short_names(author)}:
                if len(name) >= SHORTEST and name not in NO_NAMES:
                    self.numbers.setdefault(name, set()).add(number)

    def numbers_named_in(self, text: str, writer: str | None) -> dict[str, int]:
        """The names in a text as they stand there, with the numbers of who bears them; without the writer's own.

        What is a word too, or begins with a small letter, is a name only behind "@".
        """
        number_by_word: dict[str, int] = {}
        own = set() if writer is None else {name_key(writer), *short_names(writer)}
        for at, word in WORD.findall(text):
            name = name_key(word)
            if name in own or not (at or (word[0].isupper() and name not in ALSO_WORDS)):
                continue
            numbers = self.numbers.get(name, set())
            if len(numbers) == 1 and len(number_by_word) < MOST:
                number_by_word.setdefault(word, *numbers)
        return number_by_word
