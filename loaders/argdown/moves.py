"""What an Argdown text states, as records: a comment and a claim a statement, a move a relation and an inference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rejoinder.loaders.argdown.model import ATTACK, CONTRADICTION, SUPPORT, UNDERCUT, Member, Model, Relation
from rejoinder.loaders.gathering.stated import LONGEST_CLAIM
from rejoinder.records import Comment, Kind, Link, StatedClaim, StatedMove, ThreadKey

Relations = dict[tuple[str, str, str], Relation]
BETWEEN = "\n\n"  # earlier wordings of a statement and the one that counts


def comments_of(model: Model, key: ThreadKey) -> Iterator[tuple[Comment, int]]:
    """A comment a member: all its wordings, the one that counts last; what is never worded says its title."""
    for one in model.members.values():
        if has_comment(model, one):
            text, links, _ = comment_words(one)
            parent = one.parent if one.parent and has_comment(model, model.members[one.parent]) else None
            yield Comment(key, one.key, text, parent=parent, author=one.proponent, links=links), one.line


def claims_of(model: Model, key: ThreadKey) -> Iterator[tuple[StatedClaim, int]]:
    """A claim a statement, and one an argument whose premises and conclusion are not told apart."""
    for one in model.members.values():
        if one.key not in model.steps:
            _, _, start = comment_words(one)
            end = start + min(one.chosen.end if one.chosen else len(one.key) - 2, LONGEST_CLAIM)
            yield StatedClaim(key, one.key, one.key, start, end), one.line


def has_comment(model: Model, member: Member) -> bool:
    """False for an argument that has nothing but its steps."""
    return member.chosen is not None or member.key not in model.steps


def comment_words(member: Member) -> tuple[str, tuple[Link, ...], int]:
    """The words of a member's comment, its links, and where the wording that counts begins."""
    if member.chosen is None:
        return member.key[1:-1], (), 0
    parts = [one for one in member.wordings if one is not member.chosen] + [member.chosen]
    links, start = list[Link](), 0
    for one in parts:
        links += [Link(start + link.start, start + link.end, link.url) for link in one.links]
        start += len(one.text) + len(BETWEEN)
    text = BETWEEN.join(one.text for one in parts)
    return text, tuple(sorted(set(links))), len(text) - len(member.chosen.text)


def moves_of(model: Model, key: ThreadKey) -> Iterator[tuple[StatedMove, int]]:
    """A Support an inference, then a move a relation; an undercut is aimed at every step that its target takes."""
    for steps in model.steps.values():
        for step in steps:
            member = model.members.get(step.argument)
            home = step.argument if member and member.chosen else step.conclusion
            sources = tuple(step.premises)
            yield StatedMove(key, step.key, Kind.SUPPORT, sources, step.conclusion, home), model.members[home].line
    relations = plain_relations(model)
    taken = steps_taken(model, relations)
    for one in relations.values():
        yield from ((move, one.line) for move in moves_of_relation(model, one, relations, taken, key))


def plain_relations(model: Model) -> Relations:
    """The relations, each once; what an argument with steps supports or attacks, its conclusion does.

    An argument may stand under its own conclusion: what it does there, its last inference says.
    """
    found: Relations = {}
    for one in model.relations.values():
        source = model.steps[one.source][-1].conclusion if one.source in model.steps else one.source
        if source in model.members and (source == one.source or source != one.target):
            found.setdefault((source, one.symbol, one.target), replace(one, source=source))
    return found


def words_of_member(model: Model, key: str) -> str:
    """The words that count of a member; of an inference its name."""
    return comment_words(model.members[key])[0] if key in model.members else key


def both_ways(one: Relation, relations: Relations) -> Iterator[Relation]:
    """The relation; a contradiction both ways, but where the same is said as an attack."""
    back = replace(one, source=one.target, target=one.source)
    for way in (one, back) if one.symbol == CONTRADICTION else (one,):
        if one.symbol != CONTRADICTION or (way.source, ATTACK, way.target) not in relations:
            yield way


def name_of(one: Relation) -> str:
    """The name of the move that a relation is, in the notation of Argdown."""
    return f"{one.source} {one.symbol} {one.target}"


def steps_taken(model: Model, relations: Relations) -> dict[str, list[str]]:
    """By member, the moves that an undercut of it is aimed at: what it supports or attacks, else undercuts."""
    direct, cuts = dict[str, list[str]](), dict[str, list[str]]()
    both = [way for one in relations.values() for way in both_ways(one, relations) if way.source != way.target]
    for way in sorted(both, key=lambda one: (words_of_member(model, one.target), one.symbol)):
        into = cuts if way.symbol == UNDERCUT else direct
        into.setdefault(way.source, []).append(name_of(way))
    inner = {step.key: [step.key] for steps in model.steps.values() for step in steps}
    return cuts | direct | inner


def moves_of_relation(
    model: Model, one: Relation, relations: Relations, taken: dict[str, list[str]], key: ThreadKey
) -> Iterator[StatedMove]:
    """The moves of one relation."""
    name, inference = name_of(one), one.target not in model.members or one.target in model.steps
    if one.symbol == SUPPORT:
        yield make_move(key, name, Kind.SUPPORT, one.source, one.target)
    elif one.symbol == ATTACK:
        yield make_move(key, name, Kind.UNDERMINE if inference else Kind.REBUTTAL, one.source, one.target)
    elif one.symbol == CONTRADICTION:
        for way in both_ways(one, relations):
            yield make_move(key, name_of(way), Kind.REBUTTAL, way.source, way.target)
    elif not taken.get(one.target):
        yield make_move(key, name, Kind.OBJECTION, one.source, one.target)
    else:
        for number, target in enumerate(taken[one.target], start=1):
            yield make_move(key, name if number == 1 else f"{name} {number}", Kind.UNDERCUT, one.source, target)


def make_move(key: ThreadKey, name: str, kind: Kind, source: str, target: str) -> StatedMove:
    """One move, made where its source stands."""
    return StatedMove(key, name, kind, (source,), target, source)
