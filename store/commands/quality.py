"""What tells how good the work is, as `table` has it: complaints, inspections, suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.ideas import DECIDING as OF_IDEAS
from store.commands.ideas import IDEAS
from store.commands.inspections import DRAWING, INSPECTIONS_DONE, ImportSheet
from store.commands.voices import VOICES_DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done

QUALITY: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    **VOICES_DONE,
    **IDEAS,
    **INSPECTIONS_DONE,
}
DECIDING = OF_IDEAS | DRAWING
"""What of it is the supervisor's, for the whole desk."""

__all__ = ["DECIDING", "QUALITY", "ImportSheet"]
