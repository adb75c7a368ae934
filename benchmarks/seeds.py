"""Which paragraphs of flattened dumps are said to be quoted, and which to object, held against a list made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.runs import answer

GOLD = Path(__file__).parent / "seeds.tsv"
MOVES = """PREFIX rj: <https://w3id.org/rejoinder/ns#>
PREFIX sioc: <http://rdfs.org/sioc/ns#>
SELECT DISTINCT ?text ?kind ?exact WHERE {
  VALUES ?kind { rj:Quotation rj:Objection }
  ?move a ?kind ; rj:inComment/sioc:content ?text ; rj:evidence/rj:exact ?exact . }"""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a dump: its words, and the roles that fit, the best first."""

    text: str
    roles: tuple[str, ...]


def paragraphs(gold: Path, files: Iterable[Path]) -> Iterator[Paragraph]:
    """The paragraphs of the list, found in the files by the beginning of their names and their line numbers."""
    lines = {path.name[:3]: path.read_text(encoding="utf-8").splitlines() for path in files}
    for line in gold.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            file, number, roles, *_ = line.split("\t")
            yield Paragraph(lines[file][int(number) - 1].strip(), tuple(roles.split("|")))


def found_in(command: Sequence[str], store: Path) -> tuple[set[str], set[str]]:
    """The paragraphs of a store that are mostly quoted, and those that object."""
    query = store.parent / "roles.rq"
    query.write_text(MOVES, encoding="utf-8")
    rows = json.loads(answer([*command, "query", "--store", str(store), "--format", "json", str(query)]))
    quoted, objecting = set[str](), set[str]()
    for row in rows["results"]["bindings"]:
        text, kind, exact = (row[name]["value"] for name in ("text", "kind", "exact"))
        if kind.endswith("Objection"):
            objecting.add(text.strip())
        elif 2 * len(exact) >= len(text):
            quoted.add(text.strip())
    return quoted, objecting


def shares(gold: Sequence[Paragraph], role: str, said_texts: set[str]) -> dict[str, float | None]:
    """Precision and recall of a role: right where it is among those that fit, missed where it fits best.

    Where nothing is said to have the role, there is no precision (None).
    """
    predicted = [paragraph for paragraph in gold if paragraph.text in said_texts]
    wanted = [paragraph for paragraph in gold if paragraph.roles[0] == role]
    r = sum(paragraph.text in said_texts for paragraph in wanted) / max(1, len(wanted))
    p = sum(role in paragraph.roles for paragraph in predicted) / len(predicted) if predicted else None
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p and r else 0.0, "n": len(wanted)}


def scored(
    command: Sequence[str], store: Path, gold: Path, files: Sequence[Path]
) -> dict[str, dict[str, float | None]]:
    """Precision and recall of quoted paragraphs and of objections in a store that holds the files."""
    listed = list(paragraphs(gold, files))
    quoted, objecting = found_in(command, store)
    return {"quote": shares(listed, "quote", quoted), "objection": shares(listed, "objection", objecting)}
