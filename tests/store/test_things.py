"""Tools and parts: what an order takes, who carries it, and who is not sent; on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from console.grammar.asking import StoreLookup
from console.grammar.understand import understand
from console.i18n import fill
from scheduler.automatic import dispatch_waiting
from store.commands import EditOrder, NewOrder, SaveTechnician, SendNominee, SetAutomatic, Undo
from store.domain.dispatch.rules import Rule
from store.domain.dispatch.things import joined, parted
from store.domain.errors import BadInput, Refusal
from store.domain.who import Who
from store.queries.card import OrderCard
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.finding import CountOrders
from store.queries.heeds import Heeds
from store.queries.people import TechnicianBoard
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, NINE, do, minutes, stored
from tests.store.recommend_desk import asked, barred, desk, offered, order

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.records import Records

__all__ = ["desk"]
CHIEF = Who(operator=2)


def needs(records: Records, number: int, things: str) -> None:
    do(records, EditOrder(number=number, fields={"needs": things}))


def carries(records: Records, code: str, *things: str) -> None:
    do(records, SaveTechnician(code=code, name=code, carries=things), who=CHIEF)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("Thermal  Camera", "thermal camera"),
        ("ladder, Ａ-1，ladder；camera", "a-1,camera,ladder"),
        (" , ,", ""),
        ("rope﹐ladder﹑rope﹔camera", "camera,ladder,rope"),
        ("热像仪、梯子", "梯子,热像仪"),
    ],
)
def test_the_same_things_are_kept_alike(text: str, kept: str) -> None:
    """Whatever their order, case and width, and whatever stands between them."""
    assert joined(parted(text)) == kept
    assert parted(kept) == parted(text)


def test_a_new_order_takes_things_at_once(desk: Records) -> None:
    """As if they were said afterwards; what nobody carries is told, and the clocks all the same."""
    carries(desk, "BO", "ladder")
    new = NewOrder(title="Lamp", needs="Bulb，Ladder", kind="lift", site="A")
    done = do(desk, new)
    number = done.numbers[0]
    assert stored(desk, number).needs == "bulb,ladder"
    said = f"order {number} written down; nobody carries bulb; carried: ladder"
    assert fill(done.sentence, done.facts) == said
    assert done.facts["number"] == number
    done = do(desk, replace(new, needs="ladder"))
    assert fill(done.sentence, done.facts) == f"order {number + 1} written down"
    assert offered(asked(desk, number + 1)) == ["BO"]
    with pytest.raises(BadInput):
        do(desk, replace(new, needs="x" * 600))
    assert desk.ask(ExamineDesk(), who=CHIEF, at=NINE) == ()
    assert desk.ask(ExamineOrders(), who=CHIEF, at=NINE).findings == ()


def test_a_typed_new_order_is_warned_of_what_nobody_carries(desk: Records) -> None:
    """Before Enter, as the command for it is."""
    carries(desk, "BO", "thermal camera")

    def ask(query: Query[Any]) -> Any:
        return desk.ask(query, who=ANA, at=NINE)

    meant = understand("n hot pipe /needs thermal camra", StoreLookup(ask, at=NINE))
    warned = "nobody carries thermal camra; carried: thermal camera"
    assert meant.plain_warnings == {"warnings": [warned]}
    assert "takes thermal camra" in meant.said
    meant = understand("n hot pipe /needs thermal camera", StoreLookup(ask, at=NINE))
    assert meant.plain_warnings == {}


def test_what_nobody_carries_is_said_and_done(desk: Records) -> None:
    """Often it is a slip: what is carried stands beside it, the likest first."""
    number = order(desk)
    slip = EditOrder(number=number, fields={"needs": "ladder, thermal camra"})
    done = do(desk, slip)
    assert fill(done.sentence, done.facts) == (
        f"order {number} edited; nobody carries ladder, thermal camra"
    )
    carries(desk, "BO", "ladder", "rope", "Thermal camera")
    done = do(desk, replace(slip, fields={"needs": "thermal camra, ladder "}))
    assert fill(done.sentence, done.facts) == (
        f"order {number} edited; nobody carries thermal camra;"
        " carried: thermal camera, ladder, rope"
    )

    def ask(query: Query[Any]) -> Any:
        return desk.ask(query, who=ANA, at=NINE)

    meant = understand(f"needs {number} thermal camra", StoreLookup(ask, at=NINE))
    assert meant.plain_warnings == {
        "warnings": ["nobody carries thermal camra; carried: thermal camera, ladder, rope"]
    }
    meant = understand(f"needs {number} Ladder", StoreLookup(ask, at=NINE))
    assert meant.plain_warnings == {}


def test_who_does_not_carry_it_is_not_recommended(desk: Records) -> None:
    """The rule says what is missing; where nobody has it, what would help."""
    number = order(desk)
    needs(desk, number, "Thermal camera, ladder")
    found = asked(desk, number, about="AN")
    assert (found.needs, offered(found)) == ("ladder, thermal camera", [])
    assert barred(found) == [Rule.TOOL]
    assert {one.who.code: one.barred[0].facts["things"] for one in found.helps} == {
        "AN": "ladder, thermal camera",
        "BO": "ladder, thermal camera",
    }
    carries(desk, "BO", "ladder", "Thermal Camera", "rope")
    carries(desk, "AN", "ladder")
    found = asked(desk, number, about="AN")
    assert offered(found) == ["BO"]
    assert found.out[Rule.TOOL] == 1
    needs(desk, number, "")
    assert offered(asked(desk, number)) == ["AN", "BO"]


def test_it_is_heeded_wherever_somebody_is_sent(desk: Records) -> None:
    """By hand with a warning, by a plan for the board, and by the desk itself not at all."""
    number = order(desk)
    needs(desk, number, "camera")
    carries(desk, "BO", "camera")
    against = desk.ask(Heeds(numbers=(number,)), who=ANA, at=NINE)[number].against
    assert Rule.TOOL in {one.rule for one in against[4]}
    assert 5 not in against
    (task,) = desk.ask(BoardToPlan(), who=ANA, at=NINE).present.tasks
    assert set(task.able) == {5}
    do(desk, SetAutomatic(mode="propose"), who=CHIEF)
    dispatch_waiting(desk, at=NINE)
    carries(desk, "BO")
    with pytest.raises(Refusal, match="does not carry: camera"):
        do(desk, SendNominee(number=number, technician=5), at=minutes(1))


def test_it_is_told_found_and_taken_back(desk: Records) -> None:
    """On the card, in the list of technicians, by a filter; each change is one entry."""
    number, other = order(desk), order(desk)
    head = desk.head()
    needs(desk, number, "camera")
    needs(desk, number, "Camera")
    assert desk.head() == head + 1
    assert desk.ask(OrderCard(number=number), who=ANA, at=NINE).order.needs == "camera"
    carries(desk, "AN", "ladder")
    lines = {one.code: one.carries for one in desk.ask(TechnicianBoard(), who=ANA, at=NINE)}
    assert (lines["AN"], lines["BO"]) == ("ladder", "")
    found = {"needs:cam": 1, "需要:CAMERA": 1, "needs:100%": 0, "not needs:cam": 1}
    for text, count in found.items():
        asked_so = CountOrders(text=f"(#{number} or #{other}) {text}")
        assert desk.ask(asked_so, who=ANA, at=NINE) == count, text
    do(desk, Undo(number=number))
    assert stored(desk, number).needs == ""
    assert desk.ask(ExamineDesk(), who=CHIEF, at=NINE) == ()
    assert desk.ask(ExamineOrders(), who=CHIEF, at=NINE).findings == ()


def test_too_many_and_too_long_are_refused(desk: Records) -> None:
    """And what a terminal would obey is not kept."""
    number = order(desk)
    for wrong in ("x" * 41, ",".join(f"t{n}" for n in range(13))):
        with pytest.raises(BadInput):
            needs(desk, number, wrong)
        with pytest.raises(BadInput):
            carries(desk, "AN", wrong)
    hostile: Any = "cam\x1b[2Jera\u202e"
    needs(desk, number, hostile)
    assert "\x1b" not in stored(desk, number).needs
    assert "\u202e" not in stored(desk, number).needs
