"""Everybody's work, remembered between two questions: each is answered as if all were read anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from store.commands import (
    EditOrder,
    MoveOrder,
    NewOrder,
    SaveAbsence,
    SaveCertificate,
    SaveKind,
    SaveShift,
    SaveSite,
    SaveTechnician,
)
from store.commands.figures import SetFigure
from store.commands.orders import SetPriority
from store.commands.people import MoveTechnician
from store.domain.dispatch.figures import Figure
from store.domain.lifecycle import Move
from store.queries.answers.remembered import forget
from tests.store.desk import NINE, do, minutes, move
from tests.store.recommend_desk import asked, desk, order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command
    from store.records import Records

__all__ = ["desk"]

DAY: dict[str, Any] = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=8)}
HOUR: dict[str, Any] = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=1)}


def a_morning(held: int, more: int) -> Iterator[Command]:
    """What befalls two orders, those who have them, their hours, and the places."""
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        yield MoveOrder(number=held, move=step)
    yield SaveShift(technician="AN", **DAY)
    yield SaveShift(technician="BO", **DAY)
    yield SaveAbsence(technician="BO", **HOUR)
    yield MoveTechnician(technician="AN", latitude=31.3, longitude=121.5)
    yield MoveTechnician(technician="BO", state="off")
    yield MoveTechnician(technician="BO", state="available")
    yield SaveSite(code="A", name="Site A", zone="UTC", latitude=31.2, longitude=121.6)
    yield SaveTechnician(code="AN", name="An", skills={"lift": 5, "pipes": 1})
    yield SaveCertificate(technician="AN", name="lift safety")
    yield SaveKind(code="lift", name="lift", certificate="lift safety")
    yield SaveKind(code="lift", name="lift", certificate="")
    yield SetFigure(figure=Figure.REST, value=600)
    yield SetPriority(number=more, priority=1)
    yield EditOrder(number=more, fields={"takes_s": 7200})
    yield MoveOrder(number=held, move=Move.FINISH)
    yield MoveOrder(number=held, move=Move.CLOSE)
    yield MoveOrder(number=held, move=Move.REOPEN, reason="still stuck")
    yield MoveOrder(number=held, move=Move.ASSIGN, technician="BO")
    yield MoveOrder(number=held, move=Move.WAIT, reason="parts", wake_at=minutes(100))
    yield NewOrder(title="light", priority=3, site="B")
    yield MoveOrder(number=more, move=Move.CANCEL, reason="not wanted")


def test_whatever_happens_it_is_answered_as_if_all_were_read_anew(desk: Records) -> None:
    """After each of it the same question by who remembers, and by who does not."""
    wanted, held, more = order(desk), order(desk), order(desk)
    for number in (held, more):
        move(desk, number, Move.ASSIGN, technician="AN")
    told = set()
    for at, command in enumerate(a_morning(held, more), 1):
        asked(desk, wanted, at=at, stamped=True)
        do(desk, command, at=minutes(at))
        remembering = asked(desk, wanted, at=at, stamped=True)
        forget()
        anew = asked(desk, wanted, at=at, stamped=True)
        assert remembering == anew, command
        told.add(repr(anew.offers))
    assert len(told) > 15, "most of it matters"


def test_many_closings_tell_how_long_work_takes(desk: Records) -> None:
    """What was learnt is learnt again once an order is closed."""
    wanted = order(desk)
    for at in range(1, 7):
        number = order(desk)
        for step in (Move.ASSIGN, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.CLOSE):
            who = {"technician": "BO"} if step is Move.ASSIGN else {"insist": True}
            later = 20 * (step in {Move.FINISH, Move.CLOSE})
            move(desk, number, step, at=minutes(30 * at + later), **who)
        remembering = asked(desk, wanted, at=30 * at + 25)
        forget()
        assert asked(desk, wanted, at=30 * at + 25) == remembering
        assert remembering.takes == timedelta(minutes=60 if at < 5 else 20)


def test_what_others_have_to_do_is_not_read_for_the_next_order(desk: Records) -> None:
    """Nor after an hour's news of another order; then only that is read."""
    first, other = order(desk), order(desk)
    move(desk, order(desk), Move.ASSIGN, technician="AN")
    read: list[str] = []
    event.listen(
        desk.database._engines.reader,
        "before_cursor_execute",
        lambda _conn, _cursor, text, *_: read.append(text) if "visit" in text else None,
    )
    forget()
    costs = []
    for number in (first, other, other):
        read.clear()
        asked(desk, number)
        costs.append(sum("takes_s" in text and "departed_at" in text for text in read))
        if costs == [1, 0]:
            move(desk, first, Move.ASSIGN, technician="BO")
    assert costs == [1, 0, 1]
