"""What comes over a desk while a drill is played: when each call comes, what goes wrong when."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.drill.script import Script, Shock

_HOUR: Final = 3600.0
_MINUTE: Final = 60.0
URGENT: Final = 2
"""Calls of a storm are of this priority, or of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What a call may be drawn from: how long after the one before it came, and how urgent."""

    gap_s: float
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One call, in seconds of the play."""

    at: float
    model: int
    """Which of the models it is made of."""
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One shock at its second of the play."""

    at: float
    shock: Shock


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Everything that comes, whatever the player does."""

    calls: tuple[Coming, ...]
    strikes: tuple[Strike, ...]


def plotted(
    script: Script, models: Sequence[Model], *, seconds: float, speed: float, seed: int
) -> Plot:
    """The plot of a play of so many seconds; the same for a seed.

    The distances between calls are real ones, stretched to the script's pace: bursts stay bursts.
    """
    calls = [*_usual(script, models, seconds=seconds, speed=speed, seed=seed)]
    for place, shock in enumerate(script.shocks):
        if shock.what == "storm" and models:
            calls += _storm(shock, models, f"storm {seed} {place}", seconds=seconds, speed=speed)
    return Plot(
        calls=tuple(sorted(calls, key=lambda call: call.at)),
        strikes=tuple(Strike(at=shock.at * seconds, shock=shock) for shock in script.shocks),
    )


def _usual(
    script: Script, models: Sequence[Model], *, seconds: float, speed: float, seed: int
) -> list[Coming]:
    if not models or not script.calls_an_hour:
        return []
    dice = Random(f"plot {seed}")
    apart = _HOUR / script.calls_an_hour / speed
    mean = sum(model.gap_s for model in models) / len(models)
    place, at = dice.randrange(len(models)), 0.0
    calls: list[Coming] = []
    while True:
        model = models[place % len(models)]
        at += apart * model.gap_s / mean if mean else apart
        if at >= seconds:
            return calls
        calls.append(Coming(at=at, model=place % len(models), priority=model.priority))
        place += 1


def _storm(
    shock: Shock, models: Sequence[Model], dice_name: str, *, seconds: float, speed: float
) -> list[Coming]:
    """Urgent calls of what the desk has anyway, within the storm and the play."""
    dice = Random(dice_name)
    begins = shock.at * seconds
    lasts = min(shock.minutes * _MINUTE / speed, seconds - begins)
    urgent = [n for n, one in enumerate(models) if one.priority <= URGENT] or [*range(len(models))]
    return [
        Coming(
            at=begins + dice.random() * lasts,
            model=dice.choice(urgent),
            priority=dice.randint(1, URGENT),
        )
        for _ in range(shock.calls)
    ]
