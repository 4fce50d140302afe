"""What the next shift takes over of customers heard: bad answers, and actions that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.render_handover import said
from store.commands.corrective import DropAction
from store.commands.heard import RateOrder
from store.domain.handover import Part
from store.persistence import handover_promises
from store.queries.doctor import ExamineDesk
from store.queries.heard import BadAnswers
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, do, minutes
from tests.store.handover_desk import accepted, offered, shown_to
from tests.store.test_corrective import an_action
from tests.store.test_surveys import DAY, delivered

if TYPE_CHECKING:
    import pytest

    from store.domain.who import Who
    from store.queries.handover import Handover
    from store.records import Records

HEARD = {"bad_answer", "action"}


def heard(shown: Handover) -> list[tuple[int, str]]:
    """What is told of them."""
    lines = [line for line in shown.lines if line.what in HEARD]
    assert {line.part for line in lines} <= {Part.PROMISE}
    return [(line.number, line.what) for line in lines]


def unhappy(records: Records, **fields: Any) -> int:
    """An order whose customer is not content."""
    number = delivered(records, **fields)
    do(records, RateOrder(number=number, csat=1, said="too late"), at=minutes(20))
    return number


def test_the_next_shift_is_told_whom_to_make_content(records: Records) -> None:
    """Each office of its own; what was settled since the offer says so; the next one tells anew."""
    south, action = unhappy(records, site="S1"), an_action(records)

    def told(who: Who) -> list[tuple[int, str]]:
        return heard(shown_to(records, who=who))

    north = next(number for number, what in told(AT_NORTH))
    assert told(AT_NORTH) == [(north, "action")]
    assert told(AT_SOUTH) == [(south, "bad_answer")]
    assert told(BO) == [(south, "bad_answer"), (north, "action")]
    made = offered(records)
    do(records, DropAction(action=action, reason="another one"), at=minutes(60))
    shown, at = shown_to(records, at=minutes(61)), minutes(61)
    lines = {line.what: line for line in shown.lines if line.what in HEARD}
    assert said(lines["action"], shown, at=at, zone=None) == "settled: action open"
    assert said(lines["bad_answer"], shown, at=at, zone=None) == "bad answer, without an action"
    accepted(records, made)
    assert heard(shown_to(records, who=BO, at=minutes(90))) == [
        (south, "bad_answer"),
        (north, "bad_answer"),
    ]
    assert records.ask(ExamineDesk(), who=ANA, at=minutes(DAY)) == ()


def test_many_bad_answers_are_cut_and_it_is_said(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest first; nobody believes that the rest is none."""
    monkeypatch.setattr(handover_promises, "MOST_HEARD", 2)
    first, second, _third = (unhappy(records) for _ in range(3))
    shown = shown_to(records)
    assert heard(shown) == [(first, "bad_answer"), (second, "bad_answer")]
    assert Part.PROMISE in shown.more


def test_a_bad_answer_says_whom_to_call_and_where(records: Records) -> None:
    """The number of who called, as where he was to be asked."""
    unhappy(records, caller="Mrs Li 139 1234 5678")
    (bad,) = records.ask(BadAnswers(), who=ANA, at=minutes(61))
    assert (bad.contact, bad.phone) == ("Mrs Li", "139 1234 5678")
