"""Whether everything that is to be read can be, in every theme and on every terminal."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from rich.color import Color
from textual.color import Color as Tint

from console.app import Desk
from console.gate import nearest
from console.looks import TONES
from console.screens.new_order import NewOrderScreen
from console.screens.welcome import WelcomeScreen
from console.themes import DAY, NAMES, NIGHT, SIXTEEN, SIXTEEN_DAY, after, theme_for
from console.themes_more import COLOUR_BLIND, CONTRAST
from store.domain.errors import StoreUnreachable
from tests.journeys.desk import MONDAY

if TYPE_CHECKING:
    from textual.theme import Theme

    from console.seat import Seat

LEAST = 4.5
"""What the accessibility guidelines ask of text: brightness against brightness."""

STRICTEST = 7.0
"""What they ask at their strictest."""

PAPERS = ("background", "surface", "panel")
DEPTHS = ("truecolor", "256", "16")
WORN = [
    (NIGHT, "truecolor"), (NIGHT, "256"), (DAY, "truecolor"), (DAY, "256"), (SIXTEEN, "16"),
    (SIXTEEN_DAY, "16"), (SIXTEEN, "256"), (SIXTEEN, "truecolor"),
    (CONTRAST, "truecolor"), (CONTRAST, "256"), (COLOUR_BLIND, "truecolor"), (COLOUR_BLIND, "256"),
]  # fmt: skip
"""Each theme on the terminals that it is worn on."""


def _seen(colour: str, depth: str) -> Tint:
    """A colour as a terminal of that depth shows it."""
    if depth == "truecolor":
        return Tint.parse(colour)
    shown = nearest(Color.parse(colour), depth).get_truecolor()
    return Tint(*shown)


def _contrast(one: Tint, other: Tint) -> float:
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _light(tint: Tint) -> float:
    parts = (part / 255 for part in tint.rgb)
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("theme", "depth"), WORN, ids=lambda what: getattr(what, "name", what))
def test_every_ink_can_be_read_on_every_paper(theme: Theme, depth: str) -> None:
    """Hints, counts and keys in brackets, too: faint is not unreadable."""
    inks: dict[str, Any] = {"foreground": theme.foreground, **theme.variables}
    papers = {name: getattr(theme, name) for name in PAPERS}
    for (ink, written), (paper, below) in product(inks.items(), papers.items()):
        found = _contrast(_seen(written, depth), _seen(below, depth))
        least = STRICTEST if theme is CONTRAST else LEAST
        assert found >= least, f"{ink} {written} on {paper} {below}: {found:.2f}"


def test_a_theme_is_worn_only_where_it_was_measured() -> None:
    """A setting cannot bring one to a terminal that shows it otherwise."""
    worn = {(theme.name, depth) for theme, depth in WORN}
    for wanted, depth in product(("auto", *NAMES), DEPTHS):
        assert (theme_for(wanted, depth), depth) in worn


def test_every_tone_is_an_ink_that_was_measured() -> None:
    """No look of ours thins an ink or names a colour of its own."""
    inks = {f"${name}" for name in NIGHT.variables}
    words = {word for look in TONES.values() for word in look.split()}
    assert {word for word in words if word.startswith("$")} <= inks
    assert not {"dim", "%"} & words


def _nobody_sits() -> Seat:
    raise StoreUnreachable(why="none is needed")


@pytest.mark.parametrize("screen", [WelcomeScreen, NewOrderScreen])
async def test_a_form_lets_nothing_half_readable_shine_through(screen: type[Any]) -> None:
    """The board behind a veil was grey on grey, and looked as if it might be read."""
    desk = Desk(_nobody_sits, now=lambda: MONDAY, ticking=False)
    async with desk.run_test() as pilot:
        desk.go_to(shown := screen())
        await pilot.pause()
        assert shown.is_current
        assert shown.styles.background.a == 1


def test_one_key_goes_round_every_theme() -> None:
    """And comes back to the first."""
    seen, wanted = set(), "auto"
    while (wanted := after(wanted)) not in seen:
        seen.add(wanted)
    assert seen == set(NAMES)
    assert after("16") == "dark"
