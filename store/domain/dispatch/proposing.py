"""A plan for the whole board weighed: which of its orders may be done together, and what for.

With some orders left out that several are sent to, the board is another one: each is reckoned once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.dispatch.joint_kept import held_up, turn_in, undone
from store.domain.dispatch.present import urgency
from store.domain.dispatch.proposal import Handed, Proposal, Sums
from store.domain.dispatch.ticked import reasons
from store.domain.dispatch.turns import TurnsKernel
from store.domain.dispatch.worth import hanging

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from store.domain.dispatch.present import Sent
    from store.domain.dispatch.turn import Turns


class Proposing:
    """Some moves, and those orders that the board of a kernel sends several to."""

    def __init__(
        self, kernel: TurnsKernel, moves: Mapping[int, int], ticked: Collection[int] | None
    ) -> None:
        tasks, self._sent = kernel.present.tasks, kernel.present.sent
        jobs = {one.stop.number: job for job, one in enumerate(tasks) if one.stop.number in moves}
        self._asked = {job: kernel.places_of[moves[number]] for number, job in jobs.items()}
        every = ticked is None
        self._some = {
            job: self._asked[job]
            for number, job in jobs.items()
            if every or number in (ticked or ())
        }
        some = tuple(one for one in self._sent if every or one.number in (ticked or ()))
        self._base, self._whole, self._part = with_only(kernel, ()), kernel, with_only(kernel, some)
        self._routes = {True: _routes(self._part, self._some)}
        same = self._some == self._asked and some == self._sent
        self._routes[False] = self._routes[True] if same else _routes(kernel, self._asked)
        self._urgency = {one.stop.number: urgency(one.stop) for one in tasks}
        self._urgency |= {one.stop.number: urgency(one.stop) for one in kernel.present.joint}
        self._holding: dict[tuple[int, bool], bool] = {}

    def told(self) -> Proposal:
        """Each order, and what the board comes to with those that are ticked."""
        part, after, some = self._part, self._routes[True], self._some
        nobody = _nobody(part, after, some)
        rows = [*self._moved(), *map(self._together, self._sent)]
        return Proposal(
            rows=tuple(sorted(rows, key=lambda row: self._urgency[row.number])),
            before=_sums(self._base, self._base.now, {}),
            after=_sums(part, after, some),
            left=tuple(sorted(_numbers(part, nobody))),
            sent=frozenset(one.number for one in part.present.sent),
            apart=part.present.apart,
        )

    def _moved(self) -> Iterable[Handed]:
        """The orders that go to somebody."""
        kernel, base, tasks = self._whole, self._base, self._whole.present.tasks
        why, why_whole = reasons(self._part, self._some), reasons(kernel, self._asked)
        hangs = hanging(kernel, self._asked)
        for job in kernel.in_order(tuple(self._asked)):
            person, holder, is_ticked = self._asked[job], kernel.holder[job], job in self._some
            groundless = is_ticked and why.get(job) == []
            able = (self._part if is_ticked else kernel).able[job]
            yield Handed(
                number=tasks[job].stop.number,
                loses=tasks[job].holder,
                gains=kernel.workers[person].id,
                before=base.now[holder].turns.get(job) if holder >= 0 else None,
                after=self._routes[is_ticked][person].turns.get(job),
                ticked=is_ticked,
                fits=self._holds({person, holder}, ticked=is_ticked)
                and person in able
                and not groundless,
                reasons=_numbers(kernel, why_whole.get(job, ())),
                groundless=groundless,
                hangs_on=_numbers(kernel, hangs.get(job, ())),
            )

    def _together(self, one: Sent) -> Handed:
        """An order that several go to."""
        kernel, base, ticked = self._whole, self._base, one in self._part.present.sent
        had = [kernel.places_of[who] for who in one.had if who in kernel.places_of]
        have = [kernel.places_of[who] for who in one.have]
        board = self._part if ticked else kernel
        turns = (turn_in(base, base.now[person], one.number) for person in had)
        return Handed(
            number=one.number,
            loses=next(iter(one.losing), None),
            gains=next(iter(one.gaining), one.have[0]),
            before=next((turn for turn in turns if turn is not None and turn.fits), None),
            after=turn_in(board, self._routes[ticked][have[0]], one.number),
            ticked=ticked,
            fits=self._holds({*had, *have}, ticked=ticked),
            sent=one,
        )

    def _holds(self, people: Iterable[int], *, ticked: bool) -> bool:
        """Whether their days keep the rules. Also whoever loses an order may then come to the
        others at another time.
        """
        kernel, routes = self._part if ticked else self._whole, self._routes[ticked]
        for person in people:
            if person >= 0 and (person, ticked) not in self._holding:
                made = routes[person]
                holds = kernel.holds(made) and not held_up(self._base, kernel, made)
                self._holding[person, ticked] = holds
        return all(self._holding.get((person, ticked), True) for person in people)


def with_only(kernel: TurnsKernel, sent: tuple[Sent, ...]) -> TurnsKernel:
    """The same board on which only these orders of its plan are sent to several."""
    if sent == kernel.present.sent:
        return kernel
    known = kernel.others.get(sent)
    if known is None:
        known = kernel.others[sent] = TurnsKernel(replace(kernel.present, sent=sent))
    return known


def _numbers(kernel: TurnsKernel, jobs: Iterable[int]) -> tuple[int, ...]:
    return tuple(kernel.stops[job].number for job in jobs)


def _routes(kernel: TurnsKernel, moved: Mapping[int, int]) -> list[Turns]:
    return [
        now if jobs == now.stops else kernel.laid(now.person, jobs)
        for now, jobs in zip(kernel.now, kernel.held(moved), strict=True)
    ]


def _nobody(kernel: TurnsKernel, routes: list[Turns], moved: Mapping[int, int]) -> set[int]:
    """Tasks that nobody has, or that whoever has them cannot come to."""
    tasks = range(len(kernel.holder))
    lone = {job for job in tasks if moved.get(job, kernel.holder[job]) < 0}
    return lone | {job for route in routes for job in route.short if job in tasks}


def _sums(kernel: TurnsKernel, routes: list[Turns], moved: Mapping[int, int]) -> Sums:
    """What several do together is late once, however many of them do it."""
    late: dict[int, float] = {}
    for route in routes:
        for job, turn in route.turns.items():
            if turn.fits:
                number = kernel.stops[job].number
                late[number] = max(turn.late, late.get(number, 0.0))
    nobody = len(_nobody(kernel, routes, moved)) + len(undone(kernel))
    return Sums(
        late=sum(minutes > 0 for minutes in late.values()) + nobody,
        late_min=sum(late.values()),
        weighted_min=sum(route.lateness for route in routes),
        travel_min=sum(route.travel for route in routes),
        overload_min=sum(route.overload for route in routes),
        nobody=nobody,
    )
