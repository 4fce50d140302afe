"""The front door: one transaction a command, once under a key, refused to those who may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store import commands
from store.commands import (
    EditOrder,
    MoveOrder,
    NewOrder,
    NoteOrder,
    SaveOperator,
    SaveRegion,
    SaveSite,
)
from store.domain.errors import BadInput, NotAllowed, OrderUnknown, StoreBusy, StoreUnreachable
from store.domain.lifecycle import Move, State
from store.domain.who import RIGHTS as ROLES
from store.domain.who import Right, Role, Who
from store.persistence.journal import JOURNAL
from store.persistence.loading import TIMER
from store.persistence.mapping import ORDER
from store.persistence.receipts import RECEIPT
from store.persistence.work import Work
from store.queries.asking import asking
from store.queries.board import QueueCounts
from store.queries.people import DeskEmpty
from store.records import Records, open_records
from tests.store.desk import ANA, AT_NORTH, BO, NINE, do, minutes, move, promises_kept, rows, stored
from tests.store.desk import written as written_down

if TYPE_CHECKING:
    from pathlib import Path

    from store.domain.intents import Done
    from store.persistence.feed import News


class Broken(Exception):
    """What goes wrong in the middle of a transaction."""


def test_an_order_is_stored_with_its_clocks_and_its_timers(records: Records) -> None:
    """The row, the promises and the timers of them come in one transaction."""
    number = written_down(records)
    order = stored(records, number)
    assert (order.state, order.priority, order.version) == (State.NEW, 2, 1)
    assert [clock.kind.value for clock in order.clocks] == [
        "respond", "arrive", "resolve", "next_update",
    ]  # fmt: skip
    assert len(rows(records, TIMER, number=number)) == 6
    promises_kept(records, [number])


def test_a_whole_life_leaves_every_promise_kept(records: Records) -> None:
    """From written down to closed, step by step."""
    number = written_down(records)
    steps = [Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.CLOSE]
    for place, step in enumerate(steps):
        told = {"technician": "T1"} if step is Move.ASSIGN else {}
        move(records, number, step, minutes(place + 1), **told)
        promises_kept(records, [number])
    assert stored(records, number).state is State.CLOSED
    assert [row["kind"] for row in rows(records, TIMER, number=number)] == ["survey"]


@pytest.mark.parametrize("step", ["write", "journal", "sign"])
def test_nothing_is_left_of_a_command_that_breaks(
    records: Records, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written before the fault goes with it."""
    number = written_down(records)
    tables = (ORDER, JOURNAL, TIMER, RECEIPT)
    before = [rows(records, table) for table in tables]

    def broken(*_given: object, **_named: object) -> None:
        raise Broken

    places = {
        "write": "store.persistence.people_state.refresh",
        "journal": "store.persistence.journal.write",
        "sign": "store.persistence.receipts.keep",
    }
    monkeypatch.setattr(places[step], broken)
    with pytest.raises(Broken):
        move(records, number, Move.ASSIGN, technician="T1")
    monkeypatch.undo()
    assert [rows(records, table) for table in tables] == before
    move(records, number, Move.ASSIGN, technician="T1")


def test_asked_twice_under_one_key_it_is_done_once(records: Records) -> None:
    """The second answer is the first one again, instants and words included."""
    command = NewOrder(title="no water", site="N1")
    first = records.do(command, who=ANA, at=NINE, key="k1")
    second = records.do(command, who=ANA, at=minutes(1), key="k1")
    assert first == second
    assert len(rows(records, ORDER)) == 1


def test_a_command_tells_from_which_version_it_came_to_which(records: Records) -> None:
    """So that its sender knows whether anybody else was there between two looks."""
    made = do(records, NewOrder(title="no water", site="N1"))
    (number,) = made.numbers
    noted = do(records, NoteOrder(number=number, text="again"))
    again = records.do(NoteOrder(number=number, text="and again"), who=ANA, at=NINE, key="k1")
    repeated = records.do(NoteOrder(number=number, text="and again"), who=ANA, at=NINE, key="k1")
    assert [done.versions for done in (made, noted, again)] == [((0, 1),), ((1, 2),), ((2, 3),)]
    assert repeated.versions == again.versions


def test_a_key_belongs_to_one_command_of_one_operator(records: Records) -> None:
    """Else a stranger with the key reads an answer, and his own command is never done."""
    number = written_down(records)
    records.do(NoteOrder(number=number, text="mine"), who=ANA, at=NINE, key="k1")
    for command, who in (
        (NoteOrder(number=number, text="other"), ANA),
        (NoteOrder(number=number, text="mine"), AT_NORTH),
        (EditOrder(number=number, fields={"title": "x"}), ANA),
    ):
        with pytest.raises(BadInput, match="another command"):
            records.do(command, who=who, at=NINE, key="k1")
    assert len(rows(records, JOURNAL, fact="noted")) == 1


