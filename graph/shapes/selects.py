"""The `sh:select` queries of shapes: written out without prefixes, and freed of the focus node they are asked for."""

from __future__ import annotations

import re

from rdflib import SH, Graph
from rdflib.term import Node

from rejoinder.graph.shapes.notation import NotCompiled

WORD = re.compile(
    r'#[^\n]*|<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]|\\.)*"|[?$]\w+|[\w:.-]*\w|\S',
    re.DOTALL,
)
CIRCLE = re.compile(r"SELECT [$?]this \?value WHERE \{ [$?]this (<[^>]*>) \?value \. \?value \1 \* [$?]this \. \}")
UNFREE_KEYWORDS = {"MINUS", "VALUES", "SERVICE", "GRAPH", "UNION", "ORDER", "LIMIT", "OFFSET"}


def match_circle(select: str) -> re.Match[str] | None:
    """Matches a sh:select that only walks one predicate, group 1, from $this back to $this."""
    return CIRCLE.fullmatch(" ".join(WORD.findall(select)))


def free_group_start(select: str) -> int:
    """Where a sh:select's outer group opens; raises NotCompiled unless leaving $this free keeps its meaning.

    It does where the only inner groups are those of EXISTS, which see the row they filter, and of OPTIONAL, which join
    with it, and where rows are grouped by $this or not at all.
    """
    words = [match for match in WORD.finditer(select) if not match[0].startswith("#")]
    upper = [match[0].upper() for match in words]
    unfree = UNFREE_KEYWORDS.intersection(upper) | ({"SELECT"} if upper.count("SELECT") > 1 else set())
    if unfree:
        raise NotCompiled(f"sh:select with {', '.join(sorted(unfree))}")
    opened = upper.index("{")
    for place, word in enumerate(upper):
        if word == "{" and place != opened and upper[place - 1] not in {"EXISTS", "OPTIONAL"}:
            raise NotCompiled("sh:select with a group that is neither of EXISTS nor of OPTIONAL")
    check_grouping(upper)
    return words[opened].end()


def check_grouping(words: list[str]) -> None:
    """Raises NotCompiled where rows of different focus nodes would fall into one group."""
    after = words[len(words) - words[::-1].index("}") :]
    by = after[after.index("BY") + 1 :] if "BY" in after else []
    if after and not {"$THIS", "?THIS"} & set(by[: by.index("HAVING") if "HAVING" in by else None]):
        raise NotCompiled("sh:select that is not grouped by $this")
    head = words[: words.index("{")]
    if not {"$THIS", "?THIS"} & set(head) or "AS" in head:
        raise NotCompiled("sh:select that does not project $this, or computes what it projects")


def declared_prefixes(graph: Graph, constraint: Node) -> dict[str, str]:
    """The prefixes declared for a SPARQL constraint."""
    return {
        str(graph.value(declaration, SH.prefix)): str(graph.value(declaration, SH.namespace))
        for owner in graph.objects(constraint, SH.prefixes)
        for declaration in graph.objects(owner, SH.declare)
    }


def expand_prefixes(select: str, declared: dict[str, str]) -> str:
    """A query with its prefixed names written out as IRIs, and its comments left out.

    >>> expand_prefixes('SELECT $this WHERE { $this x:a "x:b" }', {"x": "urn:x:"})
    'SELECT $this WHERE { $this <urn:x:a> "x:b" }'
    """

    def written_out(word: re.Match[str]) -> str:
        prefix, colon, name = word[0].partition(":")
        if word[0].startswith("#"):
            return ""
        return f"<{declared[prefix]}{name}>" if colon and prefix in declared else word[0]

    return WORD.sub(written_out, select)
