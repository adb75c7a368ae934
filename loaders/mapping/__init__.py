"""Field maps: which part of a source's record is the id, the parent, the author, the words, and so on.

A record is what JSON, CSV or XML gives: keys with values that may hold further keys. A FieldMap names, for each thing
that Rejoinder keeps of a comment, the path to it; `comment_of` follows the paths. A loader whose format is such records
needs little more than a map:

    MAP = FieldMap(id="id", parent="reply_to", author="user.name", created="date", text="body", markup="html")

    def load(source: Source) -> Iterator[Found | Problem]:
        scrubber = Scrubber()

        def read(record: Mapping[str, object], line: int) -> list[Comment]:
            return [comment_of(record, MAP, line=line, scrubber=scrubber, home=HOME)]

        yield from read_items(json_lines(source, scrubber), read, source.name)

A path is keys joined by dots: `user.name`. `[0]` and `[-1]` take an element of a list (`references[-1]`), `[]` goes
through all of them (only in `records` and `children`), `@name` is an XML attribute, `a|b` is the first of both that is
there, and a value in quotes, `"club"`, is the same for every record. A path that a record has as a key, letter by
letter, is that key, dots and all. A backslash takes the meaning off the character after it. `$.title` starts at the
whole document, where there is one (`document` of `comment_of`), not at the record.
"""

from rejoinder.loaders.mapping.comments import MARKUPS, STATES, comment_of, descendants, thread_of
from rejoinder.loaders.mapping.field_map import NO_PATHS, FieldMap
from rejoinder.loaders.mapping.paths import ALL, CONSTANT, every_value, path_alternatives, path_steps, pick, walk_path
from rejoinder.loaders.mapping.values import as_moment, as_number, as_scalar, split_condition

__all__ = [
    "ALL",
    "CONSTANT",
    "MARKUPS",
    "NO_PATHS",
    "STATES",
    "FieldMap",
    "as_moment",
    "as_number",
    "as_scalar",
    "comment_of",
    "descendants",
    "every_value",
    "path_alternatives",
    "path_steps",
    "pick",
    "split_condition",
    "thread_of",
    "walk_path",
]
