"""Packs: written once whoever writes them, frozen, and of just the sites that somebody sees."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.service import Service
from store import packing
from store.commands import NewOrder, SaveCustomer, SaveOperator, SetFigure
from store.commands.erasing import ErasePerson
from store.domain.packs import PackUnknown
from store.domain.who import THE_DESK, Role, Scope, Who
from store.packing import figures_now, write_packs
from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER
from store.persistence.packs import PACK, digest_of
from store.persistence.tables import OperatorRow
from store.queries.doctor import ExamineDesk
from store.queries.kpi import Kpis
from store.queries.notices import Notices
from store.queries.packs import ListPacks, PackLine, PackShown, ShowPack
from store.queries.period_json import within_plain
from store.records import open_records
from tests.store.desk import ANA, NINE, do, minutes, rows, written
from tests.store.test_kpi_kept import worked_through

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.packs import OwedPack
    from store.records import Records

OPERATOR = OperatorRow.__table__
DAY = timedelta(days=1)
EVENING = NINE.replace(hour=10)
"""Six in Shanghai: the end of that Monday's work."""
OCTOBER_OVER = NINE + 43 * DAY
"""Tuesday 3 November, 9 o'clock."""


def some_work(records: Records) -> list[int]:
    """Six orders, each other one done."""
    numbers = []
    for n in range(6):
        numbers.append(written(records, kind="lift", at=minutes(10 * n)))
        if n % 2:
            worked_through(records, numbers[-1], at=10 * n)
    return numbers


def listed(records: Records, who: Who = ANA, **more: Any) -> tuple[PackLine, ...]:
    """Those that somebody sees."""
    return records.ask(ListPacks(**more), who=who, at=NINE)


def shown(records: Records, kind: str, period: str, who: Who = ANA) -> PackShown:
    """One of them."""
    return records.ask(ShowPack(kind=kind, period=period), who=who, at=NINE)


def told(records: Records, kind: str, period: str, who: Who = ANA) -> Any:
    """What it says."""
    return json.loads(shown(records, kind, period, who).line.content)


def packs(records: Records, at: datetime) -> list[tuple[str, str]]:
    """Write what is due; which there are then, oldest first."""
    write_packs(records, at=at)
    return [(line.kind, line.period) for line in reversed(listed(records))]


def test_a_day_is_told_of_when_its_work_ends_and_once(records: Records) -> None:
    """What was opened and closed, what is late, and what is promised until the next evening."""
    numbers = some_work(records)
    assert packs(records, EVENING - timedelta(seconds=1)) == []
    assert packs(records, EVENING) == [("daily", "2026-09-21")]
    assert write_packs(records, at=EVENING + timedelta(hours=1)) == 0
    found = told(records, "daily", "2026-09-21")
    assert found["opened"] == numbers
    assert found["closed"] == numbers[1::2]
    assert {one[0] for one in found["late"]} == set(numbers[::2])
    assert len(found["late"]) == 3, "each order once, by what it is late with longest"
    assert found["figures"]["orders_opened"] == [6, 6, "orders"]
    named = shown(records, "daily", "2026-09-21").orders
    assert named[numbers[0]].title == rows_title(records, numbers[0])


def rows_title(records: Records, number: int) -> str:
    """What an order is called now."""
    title: str = rows(records, ORDER, number=number)[0]["title"]
    return title


def test_of_a_desk_without_orders_nothing_is_told(records: Records) -> None:
    """Nor of the time before its first."""
    assert packs(records, OCTOBER_OVER) == []
    written(records, at=OCTOBER_OVER)
    assert packs(records, OCTOBER_OVER + timedelta(minutes=1)) == []


def test_a_day_that_is_told_of_late_is_told_of_as_it_was(records: Records) -> None:
    """What came after the end of its work is not in it, nor what was done by then."""
    numbers = some_work(records)
    evening = (EVENING - NINE) // timedelta(minutes=1)
    late = written(records, at=minutes(evening + 30))
    worked_through(records, numbers[0], at=evening + 40)
    assert packs(records, EVENING + timedelta(hours=3)) == [("daily", "2026-09-21")]
    found = told(records, "daily", "2026-09-21")
    assert late not in found["opened"]
    assert numbers[0] not in found["closed"]
    figures = {name: value for name, (value, _n, _unit) in found["figures"].items()}
    assert (figures["orders_opened"], figures["orders_closed"]) == (6, 3)
    assert figures["orders_open"] == 3


def test_every_missed_month_is_made_up_for_and_only_the_last_day(records: Records) -> None:
    """With the figures of when each was due, as if somebody had been there."""
    some_work(records)
    assert ("monthly", "2026-09") in packs(records, NINE + 11 * DAY)
    before = told(records, "monthly", "2026-09")
    late = OCTOBER_OVER + 61 * DAY
    found = packs(records, late)
    assert [period for kind, period in found if kind == "monthly"] == [
        *("2026-09", "2026-10", "2026-11", "2026-12"),
    ]
    assert sum(kind == "daily" for kind, _period in found) == 2
    assert told(records, "monthly", "2026-09") == before
    assert told(records, "monthly", "2026-10")["before"]["orders_closed"] == [3, 3, "orders"]


