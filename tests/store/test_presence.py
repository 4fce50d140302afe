"""Who is at an order: told for a while, seen by those who may see the order, never journalled."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.keeper import GHOSTS_KEPT, KEEP_EVERY, Keeper
from store.domain.errors import OrderUnknown, StoreBusy
from store.domain.presence import LEASE, Presence
from store.domain.who import Scope, Who
from store.persistence.presence import PRESENCE, attend
from store.queries.presence import WhoIsThere
from store.records import Records, open_records
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, NINE, minutes, rows, written
from tests.store.journals import opened

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.feed import News
    from store.queries.presence import Attendance


def tells(
    records: Records,
    console: str,
    number: int | None,
    doing: str = "",
    *,
    who: Who = ANA,
    at: datetime = NINE,
) -> None:
    """What a console has before it."""
    told = None if number is None else Presence(number=number, doing=doing, since=at)
    attend(records.database, console, told, who=who, at=at)


def seen(
    records: Records, *, who: Who = BO, at: datetime = NINE, console: str = "bo's"
) -> list[tuple[int, str, str]]:
    """Who is where, and with which form."""
    return [(one.number, one.name, one.doing) for one in asked(records, who, at, console)]


def asked(records: Records, who: Who, at: datetime, console: str) -> tuple[Attendance, ...]:
    """As the store answers."""
    return records.ask(WhoIsThere(console=console), who=who, at=at)


def test_others_see_who_looks_and_who_writes(records: Records) -> None:
    """The newest that a console told holds; what it left it is not at; nothing is journalled."""
    one, two = written(records), written(records)
    head = records.head()
    tells(records, "ana's", one)
    assert seen(records) == [(one, "Ana", "")]
    tells(records, "ana's", two, "note", at=minutes(0.1))
    assert seen(records, at=minutes(0.1)) == [(two, "Ana", "note")]
    assert seen(records, who=ANA, console="ana's", at=minutes(0.1)) == []
    tells(records, "ana's", None)
    assert seen(records) == []
    assert records.head() == head


def test_a_lease_that_nobody_renews_is_over(records: Records) -> None:
    """A console that was killed leaves no ghost; one that goes on stays since when it came."""
    number = written(records)
    told = Presence(number=number, doing="", since=NINE)
    attend(records.database, "ana's", told, who=ANA, at=NINE)
    last = NINE + LEASE - timedelta(milliseconds=1)
    assert len(seen(records, at=last)) == 1
    assert seen(records, at=NINE + LEASE) == []
    attend(records.database, "ana's", told, who=ANA, at=last)
    (again,) = asked(records, BO, NINE + LEASE, "bo's")
    assert (again.since, again.until) == (NINE, last + LEASE)


def test_two_consoles_of_one_operator_are_one_person(records: Records) -> None:
    """Where he writes on one of them he writes; at the other he is told that it is himself."""
    number = written(records)
    tells(records, "first", number)
    tells(records, "second", number, "note", at=minutes(0.1))
    assert seen(records, at=minutes(0.1)) == [(number, "Ana", "note")]
    (own,) = asked(records, ANA, minutes(0.1), "first")
    assert (own.mine, own.doing) == (True, "note")
    assert not asked(records, BO, minutes(0.1), "bo's")[0].mine
    tells(records, "second", None)
    assert seen(records, at=minutes(0.1)) == [(number, "Ana", "")]


def test_presence_is_seen_within_ones_own_sites(records: Records) -> None:
    """Nobody learns from it that there is an order elsewhere."""
    here, there = written(records, site="N1"), written(records, site="S1")
    tells(records, "a", here)
    tells(records, "b", there, "wait", who=Who(operator=2))
    for number, who in ((99_999, ANA), (there, AT_NORTH)):
        with pytest.raises(OrderUnknown):
            tells(records, "c", number, who=who)
    assert {number for number, *_ in seen(records)} == {here, there}
    assert [number for number, *_ in seen(records, who=AT_NORTH)] == [here]
    assert [number for number, *_ in seen(records, who=AT_SOUTH)] == [there]
    assert seen(records, who=Who(operator=4, scope=Scope(frozenset()))) == []


def test_what_is_long_over_is_swept(records: Records) -> None:
    """By the keeper's chores; what others may still be shown stays."""
    number = written(records)
    tells(records, "ghost", number)
    later = NINE + LEASE + GHOSTS_KEPT + timedelta(seconds=1)
    tells(records, "living", number, at=later)
    keeper = Keeper(records)
    keeper.keep(at=later - KEEP_EVERY)
    assert keeper.keep(at=later)
    assert keeper.trouble is None
    assert [row["console"] for row in rows(records, PRESENCE)] == ["living"]


def test_a_feed_tells_of_presence_and_of_nothing_else(records: Records) -> None:
    """Who came, moved or went is told apart from commits; a renewal is told to nobody."""
    number, came = written(records), threading.Condition()
    heard: list[News] = []

    def hear(news: News) -> None:
        with came:
            heard.append(news)
            came.notify()

    def hears(count: int) -> None:
        with came:
            assert came.wait_for(lambda: len(heard) >= count, 20)

    records.on_change(hear)
    records.follow()
    hears(1)
    assert heard[0].reload
    told = Presence(number=number, doing="", since=NINE)
    attend(records.database, "ana's", told, who=ANA, at=NINE)
    hears(2)
    attend(records.database, "ana's", told, who=ANA, at=minutes(0.2))
    tells(records, "ana's", number, "note", at=minutes(0.3))
    hears(3)
    tells(records, "ana's", None)
    hears(4)
    assert [(news.presence, news.changes, news.reload) for news in heard[1:]] == [
        (True, (), False)
    ] * 3


def test_it_waits_for_no_command_of_others(sqlite_url: str) -> None:
    """Where the writers' lane is taken it is given up at once."""
    open_records(sqlite_url, feed=False).close()
    tried: list[BaseException] = []
    with opened(sqlite_url, patience=600.0) as database, database.writing():
        other = threading.Thread(target=_try, args=(Records(database), tried))
        other.start()
        other.join(60)
        assert [type(one) for one in tried] == [StoreBusy], "and not with all its patience"


def _try(records: Records, tried: list[BaseException]) -> None:
    try:
        tells(records, "ana's", 1)
    except StoreBusy as busy:
        tried.append(busy)
