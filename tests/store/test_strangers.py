"""A stranger finds nothing and changes nothing, whatever he says of himself.

Every question and every command there is, as the office of another site, as a display on another
site's wall and as somebody who was revoked: each says that he is the desk's own program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from store.commands import (
    HANDLERS,
    AcceptHandover,
    AcceptProposal,
    Acknowledge,
    NewOrder,
    NoteOrder,
    OfferHandover,
    RecordDrill,
    SaveOperator,
    SaveView,
    SeeRecalls,
    SendAsShown,
    SendNominee,
    SetFigure,
)
from store.commands.attachments import DetachFile
from store.commands.baselines import FreezeBaseline, UseBaseline
from store.commands.corrective import CloseAction, JudgeAction
from store.commands.ideas import SubmitIdea
from store.commands.operator_codes import EnterByCode, UseCode
from store.commands.operator_keys import RevokeOperator
from store.commands.operators import AppointOperator
from store.domain.errors import NotAllowed, OperatorGone, OrderUnknown, Refusal, StoreTrouble
from store.domain.presence import Presence
from store.domain.who import Right, Role, Scope, Who
from store.persistence.presence import attend
from store.persistence.tables import metadata
from tests.store.desk import NINE, do, written
from tests.store.desks import a_desk
from tests.store.every_command import commands, prepare
from tests.store.two_sites import DESK, LATE, NORTH, fill, questions

if TYPE_CHECKING:
    from store.domain.intents import Command, Query
    from store.records import Records

DEE = Who(operator=5)
"""Who works at the north with Ana."""
OFFICE, WALL, GONE = 6, 7, 8
SECRET = re.compile(r"lift (?!kind)|北楼|Region North")
"""What is told at the north site alone."""
EMPTY = Scope(frozenset())


def _work_goes_on(records: Records) -> None:
    fill(records)
    for one in (
        SaveOperator(code="south", name="South", role="office", sites=("S1",)),
        SaveOperator(code="wall", name="Wall", role="screen", sites=("S1",)),
        SaveOperator(code="gone", name="Gone", role="administrator"),
        RevokeOperator(operator="gone"),
    ):
        do(records, one, who=DESK)
    prepare(records)


desk = a_desk(_work_goes_on)
"""Work goes on at the north site; three others have, or had, their places."""


def says(operator: int) -> Who:
    """Whoever asks claims to be the program of the desk."""
    return Who(operator=operator, role=Role.SYSTEM, via="ssh")


OWN: dict[type[Command], str] = {
    RecordDrill: "what one played oneself",
    OfferHandover: "the desk of one's own sites",
    SubmitIdea: "what one suggests oneself",
}
"""Commands that concern nobody else as long as they name no other site."""


def test_every_command_is_tried_here() -> None:
    """A new one cannot be forgotten."""
    assert {type(one) for one in commands()} | OWN.keys() | {Acknowledge} == HANDLERS.keys()
    assert not {type(one) for one in commands()} & OWN.keys()


SHOWN = (
    *(SendNominee, SendAsShown, AcceptProposal, SeeRecalls, DetachFile, AcceptHandover),
    UseCode,
    EnterByCode,
    *(JudgeAction, CloseAction, FreezeBaseline, UseBaseline),
)
"""What rests on something shown before, and not here: a proposal, a recall, risks, a code, an
effect that was observed, days in which something was closed."""


def test_every_command_would_do_something(desk: Records) -> None:
    """If its asker were not a stranger."""
    for command in commands():
        tried = [rehearsed(desk, command, who) for who in (NORTH, DEE, DESK)]
        if not isinstance(command, SHOWN):
            assert "" in tried, (command, tried)


def rehearsed(records: Records, command: Command, who: Who) -> str:
    """Why a command would be refused."""
    try:
        (told,) = records.rehearse([command], who=who, at=LATE)
    except NotAllowed as refusal:
        return str(refusal)
    return str(told.refusal or "")


def held(records: Records) -> dict[str, Any]:
    """Every row of every table."""
    with records.database.reading() as conn:
        return {
            name: [tuple(row) for row in conn.execute(select(table))]
            for name, table in metadata.tables.items()
            if name not in {"search", "receipt"}
        }


@pytest.mark.parametrize("stranger", [OFFICE, WALL, GONE], ids=["office", "wall", "gone"])
def test_a_stranger_changes_nothing(desk: Records, stranger: int) -> None:
    """Neither done nor rehearsed; and the refusal names nothing of the north."""
    before, who = held(desk), says(stranger)
    for command in commands():
        with pytest.raises(Refusal) as refused:
            desk.do(command, who=who, at=LATE)
        assert not isinstance(refused.value, StoreTrouble), command
        told = str(refused.value).replace("lift own", "")  # which the command names
        assert SECRET.search(told) is None, command
        if stranger != OFFICE:
            assert isinstance(refused.value, NotAllowed), command
        assert rehearsed(desk, command, who) == str(refused.value), command
    if stranger == OFFICE:  # of a hundred alarms it takes those that are his
        every = Acknowledge(numbers=(1, 2, 3, 4, 5))
        assert desk.do(every, who=who, at=LATE).numbers == ()
    there = Presence(number=1, doing="note", since=LATE)
    with pytest.raises((NotAllowed, OrderUnknown)):
        attend(desk.database, "theirs", there, who=who, at=LATE)
    for right in Right:
        if right is Right.READ or (right is Right.DISPATCH and stranger == OFFICE):
            continue
        with pytest.raises(NotAllowed), desk.work(who=who, at=LATE, right=right):
            pytest.fail("a transaction by hand was given to a stranger")
    assert held(desk) == before


@pytest.mark.parametrize("stranger", [OFFICE, WALL], ids=["office", "wall"])
def test_what_is_his_own_is_done_where_he_is(desk: Records, stranger: int) -> None:
    """The test before this one would also pass where nobody may do anything."""
    mine = [
        SaveView(name="x", query="x"),
        OfferHandover(),
        NewOrder(title="x", site="S1"),
        RecordDrill(script="x", seed=1, speed_percent=100, began_at=NINE, ended_at=NINE),
    ]
    for command in mine:
        if stranger == WALL:
            with pytest.raises(NotAllowed, match="a read-only screen may not dispatch orders"):
                desk.do(command, who=says(stranger), at=LATE)
        else:
            assert desk.do(command, who=says(stranger), at=LATE).sentence


def asked(records: Records, query: Query[Any], who: Who) -> object:
    try:
        return records.ask(query, who=who, at=LATE)
    except StoreTrouble:
        raise
    except Refusal as refusal:
        return repr(refusal)


@pytest.mark.parametrize("stranger", [OFFICE, WALL], ids=["office", "wall"])
def test_a_stranger_sees_nothing(desk: Records, stranger: int) -> None:
    """What he is told is what he is told who says truly that he sees the south alone."""
    role = {OFFICE: Role.OFFICE, WALL: Role.SCREEN}[stranger]
    true = Who(operator=stranger, role=role, scope=Scope(frozenset({2})), via="ssh")
    for query in questions([1, 2, 3, 4, 5, 6, 7]):
        told = asked(desk, query, says(stranger))
        assert SECRET.search(repr(told)) is None, query
        assert told == asked(desk, query, true), query
    assert SECRET.search(repr([asked(desk, query, NORTH) for query in questions([1])]))


def test_who_was_revoked_is_told_nothing(desk: Records) -> None:
    """From the next question on, however long his console has stood open."""
    for query in questions([1]):
        with pytest.raises(OperatorGone):
            desk.ask(query, who=says(GONE), at=LATE)
    with pytest.raises(OperatorGone):
        desk.ask(questions([1])[0], who=says(4711), at=LATE)


def test_a_site_office_without_sites_sees_nothing(desk: Records) -> None:
    """Nor does anybody whose sites were taken from him; to see all is said, not left out."""
    for role in ("office", "dispatcher", "administrator"):
        do(desk, AppointOperator(operator="south", role=role, sites=()), who=DESK)
        for query in questions([1, 2]):
            assert asked(desk, query, says(OFFICE)) == asked(
                desk, query, Who(operator=OFFICE, role=Role(role), scope=EMPTY, via="ssh")
            )
            assert SECRET.search(repr(asked(desk, query, says(OFFICE)))) is None, query
    do(desk, AppointOperator(operator="south", role="office"), who=DESK)
    with desk.database.writing() as conn:
        conn.exec_driver_sql("UPDATE operator SET everywhere = 1 WHERE code = 'south'")
    assert asked(desk, questions([1])[0], says(OFFICE)) == asked(
        desk, questions([1])[0], Who(operator=OFFICE, scope=EMPTY)
    ), "a site office sees the sites that it was given, whatever else its row says"


def test_who_is_appointed_may_at_once(desk: Records) -> None:
    """And no longer as soon as he is not: nobody has to come in again."""
    who = says(OFFICE)
    with pytest.raises(NotAllowed):
        desk.do(SetFigure(figure="rest", value=9), who=who, at=LATE)
    post = AppointOperator(operator="south", role="supervisor", everywhere=True)
    do(desk, post, who=DESK)
    desk.do(SetFigure(figure="rest", value=9), who=who, at=LATE)
    do(desk, AppointOperator(operator="south", role="screen"), who=DESK)
    with pytest.raises(NotAllowed, match="a read-only screen may not"):
        desk.do(NoteOrder(number=1, text="x"), who=who, at=LATE)
    assert written(desk, site="N1")