def test_two_that_write_at_once_write_each_once(records: Records) -> None:
    """Whoever comes second finds it there."""
    some_work(records)
    others = [open_records(records.database.address, feed=False) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda one: write_packs(one, at=OCTOBER_OVER), others))
    for one in others:
        one.close()
    held = rows(records, PACK)
    assert sum(made) == len(held) == 3
    assert len(rows(records, JOURNAL, fact="pack_written")) == 3


def test_what_is_written_never_changes_and_what_did_is_told(records: Records) -> None:
    """An order of that month closed later is told as changed since."""
    numbers = some_work(records)
    packs(records, OCTOBER_OVER)
    before = shown(records, "monthly", "2026-10").line
    month = shown(records, "monthly", "2026-10").line.content
    worked_through(records, numbers[0], at=24 * 60 * 15)
    assert shown(records, "monthly", "2026-10").line == before
    figures = json.loads(month)["figures"]

    def ask(query: Any) -> Any:
        return records.ask(query, who=ANA, at=before.due_at)

    now = figures_now(ask, before, json.loads(month))
    assert figures["orders_closed"][0] == 0
    assert now["orders_closed"].value == 1


def test_its_figures_are_those_of_the_question_for_figures(records: Records) -> None:
    """Asked as of when it was due."""
    some_work(records)
    packs(records, NINE + 11 * DAY)
    line = shown(records, "monthly", "2026-09").line
    found = json.loads(line.content)["figures"]
    query = Kpis(first=line.first, last=line.last, zone=line.zone, names=tuple(found))
    for one in records.ask(query, who=THE_DESK, at=line.due_at).figures:
        assert found[one.name] == [one.value, one.n, one.unit, *within_plain(one.within_s)]
    assert line.digest == digest_of(line.content)


def north_office(records: Records) -> Who:
    """An office that sees one site."""
    do(records, SaveOperator(code="N", name="North", role="office", sites=("N1",)))
    number = rows(records, OPERATOR, code="N")[0]["id"]
    return Who(operator=number, role=Role.OFFICE, scope=Scope(frozenset({1})))


def test_a_site_office_has_its_own(records: Records) -> None:
    """Of its orders alone; of the desk's it sees none, and hears of none."""
    office = north_office(records)
    mine = do(records, NewOrder(title="pump", site="N1")).numbers[0]
    theirs = do(records, NewOrder(title="secret", site="S1")).numbers[0]
    assert write_packs(records, at=EVENING) == 2
    assert told(records, "daily", "2026-09-21", office)["opened"] == [mine]
    assert told(records, "daily", "2026-09-21")["opened"] == [mine, theirs]
    assert len(listed(records)) == len(listed(records, office)) == 1
    assert listed(records)[0].id != listed(records, office)[0].id
    heard = records.ask(Notices(), who=office, at=EVENING)
    assert [(one.pack, one.text) for one in heard] == [("daily", "2026-09-21")]
    nobody = Who(operator=office.operator, scope=Scope(frozenset()))
    with pytest.raises(PackUnknown):
        shown(records, "daily", "2026-09-21", nobody)


def test_one_that_cannot_be_made_keeps_no_other_back(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and tried again."""
    office = north_office(records)
    written(records)
    make = packing.content_of

    def fails(records: Records, owed: OwedPack) -> Any:
        if owed.scope.sites is None:
            raise ValueError(owed.pack.period)
        return make(records, owed)

    monkeypatch.setattr(packing, "content_of", fails)
    with pytest.raises(ValueError, match="2026-09-21"):
        write_packs(records, at=EVENING)
    assert len(listed(records, office)) == 1
    assert listed(records) == ()


def test_who_is_erased_has_no_name_in_any(records: Records) -> None:
    """Figures stay."""
    do(records, SaveCustomer(code="C9", name="Zhou Wanping"))
    (number,) = do(records, NewOrder(title="pump of Zhou Wanping", customer="C9")).numbers
    packs(records, EVENING)
    assert "Zhou" in shown(records, "daily", "2026-09-21").orders[number].title
    before = shown(records, "daily", "2026-09-21").line
    assert "Zhou" not in before.content
    do(records, ErasePerson(customer="C9", sure="C9"))
    after = shown(records, "daily", "2026-09-21")
    assert after.line == before
    assert "Zhou" not in repr(after)


def test_what_is_set_to_never_is_not_written(records: Records) -> None:
    """A desk without meetings."""
    some_work(records)
    for name in ("pack_daily", "pack_weekly", "pack_monthly"):
        do(records, SetFigure(figure=name, value=0))
    assert packs(records, OCTOBER_OVER) == []


def test_the_scheduler_writes_them(records: Records) -> None:
    """At its next look, whichever process that is."""
    some_work(records)
    service = Service(records, now=lambda: EVENING)
    service._ring()
    service.stop()
    assert [line.period for line in listed(records)] == ["2026-09-21"]
    assert service.pulse.trouble is None


def test_the_doctor_sees_one_that_was_changed(records: Records) -> None:
    """By its digest, which is in the journal, too."""
    some_work(records)
    packs(records, EVENING)
    assert records.ask(ExamineDesk(), who=THE_DESK, at=EVENING) == ()
    with records.work(who=THE_DESK, at=EVENING) as work:
        work.conn.execute(PACK.update().values(content="{}"))
    (found,) = records.ask(ExamineDesk(), who=THE_DESK, at=EVENING)
    assert found.check.value == "pack"
