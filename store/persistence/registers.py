"""Registers in a write transaction: sites, customers, people and their papers, made or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, and_, select, text

from store.domain.facts import Fact
from store.domain.who import SYSTEM_OPERATOR, Role
from store.persistence import caller_keys, journal, people_state, register_told, renames
from store.persistence.mapping import table_of
from store.persistence.migrate import is_unseeded
from store.persistence.people_has import PeopleWork
from store.persistence.register_told import words_of
from store.persistence.statements import Values, delete_by, insert_into, send, update_by
from store.persistence.tables import (
    AbsenceRow,
    AssetRow,
    CertificateRow,
    ContactRow,
    ContractRow,
    CustomerCareRow,
    CustomerRow,
    CustomerTagRow,
    DepartmentRow,
    OperatorKeyRow,
    OperatorRow,
    OperatorSiteRow,
    RegionRow,
    ShiftRow,
    SiteRow,
    SkillRow,
    TechnicianRow,
    WorkKindRow,
)
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


KEPT: Mapping[str, Table] = {
    "region": table_of(RegionRow),
    "site": table_of(SiteRow),
    "customer": table_of(CustomerRow),
    "asset": table_of(AssetRow),
    "contact": table_of(ContactRow),
    "contract": table_of(ContractRow),
    "customer_care": table_of(CustomerCareRow),
    "technician": table_of(TechnicianRow),
    "skill": table_of(SkillRow),
    "certificate": table_of(CertificateRow),
    "shift": table_of(ShiftRow),
    "absence": table_of(AbsenceRow),
    "operator": table_of(OperatorRow),
    "operator_key": table_of(OperatorKeyRow),
    "work_kind": table_of(WorkKindRow),
    "department": table_of(DepartmentRow),
}
_SITES = table_of(OperatorSiteRow)
_TAGS = table_of(CustomerTagRow)


class RegisterWork(PeopleWork):
    """Upserts by what names a thing; the journal keeps what changed (see `register_told`)."""

    def put(self, register: str, key: Values, values: Values) -> int:
        """Make an entry, or change the one with this key; its id. Unchanged leaves no fact."""
        return self.settle(register, key, values, {})[0]

    def settle(self, register: str, key: Values, values: Values, usual: Values) -> tuple[int, bool]:
        """The same, with what is usual for a new entry; its id, and whether it is new."""
        table = KEPT[register]
        renames.hold(self, register, table, key, values)
        stored = self._stored(table, key)
        if stored is None:
            whole = {**key, **usual, **values}
            made = self.conn.execute(insert_into(table), whole).inserted_primary_key
            number = int(made[0]) if made is not None else 0
            caller_keys.add(self.conn, register, [(number, whole)])
            fields = sorted({**usual, **values})
            words = words_of(register, whole)
            told = register_told.of_new(register, table, whole)
            self.tell_edited(register, number, fields, words, made=True, values=told)
            return number, True
        number = int(stored["id"])
        changes = {name: value for name, value in values.items() if stored[name] != value}
        if changes:
            self.conn.execute(
                update_by(table, ("id",), tuple(changes)),
                {"k_id": number, **{f"v_{name}": value for name, value in changes.items()}},
            )
            caller_keys.renew(self.conn, register, number, stored, changes)
            told, words = register_told.of_changes(register, changes), words_of(register, changes)
            self.tell_edited(register, number, sorted(changes), words, values=told)
            renames.reindex(self, register, number, changes)
        return number, False

    def hold_renamed(self, register: str, key: Values, values: Values) -> None:
        """Before the entry is locked: whoever merges or erases it has the promises, then the row.

        Alone, where it is called something else from now on.
        """
        renames.hold(self, register, KEPT[register], key, values)
        self.hold_promises()

    def is_empty(self) -> bool:
        """Whether the store is new; others who ask the same wait until this transaction ends.

        Whoever asks means to furnish it, with calendars and levels.
        """
        self.hold_promises(alone=True)
        journal.hold_desk(self.conn, self.kind)
        return is_unseeded(self.conn)

    def tag_beside(self, register: str) -> str:
        """What keeps new codes apart from those there are: empty where there are none yet.

        Others who ask the same wait until this transaction ends.
        """
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        if self.conn.execute(select(KEPT[register].c.id).limit(1)).first() is None:
            return ""
        return f"{journal.head(self.conn)}-"

    def put_desk(self, name: str) -> None:
        """The operator who is the desk itself, under the id by which everything knows it."""
        row = {"id": SYSTEM_OPERATOR, "code": "system", "name": name}
        row |= {"role": Role.SYSTEM.value, "everywhere": True}
        self.conn.execute(insert_into(KEPT["operator"]), row)
        if self.kind == "postgresql":  # a row with an id of its own does not move the sequence
            self.conn.execute(
                text("SELECT setval(pg_get_serial_sequence('operator', 'id'), :last)"),
                {"last": SYSTEM_OPERATOR},
            )
        told = register_told.of_new("operator", KEPT["operator"], row)
        self.tell_edited("operator", SYSTEM_OPERATOR, [], made=True, values=told)

    def made(self, register: str, key: Values, values: Values) -> int:
        """The id of an entry with this key; made with these values only where there is none."""
        stored = self._stored(KEPT[register], key)
        return self.put(register, key, values) if stored is None else int(stored["id"])

    def put_many(self, register: str, rows: Iterable[Values]) -> list[int]:
        """Make many new entries at once, as an import does; their ids, in order. One fact."""
        given = list(rows)
        if not given:
            return []
        table = KEPT[register]
        made = self.conn.execute(
            insert_into(table).returning(table.c.id, sort_by_parameter_order=True), given
        )
        ids = list(made.scalars())
        caller_keys.add(self.conn, register, zip(ids, given, strict=True))
        body: dict[str, Any] = {"register": register, "ids": ids}
        if told := register_told.of_alike(register, table, given):
            body["values"] = told
        self.record(Fact(name="register_edited", body=body))
        return ids

    def drop(self, register: str, entry: int) -> None:
        """Take an entry out that nothing hangs on: a shift, an absence, a contract ahead."""
        send(self.conn, delete_by(KEPT[register], ("id",)), [{"k_id": entry}])
        self.tell_edited(register, entry, [], dropped=True)

    def answer_for(self, operator: int, sites: Iterable[int]) -> None:
        """The sites that an operator sees who does not see all: these and no others."""
        self._replace(_SITES, "operator_id", operator, "site_id", None, dict.fromkeys(sites, 0))

    def tag_customer(self, customer: int, tags: Iterable[str]) -> None:
        """What is worth knowing of a customer: these tags and no others."""
        self._replace(_TAGS, "customer_id", customer, "tag", None, dict.fromkeys(tags, 0))

    def place_technician(self, technician: int, latitude: float, longitude: float) -> None:
        """Where he was last seen; not journalled, since a phone says it often."""
        row = {
            "k_id": technician,
            "v_latitude": latitude,
            "v_longitude": longitude,
            "v_position_at": self.at,
        }
        columns = ("latitude", "longitude", "position_at")
        send(self.conn, update_by(KEPT["technician"], ("id",), columns), [row])

    def rest_technician(
        self, technician: int, state: str, *, since: datetime | None = None
    ) -> None:
        """He takes a break, goes off, or (available) is back at whatever his visits say."""
        self.flush()
        stored = self._stored(KEPT["technician"], {"id": technician})
        if stored is None or stored["state"] == state:
            return
        begun = since or self.at
        row = {"k_id": technician, "v_state": state, "v_state_since": begun}
        send(self.conn, update_by(KEPT["technician"], ("id",), ("state", "state_since")), [row])
        people_state.refresh(self.conn, [technician], at=self.at)
        self.tell_edited("technician", technician, ["state"], state=state, since=to_ms(begun))

    def entry_values(self, register: str, entry: int) -> dict[str, Any]:
        """Every column of an entry by its id."""
        stored = self._stored(KEPT[register], {"id": entry})
        return stored or {}

    def entry_by(self, register: str, key: Values) -> Values | None:
        """The same of the entry with this key, nobody else's until the end; None without one."""
        return self._stored(KEPT[register], key)

    def _stored(self, table: Table, key: Values) -> Values | None:
        found = and_(*(table.c[name] == value for name, value in key.items()))
        row = self.conn.execute(
            select(*table.c).where(found).with_for_update(key_share=True)
        ).one_or_none()
        return None if row is None else row._asdict()

    def _replace(
        self,
        table: Table,
        owner_column: str,
        owner: int,
        column: str,
        value_column: str | None,
        wanted: Mapping[Any, int],
    ) -> None:
        columns = [table.c[column], *([table.c[value_column]] if value_column else [])]
        rows = self.conn.execute(select(*columns).where(table.c[owner_column] == owner)).all()
        stored = {row[0]: row[1] if value_column else 0 for row in rows}
        if stored == dict(wanted):
            return
        send(self.conn, delete_by(table, (owner_column,)), [{f"k_{owner_column}": owner}])
        made = [
            {owner_column: owner, column: item, **({value_column: value} if value_column else {})}
            for item, value in wanted.items()
        ]
        if made:
            send(self.conn, insert_into(table), made)
        told = register_told.of_held(table.name, wanted)
        self.tell_edited(table.name, owner, [column], **told)

    def tell_edited(
        self,
        register: str,
        entry: int,
        fields: list[str],
        words: Mapping[str, str] | None = None,
        **told: Any,
    ) -> None:
        """Journal that an entry was changed, with what is told of it."""
        said = {name: value for name, value in told.items() if value != {}}
        body = {"register": register, "id": entry, "fields": fields, **said}
        self.record(Fact(name="register_edited", body=body, words=words))
