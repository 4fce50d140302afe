"""Who should go to an order, of a crew that is read as far as that takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.dispatch.helps import HELPED
from store.domain.dispatch.overtime import are_late, overtime
from store.domain.dispatch.recommend import Crew
from store.domain.dispatch.rules import standing

if TYPE_CHECKING:
    from store.domain.dispatch.advice import Advice
    from store.domain.dispatch.crew import Wanted
    from store.domain.dispatch.rules import Barred
    from store.queries.answers.crew import Everybody
    from store.queries.answers.usual_times import UsualTimes


def advised(
    them: Everybody, times: UsualTimes, wanted: Wanted, about: int | None, limit: int
) -> tuple[Crew, Advice]:
    """Only of those who come into question is read what they have to do.

    Where nobody may go it is read also of those whom one rule keeps away that can be helped.
    """
    bars = standing(wanted)
    barred = {who: bars(worker) for who, worker in them.workers.items()}
    some = [who for who, against in barred.items() if not against or who == about]
    busy = them.busy(times, some, but=wanted.stop.number, recalled=True)
    crew = Crew(busy, them.travel)
    advice = crew.recommend(wanted, most=limit)
    if not advice.offers:
        more = [who for who, against in barred.items() if _helped(against) and who != about]
        busy += them.busy(times, more, but=wanted.stop.number, recalled=True)
        crew = Crew(busy, them.travel)
        advice = crew.recommend(wanted, most=limit)
    elif are_late(advice):
        advice = replace(advice, helps=overtime(crew, wanted, them.travel))
    left = {who: against for who, against in barred.items() if who not in crew.workers}
    return crew, replace(advice, barred={**advice.barred, **left})


def _helped(against: tuple[Barred, ...]) -> bool:
    return len(against) == 1 and against[0].rule in HELPED
