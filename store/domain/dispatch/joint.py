"""Who goes to the orders that several do together, and when: all of them at one start.

They are chosen on the repaired board, the urgent first: the start and the people that cost least.
Nothing that somebody has falls out of his day for it, neither as the board stands nor as it is
repaired, so that they may be sent with or without the repair. What follows is planned around them.
"""

from __future__ import annotations

from itertools import product
from math import inf
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.joint_days import SAME, Days, How, opens
from store.domain.dispatch.joint_kept import turn_in
from store.domain.dispatch.present import Apart, Sent, urgency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.domain.dispatch.present import Joint
    from store.domain.dispatch.route import Route
    from store.domain.dispatch.turns import TurnsKernel

_ASKED: Final = 12
"""Those for whom it costs least by themselves are asked first; all only where none of them can."""
_IN_HAND: Final = 10.0
"""Minutes that everybody has in hand before he must be there, where there are so many: who sets out
a little later than was reckoned would else have to leave undone what he has before it.
"""


class Pairing:
    """One board that is repaired, and who may be sent together beside that."""

    def __init__(self, kernel: TurnsKernel, repaired: Sequence[Route]) -> None:
        self._kernel = kernel
        self._present = kernel.present
        self._days = Days(kernel, repaired)
        self.apart: list[Apart] = []
        """Of which everybody has it, and there is no start for all of them."""

    def sent(self, over: Callable[[], bool]) -> tuple[Sent, ...]:
        """All that lack somebody, or a start, and can be helped, as far as there is time."""
        found = []
        for joint in sorted(self._present.joint, key=lambda one: urgency(one.stop)):
            if over():
                break
            if (one := self._best(joint)) is not None:
                found.append(one)
                self._days.put(joint, one)
        return tuple(found)

    # -- one order ---------------------------------------------------------------------------

    def _best(self, joint: Joint) -> Sent | None:
        """Who goes when; None where nobody and no start is lacking, or nobody may be sent."""
        self._days.ask_anew()
        lost = {who for who in joint.has if self._needs(joint, who)}
        keep = [who for who in joint.has if who not in lost]
        wanted = joint.wants - len(keep)
        if wanted == 0 and not lost:
            return self._at_once(joint)
        if wanted <= 0 or (joint.stays and lost):
            return None
        if not all(self._days.lets(joint, who) for who in lost):
            return None
        meant = _meant(joint) if keep else None
        if joint.stays and meant is None:
            return None  # what is locked to them is given no other start
        for some, how in self._asked(joint):
            who = [*keep, *some]
            starts = (meant,) if meant is not None else self._days.starts(joint, who, how)
            best = self._cheapest(joint, keep, some, wanted, starts)
            if best is not None:
                have = (*keep, *best[1])
                return Sent(number=joint.stop.number, start=best[0], had=joint.has, have=have)
        return None

    def _asked(self, joint: Joint) -> Iterator[tuple[Sequence[int], How]]:
        """Who may be asked, the fewest first, and how closely: who would have to put something off
        to another span for it comes last.
        """
        people, puts_off = self._able(joint)
        groups = (people[:_ASKED], people) if len(people) > _ASKED else (people,)
        yield from product(groups, (How(_IN_HAND), How(0.0)))
        yield [*people, *puts_off], How(0.0, every_day=True)

    def _at_once(self, joint: Joint) -> Sent | None:
        """A start for all who have it; None where they begin at once, or cannot."""
        number, now = joint.stop.number, self._comes(joint)
        if len(now) < 2 or max(now.values()) - min(now.values()) <= SAME:
            return None
        last = max(now, key=lambda who: (now[who], who))
        if joint.stays:
            self.apart.append(Apart(number=number, who=last, free=now[last], locked=True))
            return None
        for how in (How(_IN_HAND), How(0.0), How(0.0, every_day=True)):
            starts = self._days.starts(joint, joint.has, how)
            best = self._cheapest(joint, joint.has, (), 0, starts)
            if best is not None:
                return Sent(number=number, start=best[0], had=joint.has, have=joint.has)
        self.apart.append(self._apart(joint))
        return None

    def _comes(self, joint: Joint) -> dict[int, float]:
        """When each who has it begins it as the board stands."""
        found, kernel = dict[int, float](), self._kernel
        for who in joint.has:
            turn = turn_in(kernel, kernel.now[kernel.places_of[who]], joint.stop.number)
            if turn is not None:
                found[who] = turn.start
        return found

    def _apart(self, joint: Joint) -> Apart:
        """Who of those who have it is free for it last, or never."""
        found = dict[int, float]()
        for who in joint.has:
            starts = self._days.starts(joint, (who,), How(0.0, every_day=True))
            possible = (at for at in starts if self._days.cost(joint, who, at) < inf)
            found[who] = next(possible, inf)
        last = max(found, key=lambda who: (found[who], who))
        free = None if found[last] == inf else found[last]
        return Apart(number=joint.stop.number, who=last, free=free)

    def _cheapest(
        self,
        joint: Joint,
        keep: Sequence[int],
        some: Sequence[int],
        wanted: int,
        starts: Iterable[float],
    ) -> tuple[float, tuple[int, ...]] | None:
        """The start that costs least, and who goes then beside those who have it."""
        best: tuple[float, float, tuple[int, ...]] | None = None
        for at in starts:
            if best is not None and self._least(joint, at, wanted or len(keep)) >= best[0]:
                break
            found = self._all_at(joint, at, keep, some, wanted)
            if found is not None and (best is None or found[0] < best[0]):
                best = found[0], at, found[1]
        return None if best is None else best[1:]

    def _needs(self, joint: Joint, who: int) -> bool:
        """Whether somebody who has it comes to it never or, where his day is upset, too late."""
        kernel, person = self._kernel, self._kernel.places_of.get(who)
        if person is None:
            return True
        now, number = kernel.now[person], joint.stop.number
        job = next(job for job in kernel.fixed[person] if kernel.stops[job].number == number)
        return job in now.short or (who in self._present.upset and now.turns[job].late > 0)

    def _able(self, joint: Joint) -> tuple[list[int], list[int]]:
        """Who may go and has not got it, those first for whom it costs least by himself; and those
        in none of whose spans there is room for it beside all that lies there.
        """
        some = []
        for who, until in joint.able.items():
            if who not in joint.has and who in self._days:
                some.append((self._days.alone(joint, who, until) + joint.own.get(who, 0.0), who))
        some.sort()
        return [who for cost, who in some if cost < inf], [who for cost, who in some if cost == inf]

    def _least(self, joint: Joint, start: float, people: int) -> float:
        """What it costs at least that so many begin it then."""
        stop, waiting = joint.stop, self._present.prices.waiting
        late = max(0.0, start + stop.takes - stop.due)
        return people * stop.weight * (late + waiting * (start - opens(joint)))

    def _all_at(
        self, joint: Joint, start: float, keep: Sequence[int], people: Sequence[int], wanted: int
    ) -> tuple[float, tuple[int, ...]] | None:
        """What it costs that all begin it then, and who goes beside those who have it."""
        cost = self._days.cost
        costs = [cost(joint, who, start) for who in keep]
        if inf in costs or len(people) < wanted:
            return None
        asked, over = [], len(people) - wanted
        for who in people:
            dear = cost(joint, who, start)
            if dear < inf:
                asked.append((dear + joint.own.get(who, 0.0), who))
            elif not over:  # too few are left, whatever it costs the others
                return None
            else:
                over -= 1
        some = sorted(asked)[:wanted]
        return sum(costs) + sum(dear for dear, _who in some), tuple(who for _cost, who in some)


def _meant(joint: Joint) -> float | None:
    """The start that it was given, where that is still to come; an appointment is none."""
    start = joint.stop.planned
    return None if start is None or start == joint.stop.appointed or start < 0 else start
