"""Maps written as Kialo's text export, and read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.graph.exports import kialo as writer
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.loaders.formats import kialo
from rejoinder.records import ClaimRef, Found, Kind, with_wider_kinds
from tests.conftest import EXAMPLES
from tests.formats.test_kialo import HEAD, MOVES, SLOWLY, moves_in, stated
from tests.thread_maps import PIECES, discussions, loaded, maps_in, maps_of, said_in, sensible


@st.composite
def exports(draw: st.DrawFn) -> str:
    """A discussion as Kialo exports it: one thesis or several, places of claims that stand elsewhere, odd words."""
    several = draw(st.booleans())
    odd = [piece for piece in PIECES if not set(piece) & set("\n\t[]()\\\u2028")]
    lines, paths = list[str](), ["1.1.", "1.2."] if several else ["1."]
    for _ in range(draw(st.integers(0, 12))):
        above = draw(st.sampled_from(paths))
        below = sum(one.startswith(above) and one.count(".") == above.count(".") + 1 for one in paths)
        paths.append(f"{above}{below + 1}.")
    free = iter(range(1000))
    stands: list[str] = []
    for path in sorted(paths, key=lambda one: [int(part) for part in one.split(".")[:-1]]):
        stance = (
            "" if path in ("1.", "1.1.", "1.2.")[: 3 if several else 1] else draw(st.sampled_from(["Pro: ", "Con: "]))
        )
        above = path[: path.rstrip(".").rfind(".") + 1]
        leaf = not any(one != path and one.startswith(path) for one in paths)
        far = [one for one in stands if one != above and not path.startswith(one)]
        if stance and leaf and far and draw(st.integers(0, 2)) == 0:
            lines.append(f"{path} {stance}-> See {draw(st.sampled_from(far))}")
        else:
            stands.append(path)
            words = " ".join([f"Claim {next(free)}", *draw(st.lists(st.sampled_from(odd), max_size=3)), "ends."])
            link = draw(
                st.sampled_from(
                    ["", " [see\\(x\\)](https://tram.example/a_\\(b\\)) too", "\n\nand \\[more\\]\n2\\. so"]
                )
            )
            lines.append(f"{path} {stance}{words}{link}")
    head = ["Discussion Title: Trams?", "", *(["1. Which one?"] if several else [])]
    return "\n".join([*head, *lines]) + "\n"


@settings(max_examples=200, deadline=None, suppress_health_check=SLOWLY)
@given(text=exports())
def test_kialo_to_map_to_kialo_keeps_everything(text: str, tmp_path: Path) -> None:
    found = loaded(kialo, tmp_path / "tram.txt", text)
    (thread_map,) = maps_of(found)
    doubled = len(thread_map.argument.moves) < len(
        thread_map.discussion.stated_moves
    )  # two places of a claim under one
    written = writer.write(thread_map, Options())
    assert doubled or written == text


@pytest.mark.parametrize("name", ["the same claim elsewhere", "elsewhere further down"])
def test_a_place_comes_back_where_it_was(name: str, tmp_path: Path) -> None:
    text = HEAD + MOVES[name][0]
    (thread_map,) = maps_of(loaded(kialo, tmp_path / "tram.txt", text))
    assert writer.write(thread_map, Options()) == text


def flat(text: str) -> str:
    return " ".join(text.split())


def argued(thread_map: ThreadMap) -> set[str]:
    """The claims that support or attack a claim, and those."""
    lines = [
        move for move in thread_map.argument.moves if {Kind.SUPPORT, Kind.OBJECTION} & {*with_wider_kinds(move.kind)}
    ]
    ends = [end for move in lines for end in (*move.sources, move.target) if isinstance(move.target, ClaimRef)]
    return {end.id for end in ends if isinstance(end, ClaimRef)}


@settings(max_examples=200, deadline=None, suppress_health_check=SLOWLY)
@given(found=discussions())
def test_what_is_written_of_any_thread_is_read_again(found: list[Found], tmp_path: Path) -> None:
    for thread_map in maps_of(sensible(found)):
        (again,) = maps_of(sensible(loaded(kialo, tmp_path / "tram.txt", writer.write(thread_map, Options()))))
        assert again.title == flat(thread_map.title)
        said = {flat(claim.text) for claim in again.argument.claims}
        texts = {claim.id: flat(claim.text) for claim in thread_map.argument.claims}
        assert said <= {*texts.values(), flat(thread_map.title)}
        assert {texts[name] for name in argued(thread_map)} <= said


@pytest.mark.parametrize("name", ["library-fees.jsonl", "library-fees.txt", "dishwasher.jsonl"])
def test_a_thread_of_comments_becomes_a_tree_of_claims(name: str, tmp_path: Path) -> None:
    for thread_map in maps_in(EXAMPLES / name):
        made = stated(tmp_path, writer.write(thread_map, Options()))
        texts = {" ".join(claim.text.split()) for claim in thread_map.argument.claims}
        assert {" ".join(words.split()) for words in said_in(made).values()} <= texts
        assert moves_in(made)
