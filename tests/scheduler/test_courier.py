"""Effects outside the store: carried out under a lease, tried again, never settled by a ghost."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from scheduler.aside import FIRST_RETRY
from scheduler.errands import LEASE, command_sender, deliver
from store.domain.errors import BadInput
from store.domain.who import THE_DESK
from tests.scheduler.desk import START, after
from tests.scheduler.faults import Hands, serving, until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from scheduler.errands import Sender
    from store.persistence.outbox import Errand
    from tests.scheduler.desk import Desk

KINDS = ("test",)


def put(desk: Desk, key: str, *, at: datetime = START) -> bool:
    """An errand of its own."""
    with desk.records.work(who=THE_DESK, at=at) as work:
        return work.put_out(key, "test", {"said": key})


def claimed(desk: Desk, holder: str, *, at: datetime) -> list[Errand]:
    """What a holder may carry out from now on."""
    with desk.records.work(who=THE_DESK, at=at) as work:
        return work.claim_out(holder, LEASE, kinds=KINDS)


def settled(desk: Desk, errand: Errand, *, at: datetime) -> None:
    """It was carried out."""
    with desk.records.work(who=THE_DESK, at=at) as work:
        work.settle_out(errand)


def emptied(desk: Desk, senders: Mapping[str, Sender], *, at: datetime) -> tuple[int, int]:
    """Carry out all that is due: how many worked, how many failed."""
    worked = list(iter(lambda: deliver(desk.records, at=at, holder="a", senders=senders), None))
    return worked.count(True), worked.count(False)


def test_an_errand_is_carried_out_once(desk: Desk) -> None:
    """Whoever looks after that finds nothing to do, nor can it be put again."""
    said: list[str] = []
    senders = {"test": lambda errand: said.append(errand.key)}
    assert put(desk, "one")
    assert emptied(desk, senders, at=after(1)) == (1, 0)
    assert emptied(desk, senders, at=after(2)) == (0, 0)
    assert not put(desk, "one", at=after(3))
    assert said == ["one"]


def test_a_sender_that_fails_is_told_and_tried_again_later(desk: Desk) -> None:
    """The other errands are not held up by it."""
    tried: list[str] = []

    def stumble(errand: Errand) -> None:
        tried.append(errand.key)
        if errand.key == "bad" and len(tried) < 4:
            raise ConnectionError("the gateway is down")

    put(desk, "bad")
    put(desk, "good")
    senders = {"test": stumble}
    assert emptied(desk, senders, at=START) == (1, 1)
    told = desk.rows("SELECT tries, trouble, done_at FROM outbox WHERE key = 'bad'")[0]
    assert tuple(told) == (1, "ConnectionError: the gateway is down", None)
    just_before = START + FIRST_RETRY - timedelta(milliseconds=1)
    assert emptied(desk, senders, at=just_before) == (0, 0)
    again = START + FIRST_RETRY
    assert emptied(desk, senders, at=again) == (0, 1)
    last = again + 2 * FIRST_RETRY
    assert emptied(desk, senders, at=last) == (1, 0)
    assert tried == ["bad", "good", "bad", "bad"]


def test_a_holder_that_dies_is_followed_when_its_lease_has_run_out(desk: Desk) -> None:
    """Not before: it may still be at it."""
    put(desk, "one")
    assert len(claimed(desk, "dead", at=START)) == 1
    within = START + LEASE - timedelta(milliseconds=1)
    assert claimed(desk, "next", at=within) == []
    [errand] = claimed(desk, "next", at=START + LEASE)
    settled(desk, errand, at=START + LEASE)
    assert desk.rows("SELECT term FROM outbox WHERE done_at IS NOT NULL") == [(2,)]


def test_an_overtaken_holder_cannot_settle(desk: Desk) -> None:
    """A machine that slept through its lease must not mark what another is now carrying out."""
    put(desk, "one")
    [slept] = claimed(desk, "asleep", at=START)
    [taken] = claimed(desk, "awake", at=START + LEASE)
    with pytest.raises(BadInput, match="another holder"):
        settled(desk, slept, at=START + LEASE)
    settled(desk, taken, at=START + LEASE)
    with pytest.raises(BadInput):
        settled(desk, taken, at=START + LEASE)


def test_what_nobody_here_can_send_is_left_alone(desk: Desk) -> None:
    """A console without a notifier must not hold errands that a scheduler elsewhere could do."""
    put(desk, "one")
    assert emptied(desk, {"other": print}, at=START) == (0, 0)
    assert desk.rows("SELECT holder FROM outbox") == [(None,)]


def test_a_command_is_given_the_errand_and_its_failure_counts(desk: Desk, tmp_path: Path) -> None:
    """A real program: it reads JSON, and its exit code says whether it worked."""
    told = tmp_path / "told.json"
    keep = f"import sys; open({str(told)!r}, 'w').write(sys.stdin.read())"
    put(desk, "one")
    refuse = {"test": command_sender([sys.executable, "-c", "raise SystemExit(3)"])}
    assert emptied(desk, refuse, at=START) == (0, 1)
    senders = {"test": command_sender([sys.executable, "-c", keep])}
    assert emptied(desk, senders, at=after(1)) == (1, 0)
    assert json.loads(told.read_text()) == {
        "key": "one",
        "kind": "test",
        "attempt": 2,
        "said": "one",
    }


def test_a_running_service_carries_errands_out_beside_its_sweeps(desk: Desk) -> None:
    """On a thread of its own, so that a slow one never holds up an alarm."""
    said: list[str] = []
    put(desk, "one")
    hands = Hands(after(1))
    senders = {"test": lambda errand: said.append(errand.key)}
    with serving(desk.records, hands, senders) as service:
        service._courier.call()
        until(lambda: said == ["one"])
        until(lambda: desk.rows("SELECT done_at FROM outbox")[0][0] is not None)


def test_a_spoilt_errand_is_put_off_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    """It is the first in the row, and nobody can read it: that must not stop all notices."""
    told = tmp_path / "told.json"
    keep = f"import sys; open({str(told)!r}, 'a').write(sys.stdin.read())"
    put(desk, "bad")
    with desk.records.database.writing() as conn:
        conn.execute(text("UPDATE outbox SET body = '{'"))
    put(desk, "good")
    senders = {"test": command_sender([sys.executable, "-c", keep])}
    assert emptied(desk, senders, at=START) == (1, 1)
    assert json.loads(told.read_text())["key"] == "good"
    tries, trouble = desk.rows("SELECT tries, trouble FROM outbox WHERE done_at IS NULL")[0]
    assert (tries, trouble.partition(":")[0]) == (1, "JSONDecodeError")
