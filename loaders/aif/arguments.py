"""What an AIF graph says, as our records: comments of its locutions, claims of I-nodes, moves of RA, CA and MA-nodes.

Inference Anchoring Theory (Budzynska and Reed 2011) has a person utter an L-node, which a YA-node anchors in the
I-node that it asserts; TA-nodes lead from one locution to the next. What has no counterpart here stays in the graph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, chain, count, islice

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.cycles import cycle_cuts
from rejoinder.loaders.fields import iso
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.source import STDIN, Source
from rejoinder.loaders.stated import LONGEST_CLAIM, accepted_moves
from rejoinder.records import (
    AifGraph,
    AifLocution,
    AifNode,
    Comment,
    Found,
    Kind,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
    natural,
)

SITE = "aif"
KINDS = {"RA": Kind.SUPPORT, "CA": Kind.REBUTTAL, "MA": Kind.SIMILARITY}
STEPS = {*KINDS, "PA"}
SPEECH = {"L", "YA", "TA"}
UNSORTED = ""  # arguebuf's scheme node whose sort is not known
SPEAKER = re.compile(r"\s*+([^:\n]{1,60}?) : ")  # as OVA writes a locution: "Ann Lee : We should wait."
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)")
SECONDS = re.compile(r"\d{9,11}")
UNSET = "0000-00-00"
MOST_PLACES = 100  # at which the words of a claim are looked for within longer words
MOST_ENDS = 10_000  # of the moves of one node: each of its premises may meet each of its conclusions


@dataclass(frozen=True, slots=True)
class Mapped:
    """The records made of one graph, and the ids of the scheme nodes that make no move here."""

    comments: dict[str, Comment]
    claims: dict[str, StatedClaim]
    moves: dict[str, StatedMove]
    left: tuple[str, ...]


def found(graph: AifGraph, thread: Thread, source: Source, lines: Mapping[str, int]) -> Iterator[Found | Problem]:
    """The thread, its graph, and what is made of it; one problem tells of the scheme nodes that make no move.

    `lines` says where each node stands. Raises LoadError where nothing is said or claimed.
    """
    made = mapped(graph)
    if not made.comments:
        raise LoadError(source.name, 1, "expected I-nodes or locutions with words in them, got none")
    yield Found(thread, source.name, 1)
    yield Found(graph, source.name, 1)
    for part in (made.comments, made.claims, made.moves):
        for name, record in part.items():
            yield Found(record, source.name, lines.get(name, 0))
    if made.left:
        names = f"{len(made.left)} scheme nodes make no move here (they lack an end, or join equals), the first "
        message = f"{names}{made.left[0]!r}; they are kept for an export to AIF"
        yield Problem(source.name, lines.get(made.left[0], 0), message, lost=False)


def thread_of(source: Source, scrubber: Scrubber, url: str | None = None) -> Thread:
    """The thread, named by the file alone, for AIF gives a graph no name; standard input by its content."""
    name = scrubber.text(source.thread_name(), 0)
    return Thread(ThreadKey(SITE, name), "standard input" if source.name == STDIN else name, url)


def mapped(graph: AifGraph) -> Mapped:
    """The comments, claims and moves of the graph, each named by the id of its node."""
    view = View(graph)
    comments, claims = said(view), dict[str, StatedClaim]()
    for node in graph.nodes:
        if view.type(node) == "I" and node.text.strip():
            claims[node.id], own = claim_of(node, view, comments)
            comments |= {own.id: own} if own else {}
    made: dict[str, str] = {}
    moves: dict[str, StatedMove] = {}
    for node in graph.nodes:
        for move in chain(moves_of(node, view, claims, comments), questions(node, view, claims, comments)):
            moves[move.name], made[move.name] = move, node.id
    for _ in accepted_moves(moves, claims, comments, {}):
        pass  # what can be no move here is no fault of the file, and stays in the graph
    used = {made[name] for name in moves}
    left = tuple(one.id for one in graph.nodes if view.type(one) in KINDS and one.id not in used)
    return Mapped(comments, claims, moves, left)


class View:
    """The graph with its nodes by id, the neighbours of each in the order of edges, and who speaks."""

    def __init__(self, graph: AifGraph) -> None:
        self.graph = graph
        self.nodes = {one.id: one for one in graph.nodes}
        self.before: dict[str, list[AifNode]] = {name: [] for name in self.nodes}
        self.after: dict[str, list[AifNode]] = {name: [] for name in self.nodes}
        for edge in graph.edges:
            self.before[edge.target].append(self.nodes[edge.source])
            self.after[edge.source].append(self.nodes[edge.target])
        self.locutions: dict[str, AifLocution] = {}
        for one in graph.locutions:
            self.locutions.setdefault(one.node, one)
        self.names = speakers(graph, self.nodes)

    def type(self, node: AifNode) -> str:
        """The node's type, in capitals."""
        return node.type.upper()

    def leading_to(self, node: AifNode, *types: str) -> list[AifNode]:
        """The nodes of these types with an edge to it."""
        return [one for one in self.before[node.id] if self.type(one) in types]

    def led_to(self, node: AifNode, *types: str) -> list[AifNode]:
        """The nodes of these types with an edge from it."""
        return [one for one in self.after[node.id] if self.type(one) in types]

    def forces(self, node: AifNode, *words: str) -> list[AifNode]:
        """The YA-nodes that anchor it and whose illocutionary force has one of these words in it."""
        return [one for one in self.leading_to(node, "YA") if any(word in force(one) for word in words)]

    def is_said(self, node: AifNode) -> bool:
        """Whether an L-node is part of the dialogue: uttered, or joined to it; an analyst's is neither."""
        if self.type(node) != "L" or not node.text.strip():
            return False
        acts = [one for one in self.led_to(node, "YA", "TA") if not force(one).startswith("analys")]
        return node.id in self.locutions or bool(acts or self.leading_to(node, "TA"))

    def places(self, node: AifNode) -> list[AifNode]:
        """The L-nodes in which a node is anchored: those that assert it first, those that agree or object last."""
        found: list[tuple[bool, bool, AifNode]] = []
        for act in self.leading_to(node, "YA"):
            later = "agree" in force(act)
            found += ((later, False, one) for one in self.leading_to(act, "L"))
            found += ((later, True, end) for one in self.leading_to(act, "TA") for end in self.led_to(one, "L"))
        return [one for _, _, one in sorted(found, key=lambda one: (*one[:2], natural(one[2].id)))]

    def premises(self, step: AifNode) -> list[AifNode]:
        """What a scheme node starts from."""
        return [one for one in self.before[step.id] if self.is_content(one) or self.is_argument(one)]

    def conclusions(self, step: AifNode) -> list[AifNode]:
        """What a scheme node is for or against; another scheme node only where it has no claim of its own to end in."""
        steps = [] if self.is_argument(step) else self.led_to(step, *STEPS)
        return [one for one in self.after[step.id] if self.is_content(one)] + steps

    def is_content(self, node: AifNode) -> bool:
        """Whether it is something that is held: neither a scheme node nor what says that something is said."""
        return self.type(node) not in STEPS | SPEECH | {UNSORTED}

    def is_argument(self, node: AifNode) -> bool:
        """Whether a scheme node that leads to another stands for a whole argument, not for a step against or for it."""
        return self.type(node) in {"RA", "MA"} and any(self.is_content(one) for one in self.after[node.id])


