"""Who decides about what the radar proposes, or looks, while others do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.commands import SaveAsset, SaveCustomer
from store.commands.erasing import ErasePerson
from store.commands.radar import LookAround, TakeUp
from store.commands.voices import KeepComplaint
from store.queries.corrective import ListActions
from store.records import open_records
from tests.store.desk import ANA, do, furnish, written
from tests.store.erasing_desk import faults, whole
from tests.store.meanwhile import troubles
from tests.store.test_radar import complain, hums, later, seen

if TYPE_CHECKING:
    from store.records import Records


def test_who_takes_one_up_waits_in_no_circle(postgres_tables: str) -> None:
    """For somebody who complains about its newest order just then."""
    one, other = (open_records(postgres_tables, feed=False) for _ in range(2))
    furnish(one)
    do(one, SaveAsset(site="N1", code="L1", name="Lift 1"))
    told: dict[str, Any] = {"title": "hums", "kind": "lift", "asset": "L1"}
    *_, number = [written(one, **told, at=later(days)) for days in (0, 30, 60)]
    do(one, LookAround(), at=later(61))
    complains = KeepComplaint(number=number, about="noise", said="again")
    take = TakeUp(recurrence=1, invited="Ms Zhou", cause="design")
    assert troubles(one, other, take, complains, "after_cursor_execute") == []
    assert len(one.ask(ListActions(), who=ANA, at=later(61))) == 1
    other.close()
    one.close()


def test_an_earlier_look_takes_nothing_from_a_later_one(records: Records) -> None:
    """It comes to be told when somebody has looked again, and has found more."""
    at = hums(records)
    saw = records.radar_sees(at=at)
    assert saw is not None
    do(records, SaveAsset(site="N1", code="L2", name="Lift 2"))
    for days in (0, 30, 60):
        complain(records, days, asset="L2", about="late")
    do(records, LookAround(), at=at + timedelta(seconds=1))
    before = [line.recurrence for line in seen(records, at)]
    assert len(before) == 2
    with records.work(who=ANA, at=at + timedelta(seconds=2)) as work:
        assert work.tell_radar(saw) == 0
    assert [line.recurrence for line in seen(records, at)] == before


def test_who_was_invited_is_erased_also_at_an_order_of_another(records: Records) -> None:
    """The newest order of a place may be of anybody there."""
    do(records, SaveCustomer(code="P9", name="Zhou Wanping", phone="13855556666"))
    for days, code in ((0, "P9"), (30, "P9"), (60, "C2")):
        written(records, title="lift hums", kind="lift", customer=code, at=later(days))
    do(records, LookAround(), at=later(61))
    said = "Zhou Wanping says it hums"
    take = TakeUp(recurrence=1, invited="Zhou Wanping", cause="design", problem=said)
    do(records, take, at=later(61))
    do(records, ErasePerson(customer="P9", sure="P9"), at=later(62))
    assert "Wanping" not in whole(records)
    assert faults(records) == []
