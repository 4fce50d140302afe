"""`exceptions grant 3`, `审批 驳回 3 太贵`: steps of an exception as typed."""

from __future__ import annotations

from typing import Final

from console.actions_exceptions import DEEDS
from console.exception_steps import make_typed
from console.grammar.deed_lines import DeedLines
from store.domain.words import N_

EXCEPTIONS: Final = DeedLines(
    deeds=DEEDS,
    make=make_typed,
    nothing=N_("“{word}” is nothing to do with an exception; there are: {choices}"),
    no_number=N_("“{word}” is no number of an exception"),
    too_much=N_("that is more than exception {number} is told"),
    wanted=N_("what to do about an exception, or nothing to see them all"),
    numbers={
        "": (N_("the number of an exception"), N_("still to say: the number of an exception")),
    },
)
