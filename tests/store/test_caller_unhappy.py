"""Who calls while he still waits to be called back is known as such, before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.render_caller import caller_lines
from store.commands import SaveCustomer
from store.commands.follow_ups import KeepFollowUp
from store.commands.heard import RateOrder
from store.commands.voices import AnswerComplaint, KeepComplaint, KeepPraise, WithdrawVoice
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.queries.board import QueueCounts
from store.queries.caller_card import CardOfCaller
from store.queries.kpi import Kpis
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, minutes, move, written
from tests.store.inspected import closed

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.queries.caller_card import CallerCard
    from store.records import Records


def card(records: Records, who: Who = ANA, minute: float = 90) -> CallerCard:
    """As it is told."""
    told = records.ask(CardOfCaller(customer="GM"), who=who, at=minutes(minute))
    assert told is not None
    return told


def lines(records: Records) -> list[str]:
    """As they stand beside the form."""
    drawn = caller_lines(card(records), at=minutes(90), zone=None, cells=200)
    return ["".join(text for text, _style in line) for line in drawn]


def test_what_he_is_to_be_called_back_for_stands_on_top(records: Records) -> None:
    """The longest due first; once he was called back or answered it is gone."""
    do(records, SaveCustomer(code="GM", name="国贸物业"))
    number = closed(records, customer="GM", site="N1")
    good = closed(records, at=10, customer="GM", site="S1")
    assert card(records).unhappy == ()
    do(records, RateOrder(number=number, csat=1, nps=2), at=minutes(60))
    do(records, RateOrder(number=good, csat=5), at=minutes(60))
    do(records, KeepPraise(number=good, said="x"), at=minutes(61))
    do(records, KeepComplaint(number=good, said="x", about="late"), at=minutes(70))
    do(records, KeepComplaint(customer="GM", said="x", about="manner"), at=minutes(71))
    do(records, KeepComplaint(number=good, said="x", about="late"), at=minutes(72))
    do(records, WithdrawVoice(voice=4, reason="x"), at=minutes(73))
    told = card(records).unhappy
    assert {(one.complaint, one.number, one.csat) for one in told} == {
        (None, number, 1),
        (2, good, None),
        (3, None, None),
    }
    assert [one.call_by for one in told] == sorted(one.call_by for one in told if one.call_by)
    assert all(one.call_by for one in told)
    shown = lines(records)
    assert shown[0].startswith("国贸物业")
    assert any(f"1 of 5, 2 of 10 (#{number}); call back by" in line for line in shown[1:4])
    assert any(f"complaint 2: too late (#{good})" in line for line in shown[1:4])
    assert {one.complaint for one in card(records, AT_NORTH).unhappy} == {None}
    assert {one.complaint for one in card(records, AT_SOUTH).unhappy} == {2}
    late = caller_lines(card(records), at=minutes(9000), zone=None, cells=200)
    assert "to be called back since" in "".join(text for text, _style in late[1])
    do(records, AnswerComplaint(complaint=2, told="x", whom="x"), at=minutes(80))
    do(records, KeepFollowUp(number=number, place=1, outcome="reached"), at=minutes(80))
    assert [one.complaint for one in card(records).unhappy] == [3]
    do(records, RateOrder(number=number, csat=5), at=minutes(85))
    assert [one.complaint for one in card(records).unhappy] == [3]


def test_not_closed_is_all_open_and_what_is_to_be_closed(records: Records) -> None:
    """The figure and the board count the same orders, by words that are not the same."""
    closed(records, at=0)
    for minute in range(1, 7):
        number = written(records, at=minutes(minute))
        if minute < 3:
            move(records, number, Move.ASSIGN, at=minutes(minute), technician="T1")
            move(records, number, Move.FINISH, at=minutes(minute), insist=True)
    counts = records.ask(QueueCounts(), who=THE_DESK, at=minutes(90))
    asked = Kpis(first=NINE.date(), last=NINE.date(), names=("orders_open",))
    (figure,) = records.ask(asked, who=THE_DESK, at=minutes(90)).figures
    assert (counts["all_open"], counts["to_close"]) == (4, 2)
    assert figure.value == counts["all_open"] + counts["to_close"]