def force(act: AifNode) -> str:
    """The illocutionary force of a YA-node, as "pure questioning"."""
    return f"{act.text} {act.scheme or ''}".casefold()


# -------------------------------------------------------------------- who said what, and when


def speakers(graph: AifGraph, nodes: Mapping[str, AifNode]) -> dict[str, str]:
    """Who uttered each L-node: the participant, or else whom the text names, or else the person's id.

    AIF JSON lists no participants, but the texts of one person's locutions all begin with the name. The name of a
    participant before the words is enough where there is no locution.
    """
    names = {one.id: one.name for one in graph.persons}
    full, signed = set(names.values()), dict[str, set[str | None]]()
    for one in graph.locutions:
        if one.person is not None and one.node in nodes:
            signed.setdefault(one.person, set()).add(signature(nodes[one.node]))
    known = {person: alone(found) or person for person, found in signed.items()} | {
        person: name for person, name in names.items() if name
    }
    found = {node.id: name for node in graph.nodes if (name := signature(node)) and name in full}
    return found | {one.node: known.get(one.person, one.person) for one in reversed(graph.locutions) if one.person}


def signature(node: AifNode) -> str | None:
    """The name that stands before the words of a locution."""
    match = SPEAKER.match(node.text)
    return match[1] if match else None


def alone(found: set[str | None]) -> str | None:
    """The only element of a set."""
    return next(iter(found)) if len(found) == 1 else None


