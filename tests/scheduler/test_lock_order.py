"""Two who write on connections of their own take locks in one order: neither is refused."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import SaveView, SetAutomatic
from store.commands.voices import (
    ActOnComplaint,
    FindComplaintCause,
    KeepComplaint,
    act_on_complaint,
    keep_complaint,
)
from store.domain.desk_deeds import About, Thing
from store.persistence import journal
from store.persistence.automatic import NOMINEE
from tests.scheduler.automatic_desk import do, furnished, looked
from tests.scheduler.desk import ANA, START

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.persistence.work import Work
    from tests.scheduler.desk import Desk

    Step = Callable[[Work], object]

NOT_YET = 0.5
"""Seconds in which whoever need not wait would be through."""
KEY: dict[str, Any] = {"queue": "all_open", "view": False, "priority": 0}
MODE: dict[str, Any] = {"mode": "act", "margin": 15, "accept_s": 600}


def beside(desk: Desk, mine: tuple[Step, Step], other: tuple[Step, Step]) -> None:
    """Each takes his first lock before either wants his second, unless one must wait for it."""
    troubles: list[BaseException] = []
    holds = Event()

    def write() -> None:
        try:
            with desk.records.work(who=ANA, at=START) as work:
                other[0](work)
                holds.set()
                other[1](work)
        except BaseException as error:  # noqa: BLE001  told below, in the test's own thread
            troubles.append(error)

    thread = Thread(target=write)
    with desk.records.work(who=ANA, at=START) as work:
        mine[0](work)
        thread.start()
        holds.wait(NOT_YET)
        mine[1](work)
    thread.join()
    assert troubles == []


@pytest.mark.parametrize("deed", ["act", "keep"])
def test_a_complaint_is_seen_to_while_its_order_is(desk: Desk, deed: str) -> None:
    """Who acknowledges all alarms holds orders before complaints: so does who acts on one."""
    number = desk.order()
    keep = KeepComplaint(said="late", about="late", number=number)
    voice = do(desk, keep).facts["id"]
    do(desk, FindComplaintCause(complaint=voice, cause="schedule"))
    deeds: dict[str, Step] = {
        "act": lambda work: act_on_complaint(work, ActOnComplaint(complaint=voice)),
        "keep": lambda work: keep_complaint(work, keep),
    }
    beside(
        desk,
        (lambda work: work.order(number), lambda work: work.acknowledge_complaints()),
        (deeds[deed], lambda _work: None),
    )


def test_a_mode_is_set_while_promises_are_edited(desk: Desk) -> None:
    """Who edits a calendar or level holds all promises, then tells of it as the desk."""
    beside(
        desk,
        (lambda work: work.automatic_now(KEY), lambda work: work.put_automatic(KEY, MODE)),
        (
            lambda work: work.hold_promises(alone=True),
            lambda work: journal.hold_desk(work.conn, work.kind),
        ),
    )
    assert [row.mode for row in desk.rows("SELECT mode FROM automatic")] == ["act"]


def test_a_view_is_changed_while_another_one_takes_it_back(desk: Desk) -> None:
    """Whoever takes something of the desk back holds its facts first, then the thing itself."""
    do(desk, SaveView(name="lifts", query="lift", shared=True))
    (view,) = desk.rows('SELECT id FROM "view"')
    changed = {"query": "lamp", "sort": "", "descending": False}
    beside(
        desk,
        (
            lambda work: work.view("lifts", shared=True),
            lambda work: work.put_view("lifts", changed, shared=True),
        ),
        (
            lambda work: work.hold_thing(Thing(about=About.VIEW, id=view.id)),
            lambda work: work.view("lifts", shared=True),
        ),
    )
    assert [row.query for row in desk.rows('SELECT query FROM "view"')] == ["lamp"]


def test_what_is_over_is_let_go_of_while_all_is_weighed_anew(desk: Desk) -> None:
    """Both have the rows of many orders: who comes second waits before the first of them."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    for _ in range(2):
        desk.order(site="A")
    looked(desk)
    one, two = (row.number for row in desk.rows("SELECT number FROM nominee ORDER BY number"))

    def touch(work: Work, number: int) -> None:
        anew = NOMINEE.update().values(sent=NOMINEE.c.sent)
        work.conn.execute(anew.where(NOMINEE.c.number == number))

    def weigh(work: Work) -> None:
        work.automatic_now(KEY)
        touch(work, one)

    def forget(work: Work) -> None:
        work.forget_nominees()
        touch(work, two)

    beside(
        desk,
        (weigh, lambda work: touch(work, two)),
        (forget, lambda work: touch(work, one)),
    )
