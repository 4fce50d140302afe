"""Shorthand for a small desk: what is in it, who asks, and how its promises are checked."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.commands import (
    MoveOrder,
    NewOrder,
    SaveCustomer,
    SaveOperator,
    SaveSite,
    SaveTechnician,
)
from store.commands.attachments import AttachFile
from store.domain.lifecycle import LIVE_VISITS
from store.domain.who import Scope, Who
from store.persistence import chain
from store.persistence.levels import Shelf
from store.persistence.loading import TIMER, load
from store.persistence.mapping import QUEUE, VISIT
from store.persistence.people_state import TECHNICIAN
from store.persistence.planning import key_of
from store.persistence.saving import aims_of, row_of

if TYPE_CHECKING:
    from sqlalchemy import Table

    from store.domain.intents import Command, Done
    from store.domain.lifecycle import Move
    from store.domain.order import WorkOrder
    from store.records import Records

NINE = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
"""09:00 on a plain Monday in Shanghai."""

ANA = Who(operator=3)
"""Who may do everything at this desk; Bo dispatches."""
BO = Who(operator=4)
AT_NORTH = Who(operator=4, scope=Scope(frozenset({1})))
"""An operator who sees the site N1 only."""

AT_SOUTH = Who(operator=4, scope=Scope(frozenset({2})))


def a_key(number: int) -> str:
    """A public key of its own, as the line of a .pub file without its comment."""
    parts = (b"ssh-ed25519", number.to_bytes(32))
    blob = b"".join(len(part).to_bytes(4) + part for part in parts)
    return f"ssh-ed25519 {b64encode(blob).decode()}"


def minutes(count: float) -> datetime:
    """So many minutes after nine."""
    return NINE + timedelta(minutes=count)


def furnish(records: Records) -> None:
    """Sites N1 and S1, customers, technicians T1 to T3, operators Ana and Bo."""
    for command in (
        SaveSite(code="N1", name="北楼", zone="Asia/Shanghai"),
        SaveSite(code="S1", name="South Tower", zone="Asia/Shanghai"),
        SaveCustomer(code="C1", name="华润物业"),
        SaveCustomer(code="C2", name="Harbour Hotel", level="critical"),
        SaveTechnician(code="T1", name="李强", skills={"hvac": 3}),
        SaveTechnician(code="T2", name="李伟"),
        SaveTechnician(code="T3", name="Wang Fang"),
        SaveOperator(code="ana", name="Ana", role="administrator"),
        SaveOperator(code="bo", name="Bo"),
    ):
        do(records, command, who=Who(operator=2))


def do(records: Records, command: Command, *, who: Who = ANA, at: datetime = NINE) -> Done:
    """Carry it out as Ana at nine, unless told otherwise."""
    return records.do(command, who=who, at=at)


def written(records: Records, **fields: Any) -> int:
    """The number of one more order, of priority 2 at N1 unless told otherwise."""
    plain = {"title": "lift stuck", "priority": 2, "site": "N1", "customer": "C1"}
    at = fields.pop("at", NINE)
    return do(records, NewOrder(**{**plain, **fields}), at=at).numbers[0]


def move(records: Records, number: int, step: Move, at: datetime = NINE, **told: Any) -> Done:
    """One move of Ana's."""
    return do(records, MoveOrder(number=number, move=step, **told), at=at)


def stored(records: Records, number: int) -> WorkOrder:
    """The order as the database has it."""
    with records.database.reading() as conn:
        order = load(conn, [number], lock=False)[number].stored
    assert order is not None
    return order


def rows(records: Records, table: Table, **where: Any) -> list[dict[str, Any]]:
    """Rows of a table, as plain values by column."""
    found = [table.c[name] == value for name, value in where.items()]
    with records.database.reading() as conn:
        asked = select(table).where(*found).order_by(*table.primary_key.columns)
        return [row._asdict() for row in conn.execute(asked)]


def promises_kept(records: Records, numbers: list[int]) -> None:
    """Assert what must hold of a store after any command: see each line."""
    with records.database.reading() as conn:
        shelf = Shelf(conn)
        for number, known in load(conn, numbers, lock=False).items():
            rules = shelf.rules(known.now)
            wanted = row_of(known, rules)
            assert {name: known.queue[name] for name in QUEUE} == {n: wanted[n] for n in QUEUE}
            pending = {key for key, seen in known.timers.items() if not seen.fired}
            fired = known.timers.keys() - pending
            aims = {key_of(aim): aim.due_at for aim in aims_of(known, rules)}
            assert pending == aims.keys() - fired, number
            assert all(known.timers[key].due_at == aims[key] for key in pending)
        assert list(chain.verify(conn)) == []
    for timer in rows(records, TIMER, fired_at=None, tries=0):
        assert timer["aim_at"] == timer["due_at"], "what never failed is aimed at its due time"
    live = [v for v in rows(records, VISIT) if v["state"] in set(LIVE_VISITS)]
    held = Counter(visit["technician_id"] for visit in live)
    for technician in rows(records, TECHNICIAN):
        mine = [v for v in live if v["technician_id"] == technician["id"]]
        assert technician["jobs"] == held[technician["id"]] == len(mine)
        current = technician["current_number"]
        assert current in {v["number"] for v in mine} if mine else current is None


def a_file(number: int, **told: Any) -> AttachFile:
    """A file for an order, which lies nowhere."""
    seen: dict[str, Any] = {
        "path": "/nowhere/plan.pdf",
        "size": 3,
        "sha256": "0" * 64,
        "modified_at": NINE,
    }
    return AttachFile(number=number, **seen | told)
