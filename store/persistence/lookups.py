"""Looks up by id, code or name what an operator names, within his sites."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Table, bindparam, func, or_, select

from store.domain.errors import NameAmbiguous, NameUnknown
from store.domain.reach import LONGEST, number_within
from store.domain.text import safe
from store.domain.words import N_
from store.persistence import care, contracts
from store.persistence.admitting import admitted
from store.persistence.levels import DEFAULT_LEVEL
from store.persistence.mapping import table_of
from store.persistence.outbox import OutboxWork
from store.persistence.scoping import served, within
from store.persistence.tables import (
    AssetRow,
    CalendarRow,
    CustomerRow,
    DepartmentRow,
    OperatorRow,
    RegionRow,
    ServiceLevelRow,
    SiteRow,
    SkillRow,
    TechnicianRow,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select

    from store.domain.who import Scope, Who

Ref = int | str
"""An id, or a code, a name, or a part of a name that fits one only."""

_KEPT = 64
"""Questions kept: by what is meant and who asks."""
MOST_CHOICES = 5
NAME_SHOWN = 60
"""Characters of an unknown name that a refusal repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something in a register: its id, short code and name."""

    id: int
    code: str
    name: str
    level: int | None = None
    """A customer's service level: of the contract that runs, else his own."""
    also: str = ""
    """Its name in Chinese, where that is kept beside the other."""


@dataclass(frozen=True, slots=True)
class _Register:
    table: Table
    label: str
    active: bool = False
    """Whether entries may be retired, and are then not found by name."""


REGISTERS: dict[str, _Register] = {
    "region": _Register(table_of(RegionRow), N_("region")),
    "site": _Register(table_of(SiteRow), N_("site")),
    "customer": _Register(table_of(CustomerRow), N_("customer")),
    "asset": _Register(table_of(AssetRow), N_("asset")),
    "technician": _Register(table_of(TechnicianRow), N_("technician"), active=True),
    "skill": _Register(table_of(SkillRow), N_("skill")),
    "operator": _Register(table_of(OperatorRow), N_("operator"), active=True),
    "calendar": _Register(table_of(CalendarRow), N_("calendar")),
    "department": _Register(table_of(DepartmentRow), N_("department")),
    "level": _Register(table_of(ServiceLevelRow), N_("service level")),
}


_CUSTOMER = REGISTERS["customer"].table
_ONCE = _CUSTOMER.alias("once")


def _turned_out(once: ColumnElement[bool]) -> ScalarSelect[Any]:
    """The id of the customer that one turned out to be."""
    return select(_ONCE.c.merged_into).where(once).limit(1).scalar_subquery()


class LookUpWork(OutboxWork):
    """NameUnknown and NameAmbiguous tell what was not found, and what would have been."""

    def admit(self) -> None:
        """Take the asker for what the store knows of him now; refuse who does not work here."""
        self.who = admitted(self.conn, self.who)

    def site(self, ref: Ref) -> Entry:
        """A site that the asker sees."""
        return self.find("site", ref)

    def customer(self, ref: Ref) -> Entry:
        """A customer, with its service level; nobody is made one with him until the end."""
        self.hold_promises()
        return self.find("customer", ref)

    def asset(self, ref: Ref, *, site: int | None = None) -> Entry:
        """An asset, of one site where its code alone would not do."""
        table = REGISTERS["asset"].table
        return self.find("asset", ref, () if site is None else (table.c.site_id == site,))

    def technician(self, ref: Ref) -> Entry:
        """A technician who works here still."""
        return self.find("technician", ref)

    def operator(self, ref: Ref) -> Entry:
        """An operator who works here still."""
        return self.find("operator", ref)

    def level(self, ref: Ref) -> Entry:
        """A service level."""
        return self.find("level", ref)

    def calendar(self, ref: Ref) -> Entry:
        """A calendar."""
        return self.find("calendar", ref)

    def region(self, ref: Ref) -> Entry:
        """A region."""
        return self.find("region", ref)

    def find(self, what: str, ref: Ref, where: tuple[ColumnElement[bool], ...] = ()) -> Entry:
        """An entry of a register: by id, else code, else name, else the only name that holds it.

        That one only while no other's code begins so: whoever wrote half a code meant none of them.
        """
        return entry(self, what, ref, where)

    def contract_level(self, customer: int) -> int | None:
        """The service level of a customer's new orders; None where the desk's own holds."""
        return contracts.level_of(self.conn, customer, at=self.at)

    def wished(self, customer: int, site: int | None) -> care.Wished | None:
        """How a customer wants to be visited; None for one who wishes nothing."""
        return care.wished(self.conn, customer, site)

    def contracts(self, customer: int) -> list[dict[str, Any]]:
        """A customer's contracts by their first day, nobody else's until the end."""
        return contracts.of_customer(self, customer)

    def contract_told(self, contract: int) -> tuple[datetime, int]:
        """When a contract was made or changed last, and by whom."""
        return contracts.told_last(self, contract)

    def default_level(self) -> int | None:
        """The service level of orders whose customer has none: the one with the lowest id."""
        found: int | None = self.conn.execute(DEFAULT_LEVEL).scalar_one_or_none()
        return found

    def in_scope(self, what: str) -> tuple[ColumnElement[bool], ...]:
        """What holds of the entries of a register that the asker's sites let him see."""
        return _in_scope(what, self.who.scope, self.kind)


