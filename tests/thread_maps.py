"""Threads as writers see them, from files or from claims and moves that Hypothesis makes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rejoinder.errors import Problem
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.loaders import read
from rejoinder.loaders.extract import extract
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Format
from rejoinder.records import Comment, Discussion, Found, Kind, StatedClaim, StatedMove, Thread, ThreadKey

PIECES = (
    *("[", "]", "(1)", "2.", "*", "**", "_", "__", "#tag", "#(a b)", "{", "}", "{a: 1}", "//", "/*", "*/", "<!--"),
    *("-->", "===", "--", "-", "+", "<a>", "<", ">", "><", "@[x]", "@<y>", "[l](u)", ".A.", ":heart:", "U.S.A."),
    *("\\", ",", ";", "https://plots.example/a_(b)", "\n", "\t", "é", "\N{GRINNING FACE}", "\u2028", "word", "?"),
    *("Two words", "constructor", "1.2. Pro: x", "-> See 1.", "Sources:", "Con:"),
)
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5),
    min_size=1,
    max_size=8,
).map(" ".join)
SAID = TEXTS.filter(lambda one: one.strip() != "")
KEY = ThreadKey("made.example", "up")
KINDS = [kind for kind in Kind if kind is not Kind.MOVE]


def maps_of(found: Iterable[Found | Problem]) -> list[ThreadMap]:
    """The threads of these records; a problem that lost something fails the test."""
    return [whole(discussion) for discussion in without_loss(merge(found, lambda key: None))]


def maps_in(*paths: Path) -> list[ThreadMap]:
    """The threads in files."""
    return maps_of(read(paths))


def loaded(module: Format, path: Path, text: str) -> list[Found | Problem]:
    """What a format reads in a file of this text."""
    path.write_text(text, encoding="utf-8", newline="")
    return list(module.load(Source(path)))


def records(found: Iterable[Found | Problem]) -> list[Any]:
    """The records; a problem fails the test."""
    parts = list(found)
    assert not [str(part) for part in parts if isinstance(part, Problem)]
    return [part.record for part in parts if isinstance(part, Found)]


def said_in(made: Iterable[object]) -> dict[str, str]:
    """The words of each stated claim by its name."""
    parts = list(made)
    texts = {part.id: part.text for part in parts if isinstance(part, Comment)}
    return {part.name: texts[part.comment][part.start : part.end] for part in parts if isinstance(part, StatedClaim)}


def without_loss(found: Iterable[Discussion | Problem]) -> Iterator[Discussion]:
    for one in found:
        if isinstance(one, Problem):
            assert not one.lost, str(one)
        else:
            yield one


def whole(discussion: Discussion) -> ThreadMap:
    """A discussion with its map, as it would be read back from a store; nothing is derived."""
    return ThreadMap(discussion, extract(discussion), {}, {}, {}, "https://maps.example/", ())


@st.composite
def discussions(draw: st.DrawFn) -> list[Found]:
    """Comments that each say one thing, and moves of all kinds between what they say, their moves and themselves."""
    made: list[Any] = [Thread(KEY, draw(st.none() | SAID))]
    claims, moves = list[str](), list[str]()
    for place in range(draw(st.integers(1, 7))):
        text, author = draw(SAID), draw(st.none() | st.sampled_from(["Ann", "B. {o}", "[C]: =="]) | SAID)
        claims.append(draw(st.sampled_from(["s", "[s]", "1."]) | SAID) + f" {place}")
        made += [
            Comment(KEY, f"c{place}", text, author=author),
            StatedClaim(KEY, claims[-1], f"c{place}", 0, len(text)),
        ]
    ends = [*claims, *(f"c{place}" for place in range(len(claims)))]
    for place in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(KINDS))
        most = 3 if kind is Kind.SUPPORT else 1
        several = draw(st.lists(st.sampled_from(claims), min_size=1, max_size=most, unique=True))
        target = draw(st.none() | st.sampled_from([*ends, *moves]))
        made.append(StatedMove(KEY, f"m{place}", kind, tuple(several), target, f"c{claims.index(several[0])}"))
        moves.append(f"m{place}")
    return [Found(one, "made", 1) for one in made]


def sensible(found: Iterable[Found | Problem]) -> list[Found]:
    """The records without the moves that a load refuses."""
    records = [one for one in found if isinstance(one, Found)]
    kept = [one for one in merge(records, lambda key: None) if not isinstance(one, Problem)]
    names = {move.name for discussion in kept for move in discussion.stated_moves}
    return [record for record in records if not isinstance(record.record, StatedMove) or record.record.name in names]
