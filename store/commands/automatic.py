"""Automatic dispatch: its modes, what the desk found for an order, and taking it at its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import CODE, needed, one_of, whole
from store.commands.moves import MoveOrder, move_order
from store.commands.stood import lie_so, stand_so
from store.domain.advance import advance
from store.domain.crews import lacking
from store.domain.declines import asked_already
from store.domain.dispatch.automatic import (
    ACCEPT_S,
    ALL_OPEN,
    MARGIN,
    MODE_WORDS,
    QUEUE_WORDS,
    QUEUES,
    UNASSIGNED,
    Mode,
    Why,
)
from store.domain.dispatch.refusals import (
    CrewWhole,
    NomineeCannot,
    NomineeChanged,
    NomineeGone,
    SentAlready,
)
from store.domain.errors import NameUnknown
from store.domain.facts import Fact
from store.domain.intents import Command, Done
from store.domain.lifecycle import Move
from store.domain.moves_common import live_visits
from store.domain.moves_desk import PRIORITIES
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.dispatch.automatic import Decision
    from store.domain.dispatch.rules import Rule
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

ANEW: Final = timedelta(minutes=5)
"""After so long what was found for an order is weighed anew: people move, promises come nearer."""
MOST_MARGIN, MOST_ACCEPT_S = 10_000, 7 * 86_400


class QueueUnknown(NameUnknown):
    """No queue or view of all that may have a mode; with those that may."""

    sentence = N_("no {what} called “{name}” may have a mode of its own; there are {known}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAutomatic(Command):
    """In which mode the desk dispatches the orders of a queue or view, of a priority or of all."""

    mode: str | None
    """One of `Mode`; None takes the setting away, so that a wider one counts."""
    queue: str = ALL_OPEN
    """One of `QUEUES`, or the name of a view that everybody has."""
    priority: int | None = None
    margin: int | None = None
    """Minutes of cost; None leaves it as it is."""
    accept_min: int | None = None
    """Minutes that one technician has to say yes; None leaves it as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendNominee(Command):
    """Send whom the desk proposes: the same as assigning him, if he is still proposed.

    To a crew that lacks somebody he goes beside those who have it.
    """

    number: int
    technician: int
    version: int | None = None
    """The version that the operator saw; another one refuses as Stale."""
    stamp: str | None = None
    """How he stood when it was asked whether he may; otherwise it refuses as `NomineeChanged`."""
    as_of: datetime | None = None
    """When that was asked; None where nothing is to be compared."""
    place: str = ""
    """Where the order lay then; elsewhere it refuses the same."""
    start_at: datetime | None = None
    """The start that it is given, as that said; None for when its turn comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAsShown(Command):
    """Send somebody of a recommendation, if he would still do it as that has said."""

    number: int
    technician: int
    version: int
    """The version that the operator saw; another one refuses as Stale."""
    stamp: str
    """How he stood then; otherwise it refuses as `NomineeChanged`."""
    place: str
    """Where the order lay; elsewhere it refuses the same."""
    as_of: datetime
    """When that was read."""
    start_at: datetime | None = None
    """The start that it is given, as that said; None for when its turn comes."""
    also: bool = False
    """Whether he goes beside those who have it."""
    instead: int | str | None = None
    """Whose place he takes among those who have it."""
    insist: bool = False
    against: tuple[Rule, ...] = ()
    """As of an assignment by hand."""


def set_automatic(work: Work, command: SetAutomatic) -> Done:
    """The mode as given; orders that it concerns are looked at within seconds."""
    queue = needed(command.queue, N_("queue"), limit=CODE)
    if queue == UNASSIGNED and work.view(queue, shared=True) is None:
        queue = ALL_OPEN
    view = queue not in QUEUES
    mode = command.mode and one_of(command.mode, tuple(Mode), N_("mode"))
    priority = 0
    if command.priority is not None:
        priority = whole(command.priority, min(PRIORITIES), max(PRIORITIES), N_("priority"))
    key = {"queue": queue, "view": view, "priority": priority}
    before = work.automatic_now(key)
    if view and before is None and work.view(queue, shared=True) is None:
        known = listed([*QUEUE_WORDS.values(), *work.shared_views()])
        raise QueueUnknown(what=N_("queue or view of all"), name=queue, known=known)
    values = None if mode is None else {"mode": mode, **_figures(command, before)}
    work.put_automatic(key, values)
    word: str = N_("as for the others") if mode is None else MODE_WORDS[Mode(mode)]
    facts: dict[str, Any] = {"queue": QUEUE_WORDS.get(queue, queue), "mode": word}
    if not priority:
        return Done(sentence=N_("automatic dispatch of {queue}: {mode}"), facts=facts)
    sentence = N_("automatic dispatch of {queue}, priority {priority}: {mode}")
    return Done(sentence=sentence, facts={**facts, "priority": priority})


def _figures(command: SetAutomatic, before: Mapping[str, Any] | None) -> dict[str, int]:
    had = before or {"margin": MARGIN, "accept_s": ACCEPT_S}
    margin, accept_s = had["margin"], had["accept_s"]
    if command.margin is not None:
        margin = whole(command.margin, 0, MOST_MARGIN, N_("margin"), N_("min"))
    if command.accept_min is not None:
        most, where = MOST_ACCEPT_S // 60, N_("time to accept")
        accept_s = 60 * whole(command.accept_min, 1, most, where, N_("min"))
    return {"margin": margin, "accept_s": accept_s}


def send_nominee(work: Work, command: SendNominee) -> Done:
    """He goes, as if he had been chosen by hand, if still nothing keeps him from it.

    Beside those who have it, while somebody is lacking; of several nobody is called off for him.
    """
    order = work.order(command.number, command.version)
    _not_there_yet(work, order, command.technician)
    found = work.nominee(order)
    gone = found is None or found.technician != command.technician
    if gone or command.technician in asked_already(order):
        raise NomineeGone(number=command.number)
    name = work.technician(command.technician).name
    hands, lacks = len(live_visits(order.visits)), lacking(order) > 0
    if hands > 1 and not lacks:
        raise CrewWhole(number=order.number)
    barred = work.bars_of(order, command.technician)
    if barred:
        why = N_(barred[0].sentence).format(**barred[0].facts)
        raise NomineeCannot(name=name, number=command.number, why=why)
    if command.as_of is not None:
        _still_so(work, name, command.stamp or "", command, command.as_of)
    move = MoveOrder(
        number=command.number,
        move=Move.ASSIGN,
        version=command.version,
        technician=command.technician,
        start_at=command.start_at,
        also=hands > 0 and lacks,
    )
    done = move_order(work, move)
    work.nominate(work.order(command.number), {}, None, look_at=work.at)
    return done


def send_as_shown(work: Work, command: SendAsShown) -> Done:
    """He goes, as if he had been chosen by hand, if nothing of what was shown is another by now."""
    order = work.order(command.number, command.version)
    him = work.technician(command.technician)
    _not_there_yet(work, order, him.id)
    _still_so(work, him.name, command.stamp, command, command.as_of)
    move = MoveOrder(
        number=order.number,
        move=Move.ASSIGN,
        version=command.version,
        technician=him.id,
        start_at=command.start_at,
        also=command.also,
        instead=command.instead,
        insist=command.insist,
        against=command.against,
    )
    return move_order(work, move)


def _not_there_yet(work: Work, order: WorkOrder, technician: int) -> None:
    """SentAlready where he has it: that alone would make him stand otherwise than he was shown."""
    if any(visit.technician == technician for visit in live_visits(order.visits)):
        raise SentAlready(name=work.technician(technician).name, number=order.number)


def _still_so(
    work: Work, name: str, stamp: str, command: SendNominee | SendAsShown, as_of: datetime
) -> None:
    """NomineeChanged where he stands, or the order lies, otherwise than when that was read."""
    stamps, places = ((command.technician, stamp),), ((command.number, command.place),)
    stands = stand_so(work, stamps, (command.technician,), as_of=as_of)
    if not stands or not lie_so(work, places, (command.number,)):
        raise NomineeChanged(name=name, number=command.number)


SENDING: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SendNominee: send_nominee,
    SendAsShown: send_as_shown,
}

# -- what the desk does by itself ------------------------------------------------------------


def propose(
    work: Work, order: WorkOrder, decision: Decision | None, told: Mapping[str, Any]
) -> None:
    """Keep whom the desk proposes, or that nobody is left; journalled where that is news."""
    if decision is None and order.technician is not None:
        _nobody_else(work, order, order.technician)
        return
    before, why = work.nominee(order), "" if decision is None else decision.why or ""
    best = None if decision is None else decision.best.worker
    fact = None
    if best is not None and (before is None or (before.technician, before.why) != (best, why)):
        instead = {} if order.technician is None else {"instead": order.technician}
        fact = Fact(name="nominated", body={"technician": best, **told["body"], **instead})
    sent = before is not None and before.sent
    found = {"technician_id": best, "why": str(why), "sent": sent, **told["row"]}
    work.nominate(order, found, fact, look_at=work.at + ANEW)


def _nobody_else(work: Work, order: WorkOrder, holder: int) -> None:
    """Who has it has not accepted in time: it stays with him, and a person has to decide."""
    before, why = work.nominee(order), Why.NOBODY_ELSE
    fact = Fact(name="lapsed", body={"instead": holder, "why": why.value})
    news = before is None or before.why != why
    sent = before is not None and before.sent
    found = {"technician_id": holder, "why": why.value, "sent": sent}
    work.nominate(order, found, fact if news else None, look_at=work.at + ANEW)


def send(
    work: Work,
    order: WorkOrder,
    decision: Decision,
    told: Mapping[str, Any],
    *,
    start_at: datetime | None,
    accept_by: datetime,
) -> None:
    """Send the best by itself; the entry says what spoke for him, and what for the next one."""
    after, facts = advance(
        order,
        Move.ASSIGN,
        at=work.at,
        by=work.who.operator,
        rules=work.rules(order),
        technician=decision.best.worker,
        start_at=start_at,
    )
    late = {} if order.technician is None else {"instead": order.technician}
    body = {"technician": decision.best.worker, **told["body"], **late}
    held = work.save(order, after, *facts, Fact(name="chosen", body=body))
    found = {"technician_id": decision.best.worker, "sent": True, **told["row"]}
    work.nominate(held, found, None, look_at=accept_by)
