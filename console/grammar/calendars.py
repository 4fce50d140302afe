"""Reads a calendar whose alarm is meant, where orders might stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.grammar.targets import are_orders
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Action
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Token

SAID: Final[Mapping[str, str]] = {
    "acknowledge": N_("acknowledge the alarm of the calendar {calendar}"),
    "shelve": N_("shelve the alarm of the calendar {calendar} until {until}"),
    "unshelve": N_("take the alarm of the calendar {calendar} from the shelf"),
}
"""Actions about alarms, and what they would do to a calendar's."""


def calendar_meant(action: Action, word: Token, lookup: Lookup) -> Entry | None:
    """The calendar of exactly this code; in quotes it is none of the orders or technicians."""
    if action.id not in SAID or are_orders(word):
        return None
    code = word.text.casefold()
    if not word.quoted and any(
        one.code.casefold() == code for one in lookup.register("technician")
    ):
        return None
    found = (one for one in lookup.register("calendar") if one.code.casefold() == code)
    return next(found, None)
