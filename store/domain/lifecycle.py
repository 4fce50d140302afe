"""The life of an order as tables: states, moves, and the reason for every refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Where an order stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    DONE = "done"
    VERIFIED = "verified"
    CLOSED = "closed"
    WAITING = "waiting"
    DECLINED = "declined"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"


class Category(StrEnum):
    """What everything computed hangs on, whatever states a desk adds."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSpec:
    """What a state is called and what it means for clocks and queues."""

    label: str
    sign: str
    """One ASCII letter or sign that carries the state where colour cannot."""
    category: Category
    final: bool = False
    """Whether the order has left the desk (closed, cancelled, duplicate)."""
    orphan: bool = False
    """Whether no technician holds the order while it stands here."""


class _States(dict[State, StateSpec]):
    """A state that is not in the table is shown as it is, and no step starts from it."""

    def __missing__(self, state: State) -> StateSpec:
        return StateSpec(label=state.value, sign="?", category=Category.OPEN)


_KNOWN: Mapping[State, StateSpec] = {
    State.NEW: StateSpec(label=N_("new"), sign="N", category=Category.OPEN, orphan=True),
    State.ASSIGNED: StateSpec(label=N_("assigned"), sign="A", category=Category.OPEN),
    State.ACCEPTED: StateSpec(label=N_("accepted"), sign="C", category=Category.OPEN),
    State.EN_ROUTE: StateSpec(label=N_("en route"), sign="E", category=Category.OPEN),
    State.ON_SITE: StateSpec(label=N_("on site"), sign="S", category=Category.OPEN),
    State.DONE: StateSpec(label=N_("done"), sign="D", category=Category.DONE),
    State.VERIFIED: StateSpec(label=N_("verified"), sign="V", category=Category.DONE),
    State.CLOSED: StateSpec(label=N_("closed"), sign="X", category=Category.DONE, final=True),
    State.WAITING: StateSpec(label=N_("waiting"), sign="W", category=Category.WAITING),
    State.DECLINED: StateSpec(label=N_("declined"), sign="B", category=Category.OPEN, orphan=True),
    State.REOPENED: StateSpec(label=N_("reopened"), sign="R", category=Category.OPEN, orphan=True),
    State.CANCELLED: StateSpec(
        label=N_("cancelled"), sign="-", category=Category.CANCELLED, final=True
    ),
    State.DUPLICATE: StateSpec(
        label=N_("duplicate"), sign="=", category=Category.CANCELLED, final=True
    ),
}


STATES: Mapping[State, StateSpec] = _States(_KNOWN)
_BY_NAME = {state.value: state for state in State}


def read_state(value: str) -> State:
    """The state of a row that is only shown; one that a newer program wrote stays what it says."""
    known = _BY_NAME.get(value)
    if known is not None:
        return known
    strange = str.__new__(State, value)
    strange._name_, strange._value_ = "UNREADABLE", value
    return strange


class VisitState(StrEnum):
    """Where one trip of one technician stands."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    DONE = "done"
    LEFT = "left"
    """Left without finishing: parts, access; the order waits or needs another visit."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    """He was sent by a command that was taken back; shown until somebody has seen it."""


LIVE_VISITS = (
    VisitState.ASSIGNED,
    VisitState.ACCEPTED,
    VisitState.EN_ROUTE,
    VisitState.ON_SITE,
)
"""Visits still to come or under way, least far along first."""

AS_ORDER: Mapping[VisitState, State] = {visit: State(visit.value) for visit in LIVE_VISITS}
"""Where an order stands by the visit furthest along."""


class Move(StrEnum):
    """One step that an operator or technician can take an order through."""

    ASSIGN = "assign"
    ACCEPT = "accept"
    DECLINE = "decline"
    DEPART = "depart"
    ARRIVE = "arrive"
    WAIT = "wait"
    RESUME = "resume"
    FINISH = "finish"
    VERIFY = "verify"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSpec:
    """From where a move may start, what it must be told, and the fact it leaves."""

    label: str
    sources: frozenset[State]
    fact: str
    needs_reason: bool = False
    override: frozenset[State] = frozenset()
    """States it may start from only when the operator insists (journalled as such)."""


_ORPHAN = frozenset(s for s, spec in STATES.items() if spec.orphan)
_HELD = frozenset({State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE, State.ON_SITE})
_OPEN = _ORPHAN | _HELD
_OVER = frozenset({State.DONE, State.VERIFIED, State.CLOSED, State.CANCELLED, State.DUPLICATE})

MOVES: Mapping[Move, MoveSpec] = {
    Move.ASSIGN: MoveSpec(
        label=N_("be assigned"), sources=_OPEN | {State.WAITING}, fact="assigned"
    ),
    Move.ACCEPT: MoveSpec(
        label=N_("be accepted"), sources=frozenset({State.ASSIGNED}), fact="accepted"
    ),
    Move.DECLINE: MoveSpec(
        label=N_("be declined"),
        sources=frozenset({State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE}),
        fact="declined",
        needs_reason=True,
    ),
    Move.DEPART: MoveSpec(
        label=N_("be on the way"),
        sources=frozenset({State.ACCEPTED}),
        override=frozenset({State.ASSIGNED}),
        fact="departed",
    ),
    Move.ARRIVE: MoveSpec(
        label=N_("arrive"),
        sources=frozenset({State.EN_ROUTE, State.ACCEPTED}),
        override=frozenset({State.ASSIGNED}),
        fact="arrived",
    ),
    Move.WAIT: MoveSpec(label=N_("wait"), sources=_OPEN, fact="waited", needs_reason=True),
    Move.RESUME: MoveSpec(label=N_("resume"), sources=frozenset({State.WAITING}), fact="resumed"),
    Move.FINISH: MoveSpec(
        label=N_("be finished"),
        sources=frozenset({State.ON_SITE}),
        override=_OPEN - {State.ON_SITE} | {State.WAITING},
        fact="finished",
    ),
    Move.VERIFY: MoveSpec(
        label=N_("be verified"), sources=frozenset({State.DONE}), fact="verified"
    ),
    Move.CLOSE: MoveSpec(
        label=N_("be closed"), sources=frozenset({State.DONE, State.VERIFIED}), fact="closed"
    ),
    Move.REOPEN: MoveSpec(
        label=N_("be reopened"), sources=_OVER, fact="reopened", needs_reason=True
    ),
    Move.CANCEL: MoveSpec(
        label=N_("be cancelled"),
        sources=_OPEN | {State.WAITING},
        fact="cancelled",
        needs_reason=True,
    ),
    Move.DUPLICATE: MoveSpec(
        label=N_("be marked as a duplicate"),
        sources=_OPEN | {State.WAITING},
        fact="duplicated",
    ),
}

WRITTEN_IN_ERROR = N_("written in error")
"""Why an order is cancelled whose writing down was taken back."""
PLANNED_FOR_LATER = N_("planned, not due yet")
"""Why an order waits that was made ahead of its date."""
OWN_REASONS = frozenset({WRITTEN_IN_ERROR, PLANNED_FOR_LATER})
"""Reasons that no operator has written: they are said in the reader's language."""
