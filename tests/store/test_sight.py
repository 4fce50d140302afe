"""Who sees some sites only reads no number of an order out of his sight, whatever tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from console.cli_plain import card_plain
from console.cli_show import told
from console.i18n import fill, tell
from console.json_text import json_text
from console.render_family import family_lines
from store.commands import (
    ChaseOrder,
    DeclareIncident,
    LinkOrders,
    MoveOrder,
    NoteOrder,
    PutUnder,
    SetPriority,
    SplitOrder,
    StandDown,
    TakeOut,
    TellFamily,
    Together,
    Undo,
    UnlinkOrders,
)
from store.commands.locks import LockOrder, PlaceOrder, UnlockOrder
from store.commands.sight import OutOfSight
from store.commands.together import SomeCannot
from store.domain.errors import OrderUnknown
from store.domain.lifecycle import Move
from store.queries.card import OrderCard, Trace
from store.queries.deeds import Deeds
from store.queries.past import DeskThen
from tests.store.desk import ANA, AT_NORTH, do, minutes, move, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command
    from store.records import Records

_OF_OTHERS = re.compile(r'"(seq|id|by|level|undoes)": \d+|\b[0-9a-f]{64}\b')
"""Numbers of other things than orders, and digests, which are another each time."""


class _Desk:
    """Orders at the north and far ones in the south, tied in every way; far numbers are large."""

    def __init__(self, records: Records) -> None:
        near = [written(records) for _ in range(8)]
        self.other = near[7]
        for _ in range(110):
            written(records, site="S1")
        far = [written(records, site="S1") for _ in range(7)]
        self.far, self.near = far, near[:7]
        do(records, PutUnder(number=near[0], parent=far[0]))
        do(records, PutUnder(number=far[1], parent=near[1]))
        do(records, LinkOrders(number=near[2], other=far[2]))
        move(records, near[3], Move.DUPLICATE, duplicate_of=far[3])
        move(records, far[4], Move.DUPLICATE, duplicate_of=near[4])
        do(records, PutUnder(number=near[5], parent=far[5]))
        move(records, near[5], Move.FINISH, insist=True)
        move(records, near[5], Move.VERIFY)
        move(records, far[5], Move.FINISH, insist=True)
        move(records, far[5], Move.VERIFY)
        do(records, PutUnder(number=near[6], parent=far[6]))
        do(records, TakeOut(number=near[6]))
        do(records, LinkOrders(number=near[6], other=far[6]))
        do(records, UnlinkOrders(number=near[6], other=far[6]))

    def names(self, text: str) -> list[int]:
        """The far orders that a text names; three digits inside a hash are none."""
        plain = _OF_OTHERS.sub("", text)
        return [n for n in self.far if re.search(rf"(?<![0-9A-Za-z]){n}(?![0-9A-Za-z])", plain)]


def _commands(number: int, other: int) -> Iterator[Command]:
    yield PutUnder(number=number, parent=other)
    yield PutUnder(number=other, parent=number)
    yield TakeOut(number=number)
    yield LinkOrders(number=number, other=other)
    yield UnlinkOrders(number=number, other=other)
    yield SplitOrder(number=number, text="the door")
    yield TellFamily(number=number, text="soon")
    yield DeclareIncident(number=number, cadence_s=1800)
    yield StandDown(number=number)
    yield PlaceOrder(number=number, technician="T1")
    yield LockOrder(number=number)
    yield UnlockOrder(number=number)
    yield ChaseOrder(number=number, text="where?")
    yield NoteOrder(number=number, text="seen")
    yield SetPriority(number=number, priority=1)
    yield Undo(number=number)
    for step in Move:
        more: dict[str, Any] = {}
        if step is Move.ASSIGN:
            more = {"technician": "T1"}
        elif step is Move.DUPLICATE:
            more = {"duplicate_of": other}
        elif step in {Move.WAIT, Move.DECLINE, Move.CANCEL, Move.REOPEN}:
            more = {"reason": "so"} | ({"wake_at": minutes(600)} if step is Move.WAIT else {})
        yield MoveOrder(number=number, move=step, insist=True, **more)


def test_no_answer_and_no_refusal_names_an_order_out_of_sight(records: Records) -> None:
    """Whatever is tried about an order that is tied to it."""
    desk = _Desk(records)
    told_of: dict[str, list[int]] = {}
    for number in desk.near:
        for command in _commands(number, desk.other):
            (found,) = records.rehearse((command,), who=AT_NORTH, at=minutes(5))
            if found.refusal is not None:
                said = tell(found.refusal)
            else:
                assert found.done is not None
                said = fill(found.done.sentence, found.done.facts) + str(found.done.numbers)
            if desk.names(said):
                told_of[f"{type(command).__name__} {getattr(command, 'move', '')} {said}"] = (
                    desk.names(said)
                )
    assert told_of == {}


def test_what_is_shown_of_an_order_names_none_out_of_sight(records: Records) -> None:
    """Printed, as JSON, on its card, in its trace, and among what can be taken back."""
    desk = _Desk(records)
    for number in desk.near:
        card = records.ask(OrderCard(number=number), who=AT_NORTH, at=minutes(5))
        trace = records.ask(Trace(number=number), who=AT_NORTH, at=minutes(5))
        deeds = records.ask(Deeds(number=number), who=AT_NORTH, at=minutes(5))
        lines = [str(line) for line in family_lines(card, at=minutes(5), zone=None)]
        for text in (
            json_text(card_plain(card, trace)),
            "\n".join(told(card, trace, at=minutes(5))),
            "\n".join(lines),
            str(deeds),
        ):
            assert desk.names(text) == [], f"#{number}: {text}"
    then = records.ask(DeskThen(then=minutes(1)), who=AT_NORTH, at=minutes(5))
    assert then.happened
    assert desk.names(json_text([dict(one.entry.body) for one in then.happened])) == []
    cards = [records.ask(OrderCard(number=n), who=ANA, at=minutes(5)) for n in desk.near]
    everything = json_text([card_plain(card, ()) for card in cards])
    assert set(desk.names(everything)) >= set(desk.far[:5])


def test_what_would_change_an_order_out_of_sight_says_so(records: Records) -> None:
    """By itself and in a set; a number that was typed is answered as one that is not there."""
    desk = _Desk(records)
    out = TakeOut(number=desk.near[0])
    with pytest.raises(OutOfSight, match="ask somebody who sees every site"):
        do(records, out, who=AT_NORTH)
    many = Together(commands=(out, NoteOrder(number=desk.near[1], text="x")))
    with pytest.raises(SomeCannot) as refused:
        do(records, many, who=AT_NORTH)
    assert desk.names(tell(refused.value)) == []
    with pytest.raises(OrderUnknown, match=f"no work order {desk.far[0]}"):
        do(records, NoteOrder(number=desk.far[0], text="x"), who=AT_NORTH)
    assert do(records, out).numbers == (desk.near[0], desk.far[0])
