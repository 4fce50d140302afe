"""The radar: once a day somebody looks what comes again.

Looking takes a while at a large desk; nobody's write waits for it, only what was seen is told.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from store.domain.who import THE_DESK
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

log = logging.getLogger(__name__)


def look_daily(records: Records, *, at: datetime) -> int:
    """Look if nobody has since a day; how many proposals are new."""
    saw = records.radar_sees(at=at)
    if saw is None:
        return 0
    with records.work(who=THE_DESK, at=at) as work:
        found = work.tell_radar(saw)
    if found.left_out:
        told = ", ".join(found.left_out)
        log.warning(N_("the radar leaves sites out whose time zone is unknown here: %s"), told)
    return found.fresh
