"""Triples in the words of the AIF ontology as one AifGraph.

Its classes are `aif:I-node` and so on (Rahwan, Zablith and Reed 2007; AIFdb's RDF). Live files write `aif:Premise` and
its like from the scheme node to the claim, from the claim to the scheme node, or both: it is the scheme node's either
way.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.loaders.aif.jsonld import TYPE, Triple
from rejoinder.records import AifEdge, AifGraph, AifLocution, AifNode, AifPerson, ThreadKey, make_aif_graph

NAMESPACE = re.compile(r"https?://(?:www\.)?(?:arg\.dundee\.ac\.uk|arg\.tech)/aif[#/]")
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
CREATED = "http://purl.org/dc/terms/created"
CLASS = re.compile(r"(I|L|RA|CA|MA|PA|TA|YA)(?:[-_]?[Nn]ode)?")
CLASSES = {"InformationNode": "I", "Locution": "L"}
STEPS, ACT, TRANSITION = frozenset({"RA", "CA", "MA", "PA"}), frozenset({"YA"}), frozenset({"TA"})
TEXTS = ("claimText", "text", "nodeText")
SCHEMES = ("scheme", "schemeName", "usesScheme", "fulfils", "fulfills")
ROUNDS = 20  # how far two blank nodes may be alike before they count as one and the same


@dataclass(frozen=True, slots=True)
class Role:
    """A property: the types of the node whose role it is, and whether the edge leads away from that node."""

    owners: frozenset[str]
    outward: bool


ROLES = {
    **dict.fromkeys(("premise", "haspremise", "conflicting", "conflictingelement"), Role(STEPS, False)),
    **dict.fromkeys(("preferred", "preferredelement"), Role(STEPS, False)),
    **dict.fromkeys(("conclusion", "hasconclusion", "conflicted", "conflictedelement"), Role(STEPS, True)),
    **dict.fromkeys(("dispreferred", "dispreferredelement"), Role(STEPS, True)),
    "locution": Role(ACT, False),
    "anchor": Role(ACT, False),
    "illocutionarycontent": Role(ACT, True),
    "startlocution": Role(TRANSITION, False),
    "endlocution": Role(TRANSITION, True),
}


@dataclass(slots=True)
class Facts:
    """What is said of each subject, by the local name of the property."""

    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    links: list[tuple[str, Role, str]] = field(default_factory=list)

    def add(self, triple: Triple) -> None:
        """Takes one triple; what is no word of AIF is passed over."""
        local = local_name(triple.predicate)
        if triple.predicate == TYPE:
            kind = class_of(triple.object)
            if kind:
                self.types[triple.subject] = min(kind, self.types.get(triple.subject, kind))
        elif local and not triple.literal and local.casefold() in ROLES:
            self.links.append((triple.subject, ROLES[local.casefold()], triple.object))
        elif local or triple.predicate in (LABEL, CREATED):
            self.values[triple.subject][local or triple.predicate].append(triple.object)

    def first_value(self, subject: str, *names: str) -> str | None:
        """The first value under the first of these names that has any, in the order of letters."""
        values_by_name = self.values.get(subject, {})
        return next((min(values_by_name[name]) for name in names if values_by_name.get(name)), None)


def graph_of_triples(key: ThreadKey, triples: Iterable[Triple]) -> tuple[AifGraph | None, list[str]]:
    """The graph, None where no triple describes a node, and what the edges say that lead to what is no node."""
    facts = Facts()
    for triple in triples:
        facts.add(triple)
    for subject in facts.values:
        if subject not in facts.types and facts.first_value(subject, "claimText"):
            facts.types[subject] = "I"
    if not facts.types:
        return None, []
    edges = sorted({edge_of(*link, facts.types) for link in facts.links})
    loose = [f"{source} to {other}" for source, other in edges if source not in facts.types or other not in facts.types]
    kept_edges = [(source, other) for source, other in edges if source in facts.types and other in facts.types]
    ids = names_of(facts, kept_edges)
    nodes = [node_of(ids[subject], kind, subject, facts) for subject, kind in facts.types.items()]
    uttered = [(ids[iri], name) for iri, kind in facts.types.items() if kind == "L" and (name := speaker(iri, facts))]
    graph = make_aif_graph(
        key,
        nodes,
        [AifEdge(f"{ids[source]}-{ids[other]}", ids[source], ids[other]) for source, other in kept_edges],
        [AifLocution(node, name) for node, name in uttered],
        [AifPerson(name, name) for name in {name for _, name in uttered}],
    )
    return graph, loose


def local_name(iri: str) -> str | None:
    """What stands after the namespace of AIF; bare words of JSON-LD count as its own. None for any other IRI."""
    match = NAMESPACE.match(iri)
    if match:
        return iri[match.end() :]
    return iri if ":" not in iri else None


def class_of(iri: str) -> str | None:
    """The type of node that a class stands for, None if for none."""
    local = local_name(iri) or ""
    match = CLASS.fullmatch(local)
    return match[1] if match else CLASSES.get(local)


def edge_of(subject: str, role: Role, value: str, types: Mapping[str, str]) -> tuple[str, str]:
    """The two ends of the edge that a property is, whichever of them is its subject."""
    turned = types.get(subject) not in role.owners and types.get(value) in role.owners
    owner, other = (value, subject) if turned else (subject, value)
    return (owner, other) if role.outward else (other, owner)


def node_of(name: str, kind: str, subject: str, facts: Facts) -> AifNode:
    """The node, with its text and times."""
    scheme = facts.first_value(subject, *SCHEMES)
    text = facts.first_value(subject, *TEXTS, LABEL) or ("" if kind in {"I", "L"} else scheme or kind)
    return AifNode(
        name,
        kind,
        text,
        facts.first_value(subject, "creationDate", CREATED),
        scheme,
        facts.first_value(subject, "schemeId"),
    )


def speaker(subject: str, facts: Facts) -> str | None:
    """Who uttered an L-node; AIFdb repeats all its text where it does not know."""
    name = facts.first_value(subject, "source")
    return None if name == facts.first_value(subject, *TEXTS) else name


def names_of(facts: Facts, edges: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The id of each node: the end of its IRI, or all of it where two end alike; for a blank node see below."""
    short = {iri: re.split(r"[/#:]", iri)[-1] for iri in facts.types if not iri.startswith("_:")}
    unique = len(set(short.values())) == len(short) and all(short.values())
    return {iri: name if unique else iri for iri, name in short.items()} | blank_names(facts, edges)