def said(view: View) -> dict[str, Comment]:
    """A comment for each locution; it replies to the locution that a transition leads from, first come."""
    parents: dict[str, str | None] = {}
    for node in filter(view.is_said, view.graph.nodes):
        earlier = (one for act in view.leading_to(node, "TA") for one in view.leading_to(act, "L"))
        parents[node.id] = next((one.id for one in earlier if one.id != node.id and view.is_said(one)), None)
    for name, _ in cycle_cuts(parents):
        parents[name] = None
    return {name: utterance(view.nodes[name], view, parent) for name, parent in parents.items()}


def utterance(node: AifNode, view: View, parent: str | None) -> Comment:
    """The comment that a locution is."""
    uttered = view.locutions.get(node.id, AifLocution(node.id))
    times = [moment(one) for one in (uttered.start, node.timestamp, uttered.timestamp)]
    created = next((one for one in times if one), None)
    return Comment(view.graph.thread, node.id, node.text, parent, view.names.get(node.id), created)


def moment(text: str | None) -> str | None:
    """A time of AIF in ISO 8601, without zone, for AIF has none; seconds since 1970 in UTC; else as it is.

    >>> moment("2020-05-21 23:00:09"), moment("0000-00-00 00:00:00")
    ('2020-05-21T23:00:09', None)
    """
    if not text or text.startswith(UNSET):
        return None
    if SECONDS.fullmatch(text):
        return iso(int(text))
    match = TIME.fullmatch(text)
    return f"{match[1]}T{match[2]}" if match else text


# -------------------------------------------------------------------- what is claimed


def claim_of(node: AifNode, view: View, comments: Mapping[str, Comment]) -> tuple[StatedClaim, Comment | None]:
    """The claim of an I-node: where its words stand in a locution, or else in a comment made for it.

    Such a comment is by whoever uttered the locution that asserts the claim, and stands where that stands: as a reply
    to the same.
    """
    places = [comments[one.id] for one in view.places(node) if one.id in comments]
    for place in places:
        found = standing(node.text, place.text)
        if found:
            return StatedClaim(place.thread, node.id, place.id, *found), None
    where = replace(places[0], id=node.id, text=node.text) if places else None
    own = where or Comment(view.graph.thread, node.id, node.text, created=moment(node.timestamp))
    start = len(node.text) - len(node.text.lstrip())
    end = min(len(node.text.rstrip()), start + LONGEST_CLAIM)
    return StatedClaim(own.thread, node.id, own.id, start, end), own


def standing(claim: str, text: str) -> tuple[int, int] | None:
    """Where the words of a claim stand in a text, whatever their case, the space between them and the last full stop.

    >>> standing("the tram is late.", "Ann : The tram is  late, again")
    (6, 23)
    """
    bare = claim.strip().rstrip(".!")
    wanted, stop = " ".join(lowered(bare).split()), claim.strip()[len(bare) :]
    if not wanted or len(claim) > LONGEST_CLAIM:
        return None
    words, small = [match.span() for match in re.finditer(r"\S+", text)], lowered(text)
    flat = " ".join(small[start:end] for start, end in words)
    at = whole_words(wanted, flat)
    if at is None:
        return None
    places = list(accumulate((end - start + 1 for start, end in words), initial=0))  # of the words in `flat`
    first, last = (bisect_right(places, one) - 1 for one in (at, at + len(wanted) - 1))
    start = words[first][0] + at - places[first]
    end = words[last][0] + at + len(wanted) - places[last]
    return start, end + len(stop) if text.startswith(stop, end) else end


