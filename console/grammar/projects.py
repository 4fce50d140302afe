"""`projects hand 3 works drawings are signed ;/plans/3.pdf`: steps of a project as typed."""

from __future__ import annotations

from typing import Final

from console.actions_projects import DEEDS
from console.grammar.deed_lines import DeedLines
from console.project_deeds import make_typed
from store.domain.words import N_

PROJECTS: Final = DeedLines(
    deeds=DEEDS,
    make=make_typed,
    nothing=N_("“{word}” is nothing to do with a project; there are: {choices}"),
    no_number=N_("“{word}” is no number of a project"),
    too_much=N_("that is more than project {number} is told"),
    wanted=N_("what to do to a project, or nothing to see them all"),
    numbers={
        "": (N_("the number of a project"), N_("still to say: the number of a project")),
        "new": (
            N_("a customer, @ and a site, or both (C1@N1)"),
            N_("still to say: a customer, @ and a site, or both (C1@N1)"),
        ),
        "department": (
            N_("the code of a department"),
            N_("still to say: the code of a department"),
        ),
    },
    noted=frozenset({"hand", "do", "department"}),
    placed=frozenset({"new", "department"}),
)