class Asking(Protocol):
    """A transaction, of a command or of a question."""

    @property
    def conn(self) -> Connection:
        """What it asks."""

    @property
    def who(self) -> Who:
        """Whose sites count."""

    @property
    def at(self) -> datetime:
        """When contracts are asked for their level."""

    @property
    def kind(self) -> str:
        """Of database."""


def entry(
    asking: Asking, what: str, ref: Ref, where: tuple[ColumnElement[bool], ...] = ()
) -> Entry:
    """What `LookUpWork.find` finds, for whoever only asks as well."""
    register, scope, kind = REGISTERS[what], asking.who.scope, asking.kind
    now = {contracts.NOW: asking.at}
    if isinstance(ref, int) and not where:
        told = {"id": number_within(ref), **now}
        row = asking.conn.execute(_by_id(what, scope, kind), told).one_or_none()
        if row is None:
            raise NameUnknown(what=register.label, name=_shown(ref))
        return Entry(**row._asdict())
    conditions = (*where, *_visible(what, scope, kind))
    wanted = matches(register.table, ref)
    for match in wanted:
        asked = _entries(register.table, match, *conditions).limit(MOST_CHOICES + 1)
        found = [Entry(**row._asdict()) for row in asking.conn.execute(asked, now)]
        if len(found) == 1 and not (match is wanted[-1] and is_half_a_code(ref, found[0])):
            return found[0]
        if len(found) > 1:
            raise _ambiguous(ref, found)
    raise NameUnknown(what=register.label, name=_shown(ref))


@lru_cache(_KEPT)
def _by_id(what: str, scope: Scope, kind: str) -> Select[Any]:
    """Made once: one command may look up thousands."""
    table = REGISTERS[what].table
    wanted: Any = bindparam("id")
    if table is _CUSTOMER:
        wanted = func.coalesce(_turned_out(_ONCE.c.id == wanted), wanted)
    return _entries(table, table.c.id == wanted, *_visible(what, scope, kind))


def _entries(table: Table, *conditions: ColumnElement[bool]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [table.c.id, table.c.code, table.c.name]
    if "level_id" in table.c:
        columns.append(contracts.level_now(table.c.id, table.c.level_id).label("level"))
    if "name_zh" in table.c:
        columns.append(table.c.name_zh.label("also"))
    return select(*columns).where(*conditions).order_by(table.c.id)


def _visible(what: str, scope: Scope, kind: str) -> tuple[ColumnElement[bool], ...]:
    register, seen = REGISTERS[what], _in_scope(what, scope, kind)
    if what == "customer":
        seen = (_CUSTOMER.c.merged_into.is_(None), *seen)
    return (register.table.c.active == 1, *seen) if register.active else seen


def _in_scope(what: str, scope: Scope, kind: str) -> tuple[ColumnElement[bool], ...]:
    table = REGISTERS[what].table
    if scope.sites is None:
        return ()
    if what == "site":
        return (within(scope, table.c.id, kind),)
    if what == "asset":
        return (within(scope, table.c.site_id, kind),)
    if what == "technician":
        home = table.c.home_site_id
        return (or_(home.is_(None), within(scope, home, kind)),)
    return (served(scope, table.c.id, kind),) if what == "customer" else ()


def matches(table: Table, ref: Ref) -> list[ColumnElement[bool]]:
    """What an entry may be meant by, the surest first; the first that fits any decides."""
    if isinstance(ref, int):
        return [table.c.id == number_within(ref)]
    text = safe(ref, limit=LONGEST).strip()
    small = text.lower()
    code = func.lower(table.c.code)
    names = [func.lower(table.c[one]) for one in ("name", "name_zh") if one in table.c]
    exact = [table.c.code == text, code == small, or_(*(name == small for name in names))]
    within_it = or_(*(name.contains(small, autoescape=True) for name in names))
    if table is _CUSTOMER:  # before what is only part of another's name
        exact.append(table.c.id == _turned_out(_ONCE.c.code.in_([text, small])))
    return [*exact, or_(within_it, code.startswith(small, autoescape=True))] if text else []


def is_half_a_code(ref: Ref, entry: Any) -> bool:
    """Whether only the beginning of its code was written, which means no one."""
    if isinstance(ref, int):
        return False
    small = safe(ref, limit=LONGEST).strip().lower()
    named = (entry.name, getattr(entry, "also", ""))
    return all(small not in name.lower() for name in named) and small != entry.code.lower()


def _shown(ref: Ref) -> Ref:
    return number_within(ref) if isinstance(ref, int) else safe(ref, limit=NAME_SHOWN)


def _ambiguous(ref: Ref, found: list[Entry]) -> NameAmbiguous:
    shown = [f"{entry.code} {entry.name}" for entry in found[:MOST_CHOICES]]
    if len(found) > MOST_CHOICES:
        shown.append("...")
    return NameAmbiguous(name=_shown(ref), choices=", ".join(shown))


def site_codes(conn: Connection) -> dict[str, int]:
    """Every site by its code."""
    table = REGISTERS["site"].table
    rows = conn.execute(select(table.c.code, table.c.id))
    return {row.code: row.id for row in rows}
