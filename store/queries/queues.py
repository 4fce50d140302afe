"""The queues of the desk as a table: what belongs in each, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.lifecycle import STATES, Category, State
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One queue: its count and its rows both come from this predicate."""

    name: str
    label: str
    states: tuple[State, ...] = ()
    """Only orders in one of these; none named means any."""
    where: str = ""
    """What else must hold, over columns of `work_order` and the instant `:at`."""
    order: str = "rank_at"
    """The column that rows are sorted by, then by number."""
    live: bool = True
    """Whether orders that left the desk are kept out."""
    walk: str = ""
    """The same states said so that one index alone serves them in order."""

    def lanes(self) -> tuple[str, ...]:
        """The predicate in parts that exclude one another, each walking one index in order."""
        if self.walk:
            return (self._all((self.walk,)),)
        return tuple(self._all((f"state = '{state}'",)) for state in self.states) or (
            self._all(()),
        )

    def predicate(self) -> str:
        """The condition on a row of `work_order`; `live = 1` stands as the indexes spell it."""
        if not self.states:
            return self._all(())
        states = ", ".join(f"'{state}'" for state in self.states)
        return self._all((f"state IN ({states})",))

    def _all(self, states: tuple[str, ...]) -> str:
        live = ("live = 1",) if self.live else ()
        return " AND ".join((*live, *states, *((self.where,) if self.where else ())))


_ORPHANS = tuple(state for state, spec in STATES.items() if spec.orphan)
_OPEN = tuple(
    state for state, spec in STATES.items() if spec.category in {Category.OPEN, Category.WAITING}
)
_FINISHED = tuple(
    state for state, spec in STATES.items() if spec.category is Category.DONE and not spec.final
)

_QUEUES = (
    Queue(name="all_open", label=N_("all open"), states=_OPEN, walk="category <> 'done'"),
    Queue(name="unassigned", label=N_("unassigned"), states=_ORPHANS),
    Queue(name="not_accepted", label=N_("not accepted"), states=(State.ASSIGNED,)),
    Queue(
        name="at_risk",
        label=N_("at risk"),
        where="next_deadline >= :at AND risk_at <= :at",
        order="next_deadline",
    ),
    Queue(name="overdue", label=N_("overdue"), where="next_deadline < :at", order="next_deadline"),
    Queue(
        name="in_progress",
        label=N_("in progress"),
        states=(State.ACCEPTED, State.EN_ROUTE, State.ON_SITE),
    ),
    Queue(name="waiting", label=N_("waiting"), states=(State.WAITING,)),
    Queue(
        name="waiting_expired",
        label=N_("waiting expired"),
        states=(State.WAITING,),
        where="wake_at <= :at",
    ),
    Queue(
        name="follow_ups_due",
        label=N_("follow-ups due"),
        where="follow_at IS NOT NULL AND follow_at <= :at",
        order="follow_at",
        live=False,
    ),
    Queue(
        name="nobody_following",
        label=N_("nobody following"),
        states=_ORPHANS,
        where="orphan_at <= :at",
    ),
    Queue(name="to_close", label=N_("to close"), states=_FINISHED),
)

QUEUES: Mapping[str, Queue] = {queue.name: queue for queue in _QUEUES}
"""Every queue by name, in the order in which the board lists them."""
