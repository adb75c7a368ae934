"""What stands: grounded labels over attacks, and gradual strength over attacks and supports; pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Literal

Label = Literal["in", "out", "undecided"]
Edges = Iterable[tuple[str, str]]

BASE_SCORE = 0.5  # of an argument nobody voted on: (up + 1) / (up + down + 2)
DAMPING = 0.5
MOST_ROUNDS = 500
TOLERANCE = 1e-7


def grounded_labels(arguments: Iterable[str], attacks: Edges) -> dict[str, Label]:
    """Label every argument under grounded semantics (Dung 1995), in time linear in arguments and attacks.

    Attacks whose ends are not both arguments are left out.

    >>> grounded_labels("abc", [("a", "b"), ("b", "c")])
    {'a': 'in', 'b': 'out', 'c': 'in'}
    >>> grounded_labels("ab", [("a", "b"), ("b", "a")])
    {'a': 'undecided', 'b': 'undecided'}
    """
    labels: dict[str, Label] = dict.fromkeys(arguments, "undecided")
    targets, threats = _attack_lists(labels, attacks)
    ready = [label for label in labels if not threats[label]]
    while ready:
        winner = ready.pop()
        labels[winner] = "in"
        losers = [target for target in targets[winner] if labels[target] != "out"]
        labels.update(dict.fromkeys(losers, "out"))
        for freed in chain.from_iterable(targets[loser] for loser in losers):
            threats[freed] -= 1
            if not threats[freed]:
                ready.append(freed)
    return labels


def _attack_lists(labels: Mapping[str, Label], attacks: Edges) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Whom each argument attacks, and how many attack each; a repeated attack counts once."""
    targets: dict[str, list[str]] = defaultdict(list)
    threats: dict[str, int] = dict.fromkeys(labels, 0)
    for attacker, target in dict.fromkeys(attacks):
        if attacker in labels and target in labels:
            targets[attacker].append(target)
            threats[target] += 1
    return targets, threats


def energy_strengths(base: Mapping[str, float], attacks: Edges, supports: Edges) -> dict[str, float | None]:
    """The strength (0..1) of every argument under the quadratic energy model (Potyka 2018, KR).

    Arguments are taken in topological order; those on or behind a cycle by damped iteration. Where that does not
    settle the answer is None rather than a number that is none.

    >>> attackers = [f"a{number}" for number in range(17)]
    >>> strengths = energy_strengths(dict.fromkeys([*attackers, "c"], 0.5), [(one, "c") for one in attackers], [])
    >>> round(strengths["c"], 4)
    0.0068
    """
    pull: dict[str, list[tuple[str, int]]] = {node: [] for node in base}
    for edges, sign in ((attacks, -1), (supports, 1)):
        for source, target in dict.fromkeys(edges):
            if source in base and target in base:
                pull[target].append((source, sign))
    fixed, cyclic = _acyclic(base, pull)
    return {**fixed, **_settle(base, pull, fixed, cyclic)}


def _energy(start: float, pull: Iterable[tuple[str, int]], strength: Mapping[str, float]) -> float:
    energy = sum(sign * strength[source] for source, sign in pull)
    impact = energy * energy / (1 + energy * energy)
    return start + (1 - start) * impact if energy > 0 else start - start * impact


def _acyclic(
    base: Mapping[str, float], pull: Mapping[str, list[tuple[str, int]]]
) -> tuple[dict[str, float], list[str]]:
    """Strengths in topological order (Kahn), and the arguments that it never reaches."""
    waiting = {node: len(edges) for node, edges in pull.items()}
    following: dict[str, list[str]] = defaultdict(list)
    for target, edges in pull.items():
        for source, _ in edges:
            following[source].append(target)
    strengths: dict[str, float] = {}
    ready = [node for node, count in waiting.items() if not count]
    while ready:
        current = ready.pop()
        strengths[current] = _energy(base[current], pull[current], strengths)
        for target in following[current]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return strengths, [node for node in base if node not in strengths]


def _settle(
    base: Mapping[str, float],
    pull: Mapping[str, list[tuple[str, int]]],
    fixed: Mapping[str, float],
    cyclic: list[str],
) -> dict[str, float | None]:
    state = {**fixed, **{node: base[node] for node in cyclic}}
    for _ in range(MOST_ROUNDS):
        fresh = {node: _energy(base[node], pull[node], state) for node in cyclic}
        change = max((abs(fresh[node] - state[node]) for node in cyclic), default=0.0)
        state.update({node: state[node] + DAMPING * (fresh[node] - state[node]) for node in cyclic})
        if change < TOLERANCE:
            return {node: state[node] for node in cyclic}
    return dict.fromkeys(cyclic, None)
