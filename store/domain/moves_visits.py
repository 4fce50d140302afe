"""Steps of a visit: assigned, accepted or declined, on the way, on site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import AS_ORDER, MOVES, State, VisitState
from store.domain.moves_refusals import (
    AlreadyWithHim,
    CannotFrom,
    Locked,
    NeedsInsisting,
    NobodyHolds,
    NotWithHim,
    SomebodyOnSite,
    TechnicianMissing,
)
from store.domain.order import Visit
from store.domain.recalls import is_unseen
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from store.domain.moves_common import Ask, Draft


def assign(draft: Draft, ask: Ask) -> None:
    """Give the order to a technician; whoever had it is called back, unless this one goes also."""
    if ask.technician is None:
        raise draft.refused(TechnicianMissing, ask.move)
    live = draft.live()
    if any(visit.technician == ask.technician for visit in live):
        raise draft.refused(AlreadyWithHim, ask.move)
    _make_room(draft, ask, live)
    _go_after_all(draft, ask.technician)
    place = len(draft.visits) + 1
    draft.visits.append(
        Visit(
            place=place,
            technician=ask.technician,
            state=VisitState.ASSIGNED,
            assigned_at=draft.at,
        )
    )
    draft.body |= {"technician": ask.technician, "visit": place}
    draft.set["follower"] = None
    if draft.state is State.DECLINED:
        draft.set["reason"] = ""  # it was why nobody had it; his visit keeps it
    if ask.start_at is not None:
        draft.set["planned_at"] = ask.start_at
    if draft.state is not State.WAITING:
        draft.follow_visits()


def _make_room(draft: Draft, ask: Ask, live: list[Visit]) -> None:
    """Call back whoever does not keep it beside the one who is sent."""
    if ask.instead is not None:
        _exchange(draft, ask, live)
    elif live and not ask.also:
        _call_back(draft, ask, live)


def _go_after_all(draft: Draft, technician: int) -> None:
    """Who is sent again after a recall is not told any more that he is not to go."""
    for visit in filter(is_unseen, draft.visits):
        if visit.technician == technician:
            draft.edit_visit(visit, seen_at=draft.at)


def _call_back(draft: Draft, ask: Ask, live: list[Visit]) -> None:
    """All who have it are called back; when it was meant to begin, that was theirs."""
    _may_be_called_back(draft, ask, live)
    draft.withdraw_all()
    draft.set["planned_at"] = None


def _may_be_called_back(draft: Draft, ask: Ask, leave: list[Visit]) -> None:
    """Nobody is called back to whom the order is locked, nor from his work unless one insists."""
    if draft.before.locked_by is not None:
        raise draft.refused(Locked, ask.move)
    if leave[0].state is VisitState.ON_SITE:
        if not ask.insist:
            raise draft.refused(SomebodyOnSite, ask.move)
        draft.body["insisted"] = True
    draft.body["from"] = [visit.technician for visit in leave]
    draft.set["reassigned"] = draft.before.reassigned + 1


def _exchange(draft: Draft, ask: Ask, live: list[Visit]) -> None:
    """One of a crew is called back, as all of them are else; the start that they keep stays."""
    leaves = [visit for visit in live if visit.technician == ask.instead]
    if not leaves:
        raise draft.refused(NotWithHim, ask.move)
    _may_be_called_back(draft, ask, leaves)
    draft.end_visit(leaves[0], VisitState.WITHDRAWN)


def accept(draft: Draft, ask: Ask) -> None:
    """The technician says yes; the first yes of a run keeps the respond promise."""
    visit = the_visit(draft, ask)
    draft.edit_visit(visit, state=VisitState.ACCEPTED, accepted_at=draft.at)
    draft.meet(ClockKind.RESPOND)
    draft.follow_visits()


def decline(draft: Draft, ask: Ask) -> None:
    """The technician says no; with nobody left, the order is back in the orphan lane.

    A start that those who are left were to wait for is theirs no more, unless it is locked.
    """
    visit = the_visit(draft, ask)
    draft.end_visit(visit, VisitState.DECLINED, ask.reason)
    draft.follow_visits(otherwise=State.DECLINED)
    if draft.before.locked_by is None:
        draft.set["planned_at"] = None
    if draft.state is State.DECLINED:
        draft.set["reason"] = ask.reason


def depart(draft: Draft, ask: Ask) -> None:
    """The technician is on the way; who moves has accepted."""
    visit = the_visit(draft, ask)
    draft.edit_visit(
        visit,
        state=VisitState.EN_ROUTE,
        accepted_at=visit.accepted_at or draft.at,
        departed_at=draft.at,
    )
    draft.meet(ClockKind.RESPOND)
    draft.follow_visits()


def arrive(draft: Draft, ask: Ask) -> None:
    """The technician is on site; who is there has accepted."""
    visit = the_visit(draft, ask)
    draft.edit_visit(
        visit,
        state=VisitState.ON_SITE,
        accepted_at=visit.accepted_at or draft.at,
        arrived_at=draft.at,
    )
    draft.meet(ClockKind.RESPOND)
    draft.meet(ClockKind.ARRIVE)
    draft.follow_visits()


def the_visit(draft: Draft, ask: Ask) -> Visit:
    """The visit that a step is about: the named technician's, else the one furthest along."""
    spec = MOVES[ask.move]
    live = draft.live()
    named = [v for v in live if ask.technician is None or v.technician == ask.technician]
    ready = [v for v in named if AS_ORDER[v.state] in spec.sources]
    if not ready:
        ready = [v for v in named if AS_ORDER[v.state] in spec.override]
        if ready and not ask.insist:
            raise draft.refused(NeedsInsisting, ask.move)
        if ready:
            draft.body["insisted"] = True
    if not ready:
        if not live:
            raise draft.refused(NobodyHolds, ask.move)
        raise draft.refused(CannotFrom if ask.technician is None else NotWithHim, ask.move)
    draft.body |= {"technician": ready[0].technician, "visit": ready[0].place}
    return ready[0]
