"""Somebody of a recommendation, and the command that sends him just as that has said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.actions_kinds import Kind, Question
from console.heeding import broken
from console.render_helps import name_of
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from console.actions_kinds import Ask, Told
    from store.commands.automatic import SendAsShown
    from store.queries.board import BoardLine
    from store.queries.recommend import Person, Recommendation, Recommended

_ALIKE: Final = timedelta(minutes=5)
"""By so much an arrival may drift, as time goes by, before it is another one."""


def as_shown(
    found: Recommendation, one: Recommended, line: BoardLine | None, told: Told, ask: Ask
) -> SendAsShown:
    """The command for the one who was chosen, tied to what stood beside his name."""
    from store.commands.automatic import SendAsShown

    assert line is not None
    return SendAsShown(
        number=line.number,
        technician=one.who.id,
        version=line.version,
        stamp=one.stamp,
        place=found.place,
        as_of=found.at,
        start_at=begins(found, one, told),
        also=bool(found.going) and not found.whole and found.replaced is None,
        instead=told.get("instead") if found.replaced is None else found.replaced.code,
        insist=bool(told.get("insist")),
        against=broken(line.number, told, ask),
    )


def begins(found: Recommendation, one: Recommended, told: Told) -> datetime | None:
    """When they begin; with whoever comes last, where that one stays and another makes room."""
    start, last_at = one.begin_at, found.last_at
    if start is None or last_at is None or told.get("instead") in {None, found.last}:
        return start
    awaited_by = found.appointment_to or found.appointment_at
    start = max(start, last_at)
    return None if awaited_by is not None and start > awaited_by else start


def in_place_of(who: Person) -> Question:
    """Whose place somebody takes in a crew that is whole."""
    return Question(
        name="instead",
        label=N_("the crew is whole: in whose place?"),
        kind=Kind.MEMBER,
        asks=N_("in whose place"),
        means=N_("{name} goes in the place of {technician}, who is called off"),
        facts={"name": name_of(who)},
    )


def stands(before: Recommendation, now: Recommendation, who: object) -> bool:
    """Whether the order is with whom it was, and somebody comes to it as he did."""
    was, comes = _offer(before, who), _offer(now, who)
    if (before.holder, len(before.going)) != (now.holder, len(now.going)):
        return False
    if before.replaced != now.replaced:
        return False
    if was is None or comes is None:
        return was is comes
    drifted = abs(comes.arrive_at - was.arrive_at)
    return drifted < _ALIKE and _facts(comes) == _facts(was)


def _offer(found: Recommendation, who: object) -> Recommended | None:
    return next((one for one in found.offers if one.who.id == who), None)


def _facts(one: Recommended) -> tuple[object, ...]:
    late = one.margin is not None and one.margin < timedelta()
    waiting = {slip.number: slip.late > slip.late_before for slip in one.slips}
    return one.after, one.later, one.parts, late, waiting
