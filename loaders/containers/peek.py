"""What the first 64 kB of a file show of its structure: the key paths of JSON, the root element of XML."""

from __future__ import annotations

import json
import re
from functools import lru_cache

LINES_PATH = "(lines)"  # stands among the paths of a file that holds several values one after the other
DEEPEST = 100
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}:,"]|[^\s\[\]{}:,"]++', re.DOTALL)
PROLOGUE = re.compile(r"\s*(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*+-->\s*)*+")
ROOT = re.compile(r"<([^\s/<>!?]+)([^<>]*)")
NAMESPACE = re.compile(r"""xmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")


@lru_cache(maxsize=8)
def json_paths(head: str) -> frozenset[str]:
    """The paths of all keys in JSON whose end may be cut off; "[]" stands for every element of a list.

    "(lines)" is among them where a second value follows the first, as in newline-delimited JSON.

    >>> sorted(json_paths('{"post": {"id": 1, "replies": [{"id": 2, "te'))
    ['post', 'post.id', 'post.replies', 'post.replies[].id']
    """
    if not head.lstrip().startswith(("{", "[")):
        return frozenset()
    walk = PathWalk()
    for match in TOKEN.finditer(head):
        if match[0] == '"' or not walk.step(match[0]):
            break
    return frozenset(walk.found)


def json_objects(head: str) -> list[set[str]]:
    """The keys of each object in JSON whose end may be cut off; all elements of a list count as one object.

    >>> [sorted(keys) for keys in json_objects('{"post": {"id": 1, "text": "No."}}')]
    [['post'], ['id', 'text']]
    """
    keys_by_path: dict[str, set[str]] = {}
    for path in sorted(json_paths(head)):
        around, _, key = path.rpartition(".")
        keys_by_path.setdefault(around, set()).add(key)
    return list(keys_by_path.values())


class PathWalk:
    """A walk over the tokens of JSON that notes the path of each key."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.within: list[tuple[str, bool]] = []  # each open object (True) or list: the path of what is in it
        self.path = ""
        self.at_key = False
        self.values = 0

    def step(self, token: str) -> bool:
        """Takes one token; False where it nests too deep to go on."""
        if not self.within and self.values:
            self.found.add(LINES_PATH)
        if token in "{[":
            self.path += "[]" if token == "[" else ""
            self.within.append((self.path, token == "{"))
            self.at_key = token == "{"
        elif token in "}]":
            self.close()
        elif token == "," and self.within:
            self.path, self.at_key = self.within[-1]
        elif self.at_key and token.startswith('"'):
            self.note(token)
        return len(self.within) <= DEEPEST

    def close(self) -> None:
        """The end of an object or list."""
        if self.within:
            self.within.pop()
        self.path, self.at_key = (self.within[-1][0] if self.within else ""), False
        self.values += not self.within

    def note(self, token: str) -> None:
        """A key."""
        try:
            key = str(json.loads(token, strict=False))
        except ValueError:
            key = token.strip('"')
        self.path = f"{self.within[-1][0]}.{key}" if self.within[-1][0] else key
        self.found.add(self.path)
        self.at_key = False


@lru_cache(maxsize=8)
def xml_root(head: str) -> str | None:
    """The name of the root element, "{namespace}local" or "local"; None where this is no XML, or has a DOCTYPE.

    >>> xml_root('<?xml version="1.0"?><!-- made by hand --><a:feed xmlns:a="urn:x" version="2">')
    '{urn:x}feed'
    """
    begin = PROLOGUE.match(head)
    root = ROOT.match(head, begin.end() if begin else 0)
    if root is None:
        return None
    prefix, _, local = root[1].rpartition(":")
    spaces = {declaration[0]: declaration[1] for declaration in NAMESPACE.findall(root[2])}
    return f"{{{spaces[prefix]}}}{local}" if spaces.get(prefix) else local
