"""Nothing overtakes what waits for the store already, whatever it is about and however done."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.errand import Errand
from console.parking import carry_or_park, send
from console.waiting import Waiting
from store import clock
from store.commands.calls import RecordCall
from store.commands.contact import NoteOrder
from store.commands.links import LinkOrders
from store.commands.together import Together
from store.commands.undo import Undo
from store.domain.errors import OrderUnknown
from tests.console.faulty_desk import furnish
from tests.console.piled import PileDesk, a_line, notes

if TYPE_CHECKING:
    from pathlib import Path

    from console.typed_line import TypedLine
    from store.domain.intents import Command


def _note(number: int, text: str = "waits") -> Waiting:
    command = NoteOrder(number=number, text=text)
    return Waiting(action="note", texts={"text": text}, command=command, at=clock.now())


def _typed(text: str) -> Waiting:
    line = a_line(text)
    return Waiting(action="note", texts={"": text}, command=None, at=clock.now(), line=line)


def _errand(command: Command, line: TypedLine | None = None) -> Errand:
    action = replace(ACTIONS["note"], make=lambda _line, _told, _ask: command)
    errand = Errand(action=action, line=None, questions=[])
    errand.line_kept = line
    return errand


def test_what_is_about_many_or_about_who_knows_what_overtakes_nothing(
    tables_url: str, tmp_path: Path
) -> None:
    """A set by a filter, what came of a call in the list, a link, and what takes back."""
    with closing(furnish(tables_url)) as records:
        desk = PileDesk(records, tmp_path, _note(1))
        both = Together(commands=(NoteOrder(number=3, text="b"), NoteOrder(number=1, text="b")))
        assert desk.waits(_errand(both, a_line("note {lift} b", selected=3)))
        assert desk.waits(_errand(RecordCall(number=1, outcome="reached")))
        assert desk.waits(_errand(LinkOrders(number=2, other=1)))
        assert desk.waits(_errand(Undo(entry=1)))
        send(desk.pile, desk.seat, lambda _done: None)
        assert notes(records, 1) == ["waits", "b"]
        desk.pile.close()


def test_a_line_nobody_has_read_may_be_about_any(tables_url: str, tmp_path: Path) -> None:
    """What is done behind it goes behind it; what is about another than a command goes by."""
    with closing(furnish(tables_url)) as records:
        desk = PileDesk(records, tmp_path, _note(1))
        assert not desk.waits(_errand(NoteOrder(number=2, text="goes by")))
        desk.pile.add(_typed("note {lamp} typed"))
        assert desk.waits(_errand(NoteOrder(number=3, text="keyed")))
        send(desk.pile, desk.seat, lambda _done: None)
        assert [item.asks for item in desk.pile.items] == [1, 0]
        assert not desk.waits(_errand(Undo(number=2)))
        desk.pile.close()


def test_what_stands_still_holds_up_only_its_own(tables_url: str, tmp_path: Path) -> None:
    """Refused, or behind such a one: the operator works on with everything else."""
    with closing(furnish(tables_url)) as records:
        desk = PileDesk(records, tmp_path, _note(1), _note(1, "behind"))
        desk.pile.refused(desk.pile.items[0], "no")
        assert desk.waits(_errand(NoteOrder(number=1, text="third")))
        assert not desk.waits(_errand(NoteOrder(number=2, text="other")))
        assert not desk.waits(_errand(Undo(number=2)))
        desk.pile.close()


def test_what_cannot_be_made_says_why_though_others_wait(tables_url: str, tmp_path: Path) -> None:
    """It is refused at once, as if nothing waited."""
    with closing(furnish(tables_url)) as records:
        desk = PileDesk(records, tmp_path, _note(1))

        def lost(*_told: object) -> Command:
            raise OrderUnknown(number=77)

        errand = _errand(Undo())
        errand.action = replace(errand.action, make=lost)
        outcome = carry_or_park(desk.seat, errand, errand.sending(), desk.pile, away=None)
        assert isinstance(outcome.result, OrderUnknown)
        desk.pile.close()
