"""Typed lines wait, too: as they were meant when they were typed, read when the store is back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.late_reading import agreed, looked_at
from console.line_to_wait import action_meant, typed_line, with_number
from console.parking import again
from console.waiting import Waiting, read, told
from store import clock
from store.commands.contact import NoteOrder
from store.commands.orders import NewOrder
from store.domain.intents import RECEIPTS_KEPT
from store.domain.lifecycle import State
from store.domain.who import Who
from store.queries.card import OrderCard
from tests.console.faulty_desk import ANA, furnish
from tests.console.piled import PileDesk, a_line, notes

if TYPE_CHECKING:
    from pathlib import Path


BO = Who(operator=4, via="test")


def _item(text: str, *, selected: int | None = None, **seen: int) -> Waiting:
    versions = {int(name[1:]): version for name, version in seen.items()}
    line = replace(a_line(text, selected=selected), seen=versions)
    return Waiting(action="x", texts={"": text}, command=None, at=clock.now(), line=line)


@pytest.mark.parametrize(
    ("text", "kept", "named"),
    [
        ("as . wang", "as 7 wang", (7,)),
        ("as wang", "as 7 wang", (7,)),
        ("派 wang", "派 7 wang", (7,)),
        ("note .,..,12 words . here", "note 7,5,12 words . here", (7, 5, 12)),
        ("u. words", "u 7 words", (7,)),
        (";words", "note 7 ;words", (7,)),
        ("f 3-5", "f 3-5", (3, 4, 5)),
        ("记。 字", "记 7 字", (7,)),
        ("f", "f 7", (7,)),
        ("note words", "note words", (7,)),
        ("n . words", "n . words", ()),
        ('note "." words', 'note "." words', (7,)),
    ],
)
def test_what_stood_under_the_cursor_is_kept_as_a_number(
    text: str, kept: str, named: tuple[int, ...]
) -> None:
    """The cursor stands elsewhere when the store is back."""
    line = a_line(text, selected=7, before=5)
    assert (line.text, line.named) == (kept, named)


def test_a_text_is_edited_with_its_number() -> None:
    """Whatever is under the cursor then."""
    assert with_number(a_line("note words", selected=7)) == "note 7 words"
    assert with_number(a_line("note 3 words", selected=7)) == "note 3 words"


@pytest.mark.parametrize("text", ["", "help", "who lift", "nonsense 5", "?"])
def test_what_does_nothing_to_the_desk_does_not_wait(text: str) -> None:
    """It would be sent for nothing."""
    assert action_meant(text) is None


def test_it_is_the_same_on_disk() -> None:
    """Also what a hostile paste holds."""
    item = _item("note 1 \x1b[2J 电梯 \ud800", selected=2, _1=3)
    assert read(told(item)) == item


def test_lines_and_commands_go_in_order_and_once(tables_url: str, tmp_path: Path) -> None:
    """A line may be about any order: what was done behind it goes behind it."""
    with closing(furnish(tables_url)) as records:
        command = NoteOrder(number=1, text="second", version=None)
        keyed = Waiting(action="note", texts={}, command=command, at=clock.now())
        desk = PileDesk(records, tmp_path, _item("note 1 first"), keyed, _item("note 1 third"))
        assert all(done is not None for done in desk.send())
        assert notes(records, 1) == ["first", "second", "third"]
        assert (desk.send(), desk.pile.items) == ([], ())
        desk.pile.close()


def test_a_colleague_who_was_faster_is_told_of(tables_url: str, tmp_path: Path) -> None:
    """By the version where the order was on the screen, else by its story since."""
    with closing(furnish(tables_url)) as records:
        version = records.ask(OrderCard(number=3), who=ANA, at=clock.now()).order.version
        items = _item("p 3 2", _3=version), _item("p 1 2"), _item("p 2 1")
        desk = PileDesk(records, tmp_path, *items)
        for number in (3, 1):
            faster = NoteOrder(number=number, text="faster")
            records.do(faster, who=BO, at=clock.now() + timedelta(seconds=1))
        desk.send()
        assert [item.texts[""] for item in desk.pile.items] == ["p 3 2", "p 1 2"]
        whys = [item.why.partition(" at ")[0] for item in desk.pile.items if item.held]
        assert whys == ["order 3 was changed by Bo", "order 1 was changed by Bo"]
        for item in desk.pile.items:
            again(desk.pile, desk.seat, item)
        desk.send()
        assert desk.pile.items == ()
        desk.pile.close()


def test_the_operator_is_told_of_himself_where_he_saw_another_version(
    tables_url: str, tmp_path: Path
) -> None:
    """At his other console he changed what this one shows; what it does not show he knows of."""
    seen = {1: 1, 2: 1, 3: 1}
    with closing(furnish(tables_url)) as records:
        for number in seen:
            seen[number] = records.ask(
                OrderCard(number=number), who=ANA, at=clock.now()
            ).order.version
        line = typed_line("p 3 2", selected=1, before=None, seen=seen, seen_at=clock.now())
        assert line.seen == {3: seen[3]}
        shown = Waiting(action="x", texts={"": "p 3 2"}, command=None, at=clock.now(), line=line)
        desk = PileDesk(records, tmp_path, shown, _item("p 1 2"))
        for number in (3, 1):
            other = NoteOrder(number=number, text="at the other console")
            records.do(other, who=ANA, at=clock.now() + timedelta(seconds=1))
        desk.send()
        assert [item.texts[""] for item in desk.pile.items] == ["p 3 2"]
        assert desk.pile.items[0].why.startswith("order 3 was changed by Desk")
        desk.pile.close()


def test_what_a_colleague_did_before_it_was_typed_holds_nothing_up(
    tables_url: str, tmp_path: Path
) -> None:
    """Its story was known by then."""
    with closing(furnish(tables_url)) as records:
        records.do(NoteOrder(number=1, text="earlier"), who=BO, at=clock.now())
        desk = PileDesk(records, tmp_path, _item("note 1 later"))
        desk.send()
        assert (notes(records, 1), desk.pile.items) == (["earlier", "later"], ())
        desk.pile.close()


@pytest.mark.parametrize("text", ["note 1-4 words", "undo", "note {lamp} words"])
def test_what_wants_a_look_is_held_for_it(tables_url: str, tmp_path: Path, text: str) -> None:
    """More than three orders, what was done last, and orders that nobody saw when it was typed."""
    with closing(furnish(tables_url)) as records:
        records.do(NewOrder(title="Lamp gone", priority=4), who=ANA, at=clock.now())
        desk = PileDesk(records, tmp_path, _item(text), _item("note 2 other"))
        before = notes(records, 3)
        desk.send()
        (held,) = (item for item in desk.pile.items if item.held)
        assert (held.texts[""], held.asks > 0, notes(records, 3)) == (text, True, before)
        understood, rows = looked_at(held, desk.seat, None)
        assert len(rows) == held.asks
        desk.pile.put(agreed(held, understood, desk.seat))
        desk.send()
        assert desk.pile.items == ()
        desk.pile.close()


def test_times_count_from_when_it_was_typed(tables_url: str, tmp_path: Path) -> None:
    """“In half an hour” is half an hour from the call, not from the end of the outage."""
    with closing(furnish(tables_url)) as records:
        typed_at = clock.now() - timedelta(minutes=20)
        item = replace(_item("w 2 parts until 30m"), at=typed_at)
        desk = PileDesk(records, tmp_path, item)
        desk.send()
        order = records.ask(OrderCard(number=2), who=ANA, at=clock.now()).order
        assert order.state is State.WAITING, desk.pile.items
        assert order.wake_at is not None
        assert abs(order.wake_at - typed_at - timedelta(minutes=30)) < timedelta(minutes=1)
        desk.pile.close()


def test_what_cannot_be_read_waits_for_the_operator(tables_url: str, tmp_path: Path) -> None:
    """With its text, and why; others go on."""
    with closing(furnish(tables_url)) as records:
        desk = PileDesk(records, tmp_path, _item("as 1 nobody"), _item("note 2 words"))
        desk.send()
        assert [(item.held, bool(item.why)) for item in desk.pile.items] == [(True, True)]
        assert notes(records, 2) == ["words"]
        desk.pile.close()


def test_what_is_older_than_the_stores_memory_is_not_sent(tables_url: str, tmp_path: Path) -> None:
    """It may have been done, and no receipt tells."""
    with closing(furnish(tables_url)) as records:
        old = clock.now() - RECEIPTS_KEPT
        command = NoteOrder(number=1, text="old")
        keyed = Waiting(action="note", texts={}, command=command, at=old)
        desk = PileDesk(records, tmp_path, keyed, replace(_item("note 2 old"), at=old))
        desk.send()
        assert (notes(records, 1), notes(records, 2)) == ([], [])
        assert all(item.held for item in desk.pile.items)
        desk.pile.close()
