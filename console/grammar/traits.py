"""Whether a set that is named by what its orders have in common means closed ones, too."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Situation
from store.domain.finding.parser import parse
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.tree import Term, leaves
from store.domain.lifecycle import STATES, State
from store.queries.board import BoardLine, Key

if TYPE_CHECKING:
    from datetime import datetime

    from console.actions_kinds import Action

_OF_STATES: Final = frozenset({"state", "closed"})


def takes_closed(action: Action | None, query: str, *, at: datetime) -> bool:
    """Whether closed orders are meant: where something can be done to them, or it is said."""
    return action is None or _reaches_closed(action, at) or _tells_state(query)


def _tells_state(query: str) -> bool:
    """Whether the filter itself says which states are meant."""
    try:
        tree = parse(query)
    except QueryUnclear:
        return False
    return any(isinstance(leaf, Term) and leaf.field in _OF_STATES for leaf in leaves(tree))


def _reaches_closed(action: Action, at: datetime) -> bool:
    return action.why_not(Situation(at=at, line=_closed(at))) is None


def _closed(at: datetime) -> BoardLine:
    """Any order that is over, as a queue would show it."""
    facts: dict[str, Any] = dict.fromkeys(
        field.name for field in fields(BoardLine) if field.default is MISSING
    )
    facts |= dict.fromkeys(("state_since", "opened_at", "rank_at", "follow_at"), at)
    facts |= dict.fromkeys(("number", "version", "priority"), 0)
    facts |= {"state": State.CLOSED, "category": STATES[State.CLOSED].category}
    return BoardLine(
        **facts | {"key": Key(at, 0), "title": "", "reason": "", "acknowledged": False}
    )
