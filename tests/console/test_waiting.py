"""What is done while the store is away waits on disk, and is done once when it is back."""

from __future__ import annotations

import os
import signal
import stat
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from console.actions import ACTIONS
from console.command_codec import read_command, written_command
from console.errand import Errand
from console.parking import again, carry_or_park, send
from console.pile import Pile, PileFull, WaitingFile
from console.seat import Seat
from console.typed_line import TypedLine
from console.waiting import Waiting
from store import clock
from store.commands.contact import NoteOrder
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.together import Together
from store.domain.errors import BadInput, StoreUnreachable
from store.domain.intents import Done
from store.domain.lifecycle import Move
from store.persistence.receipts import digest
from store.queries.card import OrderCard, Trace
from tests.console.faulty_desk import ANA, console, furnish, note

if TYPE_CHECKING:
    from pathlib import Path

    from store.domain.intents import Command
    from store.records import Records
    from tests.postgres import PgServer

AWAY_S = 40.0


def _item(number: int, text: str = "words", version: int | None = 1) -> Waiting:
    command = NoteOrder(number=number, text=text, version=version)
    return Waiting(action="note", texts={"text": text}, command=command, at=clock.now())


def _pile(tmp_path: Path) -> Pile:
    pile = Pile()
    pile.found(*WaitingFile.claim(tmp_path / "waiting", "someone"))
    return pile