def lowered(text: str) -> str:
    """The text in small letters and of the same length, so that places in it stay what they are."""
    small = text.lower()
    same = len(small) == len(text)
    return small if same else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def whole_words(wanted: str, flat: str) -> int | None:
    """Where the words stand that no letter or digit goes on before or after; the first hundred places are tried."""
    at = -1
    for _ in range(MOST_PLACES):
        at = flat.find(wanted, at + 1)
        if at < 0:
            return None
        end = at + len(wanted)
        before, after = flat[at - 1 : at + 1], flat[end - 1 : end + 1]
        if not (at and before.isalnum()) and not (end < len(flat) and after.isalnum()):
            return at
    return None


# -------------------------------------------------------------------- what is argued


def moves_of(
    step: AifNode, view: View, claims: Mapping[str, StatedClaim], comments: Mapping[str, Comment]
) -> Iterator[StatedMove]:
    """The moves that a scheme node makes, one for each conclusion; linked premises are several sources of a Support."""
    if view.type(step) not in KINDS:
        return
    premises = [one.id for one in view.premises(step) if one.id in claims or view.type(one) in KINDS]
    conclusions = [one for one in view.conclusions(step) if one.id in claims or view.type(one) in KINDS]
    linked = [tuple(premises)] if view.type(step) == "RA" else [(one,) for one in premises]
    if not premises:
        return
    pairs = ((sources, one) for one in conclusions for sources in linked if one.id not in sources)
    enough = max(1, MOST_ENDS // len(linked[0]))
    for name, (sources, target) in zip(numbered(step.id, view.nodes), islice(pairs, enough), strict=False):
        place = made_in(step, sources, view, claims, comments)
        if place is not None:
            kind = kind_of(step, target, view)
            yield StatedMove(view.graph.thread, name, kind, sources, target.id, place)


def questions(
    act: AifNode, view: View, claims: Mapping[str, StatedClaim], comments: Mapping[str, Comment]
) -> Iterator[StatedMove]:
    """The move of a YA-node that asks: of the speaker before, with what is asked as its source."""
    if view.type(act) != "YA" or "pure questioning" not in force(act):
        return
    asked = [one.id for one in view.led_to(act, "I") if one.id in claims]
    for place in (comments[one.id] for one in view.leading_to(act, "L") if one.id in comments):
        before = comments.get(place.parent or "")
        if asked and before is not None and before.author != place.author:
            yield StatedMove(view.graph.thread, act.id, Kind.QUESTION, (asked[0],), before.id, place.id)
            return


def numbered(name: str, taken: Mapping[str, AifNode]) -> Iterator[str]:
    """The names of the moves of one node: "7", "7 (2)", "7 (3)" ..., without those that are another node's."""
    return chain([name], (one for number in count(2) if (one := f"{name} ({number})") not in taken))


def kind_of(step: AifNode, target: AifNode, view: View) -> Kind:
    """The kind of move: against a step an Undercut; a rephrase of what was asked is its Answer (as in QT30)."""
    if view.type(step) == "CA" and view.type(target) in {"RA", "CA"}:
        return Kind.UNDERCUT
    if view.type(step) == "CA" and view.type(target) in KINDS:
        return Kind.OBJECTION
    if view.type(step) == "MA" and view.forces(target, "questioning"):
        return Kind.ANSWER
    return KINDS[view.type(step)]


def made_in(
    step: AifNode,
    sources: Iterable[str],
    view: View,
    claims: Mapping[str, StatedClaim],
    comments: Mapping[str, Comment],
) -> str | None:
    """The comment in which a move is made: the locution that its YA-node is anchored in, or that of its source."""
    anchored = (one.id for one in view.places(step) if one.id in comments)
    within = (one.id for name in sources for one in view.premises(view.nodes[name]))
    stated = (claims[name].comment for name in chain(sources, within) if name in claims)
    return next(chain(anchored, stated), None)
