"""When whoever has an order comes to it, as the schedule board lays his day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from store.domain.dispatch.laid import lay
from store.domain.dispatch.ways import ways_of
from store.queries.recommend import Staying

if TYPE_CHECKING:
    from store.domain.dispatch.advice import Offer
    from store.domain.dispatch.crew import Stop, Wanted
    from store.persistence.reader import Reader
    from store.queries.answers.crew import Everybody
    from store.queries.answers.usual_times import UsualTimes


def staying(
    reader: Reader, them: Everybody, times: UsualTimes, stop: Stop, holder: int
) -> Staying | None:
    """None where nobody in sight has it. Asked last: what he has to do is read anew, with it."""
    if holder not in them.workers:
        return None
    who = them.person(holder)
    found = _comes(them, times, stop.number, holder)
    if found is None:
        return Staying(who=who)
    begun, done = found
    when, at_desk = reader.pace.after, reader.pace.here
    return Staying(
        who=who,
        arrive_at=when(reader.at, begun),
        done_at=when(reader.at, done),
        margin=None if stop.due == inf else at_desk(timedelta(minutes=stop.due - done)),
    )


class Meeting(NamedTuple):
    """When those begin who have an order together."""

    at: float | None = None
    """None where nobody has it, or nobody who has time for it."""
    last: int | None = None
    """Who comes last of a crew that is whole: it is they who are not counted with."""
    last_at: float | None = None
    """None where they have no time for it."""


def meeting(
    them: Everybody,
    times: UsualTimes,
    wanted: Wanted,
    *,
    whole: bool,
    gone: frozenset[str] = frozenset(),
) -> tuple[Wanted, Meeting]:
    """An order that some have already begins with whoever is found beside them, and when that is.

    The first to come waits for the others: nobody begins before the last of those who go. So the
    order is due with whoever comes last as if it were promised for then: what he has besides gives
    way where that costs less than to keep them waiting. Of a crew that is `whole` one makes room:
    whoever comes last, until it is said who. Nobody waits for those who are `gone`, by code.
    """
    here = sorted(wanted.going & them.workers.keys())
    going = [who for who in here if them.person(who).code not in gone] if gone else here
    found = {who: _comes(them, times, wanted.stop.number, who) for who in going}
    starts = {who: inf if one is None else one[0] for who, one in found.items()}
    last, last_at = None, None
    if whole and starts:
        last = max(starts, key=lambda who: (starts[who], who))
        last_at = starts.pop(last)
    there = [start for start in starts.values() if start < inf]
    last_at = None if last_at == inf else last_at
    if not there:
        return wanted, Meeting(None, last, last_at)
    at, stop = max(there), wanted.stop
    ready = max(stop.ready, at)
    timed = max(at, stop.planned or at) if ready > 0 else stop.planned
    due = min(stop.due, ready + stop.takes)
    joined = replace(wanted, stop=replace(stop, ready=ready, planned=timed, due=due))
    return joined, Meeting(at, last, last_at)


def as_promised(offer: Offer, stop: Stop) -> Offer:
    """What somebody costs who joins others: late is what was promised, the rest is their wait."""
    placed, score = offer.placed, offer.score
    late = 0.0 if stop.due == inf else stop.weight * max(0.0, placed.end - stop.due)
    waits = score.others_wait + score.lateness - late
    return replace(
        offer,
        score=replace(score, lateness=late, others_wait=waits),
        margin=None if stop.due == inf else stop.due - placed.end,
    )


def _comes(them: Everybody, times: UsualTimes, number: int, who: int) -> tuple[float, float] | None:
    """When somebody begins and is done; None where he has no time for it."""
    [worker] = them.busy(times, [who], but=0)
    begun, done, fits = None, None, True
    for one in lay(worker, ways_of(them.travel)):
        for at, its in enumerate(one.stops):
            if its.number == number:
                begun = one.starts[at] if begun is None else begun
                done, fits = one.dones[at + 1], one.dones[at + 1] <= one.ends or its.under_way
    return None if begun is None or done is None or not fits else (begun, done)
