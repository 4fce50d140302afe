"""When whoever has an order comes to it, as the schedule board lays his day, and who is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from store.domain.dispatch.rules import Barred, Rule
from store.domain.forecast import Turn, without
from store.domain.supply import FAR
from store.domain.who import EVERYWHERE
from store.queries.answers.laid_days import LaidDays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.supply import Span
    from store.persistence.reader import Reader


class HeldAhead:
    """The days of everybody, in sight or not: whoever is out of sight has orders that are not."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        wide = replace(reader, who=replace(reader.who, scope=EVERYWHERE))
        self._days = LaidDays(wide)
        self.turns: dict[int, Turn] = {}
        """By order; where several have it, of whoever comes first."""
        for who in self._days.crew.workers:
            for number, turn in self._turns_of(who).items():
                known = self.turns.get(number)
                if known is None or turn.reached_at < known.reached_at:
                    self.turns[number] = turn

    def there_by(self, moment: datetime) -> set[int]:
        """Who is there by then; nobody is for having work to finish beyond his hours."""
        return {
            who
            for who, one in self._days.crew.workers.items()
            if any(self._days.when(begins) <= moment for begins, _ in one.hours)
        }

    def left(self) -> Iterator[Span]:
        """The time of everybody that no order takes which somebody has."""
        when = self._days.when
        for laid in self._days.crew.laid.values():
            for one in laid:
                taken = [
                    (when(start - hop), when(done))
                    for start, hop, done in zip(one.starts, one.hops, one.dones[1:], strict=True)
                ]
                yield from without((when(one.begins), when(one.ends)), taken)

    def _turns_of(self, who: int) -> dict[int, Turn]:
        """When somebody comes to what he has."""
        days, when = self._days, self._days.when
        worker = days.crew.workers[who]
        found = {stop.number: self._never(who) for stop in worker.stops} if not worker.spans else {}
        before, work, begun = 0, 0.0, set[int]()
        for (begins, _ends), one in zip(worker.spans, days.crew.laid[who], strict=True):
            away = self._away_until(who, when(begins)) if begins > 0 else None
            for place, stop in enumerate(one.stops):
                start, done = one.starts[place], one.dones[place + 1]
                if stop.number in begun:  # it goes on in another span
                    found[stop.number] = replace(found[stop.number], done_at=when(done))
                else:
                    found[stop.number] = Turn(
                        technician=who,
                        sets_out_at=when(max(one.dones[place], start - one.hops[place])),
                        reached_at=when(start),
                        done_at=when(done),
                        since=when(begins),
                        away=away,
                        before=before,
                        work=days.lasts(work),
                    )
                    begun.add(stop.number)
                    before += 1
                if done > one.ends and not stop.under_way:  # behind the last span is no time
                    found[stop.number] = _never(found[stop.number])
                work += stop.takes
        return found

    def _away_until(self, who: int, back: datetime) -> Barred:
        """What somebody is until he is there again: absent, or else off shift."""
        at, absences = self._reader.at, self._days.them.absences(who)
        if any(begins <= at < ends for begins, ends in absences):
            until = self._days.them.back_at(who)
            return Barred(rule=Rule.AWAY_NOW, facts={"until": until})
        absent = any(begins < back == ends for begins, ends in absences)
        return Barred(rule=Rule.AWAY_NOW if absent else Rule.OFF_SHIFT, facts={"until": back})

    def _never(self, who: int) -> Turn:
        """Of one who is not there in all the time that is looked at."""
        worker, facts, rule = self._days.crew.workers[who], dict[str, object](), Rule.NO_SHIFT
        if worker.off:
            rule = Rule.OFF
        elif worker.away:
            rule, until = Rule.ABSENT, self._days.them.back_at(who)
            facts = {} if until is None else {"until": until}
        return _far(who, self._reader.at, Barred(rule=rule, facts=facts))


def never(who: int | None, at: datetime) -> Turn | None:
    """Of somebody who is with us no more; None where it is nobody."""
    return None if who is None else _far(who, at, None)


def _far(who: int, at: datetime, away: Barred | None) -> Turn:
    return Turn(
        technician=who,
        sets_out_at=FAR,
        reached_at=FAR,
        done_at=FAR,
        since=at,
        away=away,
        before=0,
        work=timedelta(),
    )


def _never(turn: Turn) -> Turn:
    """The same, but that he does not come to it."""
    return replace(turn, sets_out_at=FAR, reached_at=FAR, done_at=FAR, away=None)
