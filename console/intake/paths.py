"""By which steps an order comes to a state, and which columns tell when it took them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import Move, State

if TYPE_CHECKING:
    from collections.abc import Mapping

PATHS: Mapping[State, tuple[Move, ...]] = {
    State.NEW: (),
    State.ASSIGNED: (Move.ASSIGN,),
    State.ACCEPTED: (Move.ASSIGN, Move.ACCEPT),
    State.EN_ROUTE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    State.ON_SITE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
    State.DECLINED: (Move.ASSIGN, Move.DECLINE),
    State.WAITING: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.WAIT),
    State.DONE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH),
    State.VERIFIED: (
        Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.VERIFY,
    ),
    State.CLOSED: (
        Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.VERIFY, Move.CLOSE,
    ),
    State.REOPENED: (Move.ASSIGN, Move.FINISH, Move.REOPEN),
    State.CANCELLED: (Move.ASSIGN, Move.CANCEL),
    State.DUPLICATE: (Move.ASSIGN, Move.DUPLICATE),
}  # fmt: skip
"""By which steps a row that is a whole order came to its state."""

TIMES: Mapping[Move, tuple[str, ...]] = {
    Move.ASSIGN: ("assigned_at",),
    Move.ACCEPT: ("accepted_at",),
    Move.DEPART: ("departed_at",),
    Move.ARRIVE: ("arrived_at",),
    Move.WAIT: ("waiting_at",),
    Move.FINISH: ("done_at", "closed_at"),
    Move.VERIFY: ("verified_at",),
    Move.CLOSE: ("closed_at", "verified_at", "done_at"),
    Move.CANCEL: ("closed_at",),
    Move.DUPLICATE: ("closed_at",),
    Move.REOPEN: ("closed_at",),
}
"""The columns that tell when a step was taken, best first."""

ON_THE_WAY = frozenset({Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.VERIFY})
"""Steps that a later state does not prove; they are told only where the file gives their time."""
SINCE = "state_since"
"""Tells when the last step was taken, where no column of its own does."""
LAST_OF = {state: path[-1] for state, path in PATHS.items() if path}
BY_TECHNICIAN = frozenset({Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE})
PUT_IN: Mapping[Move, tuple[State, str]] = {
    Move.DUPLICATE: (State.DUPLICATE, "duplicated"),
    Move.DECLINE: (State.DECLINED, "declined"),
}
"""Steps that need what a file may not tell: which original, which technician."""
