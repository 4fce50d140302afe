"""Alarms told outside: the bad ones, once each, when the desk wants it; the quiet ones never."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scheduler import notices
from scheduler.errands import command_sender, deliver
from scheduler.runner import fire_due
from store.commands import PromiseFollowUp
from store.domain.who import THE_DESK
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scheduler.desk import Desk

DAY = 24 * 60


def wish(desk: Desk, wanted: bool) -> None:
    """The desk's setting."""
    with desk.records.work(who=THE_DESK, at=START) as work:
        work.notify(wanted)


def put(desk: Desk) -> list[dict[str, object]]:
    """What waits to be told."""
    found = desk.rows("SELECT body FROM outbox WHERE kind = :kind ORDER BY id", kind=notices.KIND)
    return [json.loads(body) for (body,) in found]


def test_nothing_is_put_out_unless_the_desk_wants_it(desk: Desk) -> None:
    """A desk without a notifier must not collect notices for years."""
    desk.order()
    fire_due(desk.records, at=after(15))
    wish(desk, True)
    wish(desk, False)
    fire_due(desk.records, at=after(31))
    assert put(desk) == []


def test_every_bad_alarm_is_put_out_once_with_its_cause(desk: Desk) -> None:
    """In the transaction that raised it, under a key made of what it is."""
    number = desk.order()
    wish(desk, True)
    fire_due(desk.records, at=after(31))
    fire_due(desk.records, at=after(31))
    told = put(desk)
    rang = desk.rows("SELECT body FROM journal WHERE fact = 'rang' AND number = :n", n=number)
    assert len(told) == len(rang) > 0
    assert {notice["number"] for notice in told} == {number}
    first = told[0]
    assert first["severity"] == 1
    assert first["alarm"] in {"orphan", "not_accepted", "update_due"}
    assert str(first["due_at"]) < str(first["raised_at"]) == after(31).isoformat()


def test_what_does_not_ring_is_not_told_outside(desk: Desk) -> None:
    """A call to be made while the miss still rings: nobody at the desk hears of it either."""
    number = desk.order()
    wish(desk, True)
    call = PromiseFollowUp(number=number, due_at=after(40))
    desk.records.do(call, who=ANA, at=after(1))
    fire_due(desk.records, at=after(31))
    told = len(put(desk))
    assert fire_due(desk.records, at=after(40)).fired == 1
    assert ("follow_up", "", 0) in desk.fired(number)
    assert len(put(desk)) == told > 0


def test_mild_and_quiet_alarms_are_never_told(desk: Desk) -> None:
    """Somebody is woken by these: a level of 75 % on a mild order is no reason."""
    number = desk.order(priority=4)
    wish(desk, True)
    for minutes in range(0, 4 * DAY, 60):
        fire_due(desk.records, at=after(minutes))
    severities = [notice["severity"] for notice in put(desk)]
    assert set(severities) == {2}, "those still overdue after hours, and no others"
    rang = desk.rows("SELECT body FROM journal WHERE fact = 'rang' AND number = :n", n=number)
    assert {json.loads(body)["severity"] for (body,) in rang} > {2}


def test_a_command_hears_of_each_alarm_once(desk: Desk, tmp_path: Path) -> None:
    """A real program that keeps what it is told; a second look finds nothing to tell."""
    told = tmp_path / "told"
    senders = {notices.KIND: command_sender(["tee", "-a", str(told)])}
    for _ in range(3):
        desk.order()
    wish(desk, True)
    fire_due(desk.records, at=after(15))
    while deliver(desk.records, at=after(16), holder="a", senders=senders):
        pass
    while deliver(desk.records, at=after(60 * DAY), holder="b", senders=senders):
        pass
    said = told.read_text()
    decoder, heard = json.JSONDecoder(), []
    while said:
        notice, end = decoder.raw_decode(said)
        heard.append(notice)
        said = said[end:].strip()
    assert [notice["number"] for notice in heard] == [1, 2, 3]
    assert len({notice["key"] for notice in heard}) == 3
    assert {notice["attempt"] for notice in heard} == {1}
