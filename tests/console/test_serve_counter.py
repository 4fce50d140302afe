"""The store of a served desk is open in one process; what sessions hear of it is what it says."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from console.serve.counter import Counter
from console.serve.far import FarLooked, FarRecords
from console.serve.parcel import Line, packed
from console.wall import OnlyLooks
from store import clock
from store.commands.contact import NoteOrder
from store.commands.operators import SaveOperator
from store.commands.orders import SetPriority
from store.domain.errors import (
    NotAllowed,
    OrderUnknown,
    OutOfReach,
    Refusal,
    StoreUnreachable,
)
from store.domain.who import THE_DESK
from store.domain.words import N_
from store.queries.board import QueueCounts, QueuePage
from store.queries.card import OrderCard
from store.queries.people import OperatorNamed
from store.records import open_records
from tests.console.faulty_desk import ANA, furnish
from tests.store.desk import furnish as fill_desk
from tests.store.two_sites import LATE, NORTH, fill, questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.persistence.feed import News
    from store.records import Records

PATIENCE_S = 30


class At:
    """A counter of one's own, which can be taken away and put back."""

    def __init__(self, url: str, place: Path) -> None:
        self.url, self.path = url, str(place / "counter.sock")
        self.open()

    def open(self) -> None:
        """Serve."""
        if os.path.exists(self.path):
            os.unlink(self.path)
        self.counter = Counter(self.url)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(16)
        Thread(target=self.counter.serve, args=(self.listener,), daemon=True).start()

    def close(self) -> None:
        """Serve nobody any more; those who are served are cut off."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.counter.close()
        os.unlink(self.path)


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """What `desk` fills."""
    with closing(open_records(tables_url, feed=False, zone="Asia/Shanghai")) as opened:
        fill_desk(opened)
        yield opened


@pytest.fixture
def desk(records: Records) -> Records:
    """Work goes on at the north site."""
    fill(records)
    return records


@pytest.fixture
def at(tables_url: str, tmp_path: Path) -> Iterator[At]:
    """The small desk."""
    furnish(tables_url).close()
    with closing(At(tables_url, tmp_path)) as served:
        yield served


@pytest.fixture
def far(at: At) -> Iterator[FarRecords]:
    """The same as a session has it."""
    with closing(FarRecords(at.path)) as records:
        yield records


def through(thing: object) -> Any:
    """A thing sent from one end of a line to the other."""
    ours, theirs = socket.socketpair()
    with closing(Line(ours)), closing(Line(theirs)) as there:
        Thread(target=lambda: ours.sendall(packed(thing))).start()
        return there.receive()


def test_every_answer_arrives_as_it_was(desk: Records) -> None:
    """Of every question that there is; refusals with their facts."""
    for query in questions([1, 2, 3, 4]):
        answer: Any
        try:
            answer = desk.ask(query, who=NORTH, at=LATE)
        except Refusal as refusal:
            answer = refusal
        asked, arrived = through((query, answer))
        assert asked == query
        if isinstance(answer, Refusal):
            assert type(arrived) is type(answer)
            assert (arrived.facts, str(arrived)) == (answer.facts, str(answer))
        else:
            assert arrived == answer


def test_words_of_ours_can_still_be_translated() -> None:
    """A sentence remembers with what it was filled."""
    arrived = through(OrderUnknown(number=N_("order {number}").format(number=7)))
    assert arrived.facts["number"].template == "order {number}"
    assert arrived.facts["number"].facts == {"number": 7}


def test_a_session_asks_and_does_as_at_the_store(at: At, far: FarRecords) -> None:
    """And under one key a command is done once."""
    now = clock.now()
    with closing(open_records(at.url, feed=False)) as near:
        for query in (QueueCounts(), QueuePage(queue="all_open")):
            assert far.ask(query, who=ANA, at=now) == near.ask(query, who=ANA, at=now)
        note = NoteOrder(number=1, text="on the way")
        done = far.do(note, who=ANA, at=now, key="k1")
        assert far.do(note, who=ANA, at=now, key="k1") == done
        assert near.head() == done.seq
        assert (far.kind, far.pace) == (near.kind, near.pace)
        assert far.may_write()


def test_one_question_goes_there_and_back_once(
    far: FarRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session asks a dozen before all is seen, each a turn of two processes."""
    sent: list[object] = []
    send = Line.send

    def heard(line: Line, thing: object) -> None:
        sent.append(thing)
        send(line, thing)

    monkeypatch.setattr(Line, "send", heard)
    far.ask(QueueCounts(), who=ANA, at=clock.now())
    assert len(sent) == 2, sent


