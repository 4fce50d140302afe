"""Whether somebody who may go later is there now; and if not, until when he is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.dispatch.rules import Barred, Rule

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.answers.crew import Everybody


def not_there(reader: Reader, them: Everybody, who: int) -> Barred | None:
    """Absent, or off shift; None for who is there, or of whom the hours were not asked."""
    hours = them.workers[who].hours
    if not hours or hours[0][0] <= 0:
        return None
    if any(begins <= reader.at < ends for begins, ends in them.absences(who)):
        return Barred(rule=Rule.AWAY_NOW, facts={"until": them.back_at(who)})
    back = reader.pace.after(reader.at, hours[0][0])
    return Barred(rule=Rule.OFF_SHIFT, facts={"until": back})
