"""An answer that many sessions are given is the one that the store would give each of them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.serve.answers import ALIKE, FRESH, Answers
from console.serve.held import Held
from store.commands.contact import NoteOrder
from store.commands.operator_keys import RevokeKey
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder, SetPriority
from store.domain.errors import OperatorGone, Refusal
from store.domain.key_refusals import KeyGone
from store.domain.operator_keys import read_key
from store.domain.presence import Presence
from store.domain.who import Origin, Scope, Who
from store.queries.alarms import AlarmStrip
from store.queries.asking import MayWrite
from store.queries.board import LineOf, QueueCounts, QueuePage
from store.queries.card import OrderCard, Trace
from store.queries.health import Health
from store.queries.holder import DeskHolder
from store.queries.people import TechnicianBoard
from store.queries.presence import WhoIsThere
from store.queries.views import ListViews
from store.records import open_records
from tests.store.desk import a_key, do
from tests.store.desk import furnish as fill_desk
from tests.store.two_sites import DESK, LATE, NORTH, SOUTH, fill, questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.intents import Command
    from store.records import Records

DEE = Who(operator=5, scope=Scope(frozenset({1})))
EVE = Who(operator=6, scope=Scope(frozenset({1})))
"""Two of one role, at one site."""
ASKERS = (NORTH, SOUTH, DESK, DEE, EVE)
SITES = ("N1", "S1", None)

OVERVIEW = (QueueCounts(), AlarmStrip(), TechnicianBoard(), Health(), DeskHolder(), MayWrite())
ASKED: tuple[tuple[Any, ...], ...] = (
    OVERVIEW,
    (QueuePage(queue="all_open"),),
    (QueuePage(queue="overdue", counted=True), QueuePage(queue="all_open", limit=2)),
    (LineOf(number=1), LineOf(number=2), LineOf(number=9)),
    (ListViews(), WhoIsThere(console="c")),
)


@pytest.fixture
def records(store_url: str) -> Iterator[Records]:
    """Work goes on at the north site."""
    with closing(open_records(store_url, feed=False, zone="Asia/Shanghai")) as opened:
        fill_desk(opened)
        fill(opened)
        do(opened, SaveOperator(code="eve", name="Eve", sites=("N1",)), who=DESK)
        yield opened


@pytest.fixture
def elsewhere(records: Records, store_url: str) -> Iterator[Records]:
    """The same store as another process has it."""
    with closing(open_records(store_url, feed=False)) as opened:
        yield opened


class Session:
    """Holds what it was told, as a real one does."""

    def __init__(self, answers: Answers, records: Records, who: Who) -> None:
        self._answers, self._records, self._who = answers, records, who
        self._held = Held()

    def ask(self, *asked: Any, at: datetime = LATE) -> tuple[Any, ...]:
        held = self._held.find(asked)
        tagged = tuple((one, tag) for one, (tag, _answer) in zip(asked, held, strict=True))
        told = self._answers.told(self._records, tagged, self._who, at)
        return self._held.renew(asked, held, told)


def fresh(records: Records, who: Who, *asked: Any, at: datetime = LATE) -> tuple[Any, ...]:
    """As the store answers."""
    with records.asking(who=who, at=at) as ask:
        return ask.several(*asked)


writes = st.builds(
    lambda make, number, site, many: make(number, SITES[site], many),
    st.sampled_from(
        (
            lambda _number, site, many: NewOrder(title=f"lift {many}", site=site, priority=1),
            lambda number, _site, many: NoteOrder(number=number, text=f"told {many} times"),
            lambda number, _site, many: SetPriority(number=number, priority=1 + many % 4),
            lambda _number, site, many: SaveOperator(
                code="dee", name=f"Dee {many}", sites=(site,) if site else ("N1", "S1")
            ),
            lambda number, _site, many: (
                f"console {many}",
                Presence(number=number, doing="", since=LATE),
            ),
        )
    ),
    st.integers(1, 4),
    st.integers(0, 2),
    st.integers(0, 7),
)
asks = st.tuples(st.integers(0, len(ASKERS) * 2 - 1), st.sampled_from(ASKED), st.integers(0, 2))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.one_of(writes, asks, asks, asks), min_size=4, max_size=14))
def test_whoever_asks_is_told_what_the_store_says(
    records: Records, elsewhere: Records, steps: list[Any]
) -> None:
    """After any writes, journalled or not, by whichever process, and whoever was told before."""
    answers = Answers()
    sessions = [Session(answers, records, who) for who in ASKERS * 2]
    for step in steps:
        if not isinstance(step, tuple):
            write(elsewhere, step)
        elif isinstance(step[1], Presence):
            elsewhere.attend(*step, who=DESK, at=LATE)
        else:
            place, asked, minute = step
            who, at = (ASKERS * 2)[place], LATE + timedelta(minutes=minute)
            assert sessions[place].ask(*asked, at=at) == fresh(records, who, *asked, at=at)


def write(records: Records, command: Command) -> None:
    """Done or refused, as it comes."""
    try:
        records.do(command, who=DESK, at=LATE)
    except Refusal:
        return


def test_many_who_see_the_same_ask_the_store_once(records: Records) -> None:
    """And are told the same bytes; who has them already is told so."""
    answers = Answers()
    asked = tuple((question, 0) for question in (QueueCounts(), QueuePage(queue="all_open")))
    told = [answers.told(records, asked, who, LATE) for who in (EVE, DEE, EVE)]
    assert answers.asked == len(asked)
    assert told[0] == told[1] == told[2]
    assert [how for how, _tag, _data in told[0]] == ["whole", "whole"]
    again = tuple((one, tag) for (one, _), (_how, tag, _data) in zip(asked, told[0], strict=True))
    assert [one[0] for one in answers.told(records, again, DEE, LATE)] == ["same", "same"]


def test_the_counter_shares_only_what_is_alike(records: Records) -> None:
    """Two of one role who see the same sites; of every question of these kinds."""
    alike = [one for one in questions([1, 2, 3]) if type(one) in ALIKE]
    assert {type(one) for one in alike} | {MayWrite} == ALIKE
    for one in (*alike, MayWrite()):
        assert fresh(records, EVE, one) == fresh(records, DEE, one), one


def test_other_sites_are_never_told(records: Records) -> None:
    """Whoever asks first."""
    answers = Answers()
    page = QueuePage(queue="all_open")
    (north,) = Session(answers, records, NORTH).ask(page)
    (south,) = Session(answers, records, SOUTH).ask(page)
    assert north.lines
    assert not {line.number for line in north.lines} & {line.number for line in south.lines}


def test_a_write_is_seen_by_the_next_who_asks(records: Records, elsewhere: Records) -> None:
    """Whichever process wrote it, and before any feed tells of it."""
    session = Session(Answers(), records, DESK)
    for count, writer in enumerate((records, elsewhere, records), 1):
        (before,) = session.ask(LineOf(number=1))
        do(writer, NoteOrder(number=1, text=f"note {count}"), who=DESK, at=LATE)
        (after,) = session.ask(LineOf(number=1))
        assert after.version == before.version + 1


def test_an_answer_is_good_for_less_than_a_second(records: Records) -> None:
    """What is late goes with the time, also where nobody writes."""
    answers = Answers()
    session = Session(answers, records, DESK)
    session.ask(QueueCounts())
    session.ask(QueueCounts(), at=LATE + FRESH - timedelta(milliseconds=1))
    assert answers.asked == 1
    session.ask(QueueCounts(), at=LATE + FRESH)
    assert answers.asked == 2
    later = LATE + timedelta(days=3)
    assert session.ask(QueueCounts(), at=later) == fresh(records, DESK, QueueCounts(), at=later)


def test_who_may_no_longer_ask_is_refused_at_once(records: Records) -> None:
    """Though the answer lies ready: one who has left, and one whose key was revoked."""
    answers = Answers()
    by_key = replace(NORTH, via="ssh", origin=Origin(key=read_key(a_key(1)).fingerprint))
    ana, dee = Session(answers, records, by_key), Session(answers, records, DEE)
    assert ana.ask(QueueCounts()) == dee.ask(QueueCounts())
    do(
        records,
        RevokeKey(operator="ana", fingerprint=read_key(a_key(1)).fingerprint),
        who=DESK,
        at=LATE,
    )
    with pytest.raises(KeyGone):
        ana.ask(QueueCounts())
    do(records, SaveOperator(code="dee", name="Dee", active=False), who=DESK, at=LATE)
    with pytest.raises(OperatorGone):
        dee.ask(QueueCounts())


def test_of_a_list_only_the_row_that_changed_is_told(records: Records) -> None:
    """And the others stay the very objects that the session has drawn."""
    for place in range(30):
        do(records, NewOrder(title=f"lift {place}", site="N1", priority=3), who=DESK, at=LATE)
    answers = Answers()
    session = Session(answers, records, DESK)
    (before,) = session.ask(QueuePage(queue="all_open"))
    do(records, NoteOrder(number=before.lines[4].number, text="told"), who=DESK, at=LATE)
    (after,) = session.ask(QueuePage(queue="all_open"))
    kept = [new is old for new, old in zip(after.lines, before.lines, strict=True)]
    assert kept.count(False) == 1
    assert not kept[4]
    whole = answers.told(records, ((QueuePage(queue="all_open"), 0),), DESK, LATE)[0][2]
    do(records, NoteOrder(number=before.lines[5].number, text="told"), who=DESK, at=LATE)
    tag = session._held.find((QueuePage(queue="all_open"),))[0][0]
    how, _tag, told = answers.told(records, ((QueuePage(queue="all_open"), tag),), DESK, LATE)[0]
    assert how == "difference"
    assert len(told) < len(whole) / 5


def test_a_refusal_is_no_answer(records: Records) -> None:
    """It is raised for each who asks, and nothing is kept of it."""
    answers = Answers()
    session = Session(answers, records, SOUTH)
    for _time in range(2):
        with pytest.raises(Refusal):
            session.ask(OrderCard(number=1), Trace(number=1))
    assert Session(answers, records, NORTH).ask(OrderCard(number=1)) == fresh(
        records, NORTH, OrderCard(number=1)
    )