def blank_names(facts: Facts, edges: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Names of blank nodes that depend on nothing but what is said of them and of what surrounds them.

    Colours are refined by those of the neighbours (Weisfeiler and Leman 1968) until no round tells more nodes apart;
    nodes that stay alike are numbered.
    """
    blanks = sorted(node for node in facts.types if node.startswith("_:"))
    if not blanks:
        return {}
    around: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for source, other in edges:
        around[source].append((">", other))
        around[other].append(("<", source))
    colours = {node: "" if node.startswith("_:") else node for node in facts.types}
    colours |= {blank: digest_of(facts.types[blank], *(all_values(blank, facts))) for blank in blanks}
    for _ in range(ROUNDS):
        finer = {
            blank: digest_of(colours[blank], *sorted(way + colours[end] for way, end in around[blank]))
            for blank in blanks
        }
        done = len(set(finer.values())) == len({colours[blank] for blank in blanks})
        colours |= finer
        if done:
            break
    counts: dict[str, int] = defaultdict(int)
    return dict(names_of_blanks(blanks, colours, counts))


def names_of_blanks(
    blanks: Iterable[str], colours: Mapping[str, str], counts: dict[str, int]
) -> Iterator[tuple[str, str]]:
    """A name for each blank node; equal colours are counted."""
    for blank in blanks:
        counts[colours[blank]] += 1
        yield blank, f"b{colours[blank][:12]}" + (f".{counts[colours[blank]]}" if counts[colours[blank]] > 1 else "")


def all_values(subject: str, facts: Facts) -> Iterator[str]:
    """All values of a node, in order."""
    for name, values in sorted(facts.values.get(subject, {}).items()):
        yield name
        yield from sorted(values)


def digest_of(*parts: str) -> str:
    """A digest of the parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
