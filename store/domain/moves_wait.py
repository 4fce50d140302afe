"""Waiting: with a reason and a wake-up time, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import State, VisitState
from store.domain.moves_refusals import WakeMissing, WakeNaive, WakePast
from store.domain.order import Pause
from store.domain.replay import whole_ms

if TYPE_CHECKING:
    from store.domain.moves_common import Ask, Draft


def wait(draft: Draft, ask: Ask) -> None:
    """Stop the pausable clocks until a wake-up; who was on site leaves, who was coming stays."""
    if ask.wake_at is None:
        raise draft.refused(WakeMissing, ask.move)
    if ask.wake_at.utcoffset() is None:
        raise draft.refused(WakeNaive, ask.move)
    wake_at = whole_ms(ask.wake_at)
    if wake_at <= draft.at:
        raise draft.refused(WakePast, ask.move)
    for visit in draft.live():
        if visit.state is VisitState.ON_SITE:
            draft.end_visit(visit, VisitState.LEFT, ask.reason)
    draft.state = State.WAITING
    draft.set |= {"reason": ask.reason, "wake_at": wake_at}
    draft.open_pause(Pause(from_at=draft.at, reason=ask.reason, wake_at=wake_at))


def resume(draft: Draft, _ask: Ask) -> None:
    """Let the clocks run on; with nobody left on it, the order is back in the orphan lane."""
    draft.close_pauses()
    draft.set["reason"] = ""
    draft.follow_visits()
