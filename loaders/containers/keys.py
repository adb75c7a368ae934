"""The keys that stand together at each place in the beginning of a file of JSON or XML."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from rejoinder.loaders.containers.peek import LINES_PATH, json_paths

TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>")
ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]*)\s*=")
NO_ELEMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)


def json_records(head: str) -> dict[str, list[str]]:
    """The keys of the objects at each place: those directly there, and those of an object within (`user.name`)."""
    keys_by_path: dict[str, dict[str, None]] = defaultdict(dict)
    paths = json_paths(head) - {LINES_PATH}
    objects = {path.rpartition(".")[0] for path in paths}
    for path in sorted(paths - objects):
        where, _, key = path.rpartition(".")
        keys_by_path[where][key] = None
        outer, _, inner = where.rpartition(".")
        if inner == "[]":
            continue
        if inner.endswith("[]"):
            keys_by_path[outer][inner] = None
        elif inner:
            keys_by_path[outer][f"{inner}.{key}"] = None
    return {("" if where == "[]" else where): list(keys) for where, keys in keys_by_path.items()}


def xml_records(head: str) -> dict[str, list[str]]:
    """Attributes and elements that stand directly in each element."""
    keys_in: dict[str, dict[str, None]] = defaultdict(dict)
    within, inside = list[str](), Counter[str]()
    for ends, name, attributes in TAG.findall(NO_ELEMENT.sub("", head)):
        if ends:
            close_element(name, within, inside)
            continue
        local = name.rpartition(":")[2]
        if within:
            keys_in[within[-1].rpartition(":")[2]][local] = None
        keys_in[local].update(dict.fromkeys("@" + item.rpartition(":")[2] for item in ATTRIBUTE.findall(attributes)))
        if not attributes.endswith("/"):
            within.append(name)
            inside[name] += 1
    return {where: list(keys) for where, keys in keys_in.items()}


def close_element(name: str, within: list[str], inside: Counter[str]) -> None:
    """Closes the innermost element of that name and those in it; none where none is open. `inside` counts the open."""
    closed = "" if inside[name] else name
    while closed != name:
        closed = within.pop()
        inside[closed] -= 1
