"""Who decides about what the radar proposes, or looks, while others do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.radar import look_daily
from store.commands import SaveAsset, SaveCustomer
from store.commands.erasing import ErasePerson
from store.commands.radar import LookAround, TakeUp
from store.commands.voices import KeepComplaint
from store.domain.who import THE_DESK
from store.persistence.tables import SiteRow
from store.queries.checks import Check
from store.queries.corrective import ListActions
from store.queries.doctor import ExamineDesk
from store.records import open_records
from tests.store.desk import ANA, do, furnish, written
from tests.store.erasing_desk import faults, whole
from tests.store.meanwhile import troubles
from tests.store.test_radar import complain, hums, later, seen

if TYPE_CHECKING:
    import pytest

    from store.records import Records

SITE = SiteRow.__table__


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
        assert work.tell_radar(saw).fresh == 0
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


def test_a_site_whose_zone_nobody_knows_is_left_out_alone(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told, what is open there stays, and the others are looked at."""
    at = hums(records)
    do(records, LookAround(), at=at)
    do(records, SaveAsset(site="S1", code="L9", name="Lift 9"))
    for days in (0, 30, 60):
        complain(records, days, site="S1", asset="L9", about="late")
    with records.work(who=THE_DESK, at=at) as work:
        work.conn.execute(SITE.update().where(SITE.c.code == "N1").values(zone="Mars/Base"))
    later_on = at + timedelta(days=1, hours=1)
    assert look_daily(records, at=later_on) == 1
    assert "N1" in caplog.text
    assert sorted(line.place for line in seen(records, later_on)) == ["South Tower", "北楼"]
    done = do(records, LookAround(), at=later_on)
    assert (done.facts["count"], done.facts["left_out"]) == (2, ["N1"])
    told = records.ask(ExamineDesk(), who=THE_DESK, at=later_on)
    zones = [one.facts for one in told if one.check is Check.SITE_ZONE]
    assert zones == [{"code": "N1", "zone": "Mars/Base"}]
