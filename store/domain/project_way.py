"""The five stages of a project: what follows each, and how long each takes; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.sop import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUR_S: Final = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSpec:
    """What comes of a stage."""

    then: Stage | None
    """What follows it; None: the project is closed."""
    back: tuple[Stage, ...]
    """To which it may be put back, with a reason."""
    within_s: int
    """Working time that it takes where nobody says how much."""


WAY: Final[Mapping[Stage, StageSpec]] = {
    Stage.CONSULTATION: StageSpec(then=Stage.DESIGN, back=(), within_s=16 * HOUR_S),
    Stage.DESIGN: StageSpec(then=Stage.SITE_WORK, back=(Stage.CONSULTATION,), within_s=40 * HOUR_S),
    Stage.SITE_WORK: StageSpec(
        then=Stage.ACCEPTANCE, back=(Stage.CONSULTATION, Stage.DESIGN), within_s=120 * HOUR_S
    ),
    Stage.ACCEPTANCE: StageSpec(
        then=Stage.AFTERCARE, back=(Stage.DESIGN, Stage.SITE_WORK), within_s=16 * HOUR_S
    ),
    Stage.AFTERCARE: StageSpec(
        then=None, back=(Stage.SITE_WORK, Stage.ACCEPTANCE), within_s=480 * HOUR_S
    ),
}
"""The five stages, in their order."""
ACKNOWLEDGE_S: Final = 4 * HOUR_S
"""Working time in which a hand-off is to be acknowledged where nobody says how much."""
WARN_AT: Final = 0.75
"""After which share of its time a clock rings before the end."""