def _notes(records: Records, number: int = 1) -> list[str]:
    trace = records.ask(Trace(number=number), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


@pytest.mark.parametrize(
    "command",
    [
        NoteOrder(number=1, text="\x1b[2J 电梯 \ud800", version=3),
        MoveOrder(number=2, move=Move.WAIT, reason="parts", wake_at=clock.now()),
        NewOrder(title="Lift", priority=1, opened_at=clock.now()),
        Together(commands=(NoteOrder(number=1, text="a"), NoteOrder(number=2, text="b"))),
    ],
)
def test_a_command_is_the_same_when_it_is_read(command: Command) -> None:
    """Also by its digest: an answer that was lost is found under its key."""
    read = read_command(written_command(command))
    assert read == command
    assert digest(read) == digest(command)


def test_a_file_can_name_nothing_but_the_stores_own() -> None:
    """Whoever can write into the folder runs no code by it."""
    evil = {"$": "record", "of": ["subprocess", "Popen"], "is": {"args": "true"}}
    with pytest.raises(ValueError, match="not of the store"):
        read_command({"name": "NoteOrder", "fields": {"number": 1, "text": evil}})
    lent = {"$": "record", "of": ["store.domain.incidents", "timedelta"], "is": {"days": 1}}
    with pytest.raises(ValueError, match="not of the store"):
        read_command({"name": "NoteOrder", "fields": {"number": 1, "text": lent}})
    with pytest.raises(KeyError):
        read_command({"name": "Popen", "fields": {}})


def test_what_is_refused_holds_back_only_its_own_order(tmp_path: Path) -> None:
    """Later ones on the same order wait behind it, others go on."""
    pile = _pile(tmp_path)
    first, second, other = _item(1, "a"), _item(1, "b"), _item(2, "c")
    for item in (first, second, other):
        pile.add(item)
    assert pile.next() == first
    pile.refused(first, "no")
    assert pile.next() == other
    pile.drop(pile.items[0])
    assert pile.next() == second
    pile.close()


def test_the_next_one_has_seen_what_the_first_did(tmp_path: Path) -> None:
    """And nothing that somebody else did meanwhile."""
    pile = _pile(tmp_path)
    first, second = _item(1, "a"), _item(1, "b")
    pile.add(first)
    pile.add(second)
    done = Done(sentence="", facts={}, numbers=(1,), versions=((1, 2),))
    assert second.after(replace(done, versions=((5, 6),))).command == second.command
    pile.sent(first, done)
    assert [item.command for item in pile.items] == [NoteOrder(number=1, text="b", version=2)]
    pile.close()


def test_what_the_store_is_slow_to_answer_is_on_disk(tmp_path: Path) -> None:
    """Under the key it was asked under: a console that dies then leaves it to the next, once."""
    pile = _pile(tmp_path)
    slow, late = _item(1, "slow"), _item(2, "answered already")
    pile.trying(slow.key)
    pile.meanwhile(slow)
    pile.meanwhile(late)
    assert (pile.items, pile.ready) == ((), False)
    pile.close()
    later = _pile(tmp_path)
    assert [(item.key, item.held) for item in later.items] == [(slow.key, True)]
    later.trying("another")
    later.meanwhile(replace(late, key="another"))
    later.drop(later.items[0])
    later.tried("another")
    later.close()
    assert _pile(tmp_path).items == ()


def test_what_waits_is_what_was_said_last(tables_url: str, tmp_path: Path) -> None:
    """Not the command that the store refused before, of other answers."""
    with closing(furnish(tables_url)) as records:
        seat = Seat(records=records, who=ANA, name="Ana", now=clock.now)
        errand = Errand(action=ACTIONS["note"], line=None, questions=[], told={"text": ""})
        errand.action = replace(
            errand.action, make=lambda _line, told, _ask: NoteOrder(number=1, text=told["text"])
        )
        pile = _pile(tmp_path)
        refused = carry_or_park(seat, errand, errand.sending(), pile, away=None)
        assert isinstance(refused.result, BadInput)
        errand.told = {"text": "said last"}
        away = StoreUnreachable(why="unplugged")
        parked = carry_or_park(seat, errand, errand.sending(), pile, away=away).parked
        assert parked is not None
        assert parked.command == NoteOrder(number=1, text="said last")
        pile.close()


def test_a_line_about_several_overtakes_none_of_them(tables_url: str, tmp_path: Path) -> None:
    """It would make what waits look like somebody else's loss."""
    with closing(furnish(tables_url)) as records:
        seat = Seat(records=records, who=ANA, name="Ana", now=clock.now)
        both = Together(commands=tuple(NoteOrder(number=n, text="b", version=1) for n in (1, 3)))
        action = replace(ACTIONS["note"], make=lambda _line, _told, _ask: both)
        errand = Errand(action=action, line=None, questions=[], typed="note 1,3 b")
        errand.line_kept = TypedLine(text=errand.typed, named=(1, 3), seen_at=clock.now())
        pile = _pile(tmp_path)
        pile.add(_item(1, "a"))
        outcome = carry_or_park(seat, errand, errand.sending(), pile, away=None)
        assert outcome.parked is not None
        send(pile, seat, lambda _done: None)
        assert (_notes(records, 1), [item.why for item in pile.items]) == (["a", "b"], [])
        pile.close()


def test_it_is_bounded_and_for_its_owner_alone(tmp_path: Path) -> None:
    """A paste cannot fill the disk; nobody else reads a customer's words."""
    pile = _pile(tmp_path)
    pile.add(_item(1))
    with pytest.raises(PileFull):
        pile.add(_item(2, "x" * 500_000))
    (file,) = (tmp_path / "waiting").glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [item.held for item in pile.items] == [False]
    pile.close()
    later = _pile(tmp_path)
    assert [item.held for item in later.items] == [True]
    later.close()


def test_no_more_wait_than_somebody_oversees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one too many is refused; those that wait stay."""
    monkeypatch.setattr("console.pile.MOST", 2)
    pile = _pile(tmp_path)
    kept = [_item(1), _item(2)]
    for item in kept:
        pile.add(item)
    with pytest.raises(PileFull):
        pile.add(_item(3))
    assert pile.items == tuple(kept)
    pile.close()
    assert len(_pile(tmp_path).items) == 2


def test_notes_wait_for_the_database_and_come_once(durable_pg: PgServer, tmp_path: Path) -> None:
    """In order, without a key pressed; the board says how old it is meanwhile."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)) as records, console(url, tmp_path, size=(140, 30)) as desk:
        desk.sees("Lift stuck", timeout=30)
        durable_pg.stop()
        desk.sees("unreachable", timeout=AWAY_S)
        note(desk, "first words")
        desk.sees("1 waits", timeout=AWAY_S)
        note(desk, "second words")
        desk.sees("2 wait", timeout=AWAY_S)
        assert "s old" in desk.text()
        desk.press("$")
        desk.sees("second words")
        desk.press("\x1b")
        durable_pg.start()
        desk.sees("PostgreSQL ok", timeout=AWAY_S)
        desk.sees("what waited was sent", timeout=AWAY_S)
        assert _notes(records) == ["first words", "second words"]


def test_a_killed_console_leaves_it_to_the_next(durable_pg: PgServer, tmp_path: Path) -> None:
    """The operator is asked whether it is still meant."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)) as records:
        with console(url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=30)
            durable_pg.stop()
            desk.sees("unreachable", timeout=AWAY_S)
            note(desk, "kept words")
            desk.sees("1 waits", timeout=AWAY_S)
            os.kill(desk.process.pid, signal.SIGKILL)
            desk.process.wait()
        durable_pg.start()
        with console(url, tmp_path) as desk:
            desk.sees("1 waits", timeout=AWAY_S)
            assert _notes(records) == []
            desk.press("$")
            desk.sees("kept words")
            desk.press("\r")
            desk.sees("nothing waits", timeout=AWAY_S)
            assert _notes(records) == ["kept words"]


def test_an_order_from_the_form_waits_too(durable_pg: PgServer, tmp_path: Path) -> None:
    """A caller does not wait for a database: the form takes his words, and the next call."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)) as records, console(url, tmp_path, size=(140, 30)) as desk:
        desk.sees("Lift stuck", timeout=30)
        durable_pg.stop()
        desk.sees("unreachable", timeout=AWAY_S)
        desk.press("n")
        desk.sees("what is wrong")
        desk.press("\rGate jammed")
        desk.sees("Gate jammed")
        desk.press("\x13")
        desk.sees("1 waits", timeout=AWAY_S)
        durable_pg.start()
        desk.sees("what waited was sent", timeout=AWAY_S)
        desk.sees("Gate jammed", timeout=AWAY_S)
        titles = records.ask(OrderCard(number=4), who=ANA, at=clock.now()).order.title
        assert titles == "Gate jammed"


def test_sent_once_and_conflicts_are_kept(tables_url: str, tmp_path: Path) -> None:
    """The receipt knows what was done before its answer was lost; the version, who was faster."""
    with closing(furnish(tables_url)) as records:
        seat = Seat(records=records, who=ANA, name="Ana", now=clock.now)
        pile = _pile(tmp_path)
        seen = records.ask(OrderCard(number=3), who=ANA, at=clock.now()).order.version
        lost, raced, behind = _item(1, "lost"), _item(3, "raced", seen), _item(3, "behind", seen)
        for item in (lost, raced, behind):
            pile.add(item)
        assert lost.command is not None
        seat.do(lost.command, key=lost.key)
        seat.do(NoteOrder(number=3, text="faster"), key="another")
        send(pile, seat, lambda _done: None)
        assert (_notes(records, 1), _notes(records, 3)) == (["lost"], ["faster"])
        assert [(item.texts["text"], item.held) for item in pile.items] == [
            ("raced", True),
            ("behind", False),
        ]
        again(pile, seat, pile.items[0])
        send(pile, seat, lambda _done: None)
        assert _notes(records, 3) == ["faster", "raced"]
        assert [(item.texts["text"], item.held) for item in pile.items] == [("behind", True)]
        pile.close()