def test_a_moment_costs_no_more_turns_than_it_has_questions(
    far: FarRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one begins it, nobody waits for its end; and a refused one leaves no answer."""
    sent: list[object] = []
    send = Line.send

    def heard(line: Line, thing: object) -> None:
        sent.append(thing)
        send(line, thing)

    now = clock.now()
    monkeypatch.setattr(Line, "send", heard)
    for _time in range(2):
        with pytest.raises(OrderUnknown), far.asking(who=ANA, at=now) as ask:
            ask(OrderCard(number=99))
        with far.asking(who=ANA, at=now) as ask:
            card = ask(OrderCard(number=3))
            sent.clear()
            assert ask(OrderCard(number=3)) == card
            assert len(sent) == 2, sent
            assert ask.may_write()
        assert far.ask(OrderCard(number=2), who=ANA, at=now) != card


def test_what_is_asked_together_is_of_one_moment(far: FarRecords) -> None:
    """A command in between is not seen; a refusal in between changes nothing of that."""
    now = clock.now()
    with far.asking(who=ANA, at=now) as ask:
        before = ask(OrderCard(number=3))
        far.do(SetPriority(number=3, priority=1, version=1), who=ANA, at=now)
        with pytest.raises(OrderUnknown):
            ask(OrderCard(number=99))
        assert ask(OrderCard(number=3)) == before
    assert far.ask(OrderCard(number=3), who=ANA, at=now) != before


def test_one_session_s_commit_is_another_s_news(at: At, far: FarRecords) -> None:
    """The first news is to look at everything; who fires the timers tells how that goes."""
    heard: SimpleQueue[News] = SimpleQueue()
    with closing(FarRecords(at.path)) as other:
        other.on_change(heard.put)
        other.follow()
        assert heard.get(timeout=PATIENCE_S).reload
        done = far.do(NoteOrder(number=2, text="seen"), who=ANA, at=clock.now())
        while not any(change.number == 2 for change in heard.get(timeout=PATIENCE_S).changes):
            pass
        assert done.seq
        assert other.pulse() is not None


def test_while_the_counter_is_away_the_store_is(at: At, far: FarRecords) -> None:
    """It is said so, by the feed as well; when it is back all goes on, and all is looked at."""
    heard: SimpleQueue[News] = SimpleQueue()
    far.on_change(heard.put)
    far.follow()
    heard.get(timeout=PATIENCE_S)
    at.close()
    with pytest.raises(StoreUnreachable):
        far.ask(QueueCounts(), who=ANA, at=clock.now())
    end = monotonic() + PATIENCE_S
    while far.feed_state is None:
        assert monotonic() < end
    at.open()
    assert heard.get(timeout=PATIENCE_S).reload
    assert far.ask(QueueCounts(), who=ANA, at=clock.now())["all_open"] == 3


def test_news_that_nobody_takes_become_one_look_at_everything(at: At) -> None:
    """A session that is stopped costs no memory without bound."""
    from console.serve.waiting_news import MOST, Waiting
    from store.persistence.feed import News as Told

    waiting = Waiting()
    for seq in range(MOST * 3):
        waiting.put(Told(head=seq, changes=(), reload=False))
    waiting.end()
    assert waiting.get(0) == ("end", None)
    first = waiting.get(0)
    assert first is not None
    assert first[1] is not None
    assert (first[1].reload, at.url != "") == (True, True)


@pytest.mark.parametrize("url", ["sqlite:///{place}", "oracle://host/name"])
def test_a_store_that_cannot_be_opened_is_told(url: str, tmp_path: Path) -> None:
    """To whoever comes, and the next one asks anew."""
    with closing(At(url.format(place=tmp_path), tmp_path)) as served:
        for _ in range(2):
            with pytest.raises(Refusal):
                FarRecords(served.path)


def test_no_transaction_goes_across(at: At, far: FarRecords) -> None:
    """Whoever only looks sends no command either."""
    with pytest.raises(OutOfReach), far.work(who=ANA, at=clock.now()):
        pass
    with closing(FarLooked(at.path)) as looked:
        for refused in (looked.do, looked.rehearse, looked.sample):
            with pytest.raises(OnlyLooks):
                refused()
        assert looked.ask(QueueCounts(), who=ANA, at=clock.now())["all_open"] == 3


def test_the_sample_is_made_for_who_may_import(at: At, far: FarRecords) -> None:
    """Whatever the console has offered to a site office."""
    with closing(open_records(at.url, feed=False)) as near:
        near.do(
            SaveOperator(code="north", name="North", role="office"), who=THE_DESK, at=clock.now()
        )
        north = near.ask(OperatorNamed(code="north"), who=THE_DESK, at=clock.now())
        before = near.head()
        with pytest.raises(NotAllowed):
            far.sample(who=north, at=clock.now(), language="en")
        assert near.head() == before


def test_what_a_board_needs_is_looked_for_once(
    at: At, far: FarRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many sessions ask, until something is committed."""
    asked: list[int] = []
    monkeypatch.setattr(
        "console.replan.needing.Looking.look",
        lambda _self, _seat, *, open_orders: asked.append(open_orders),
    )
    now = clock.now().replace(second=0)
    with closing(FarRecords(at.path)) as other:
        for one in (far, other, far):
            assert one.needing(who=ANA, at=now, open_orders=3) is None
        assert asked == [3]
        far.do(NoteOrder(number=1, text="gone"), who=ANA, at=now)
        other.needing(who=ANA, at=now, open_orders=3)
        assert asked == [3, 3]
