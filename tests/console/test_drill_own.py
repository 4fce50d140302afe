"""Orders that the player of a drill begins himself: counted, matched, told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console import page, report_play
from store.commands.contact import UpdateCustomer
from store.commands.orders import NewOrder
from store.domain.drill.script import Script, Shock
from tests.console.drilled import AT, MINUTES

if TYPE_CHECKING:
    from tests.console.drilled import Begin, Desk

pytestmark = pytest.mark.usefixtures("plain_surroundings")

CLAIM = Script(name="x", calls_an_hour=0, shocks=(Shock(at=0.1, what="claim"),))
CALLS = Script(name="x", calls_an_hour=20)


def report(desk: Desk) -> str:
    """What it came to, as it is read."""
    played = desk.over()
    return "\n".join(page.markdown(report_play.title(played), report_play.sections(played)))


def test_an_order_with_a_new_customer_counts_as_any_other(begin: Begin) -> None:
    """Its deed begins with the customer that it made."""
    desk = begin(CALLS)
    desk.play(2)
    calls = desk.over().score.orders
    new = NewOrder(title="kettle broken", new_customer="Old Mill Ltd", caller="Ann 555")
    number = desk.records.do(new, who=desk.ana, at=AT + timedelta(minutes=2)).numbers[0]
    score = desk.over().score
    assert (score.orders, score.decisions) == (calls, 1)
    assert [(one.number, one.answers, one.call) for one in score.begun] == [(number, None, None)]
    told = report(desk)
    assert "Orders that you began yourself" in told
    assert f"\\#{number} created P3 kettle broken" in told
    assert "nothing that was called out" in told


@pytest.mark.parametrize("how", ["by its number", "by its site"])
def test_an_order_for_the_change_answers_the_claim(how: str, begin: Begin) -> None:
    """What was agreed is written down in it; the customer is told all the same."""
    desk = begin(CLAIM)
    desk.play(1.3)
    asked = desk.news[0].number or 0
    line = next(one for one in desk.lines(AT) if one.number == asked)
    change = NewOrder(title="two more sockets", site=line.site_code)
    if how == "by its number":
        change = NewOrder(title=f"change of #{asked}: two more sockets")
    desk.records.do(change, who=desk.ana, at=AT + timedelta(minutes=2))
    answer = desk.over().score.answers[0]
    assert (answer.written, answer.told) == (True, False)
    told = UpdateCustomer(number=asked)
    desk.records.do(told, who=desk.ana, at=AT + timedelta(minutes=3))
    score = desk.over().score
    assert [one.right for one in score.answers] == [True]
    assert [one.answers.number for one in score.begun if one.answers] == [asked]
    assert f"\\#{asked} change claim" in report(desk)


def test_an_order_for_what_is_over_answers_nothing(begin: Begin) -> None:
    """An hour of life later."""
    desk = begin(CLAIM)
    desk.play(1.3)
    new = NewOrder(title=f"change of #{desk.news[0].number}")
    desk.records.do(new, who=desk.ana, at=AT + timedelta(minutes=7))
    score = desk.over().score
    assert [one.right for one in score.answers] == [False]
    assert [one.answers for one in score.begun] == [None]


def test_a_call_that_was_written_down_twice_is_told_as_one(begin: Begin) -> None:
    """Noted by hand while the system was down, and entered by the drill as well."""
    down = Shock(at=0.2, what="down", minutes=30)
    desk = begin(Script(name="x", calls_an_hour=30, shocks=(down,)))
    desk.play(MINUTES)
    rung = [one for one in desk.news if one.what == "call"]
    began = AT + timedelta(minutes=MINUTES * 0.2)
    assert rung
    assert all(began <= one.at < began + timedelta(minutes=2.5) for one in rung)
    came = [one for one in desk.lines(desk.task.ends) if one.title in rung[0].who]
    again = NewOrder(title=f"{came[0].title}!", site=came[0].site_code)
    desk.records.do(again, who=desk.ana, at=AT + timedelta(minutes=6))
    (begun,) = desk.over().score.begun
    assert begun.call in {one.number for one in came}
    assert f"the same call as \\#{begun.call}" in report(desk)
