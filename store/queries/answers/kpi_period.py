"""The period, groups and sites that figures are asked for, as the store has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from store.domain.errors import BadInput, NameUnknown
from store.domain.kpi.periods import day_before
from store.domain.kpi.table import KPIS
from store.domain.words import N_
from store.persistence import kpi_fill
from store.persistence.kpi_sql import DIMS
from store.persistence.tables import metadata
from store.persistence.types import to_ms
from store.queries.answers.customer_named import customer_named
from store.queries.answers.scope import within
from store.queries.kpi import NOBODY, By, Cohort, FiguresOwed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.reader import Reader
    from store.queries.kpi import KpiRows, Kpis
    from store.queries.packs import DayWork, SureFigures
    from store.queries.review import Review

SITES, TECHNICIANS = metadata.tables["site"], metadata.tables["technician"]
DEPARTMENTS = metadata.tables["department"]
MOST_DAYS: Final = 36_525
"""A hundred years: nobody means more."""
EVER: Final = date(1000, 1, 1), date(9000, 12, 31)
"""Days that can be reckoned from, with as many before them, in every zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is looked at: a stretch of time in ms, whose orders, split by what, as of when."""

    since: int
    until: int
    """The first instant that is not meant any more."""
    cohort: Cohort
    dim: str
    """One of `DIMS`, or `department`, which only figures of hand-offs are split by."""
    sites: tuple[int, ...] | None
    """Only orders of these; None for all."""
    now: int
    plain: bool = False
    kind: str | None = None
    """A kind as SQL writes it, so that no mark in it means anything."""
    person: int | None = None
    customer: int | None = None
    before: int = 0
    """When the period before begins: as many whole months, else as many days."""
    along: str = ""
    """When an order belongs to it, where that is not the cohort's instant."""

    @property
    def column(self) -> str:
        """When an order belongs to the cohort."""
        return self.along or f"{self.cohort.value}_at"

    @property
    def filtered(self) -> bool:
        """Whether it is of orders that days are not summed by."""
        return (self.kind, self.person, self.customer) != (None, None, None)

    @property
    def counted(self) -> bool:
        """Whether orders are gone through one by one for it."""
        return self.plain or self.filtered

    @property
    def key(self) -> str:
        """Which group a narrow row is of, in SQL."""
        return DIMS[self.dim]

    @property
    def only_here(self) -> str:
        """The condition on sites alone."""
        if self.sites is None:
            return ""
        return f" AND site_id IN ({', '.join(map(str, self.sites)) or 'NULL'})"

    @property
    def here(self) -> str:
        """The condition on sites and what else is asked for, in SQL, to follow others."""
        said = "" if self.kind is None else f" AND kpi_order.kind = {self.kind}"
        said += "" if self.person is None else f" AND technician_id = {self.person}"
        said += "" if self.customer is None else f" AND customer_id = {self.customer}"
        return said + self.only_here

    def only(self, since: int, until: int) -> Cut:
        """The same of another stretch."""
        return replace(self, since=since, until=until)


def cuts(
    reader: Reader, query: Kpis | KpiRows | Review | SureFigures | DayWork, *, plain: bool = False
) -> dict[str, Cut]:
    """Each stretch that is asked for, by the group that it is; only a month has a name.

    `FiguresOwed` where they would be told of some orders only, unless it is `plain` that they are.
    """
    if not plain and kpi_fill.is_owed(reader.conn):
        raise FiguresOwed
    zone = zone_named(query.zone)
    first, last = query.first, query.last
    if not EVER[0] <= first <= last <= EVER[1] or last - first > timedelta(days=MOST_DAYS):
        raise BadInput(
            where=N_("period"),
            wrong=f"{query.first} – {query.last}",
            right=N_("name a first day and a last one that is not before it"),
        )
    after = query.last + timedelta(days=1)
    whole = Cut(
        since=_begins(query.first, zone),
        until=_begins(after, zone),
        before=_begins(day_before(query.first, after), zone),
        kind=_written(reader, query.kind) if query.kind else None,
        person=_person(reader, query.person) if query.person else None,
        customer=_customer(reader, query.customer) if query.customer else None,
        cohort=query.cohort,
        dim="" if query.by is By.MONTH else query.by.value,
        sites=_sites(reader, query.site),
        now=to_ms(reader.at),
        plain=plain,
    )
    since = getattr(query, "since", None)
    if since is not None:
        whole = whole.only(to_ms(since), whole.until)
    if getattr(query, "so_far", False):
        whole = whole.only(whole.since, min(whole.until, whole.now))
    if query.by is not By.MONTH:
        return {"": whole}
    return {
        first.strftime("%Y-%m"): replace(
            whole.only(_begins(first, zone), _begins(after, zone)),
            before=_begins(day_before(first, after), zone),
        )
        for first, after in _months(query.first, query.last)
    }


def checked_name(name: str) -> str:
    """The name of a figure; `BadInput` where it is none."""
    if name in KPIS:
        return name
    raise BadInput(where=N_("indicator"), wrong=name, right=", ".join(KPIS))


def names_of(reader: Reader, dim: str) -> Mapping[str, str]:
    """What groups are called, by their keys; kinds are called what they are."""
    table = {"site": SITES, "person": TECHNICIANS, "department": DEPARTMENTS}.get(dim)
    if table is None:
        return {}
    rows = reader.conn.execute(select(table.c.id, table.c.code))
    return {str(row.id): row.code for row in rows}


def group_of(reader: Reader, dim: str, of: str) -> str | None:
    """The key of a group by what it is called; None where there is no such group."""
    if dim == "kind" or of in {"", NOBODY}:
        return "" if of == NOBODY else of
    return next((key for key, code in names_of(reader, dim).items() if code == of), None)


def _sites(reader: Reader, code: str) -> tuple[int, ...] | None:
    if not code:
        scope = reader.who.scope.sites
        return None if scope is None else tuple(sorted(scope))
    asked = select(SITES.c.id).where(SITES.c.code == code, within(reader, SITES.c.id))
    found = reader.conn.execute(asked).scalar()
    if found is None:
        raise NameUnknown(what=N_("site"), name=code)
    return (found,)


def _written(reader: Reader, kind: str) -> str:
    told = kind.encode("utf-8", "surrogatepass").hex()
    if reader.kind == "postgresql":
        return f"convert_from(decode('{told}', 'hex'), 'UTF8')"
    return f"CAST(X'{told}' AS TEXT)"


def _person(reader: Reader, code: str) -> int:
    found = reader.conn.execute(select(TECHNICIANS.c.id).where(TECHNICIANS.c.code == code)).scalar()
    if found is None:
        raise NameUnknown(what=N_("technician"), name=code)
    return int(found)


def _customer(reader: Reader, name: str) -> int:
    found = customer_named(reader, name)
    if found is None:
        raise NameUnknown(what=N_("customer"), name=name)
    return int(found.id)


def zone_named(name: str) -> ZoneInfo:
    """A zone; `BadInput` where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            where=N_("zone"), wrong=name, right=N_("name one such as Asia/Shanghai")
        ) from None


def _begins(day: date, zone: ZoneInfo) -> int:
    """The first instant of a day: of two midnights the earlier, of none the end of the gap."""
    wall = datetime.combine(day, time(), tzinfo=zone)
    return to_ms(wall.astimezone(UTC))


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Each month's first day in the period, and the first that is beyond it or the period."""
    end = last + timedelta(days=1)
    while first < end:
        ahead = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield first, min(ahead, end)
        first = ahead
