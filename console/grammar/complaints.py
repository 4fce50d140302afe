"""`complaints answer 3 on our way ;Mrs Li`, `投诉 登记 17 late ...`: steps of one as typed."""

from __future__ import annotations

from typing import Final

from console.actions_voices import DEEDS
from console.grammar.deed_lines import DeedLines
from console.voice_steps import make_typed
from store.domain.words import N_

_PLACE: Final = (
    N_("an order, @ and a site, or a customer"),
    N_("still to say: an order, @ and a site, or a customer"),
)
COMPLAINTS: Final = DeedLines(
    deeds=DEEDS,
    make=make_typed,
    nothing=N_("“{word}” is nothing to do with a complaint; there are: {choices}"),
    no_number=N_("“{word}” is no number of a complaint"),
    too_much=N_("that is more than complaint {number} is told"),
    wanted=N_("what to do to a complaint, or nothing to see them all"),
    numbers={
        "": (N_("the number of a complaint"), N_("still to say: the number of a complaint")),
        "add": _PLACE,
        "praise": _PLACE,
    },
    noted=frozenset({"answer", "add", "praise"}),
    placed=frozenset({"add", "praise"}),
)
