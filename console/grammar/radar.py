"""`radar take 3 "Ms Zhou" workmanship`, `雷达 不立项 3 ...`: steps of a proposal as typed."""

from __future__ import annotations

from typing import Final

from console.actions_radar import DEEDS
from console.grammar.deed_lines import DeedLines
from console.radar_steps import make_typed
from store.domain.words import N_

RADAR: Final = DeedLines(
    deeds=DEEDS,
    make=make_typed,
    nothing=N_("“{word}” is nothing to do with a proposal; there are: {choices}"),
    no_number=N_("“{word}” is no number of a proposal"),
    too_much=N_("that is more than proposal {number} is told"),
    wanted=N_("what to do to a proposal, or nothing to see them all"),
    numbers={"": (N_("the number of a proposal"), N_("still to say: the number of a proposal"))},
    elsewhere=frozenset({"look"}),
)
