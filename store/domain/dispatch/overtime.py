"""Overtime that would bring somebody to an order in time, where all who may go are late."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.helps import Help, ways_to
from store.domain.dispatch.in_parts import with_it
from store.domain.dispatch.laid import SAME_DAY, lay
from store.domain.dispatch.recommend import Crew
from store.domain.dispatch.rules import Barred, Rule, bars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.dispatch.advice import Advice, Offer
    from store.domain.dispatch.board import Travel
    from store.domain.dispatch.crew import Wanted, Worker

MOST: Final = 120.0
"""Minutes; more is no overtime, but another shift."""

_Span = tuple[float, float]


def are_late(advice: Advice) -> bool:
    """Whether somebody may go, and nobody of those told is there in time."""
    margins = [one.margin for one in advice.offers]
    return bool(margins) and all(one is not None and one < 0 for one in margins)


def overtime(crew: Crew, wanted: Wanted, travel: Travel) -> tuple[Help, ...]:
    """Who would be in time were his shift longer: the least overtime first."""
    found = []
    minutes = ways_to(crew.workers, crew.ways, wanted.stop)
    for who, worker in crew.workers.items():
        over = next(_longer(worker, wanted, travel), None) if not bars(worker, wanted) else None
        if over is not None:
            barred, gone = Barred(rule=Rule.SHIFT, facts=over), worker.spans[0][0] > 0
            found.append(Help(worker=who, barred=barred, way=minutes[who], gone=gone))
    return tuple(sorted(found, key=_least))


def _least(one: Help) -> tuple[float, int]:
    return float(str(one.barred.facts["over"])), one.worker


def _longer(worker: Worker, wanted: Wanted, travel: Travel) -> Iterator[dict[str, object]]:
    """By how many minutes a span of his would end later, and when he is there then."""
    for span, (begins, ends) in enumerate(worker.spans):
        if max(begins, wanted.stop.ready) + wanted.stop.takes <= wanted.stop.due:
            until = _until(worker.spans, span, worker.rest)
            spans = (*worker.spans[:span], (begins, until), *worker.spans[span + 1 :])
            one = replace(worker, spans=spans)
            alone = Crew((one,), travel)
            offer = alone.offer(one.id, wanted)
            if offer is not None and offer.margin is not None and offer.margin >= 0:
                over = _over(one, wanted, offer, alone, span, ends)
                if over > 0:
                    yield {"over": ceil(over), "arrive": offer.placed.arrive}


def _until(spans: Sequence[_Span], span: int, rest: float) -> float:
    """How long he may stay: until the next one, and before another day until he must rest."""
    ends = spans[span][1]
    if span + 1 == len(spans):
        return ends + MOST
    after = spans[span + 1][0]
    another_day = after - ends > SAME_DAY
    return max(ends, min(ends + MOST, after - rest * another_day))


def _over(
    worker: Worker, wanted: Wanted, offer: Offer, crew: Crew, span: int, ends: float
) -> float:
    """How long after the end of that span he is done with all that he has in it."""
    stop = wanted.stop
    if offer.begins is not None:
        ready = offer.begins if wanted.crew > 1 else stop.ready
        stop = replace(stop, planned=offer.begins, ready=ready)
    day = lay(with_it(worker, stop), crew.ways)[span]
    return day.dones[-1] - ends
