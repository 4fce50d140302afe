"""Why a customer was unhappy: the root causes that a desk knows by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cause(StrEnum):
    """What went wrong at the root."""

    DESIGN = "design"
    MATERIAL = "material"
    WORKMANSHIP = "workmanship"
    COMMUNICATION = "communication"
    SCHEDULE = "schedule"
    THIRD_PARTY = "third_party"
    USE = "use"
    UNKNOWN = "unknown"


CAUSES: Mapping[Cause, str] = {
    Cause.DESIGN: N_("design"),
    Cause.MATERIAL: N_("material"),
    Cause.WORKMANSHIP: N_("workmanship"),
    Cause.COMMUNICATION: N_("communication"),
    Cause.SCHEDULE: N_("access or schedule"),
    Cause.THIRD_PARTY: N_("third party"),
    Cause.USE: N_("use"),
    Cause.UNKNOWN: N_("not known yet"),
}
"""In the order of their keys. What is not known is no last word."""

NOT_LOOKED_FOR = N_("not looked for yet")
"""Of an answer that nobody has analysed; somebody who did, and found nothing, says `UNKNOWN`."""
