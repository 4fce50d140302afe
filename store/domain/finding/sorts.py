"""What orders can be sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

SORTS: Mapping[str, str] = {
    "rank": N_("urgency"),
    "number": N_("number"),
    "state": N_("state"),
    "priority": N_("priority"),
    "left": N_("time left"),
    "title": N_("title"),
    "site": N_("site"),
    "customer": N_("customer"),
    "technician": N_("technician"),
    "since": N_("time in state"),
    "opened": N_("asked at"),
    "closed": N_("closed at"),
    "call": N_("next follow-up"),
}
"""What orders can be sorted by, and how it is called; ties stand by number."""
