"""`inspections score 3 4 3 - 4 2 ;cover open`, `抽查 评分 3 ...`: steps of one as typed."""

from __future__ import annotations

from typing import Final

from console.actions_inspections import DEEDS
from console.grammar.deed_lines import DeedLines
from console.inspection_steps import make_typed
from store.domain.words import N_

INSPECTIONS: Final = DeedLines(
    deeds=DEEDS,
    make=make_typed,
    nothing=N_("“{word}” is nothing to do with an inspection; there are: {choices}"),
    no_number=N_("“{word}” is no number of an inspection"),
    too_much=N_("that is more than inspection {number} is told"),
    wanted=N_("what to do to an inspection, or nothing to see them all"),
    numbers={
        "": (N_("the number of an inspection"), N_("still to say: the number of an inspection")),
        "draw": (
            N_("a week, such as 2026-W47, or -"),
            N_("still to say: a week, such as 2026-W47, or -"),
        ),
    },
    noted=frozenset({"score", "act"}),
    placed=frozenset({"draw"}),
)
