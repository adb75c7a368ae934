"""What an Argdown text states, as records: a comment and a claim a statement, a move a relation and an inference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rejoinder.loaders.argdown.model import ATTACK, CONTRADICTION, SUPPORT, UNDERCUT, Member, Model, Relation
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.records import Comment, Kind, Link, StatedClaim, StatedMove, ThreadKey

Relations = dict[tuple[str, str, str], Relation]
BETWEEN = "\n\n"  # earlier wordings of a statement and the one that counts


def comments_of(model: Model, key: ThreadKey) -> Iterator[tuple[Comment, int]]:
    """A comment a member: all its wordings, the one that counts last; what is never worded says its title."""
    for member in model.members.values():
        if has_comment(model, member):
            text, links, _ = comment_words(member)
            parent = member.parent if member.parent and has_comment(model, model.members[member.parent]) else None
            yield Comment(key, member.key, text, parent=parent, author=member.proponent, links=links), member.line


def claims_of(model: Model, key: ThreadKey) -> Iterator[tuple[StatedClaim, int]]:
    """A claim a statement, and one an argument whose premises and conclusion are not told apart."""
    for member in model.members.values():
        if member.key not in model.steps:
            _, _, start = comment_words(member)
            end = start + min(
                member.chosen_wording.end if member.chosen_wording else len(member.key) - 2, LONGEST_CLAIM
            )
            yield StatedClaim(key, member.key, member.key, start, end), member.line


def has_comment(model: Model, member: Member) -> bool:
    """False for an argument that has nothing but its steps."""
    return member.chosen_wording is not None or member.key not in model.steps


def comment_words(member: Member) -> tuple[str, tuple[Link, ...], int]:
    """The words of a member's comment, its links, and where the wording that counts begins."""
    if member.chosen_wording is None:
        return member.key[1:-1], (), 0
    parts = [wording for wording in member.wordings if wording is not member.chosen_wording] + [member.chosen_wording]
    links, start = list[Link](), 0
    for part in parts:
        links += [Link(start + link.start, start + link.end, link.url) for link in part.links]
        start += len(part.text) + len(BETWEEN)
    text = BETWEEN.join(wording.text for wording in parts)
    return text, tuple(sorted(set(links))), len(text) - len(member.chosen_wording.text)


def moves_of(model: Model, key: ThreadKey) -> Iterator[tuple[StatedMove, int]]:
    """A Support an inference, then a move a relation; an undercut is aimed at every step that its target takes."""
    for steps in model.steps.values():
        for step in steps:
            member = model.members.get(step.argument)
            home = step.argument if member and member.chosen_wording else step.conclusion
            sources = tuple(step.premises)
            yield StatedMove(key, step.key, Kind.SUPPORT, sources, step.conclusion, home), model.members[home].line
    relations = plain_relations(model)
    targets = steps_taken(model, relations)
    for relation in relations.values():
        yield from ((move, relation.line) for move in moves_of_relation(model, relation, relations, targets, key))


def plain_relations(model: Model) -> Relations:
    """The relations, each once; what an argument with steps supports or attacks, its conclusion does.

    An argument may stand under its own conclusion: what it does there, its last inference says.
    """
    relations: Relations = {}
    for relation in model.relations.values():
        source = model.steps[relation.source][-1].conclusion if relation.source in model.steps else relation.source
        if source in model.members and (source == relation.source or source != relation.target):
            relations.setdefault((source, relation.symbol, relation.target), replace(relation, source=source))
    return relations


def words_of_member(model: Model, key: str) -> str:
    """The words that count of a member; of an inference its name."""
    return comment_words(model.members[key])[0] if key in model.members else key


def both_ways(relation: Relation, relations: Relations) -> Iterator[Relation]:
    """The relation; a contradiction both ways, but where the same is said as an attack."""
    back = replace(relation, source=relation.target, target=relation.source)
    for way in (relation, back) if relation.symbol == CONTRADICTION else (relation,):
        if relation.symbol != CONTRADICTION or (way.source, ATTACK, way.target) not in relations:
            yield way


def name_of(relation: Relation) -> str:
    """The name of the move that a relation is, in the notation of Argdown."""
    return f"{relation.source} {relation.symbol} {relation.target}"


def steps_taken(model: Model, relations: Relations) -> dict[str, list[str]]:
    """By member, the moves that an undercut of it is aimed at: what it supports or attacks, else undercuts."""
    direct, cuts = dict[str, list[str]](), dict[str, list[str]]()
    ways = [
        way for relation in relations.values() for way in both_ways(relation, relations) if way.source != way.target
    ]
    for way in sorted(ways, key=lambda relation: (words_of_member(model, relation.target), relation.symbol)):
        into = cuts if way.symbol == UNDERCUT else direct
        into.setdefault(way.source, []).append(name_of(way))
    inner = {step.key: [step.key] for steps in model.steps.values() for step in steps}
    return cuts | direct | inner


def moves_of_relation(
    model: Model, relation: Relation, relations: Relations, targets: dict[str, list[str]], key: ThreadKey
) -> Iterator[StatedMove]:
    """The moves of one relation."""
    name, inference = name_of(relation), relation.target not in model.members or relation.target in model.steps
    if relation.symbol == SUPPORT:
        yield make_move(key, name, Kind.SUPPORT, relation.source, relation.target)
    elif relation.symbol == ATTACK:
        yield make_move(key, name, Kind.UNDERMINE if inference else Kind.REBUTTAL, relation.source, relation.target)
    elif relation.symbol == CONTRADICTION:
        for way in both_ways(relation, relations):
            yield make_move(key, name_of(way), Kind.REBUTTAL, way.source, way.target)
    elif not targets.get(relation.target):
        yield make_move(key, name, Kind.OBJECTION, relation.source, relation.target)
    else:
        for number, target in enumerate(targets[relation.target], start=1):
            yield make_move(key, name if number == 1 else f"{name} {number}", Kind.UNDERCUT, relation.source, target)


def make_move(key: ThreadKey, name: str, kind: Kind, source: str, target: str) -> StatedMove:
    """One move, made where its source stands."""
    return StatedMove(key, name, kind, (source,), target, source)