def test_a_lost_answer_is_found_by_the_next_try(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit was stored, the connection died before it was said: not done twice."""
    once = Records._once
    answers: list[Done] = []

    def forgetful(self: Records, *given: object, **named: object) -> Done:
        answers.append(once(self, *given, **named))  # type: ignore[arg-type]
        if len(answers) == 1:
            raise StoreBusy
        return answers[-1]

    monkeypatch.setattr(Records, "_once", forgetful)
    done = do(records, NewOrder(title="no light", site="N1"))
    assert answers == [done, done]
    assert len(rows(records, ORDER)) == 1


def test_trouble_that_will_not_pass_is_not_tried_again(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what trying again may mend is tried again."""
    tries: list[int] = []

    def away(self: Records, *given: object, **named: object) -> Done:
        tries.append(1)
        raise StoreUnreachable(why="gone")

    monkeypatch.setattr(Records, "_once", away)
    with pytest.raises(StoreUnreachable):
        do(records, NewOrder(title="no light"))
    assert tries == [1]


def test_every_command_has_a_handler_and_a_right() -> None:
    """A command without a right would be everybody's."""
    assert commands.HANDLERS.keys() == commands.RIGHTS.keys()
    assert set(commands.RIGHTS.values()) == {
        *(Right.READ, Right.DISPATCH, Right.REGISTER, Right.CONFIGURE, Right.ADMINISTER),
        Right.SUPERVISE,
    }


def test_a_role_without_the_right_is_refused(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal says who may not do what."""
    monkeypatch.setitem(ROLES, Role.ADMINISTRATOR, frozenset({Right.READ}))
    with pytest.raises(NotAllowed, match="may not dispatch orders"):
        do(records, NewOrder(title="x"))
    with pytest.raises(NotAllowed, match="may not dispatch orders"):
        records.rehearse([NewOrder(title="x")], who=ANA, at=NINE)
    monkeypatch.setitem(ROLES, Role.ADMINISTRATOR, frozenset({Right.DISPATCH}))
    with pytest.raises(NotAllowed):
        records.ask(DeskEmpty(), who=ANA, at=NINE)


def test_an_operator_of_one_site_sees_and_writes_no_other(records: Records) -> None:
    """Outside his sites an order is not there, and the whole desk's settings are not his."""
    south = written_down(records, site="S1")
    nowhere = written_down(records, site=None)
    for number in (south, nowhere):
        with pytest.raises(OrderUnknown):
            do(records, NoteOrder(number=number, text="hello"), who=AT_NORTH)
    with pytest.raises(BadInput):
        do(records, NewOrder(title="x"), who=AT_NORTH)
    with pytest.raises(NotAllowed):
        do(records, SaveRegion(code="R", name="R"), who=AT_NORTH)
    with pytest.raises(NotAllowed):
        records.rehearse([SaveRegion(code="R", name="R")], who=AT_NORTH, at=NINE)
    (mine,) = do(records, NewOrder(title="x", site="N1"), who=AT_NORTH).numbers
    with pytest.raises(OrderUnknown):
        do(records, EditOrder(number=mine, fields={"site": None}), who=AT_NORTH)
    assert stored(records, mine).site == 1, "who sees some sites takes no order out of them"
    with pytest.raises(OrderUnknown):
        do(records, MoveOrder(number=south, move=Move.CANCEL, reason="no"), who=AT_NORTH)


def test_who_does_not_work_here_writes_nothing(records: Records) -> None:
    """A console may stay open for days after its operator has left."""
    number = written_down(records)
    do(records, SaveOperator(code="bo", name="Bo", active=False))
    for who in (BO, Who(operator=4711)):
        with pytest.raises(NotAllowed, match="does not work here"):
            do(records, NoteOrder(number=number, text="ghost"), who=who)
    assert rows(records, JOURNAL, fact="noted") == []


def test_a_new_store_is_furnished_once(store_url: str) -> None:
    """Opening it again, or in two processes, adds nothing."""
    heads = []
    for _ in range(2):
        opened = open_records(store_url, feed=False, zone="Europe/Paris")
        with opened.work(who=Who(operator=2), at=NINE) as work:
            assert work.operator("desk").id == 2
            assert work.default_level() == work.level("standard").id
            assert work.calendar("24x7").name == "Round the clock"
        heads.append(opened.head())
        opened.close()
    assert heads == [6, 6]


def test_a_store_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    """A mistyped name must not open an empty desk."""
    with pytest.raises(StoreUnreachable):
        open_records(str(tmp_path / "none.db"), create=False)


def test_all_settings_can_be_saved_twice_with_one_effect(records: Records) -> None:
    """Saving what is there already leaves no fact."""
    head = records.head()
    do(records, SaveSite(code="N1", name="北楼", zone="Asia/Shanghai"))
    assert records.head() == head
    do(records, SaveSite(code="N1", name="North", zone="Asia/Shanghai"))
    assert records.head() == head + 1


def test_listeners_hear_of_a_command(store_url: str) -> None:
    """And one that fails does not keep the news from the others."""
    from threading import Event

    opened = open_records(store_url, zone="UTC")
    heard = Event()
    news: list[News] = []

    def bad(_news: object) -> None:
        raise Broken

    def listen(told: News) -> None:
        news.append(told)
        heard.set()

    opened.on_change(bad)
    stop = opened.on_change(listen)
    done = do(opened, NewOrder(title="x"), who=Who(operator=2))
    while not any(told.head >= done.seq for told in news):
        assert heard.wait(30)
        heard.clear()
    stop()
    opened.close()


def test_work_by_hand_is_one_transaction(records: Records) -> None:
    """Two orders or none."""
    with pytest.raises(Broken), records.work(who=ANA, at=NINE) as work:  # noqa: PT012
        assert isinstance(work, Work)
        work.put("region", {"code": "R1"}, {"name": "R"})
        work.flush()
        raise Broken
    with records.work(who=ANA, at=NINE) as work, pytest.raises(Exception, match="no region"):
        work.region("R1")


def test_questions_asked_together_are_answered_of_one_state(records: Records) -> None:
    """What is committed between two of them is in neither."""
    with asking(records.database, who=ANA, at=NINE) as ask:
        before = ask(QueueCounts())
        do(records, NewOrder(title="Tap drips"))
        assert ask(QueueCounts()) == before
    assert records.ask(QueueCounts(), who=ANA, at=NINE) != before
