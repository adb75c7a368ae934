"""The drawings of a whole thread: what is unsure is grey, and of a long thread only what counts is drawn."""

from __future__ import annotations

import re

import pytest

from rejoinder.graph.exports import dot, svg
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.records import ClaimRef, Comment, Kind, MoveRef, Thread, ThreadKey
from tests import garden
from tests.threads import mapped

KEY = ThreadKey("beds.example", "long")
GREY = "#8b8f93"


def long_thread(unsure: int) -> ThreadMap:
    """A proposal, one objection that counts, an answer to one that does not, and so many others that do not."""
    root = Comment(KEY, "a", "Let us cut the hedge. It shades the beans.", None, "ines")
    cut, idle = garden.claim(root, "Let us cut the hedge."), garden.claim(root, "It shades the beans.")
    comments, claims, moves = [root], [cut, idle], []
    for number in range(unsure + 1):
        comment = Comment(KEY, f"b{number}", f"Wren {number} nests in it.", "a", "tom")
        nests = garden.claim(comment, comment.text)
        comments.append(comment)
        claims.append(nests)
        moves.append(garden.move(Kind.REBUTTAL, nests, ClaimRef(cut.id), comment, 0.2 if number else 0.9))
    if unsure:
        answer = Comment(KEY, "c", "Wren 1 has left.", "b1", "ines")
        left = garden.claim(answer, answer.text)
        comments.append(answer)
        claims.append(left)
        moves.append(garden.move(Kind.COUNTER, left, MoveRef(moves[1].id), answer, 0.8))
    return mapped(*garden.written(Thread(KEY, "Hedge"), comments, claims, moves))


@pytest.mark.parametrize(("unsure", "boxes"), [(0, 3), (3, 7), (76, 80), (77, 4), (200, 4)])
def test_of_a_long_thread_only_what_counts_is_drawn(unsure: int, boxes: int) -> None:
    drawn = svg.write(long_thread(unsure), Options())
    assert len(re.findall("<(?:a href|g>)", drawn)) == boxes
    assert "Wren 0 nests" in drawn
    assert ("Wren 1 nests" in drawn) is bool(unsure), "what counts is aimed at it"
    assert ("Wren 2 nests" in drawn) is (unsure in {3, 76})
    match = re.search("left out: ([^<]*)<", drawn)
    expected = f"{unsure - 1} less sure moves, {unsure} claims" if boxes == 4 else None
    assert (match[1] if match else None) == expected


def test_what_is_too_unsure_to_count_is_grey_and_called_so() -> None:
    drawn = svg.write(long_thread(2), Options())
    assert drawn.count("Rebuttal, unsure</text>") == 2
    assert drawn.count("Rebuttal · silent</text>") == 1
    assert drawn.count(f'stroke="{GREY}"') == 4, "two boxes and two arrows"
    all_count = svg.write(long_thread(2), Options(objection_threshold=0.1))
    assert (all_count.count(", unsure</text>"), all_count.count(f'stroke="{GREY}"')) == (0, 0)


def test_graphviz_has_it_grey_too() -> None:
    drawn = dot.write(long_thread(2), Options())
    assert drawn.count('label="Rebuttal, unsure", color="#8b8f93"') == 2
    assert drawn.count('label="Rebuttal", color="#9a3412"') == 1


def test_a_thread_without_moves_shows_its_claims() -> None:
    comment = Comment(KEY, "a", "Let us cut the hedge.", None, "ines")
    thread_map = mapped(*garden.written(Thread(KEY, "Hedge"), [comment], [garden.claim(comment, comment.text)], []))
    assert "Let us cut the hedge." in svg.write(thread_map, Options())
