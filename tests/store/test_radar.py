"""The radar in the store: looked once a day, told once, taken up with the customer, or left."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.plans import make_due
from scheduler.radar import look_daily
from store.commands import SaveAsset
from store.commands.corrective import SetAction, StartAction
from store.commands.moves import MoveOrder
from store.commands.orders import EditOrder
from store.commands.plans import SavePlan
from store.commands.radar import LeaveIt, LookAround, TakeUp
from store.commands.voices import KeepComplaint
from store.domain.corrective import Finding
from store.domain.corrective_refusals import ActionLacks
from store.domain.errors import BadInput, NotAllowed
from store.domain.lifecycle import Move
from store.domain.radar import Rule
from store.domain.recurrences import (
    Fate,
    RecurrenceChanged,
    RecurrenceOver,
    RecurrenceUnknown,
)
from store.persistence.radar_work import RECURRENCE
from store.queries.corrective import ListActions
from store.queries.doctor import ExamineDesk
from store.queries.lists import ListAlarms
from store.queries.radar import ListRadar
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, rows, written
from tests.store.erasing_desk import faults

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.recurrences import Recurrence
    from store.queries.radar import RecurrenceLine
    from store.records import Records


def later(days: float) -> datetime:
    """So many days after nine."""
    return NINE + timedelta(days=days)


def complain(records: Records, days: float, *, about: str = "noise", **told: Any) -> int:
    """One complaint of C1 about the north site."""
    where = {"site": "N1", "customer": "C1", **told}
    said = KeepComplaint(about=about, said="the lift hums", **where)
    number: int = do(records, said, at=later(days)).facts["id"]
    return number


def hums(records: Records) -> datetime:
    """Three complaints three months running; when the third has come."""
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1"))
    for days in (0, 30, 60):
        complain(records, days, asset="L1")
    return later(61)


def seen(records: Records, at: datetime, **told: Any) -> tuple[RecurrenceLine, ...]:
    """What the radar shows Ana."""
    return records.ask(ListRadar(**told), who=ANA, at=at)


def test_three_months_running_are_proposed_once_with_their_evidence(records: Records) -> None:
    """By whichever process looks first that day; another look finds it there."""
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1"))
    at = hums(records)
    assert look_daily(records, at=later(59)) == 0
    assert look_daily(records, at=at) == 1
    assert records.radar_sees(at=at + timedelta(hours=23)) is None, "a day has not passed"
    assert look_daily(records, at=at + timedelta(days=2)) == 0
    (line,) = seen(records, at)
    one = line.recurrence
    assert (one.rule, line.place, line.asset, line.customer) == (
        *(Rule.COMPLAINTS, "北楼", "Lift 1", "华润物业"),
    )
    assert [each.complaint for each in line.evidence] == [3, 2, 1]
    assert (one.days, one.usual, one.fate) == (3, None, Fate.OPEN)
    assert faults(records) == []


def test_it_rings_quietly_until_somebody_decides(records: Records) -> None:
    """In every console that sees the site."""
    at = hums(records)
    do(records, LookAround(), at=at)
    with records.work(who=ANA, at=at) as work:
        assert [one.kind for one in work.raise_reminders()] == ["radar"]
        assert work.raise_reminders() == []
    for who, rings in ((AT_NORTH, ["radar"]), (AT_SOUTH, [])):
        found = records.ask(ListAlarms(), who=who, at=at)
        assert [line.kind for line in found if line.reminder] == rings
    do(records, LeaveIt(recurrence=1, reason="it is being rebuilt"), at=at)
    with records.work(who=ANA, at=at + timedelta(days=1)) as work:
        assert work.raise_reminders() == []


def test_it_becomes_an_action_with_the_customer_invited(records: Records) -> None:
    """It cannot begin before its root cause is known; an order is made where there was none."""
    at = hums(records)
    do(records, LookAround(), at=at)
    with pytest.raises(BadInput):
        do(records, TakeUp(recurrence=1, invited=" "), at=at)
    done = do(records, TakeUp(recurrence=1, invited="Ms Zhou"), at=at)
    (line,) = records.ask(ListActions(), who=ANA, at=at)
    action = line.action
    assert (action.finding, action.finding_id, action.invited) == (Finding.RADAR, 1, "Ms Zhou")
    assert (action.problem, action.number) == ("the lift hums", done.numbers[0])
    told: dict[str, Any] = {"measure": "complaints_received", "goal": "<=0", "window_days": 30}
    do(records, SetAction(action=action.id, **told), at=at)
    with pytest.raises(ActionLacks):
        do(records, StartAction(action=action.id), at=at)
    do(records, SetAction(action=action.id, cause="material"), at=at)
    (over,) = seen(records, at, over=True)
    assert (over.recurrence.fate, over.recurrence.action) == (Fate.TAKEN, action.id)
    assert seen(records, at) == ()
    with pytest.raises(RecurrenceOver):
        do(records, TakeUp(recurrence=1, invited="Ms Zhou"), at=at)
    assert faults(records) == []


def test_orders_are_taken_up_at_the_newest_of_them(records: Records) -> None:
    """Which tells whose it is."""
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1"))
    numbers = [
        written(records, title="lift hums", kind="lift", asset="L1", at=later(days))
        for days in (0, 30, 60)
    ]
    at = later(61)
    do(records, LookAround(), at=at)
    (line,) = seen(records, at)
    assert (line.recurrence.rule, line.recurrence.orders) == (Rule.MONTHS, tuple(numbers))
    done = do(records, TakeUp(recurrence=1, invited="Ms Zhou", cause="design"), at=at)
    assert done.numbers == (numbers[-1],)


def test_what_is_left_must_come_anew(records: Records) -> None:
    """Three months from then on; the same look on the same day proposes nothing."""
    at = hums(records)
    do(records, LookAround(), at=at)
    do(records, LeaveIt(recurrence=1, reason="it is being rebuilt"), at=at)
    assert do(records, LookAround(), at=at + timedelta(hours=1)).facts["count"] == 0
    for days in (92, 123):
        complain(records, days, asset="L1")
    assert do(records, LookAround(), at=later(124)).facts["count"] == 0
    complain(records, 154, asset="L1")
    assert do(records, LookAround(), at=later(155)).facts == {"count": 1, "fresh": 1}
    assert faults(records) == []


def test_what_does_not_come_again_goes_by_itself(records: Records) -> None:
    """And comes back as another proposal if it does."""
    at = hums(records)
    do(records, LookAround(), at=at)
    do(records, LookAround(), at=later(150))
    assert seen(records, later(150)) == ()
    (gone,) = seen(records, later(150), over=True)
    assert gone.recurrence.fate == Fate.GONE
    assert faults(records) == []


def test_alike_words_are_one_trouble_whichever_come_together_most(records: Records) -> None:
    """An order more makes another pair of words the first; what was left is not proposed anew."""

    def north(days: float) -> list[Recurrence]:
        do(records, LookAround(), at=later(days))
        found = (line.recurrence for line in seen(records, later(days)))
        return [one for one in found if one.site == 1]

    for days in range(0, 60, 6):
        written(records, title="pump valve", site="S1", at=later(days))
    for days in (0, 30, 60):
        written(records, title="lift door noise", at=later(days))
    (one,) = north(61)
    assert one.rule == Rule.WORDS
    written(records, title="lift noise", at=later(61.5))
    (again,) = north(62)
    assert (again.id, len(again.orders)) == (one.id, 4)
    do(records, LeaveIt(recurrence=one.id, reason="no"), at=later(62))
    for half in (62.5, 63.5):
        written(records, title="door noise", at=later(half))
    assert north(64) == []
    assert faults(records) == []


def test_the_doctor_reads_why_one_was_left(records: Records) -> None:
    """Unless who is named there was erased."""
    at = hums(records)
    do(records, LookAround(), at=at)
    do(records, LeaveIt(recurrence=1, reason="it is being rebuilt"), at=at)
    with records.database.writing() as conn:
        conn.execute(RECURRENCE.update().values(reason="nobody cared"))
    (fault,) = records.ask(ExamineDesk(), who=ANA, at=at)
    assert fault.facts["fields"] == "reason"


def test_a_site_office_sees_and_decides_about_its_own(records: Records) -> None:
    """What is elsewhere is not there, and is not counted."""
    at = hums(records)
    with pytest.raises(NotAllowed):
        do(records, LookAround(), who=AT_SOUTH, at=at)
    do(records, LookAround(), at=at)
    assert records.ask(ListRadar(), who=AT_SOUTH, at=at) == ()
    for command in (
        TakeUp(recurrence=1, invited="Ms Zhou"),
        LeaveIt(recurrence=1, reason="no"),
    ):
        with pytest.raises(RecurrenceUnknown):
            do(records, command, who=AT_SOUTH, at=at)
    assert len(records.ask(ListRadar(), who=AT_NORTH, at=at)) == 1
    do(records, LeaveIt(recurrence=1, reason="no"), who=AT_NORTH, at=at)


def test_who_saw_another_state_is_told(records: Records) -> None:
    """A complaint more since then is more evidence."""
    at = hums(records)
    do(records, LookAround(), at=at)
    complain(records, 61.5, asset="L1")
    do(records, LookAround(), at=later(62))
    with pytest.raises(RecurrenceChanged):
        do(records, LeaveIt(recurrence=1, reason="no", seen=1), at=later(62))
    do(records, LeaveIt(recurrence=1, reason="no", seen=2), at=later(62))


def test_two_who_look_at_once_propose_it_once(records: Records) -> None:
    """The second waits for the first, and finds what it has told."""
    at = hums(records)
    saw = records.radar_sees(at=at)
    assert saw is not None

    def tell() -> None:
        with records.work(who=ANA, at=at) as work:
            work.tell_radar(saw)

    both = [Thread(target=tell) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(rows(records, RECURRENCE)) == 1


def test_what_was_decided_while_somebody_looked_stays_decided(records: Records) -> None:
    """The look was before, and is told after."""
    at = hums(records)
    do(records, LookAround(), at=at)
    saw = records.radar_sees(at=at + timedelta(days=1, minutes=1))
    do(records, LeaveIt(recurrence=1, reason="no"), at=at)
    assert saw is not None
    with records.work(who=ANA, at=at + timedelta(days=1, minutes=2)) as work:
        assert work.tell_radar(saw).fresh == 0
    assert seen(records, at) == ()


def test_what_was_corrected_counts_as_it_is_now(records: Records) -> None:
    """One that was of something else, and one that was written in error, are no sign."""
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1"))
    for change in (
        lambda number: EditOrder(
            number=number, fields={"asset": None, "kind": "", "title": f"{number}"}
        ),
        lambda number: MoveOrder(number=number, move=Move.CANCEL, reason="written in error"),
    ):
        numbers = [
            written(records, title="lift hums", kind="lift", asset="L1", at=later(days))
            for days in (0, 30, 60)
        ]
        assert do(records, LookAround(), at=later(61)).facts["count"] == 1
        for number in numbers:
            do(records, change(number), at=later(61))
        assert do(records, LookAround(), at=later(61)).facts["count"] == 0


def test_what_a_plan_made_says_nothing(records: Records) -> None:
    """The round comes each month whether or not anything is wrong."""
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1"))
    first = NINE.date().isoformat()
    plan: dict[str, Any] = {"rule": "every month", "start": first, "time": "09:00"}
    do(records, SavePlan(title="round", kind="lift", site="N1", asset="L1", **plan))
    made = sum(make_due(records, at=later(days)) for days in (31, 63, 92))
    assert made == 3
    assert do(records, LookAround(), at=later(93)).facts["count"] == 0
