"""Small argument maps for tests, written as one line a move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.graph.derived.derive import derive
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import quads
from rejoinder.graph.triples.terms import RJ, Names
from rejoinder.records import (
    ArgumentMap,
    AuthorRef,
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Extraction,
    Kind,
    Method,
    Move,
    MoveRef,
    Span,
    State,
    Target,
    Thread,
    ThreadKey,
    make_claim,
    make_move,
)
from rejoinder.settings import Settings

KEY = ThreadKey("test", "t")
NAMES = Names("https://example.org/")
EXTRACTION = Extraction("test", "1")


@dataclass(frozen=True)
class Line:
    """A comment `name` by `author` that makes one move, in reply to the comment of its target if that stands above.

    Without `words` it is a reaction: a move from its author, and no comment. With `beside` it stands in the comment of
    the line of that name, which has the same author and comes first; with `words_of` it is another move of its words.

    `target` is "root" (the opening claim), the name of a line above (its move), or that of any line with ".claim" or
    ".comment" (its claim, its comment).
    """

    name: str
    kind: Kind
    author: str | None
    target: str
    confidence: float = 0.8
    states: tuple[State, ...] = ()
    replies: bool = True
    words: bool = True
    beside: str = ""
    words_of: str = ""


def lines_of(text: str) -> list[Line]:
    """Lines as a table writes them: name, author ("?" is unknown), kind, target, confidence if not .8; "/" between.

    >>> lines_of("o bob Rebuttal root / a ? Counter o .3")[1].confidence
    0.3
    """
    made = []
    for part in text.split("/"):
        name, author, kind, target, *sure = part.split()
        made.append(Line(name, Kind(kind), None if author == "?" else author, target, float(*sure) if sure else 0.8))
    return made


def discussion_of(
    lines: list[Line], owner: str | None = "ann", key: ThreadKey = KEY, same: Sequence[tuple[str, str]] = ()
) -> tuple[Discussion, ArgumentMap]:
    """The discussion and map of these lines, under an opening claim by `owner`; people say which are the `same`."""
    comments = {"root": Comment(key, "root", "root", author=owner)}
    claims: dict[str, Claim] = {"root": make_claim(key, [Span("root", 0, 4, "root")], owner)}
    moves: dict[str, Move] = {}
    said = {line.name: line.words_of or line.name for line in lines}
    homes = {line.name: line.beside or line.name for line in lines if not line.words_of}
    places = {"root": "root", **{name: homes[words] for name, words in said.items()}}
    texts = {place: " ".join(one for one, home in homes.items() if home == place) for place in places.values()}
    spans = {line.name: _span(said[line.name], places[line.name], texts) for line in lines if line.words}
    claims |= {line.name: make_claim(key, [spans[line.name]], line.author) for line in lines if line.words}
    for line in lines:
        to, _, part = line.target.partition(".")
        place, home = places[line.name], places[to]
        aim: Target = ClaimRef(claims[to].id) if part or to == "root" else MoveRef(moves[to].id)
        aim = CommentRef(home) if part == "comment" else aim
        if not line.words:
            moves[line.name] = reaction(line, aim, home, key)
            continue
        if place == line.name:
            parent = home if line.replies and home in comments else None
            comments[place] = Comment(key, place, texts[place], parent, line.author, states=line.states)
        moves[line.name] = make_move(
            key,
            line.kind,
            [ClaimRef(claims[line.name].id)],
            aim,
            comment=place,
            target_comment=home,
            evidence=[spans[line.name]],
            author=line.author,
            confidence=line.confidence,
            method=Method.RULE,
            cue="test",
            name=line.name,
        )
    for one, other in same:
        moves[f"{one}={other}"] = alike(claims[one], claims[other], key)
    order = sorted(claims.values(), key=lambda one: one.id)
    argument = ArgumentMap(EXTRACTION, tuple(order), tuple(sorted(moves.values(), key=lambda move: move.id)))
    return Discussion(Thread(key), tuple(comments[name] for name in sorted(comments))), argument


def alike(one: Claim, other: Claim, key: ThreadKey) -> Move:
    """What a person says of two claims that say the same."""
    return make_move(
        key,
        Kind.SIMILARITY,
        [ClaimRef(one.id)],
        ClaimRef(other.id),
        comment=one.spans[0].comment,
        target_comment=other.spans[0].comment,
        evidence=one.spans[:1],
        confidence=1.0,
        method=Method.HUMAN,
        cue="judged by ida",
    )


def _span(name: str, place: str, texts: dict[str, str]) -> Span:
    start = f" {texts[place]} ".index(f" {name} ")
    return Span(place, start, start + len(name), name)


def reaction(line: Line, aim: Target, home: str, key: ThreadKey) -> Move:
    """The move that an author makes without words."""
    return make_move(
        key,
        line.kind,
        [AuthorRef(line.author or "")],
        aim,
        comment=None,
        target_comment=home,
        author=line.author,
        confidence=line.confidence,
        method=Method.STRUCTURAL,
        cue="test",
        name=line.name,
    )


def derived(
    lines: list[Line],
    owner: str | None = "ann",
    settings: Settings | None = None,
    same: Sequence[tuple[str, str]] = (),
) -> dict[str, dict[str, set[str]]]:
    """What is derived, by the line's name and the property's local name; moves only, values as local names."""
    discussion, argument = discussion_of(lines, owner, same=same)
    built = build_thread(discussion, argument, NAMES)
    names = {NAMES.move(move.id): move.name or "" for move in argument.moves}
    found: dict[str, dict[str, set[str]]] = {}
    for quad in quads(derive(built.thread, settings or Settings()), NAMES.derived(KEY)):
        subject, value = quad.subject.value, quad.object.value  # type: ignore[union-attr]
        if subject in names:
            values = found.setdefault(names[subject], {}).setdefault(quad.predicate.value.removeprefix(RJ), set())
            values.add(names.get(value, value.removeprefix(RJ).rsplit("/", 1)[-1]))
    return found
