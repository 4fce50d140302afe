"""Whether late, soon and well can be told apart by eyes without red or without green.

Such eyes are simulated as Viénot, Brettel and Mollon do (1999): to the cones' answers, the missing
cone's from the other two, and back. Distances are CIE 1976 ΔE; 2 is just to be seen.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from rich.color import Color
from textual.color import Color as Tint

from console.gate import nearest
from console.themes import NIGHT
from console.themes_more import COLOUR_BLIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.theme import Theme

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

LEAST = 25.0
INKS = ("text-error", "text-warning", "text-success")
CONES: Matrix = (
    (17.8824, 43.5161, 4.11935),
    (3.45565, 27.1554, 3.86714),
    (0.0299566, 0.184309, 1.46709),
)
BACK: Matrix = (
    (0.0809444479, -0.130504409, 0.116721066),
    (-0.0102485335, 0.0540193266, -0.113614708),
    (-0.000365296938, -0.00412161469, 0.693511405),
)
MISSING: dict[str, Matrix] = {
    "protanopia": ((0, 2.02344, -2.52581), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((1, 0, 0), (0.494207, 0, 1.24827), (0, 0, 1)),
}
XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


def _times(matrix: Matrix, vector: Sequence[float]) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(r, vector, strict=True)) for r in matrix)
    return one, two, three


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _curve(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116


def _seen(colour: str, depth: str, eye: str) -> Triple:
    """A colour of a terminal as such an eye has it, in CIE Lab."""
    shown = Tint.parse(colour).rgb
    if depth == "256":
        shown = nearest(Color.parse(colour), depth).get_truecolor()
    light = [_linear(part / 255) for part in shown]
    simulated = _times(BACK, _times(MISSING[eye], _times(CONES, light)))
    told = _times(XYZ, [min(1.0, max(0.0, part)) for part in simulated])
    x, y, z = (_curve(part / white) for part, white in zip(told, WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _closest(theme: Theme, depth: str, eye: str) -> float:
    """How far apart the two inks are that such an eye takes most easily for one another."""
    inks = [theme.foreground or "", *(theme.variables[name] for name in INKS)]
    seen = [_seen(ink, depth, eye) for ink in inks]
    return min(math.dist(one, other) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("eye", MISSING)
def test_late_soon_and_well_are_told_apart(eye: str, depth: str) -> None:
    """By such eyes, also where the terminal has 256 colours."""
    assert _closest(COLOUR_BLIND, depth, eye) >= LEAST


def test_the_measure_finds_what_falls_together() -> None:
    """The usual theme's warning and error are one colour to an eye without green."""
    assert _closest(NIGHT, "truecolor", "deuteranopia") < 5
