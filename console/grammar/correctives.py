"""`actions why 3 nobody called ;journal`, `整改 立项 17 li`: steps of an action as typed."""

from __future__ import annotations

from typing import Final

from console.actions_corrective import DEEDS
from console.corrective_steps import make_typed
from console.grammar.deed_lines import DeedLines
from store.domain.words import N_

CORRECTIVES: Final = DeedLines(
    deeds=DEEDS,
    make=make_typed,
    nothing=N_("“{word}” is nothing to do with an action; there are: {choices}"),
    no_number=N_("“{word}” is no number of an action"),
    too_much=N_("that is more than action {number} is told"),
    wanted=N_("what to do to an action, or nothing to see them all"),
    numbers={
        "": (N_("the number of an action"), N_("still to say: the number of an action")),
        "open": (N_("the number of an order"), N_("still to say: the number of an order")),
    },
    elsewhere=frozenset({"due"}),
    noted=frozenset({"why"}),
    may_lack=frozenset({"days"}),
)
