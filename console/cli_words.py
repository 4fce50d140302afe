"""What registers keep as codes, in the reader's words; names of a house's own stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.who import ROLE_WORDS
from store.domain.words import N_

if TYPE_CHECKING:
    from store.queries.people import OperatorLine, TechnicianLine

_STANDING = {"break": N_("on a break"), "off": N_("off duty"), "available": N_("available")}
"""States of technicians that orders do not have; the others read as those of orders do."""
_TIERS = {"standard": N_("standard"), "key": N_("key customer")}
"""Those that every house has; it may name others."""


def standing_word(state: str) -> str:
    """What a technician is at."""
    return _(_STANDING.get(state, state.replace("_", " ")))


def technician_state(line: TechnicianLine) -> str:
    """What he does; and that he is absent or off shift, until when."""
    from console.cli_table import local

    state = standing_word(line.state)
    if line.state == "off" or (line.on_shift and not line.absent):
        return state
    away, until = _("off shift"), line.off_until
    if line.absent:
        away, until = _("absent"), line.away_until
    if until is not None:
        away = _("{away} until {time}").format(away=away, time=local(until))
    return away if line.state == "available" else _(", ").join((state, away))


def tier_word(tier: str) -> str:
    """Which customers one belongs to."""
    return _(_TIERS.get(tier, tier))


def role_word(role: str) -> str:
    """What an operator may do."""
    return _(next((said for one, said in ROLE_WORDS.items() if one == role), role))


def sites_word(line: OperatorLine) -> str:
    """Which sites an operator sees."""
    return _("all") if line.everywhere else _(", ").join(line.sites) or _("none")
