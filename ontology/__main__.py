"""Prints the reference tables of terms and shapes, or writes them into the page that is named."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import Node

from rejoinder.ontology import PREFIXES, RJ, ontology, shapes

MARK = "<!-- Below this line: written by `python -m rejoinder.ontology docs/ontology.md`. -->\n"
TABLE_CLASSES = {
    "Classes": (OWL.Class,),
    "Properties": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
    "Individuals": (RJ.Coverage, RJ.State, RJ.Method, RJ.Verdict, RJ.Label, RJ.Level),
}


def main(arguments: list[str]) -> None:
    """Print the tables, or replace what stands below the mark of a page."""
    if not arguments:
        print(reference())
        return
    page = Path(arguments[0])
    page.write_text(with_reference(page.read_text(encoding="utf-8")), encoding="utf-8")


def with_reference(page: str) -> str:
    """A page with the tables below its mark, whatever stood there before."""
    return page.partition(MARK)[0] + MARK + "\n" + reference()


def reference() -> str:
    """All tables as Markdown, in the order of names."""
    parts = [
        f"## {title}\n\n" + markdown_table(("term", *TERM_HEAD), terms(*kinds))
        for title, kinds in TABLE_CLASSES.items()
    ]
    parts.append(
        "## Shapes\n\n" + markdown_table(("shape", "checks", "severity", "what to mend"), shape_rows(shapes()))
    )
    return "\n".join(parts)


TERM_HEAD = ("is a", "definition", "example")


def terms(*kinds: URIRef) -> Iterator[tuple[str, ...]]:
    """One row for each term of the ontology that is an instance of one of the kinds."""
    graph = ontology()
    for term in sorted({subject for kind in kinds for subject in graph.subjects(RDF.type, kind)}, key=str):
        relations = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.range)
        above = sorted([parent for by in relations for parent in graph.objects(term, by)], key=str)
        kind = above or [class_ for class_ in graph.objects(term, RDF.type) if str(class_).startswith(str(RJ))]
        example = str(graph.value(term, SKOS.example))
        yield (
            term_as_code(term),
            ", ".join(map(term_as_code, kind)),
            str(graph.value(term, SKOS.definition)),
            f"`{example}`",
        )


def shape_rows(graph: Graph) -> Iterator[tuple[str, ...]]:
    """One row for each shape; the messages of the property shapes inside it follow its own."""
    for shape in sorted(set(graph.subjects(SH.targetClass)), key=str):
        targets = ", ".join(term_as_code(target) for target in sorted(graph.objects(shape, SH.targetClass), key=str))
        inner = sorted(str(graph.value(inner_shape, SH.message)) for inner_shape in graph.objects(shape, SH.property))
        message = " ".join([str(graph.value(shape, SH.message)), *inner])
        late = " (after derive)" if graph.value(shape, RJ.afterDerive) else ""
        yield (
            term_as_code(shape),
            targets + late,
            short_name(graph.value(shape, SH.severity)).partition(":")[2],
            message,
        )


def term_as_code(term: Node) -> str:
    """A term as code, with its prefix."""
    return f"`{short_name(term)}`"


def short_name(term: Node | None) -> str:
    """A term with its prefix.

    >>> short_name(RJ.Claim)
    'rj:Claim'
    """
    for prefix, space in {**PREFIXES, "sh": str(SH)}.items():
        if str(term).startswith(str(space)):
            return f"{prefix}:{str(term).removeprefix(str(space))}"
    return str(term)


def markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1:])
