"""What an effect comes to: by the questions that tell the same figure to everybody."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.domain.corrective_refusals import FiguresOwed
from store.domain.effects import Taken
from store.domain.kpi.table import KPIS
from store.queries.answers.heard import heard
from store.queries.answers.kpi import kpis
from store.queries.heard import Heard
from store.queries.kpi import Kpis

if TYPE_CHECKING:
    from datetime import date

    from store.domain.effects import Effect
    from store.persistence.reader import Reader


def measured(reader: Reader, effect: Effect) -> Taken:
    """The figure, and of how many; `FiguresOwed` while some orders are not counted yet."""
    return _of_kpi(reader, effect) if effect.measure in KPIS else _heard(reader, effect)


def _of_kpi(reader: Reader, effect: Effect) -> Taken:
    asked = Kpis(
        first=effect.first,
        last=effect.last,
        zone=effect.zone,
        site=effect.site,
        names=(effect.measure,),
    )
    found = kpis(reader, asked)
    if found.owed:
        raise FiguresOwed
    (figure,) = found.figures
    short = figure.within_s is not None  # what looks less far than another is none to judge by
    return Taken(value=None if short else figure.value, n=figure.n)


def _heard(reader: Reader, effect: Effect) -> Taken:
    begins = _begins(effect.first, effect.zone)
    ends = _begins(effect.last + timedelta(days=1), effect.zone)
    found = heard(reader, Heard(from_at=begins, to_at=ends, site=effect.site))
    if effect.measure == "csat":
        return Taken(value=found.csat.rate, n=found.csat.of)
    if effect.measure == "nps":
        return Taken(value=found.nps.value, n=found.nps.of)
    said = found.response.count  # where nobody was heard, silence is no praise
    return Taken(value=float(found.bad) if said else None, n=said)


def _begins(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
