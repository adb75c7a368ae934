"""The colours of the pages, light and dark: words against what they stand on (WCAG 2.2, 1.4.3), signs (1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "api/web/static/rejoinder.css").read_text(encoding="utf-8")
COLOURS = {name: both for name, *both in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEET)}
INKS = ("ink", "soft", "accent")
WORDS = [
    *((ink, ground) for ink in INKS for ground in ("paper", "sheet", "wash")),
    *((ink, ground) for ink in INKS for ground in ("mark", "mark-twice")),
    *((ink, ground) for ink in ("open", "between") for ground in ("paper", "sheet")),
    ("open", "open-wash"),
    ("between", "between-wash"),
    ("paper", "accent"),
]
SIGNS = [(sign, ground) for sign in ("edge", "accent", "open", "between") for ground in ("paper", "sheet")]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("above", "below", "least"), [*((*pair, 4.5) for pair in WORDS), *((*pair, 3.0) for pair in SIGNS)]
)
def test_words_and_signs_stand_out_from_what_they_stand_on(above: str, below: str, least: float, theme: int) -> None:
    assert contrast(COLOURS[above][theme], COLOURS[below][theme]) >= least
