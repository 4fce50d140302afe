"""The modes of automatic dispatch in a write transaction, each change told so as to be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, text, update

from store.domain.dispatch.automatic import Mode
from store.domain.facts import Fact
from store.persistence import journal
from store.persistence.mapping import table_of
from store.persistence.statements import Values, delete_by, insert_into, send, update_by
from store.persistence.tables import AutomaticRow, NomineeRow
from store.persistence.types import from_ms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from store.domain.deeds import Told
    from store.persistence.transaction import Transaction

AUTOMATIC, NOMINEE = table_of(AutomaticRow), table_of(NomineeRow)
_DISPATCH = 7_203_417
"""PostgreSQL's advisory lock under which the desk sends somebody, or is told to do so no more."""
_ALONE = text(f"SELECT pg_advisory_xact_lock({_DISPATCH})")
_KEY = ("queue", "view", "priority")
_KEPT = ("mode", "margin", "accept_s")
"""What a change tells, before and after."""
_WEIGH_ANEW = update(NOMINEE).values(technician_id=None, look_at=bindparam("at"))
_MODES = select(AUTOMATIC.c.priority).where(AUTOMATIC.c.mode != Mode.OFF.value).distinct()


def hold(work: Transaction) -> None:
    """Be the only one who sends somebody by itself, or says whether it does, until the end.

    Comes before every other lock, that on the promises before that on the desk, the rows of orders
    before those of technicians. On SQLite only one writes anyhow.
    """
    if work.kind == "postgresql":
        work.conn.execute(_ALONE)


def priorities_on(conn: Connection) -> tuple[int, ...]:
    """For which priorities the desk does anything by itself; 0 is all, none means it is off."""
    return tuple(conn.execute(_MODES).scalars())


def find(work: Transaction, key: Values) -> Values | None:
    """A setting by its queue and priority, locked until the end; nobody is sent meanwhile."""
    hold(work)
    work.hold_promises()
    journal.hold_desk(work.conn, work.kind)
    same = [AUTOMATIC.c[name] == key[name] for name in _KEY]
    row = work.conn.execute(select(*AUTOMATIC.c).where(*same).with_for_update()).one_or_none()
    return None if row is None else row._asdict()


def put(work: Transaction, key: Values, values: Values | None) -> bool:
    """Make a setting, change it, or take it away (None); whether that changed anything."""
    stored = find(work, key)
    before = None if stored is None else {name: stored[name] for name in _KEPT}
    if before == values:
        return False
    number = 0 if stored is None else int(stored["id"])
    number = _make(work, number, key, before, values)
    _tell(work, "automatic_set", number, key, before, values)
    return True


def name_of(work: Transaction, setting: int) -> str:
    """The queue or view that a setting is, or was, about; a question mark where nobody knows."""
    asked = select(AUTOMATIC.c.queue).where(AUTOMATIC.c.id == setting)
    return work.conn.execute(asked).scalar_one_or_none() or "?"


def put_back(work: Transaction, setting: int, told: Told) -> bool:
    """As it was before that entry; False where it is not as the entry left it, or has no room."""
    body, words = told.fact.body, told.fact.words or {}
    if "queue" not in words:
        return False
    key = {"queue": words["queue"], "view": body["view"], "priority": body["priority"]}
    held = work.conn.execute(select(*AUTOMATIC.c).where(AUTOMATIC.c.id == setting))
    row = held.one_or_none()
    stands = None if row is None else {name: getattr(row, name) for name in _KEPT}
    before, after = body["before"], body["after"]
    if stands != after or (row is None and find(work, key) is not None):
        return False
    _make(work, setting, key, after, before)
    more = {"undoes": told.deed or told.seq}
    _tell(work, "automatic_restored", setting, key, after, before, more)
    return True


def _make(
    work: Transaction, number: int, key: Values, before: Values | None, after: Values | None
) -> int:
    """The row as it is to be; what was proposed under the setting before is weighed anew."""
    if after is None:
        send(work.conn, delete_by(AUTOMATIC, ("id",)), [{"k_id": number}])
    elif before is None:
        row = {**({"id": number} if number else {}), **key, **after, "version": 1}
        made = work.conn.execute(insert_into(AUTOMATIC), row).inserted_primary_key
        number = int(made[0]) if made is not None else number
    else:
        asked = select(AUTOMATIC.c.version).where(AUTOMATIC.c.id == number)
        version = work.conn.execute(asked).scalar_one() + 1
        given = {**{f"v_{name}": value for name, value in after.items()}, "v_version": version}
        changed = update_by(AUTOMATIC, ("id",), (*after, "version"))
        send(work.conn, changed, [{"k_id": number, **given}])
    work.conn.execute(_WEIGH_ANEW, {"at": from_ms(0)})
    return number


def _tell(
    work: Transaction,
    fact: str,
    number: int,
    key: Values,
    before: Values | None,
    after: Values | None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """A fact of the desk; what a view is called lies apart, so that it can be erased."""
    body = {"automatic": number, "view": key["view"], "priority": key["priority"]}
    sides = {"before": before, "after": after}
    words = {"queue": key["queue"]}
    work.record(Fact(name=fact, body=body | sides | dict(more or {}), words=words))
