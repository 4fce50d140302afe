"""What is typed of the things of each board, by what its verb takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import Takes
from console.grammar.complaints import COMPLAINTS
from console.grammar.correctives import CORRECTIVES
from console.grammar.exceptions import EXCEPTIONS
from console.grammar.inspections import INSPECTIONS
from console.grammar.projects import PROJECTS
from console.grammar.radar import RADAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.grammar.deed_lines import DeedLines

DEED_LINES: Final[Mapping[Takes, DeedLines]] = {
    Takes.ACTIONS: CORRECTIVES,
    Takes.EXCEPTIONS: EXCEPTIONS,
    Takes.COMPLAINTS: COMPLAINTS,
    Takes.PROJECTS: PROJECTS,
    Takes.RADAR: RADAR,
    Takes.INSPECTIONS: INSPECTIONS,
}
