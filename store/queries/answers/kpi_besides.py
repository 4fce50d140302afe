"""Figures that rest on something beside the orders: alarms, shifts, contracts; read as they stand.

Nothing is kept for them besides: an alarm, a shift and a contract each is its own row already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.alarms import QUIET
from store.domain.contracts import Outcome
from store.domain.kpi.reckon import between, mean, ranks
from store.domain.kpi.spans import joined, length, shared, without
from store.persistence.kpi_rows import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from store.domain.kpi.spans import Span
    from store.domain.kpi.ways import Acknowledged
    from store.queries.answers.kpi_period import Cut
    from store.queries.answers.kpi_ways import Stretch, Values


def acknowledged(stretch: Stretch, way: Acknowledged) -> Values:
    """In seconds; of alarms acknowledged in the period, since they rang last."""
    return {key: (_of(some, way.tenths) / 1000, len(some)) for key, some in waited(stretch).items()}


def waited(stretch: Stretch) -> dict[str, list[int]]:
    """By group how long each alarm rang until somebody acknowledged it, in ms, rising."""
    return stretch.once("waited", lambda: _waited(stretch))


def _waited(stretch: Stretch) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, _number, ms in _acknowledged(stretch):
        found.setdefault(key, []).append(max(0, ms))
    return {key: sorted(some) for key, some in found.items()}


def acknowledged_rows(stretch: Stretch) -> list[tuple[str, int]]:
    """The order of each alarm: as often as it has alarms."""
    return [(key, number) for key, number, _ in _acknowledged(stretch)]


def _acknowledged(stretch: Stretch) -> Sequence[Any]:
    cut = stretch.cut
    rung = (
        "SELECT number AS n, acknowledged_at - coalesce(asked_at, raised_at) AS waited FROM alarm"
        f" WHERE acknowledged_at >= {cut.since} AND acknowledged_at < {cut.until}"
        f" AND severity < {QUIET}"
    )
    text = (
        f"SELECT {cut.key}, number, waited FROM ({rung}) AS rung JOIN kpi_order ON number = n"
        f" WHERE counts = 1{cut.here}"
    )
    return stretch.once("rung", lambda: list(ask(stretch.reader.conn, stretch.reader.kind, text)))


def _of(values: Sequence[int], tenths: int | None) -> float:
    if tenths is None:
        return sum(values) / len(values)
    low, high = ranks(len(values), tenths)
    return between(values[low], values[high], len(values), tenths)


def worked(stretch: Stretch) -> Values:
    """Time at work of the time on duty, of people with shifts; a shift belongs to whoever has it.

    Work beside a shift, or within an absence, is in neither part.
    """
    on_duty, at_work, count = dict[str, int](), dict[str, int](), dict[str, int]()
    for key, shifts, work, duty in worked_each(stretch):
        on_duty[key] = on_duty.get(key, 0) + duty
        at_work[key] = at_work.get(key, 0) + work
        count[key] = count.get(key, 0) + shifts
    return {key: (mean(at_work[key], ms), count[key]) for key, ms in on_duty.items()}


def worked_each(stretch: Stretch) -> list[tuple[str, int, int, int]]:
    """Of each person with shifts: the group, how many, then in ms his time at work and on duty."""
    return stretch.once("worked", lambda: list(_worked_each(stretch)))


def _worked_each(stretch: Stretch) -> Iterator[tuple[str, int, int, int]]:
    duties = _duties(stretch)
    at_sites = stretch.once("at sites", lambda: _at_sites(stretch)) if duties else {}
    for technician, (key, spans) in duties.items():
        duty = joined(span for some in spans.values() for span in some)
        yield key, len(spans), shared(duty, at_sites.get(technician, ())), length(duty)


def worked_rows(stretch: Stretch) -> list[tuple[str, int]]:
    """The shifts."""
    return [(key, shift) for key, spans in _duties(stretch).values() for shift in spans]


_Duties = dict[int, tuple[str, dict[int, list["Span"]]]]


def _duties(stretch: Stretch) -> _Duties:
    """By technician the group, and by shift what was to be worked of it, up to now."""
    return stretch.once("duties", lambda: _read_duties(stretch))


def _read_duties(stretch: Stretch) -> _Duties:
    cut = stretch.cut
    if cut.dim == "kind" or cut.kind is not None or cut.customer is not None:
        return {}  # a shift is of no kind, and for no customer
    key = {"site": "coalesce(CAST(home_site_id AS TEXT), '')", "person": "CAST(t.id AS TEXT)"}
    since, until = cut.since, min(cut.until, cut.now)
    within = f"starts_at < {until} AND ends_at > {since}"
    text = (
        f"SELECT t.id, {key.get(cut.dim, _ALL)}, s.id, starts_at, ends_at FROM shift AS s"
        f" JOIN technician AS t ON t.id = technician_id WHERE {within}{_at_home(cut)}"
        " ORDER BY s.id"
    )
    away: dict[int, list[Span]] = {}
    conn, kind = stretch.reader.conn, stretch.reader.kind
    absent = f"SELECT technician_id, starts_at, ends_at FROM absence WHERE {within}"
    for technician, begins, ends in ask(conn, kind, absent):
        away.setdefault(technician, []).append((begins, ends))
    found: _Duties = {}
    for technician, key_, shift, begins, ends in ask(conn, kind, text):
        left = without([(max(begins, since), min(ends, until))], away.get(technician, ()))
        if left:
            found.setdefault(technician, (key_, {}))[1][shift] = left
    return found


_ALL = "''"


def _at_home(cut: Cut) -> str:
    said = "" if cut.person is None else f" AND t.id = {cut.person}"
    if cut.sites is None:
        return said
    return f"{said} AND home_site_id IN ({', '.join(map(str, cut.sites)) or 'NULL'})"


def _at_sites(stretch: Stretch) -> dict[int, list[Span]]:
    """When who was at a site; of orders closed before the period nothing can lie in it."""
    cut = stretch.cut
    until = min(cut.until, cut.now)
    asked = " UNION ALL ".join(
        f"SELECT number AS n FROM kpi_order WHERE {which}{cut.only_here}"
        for which in (f"closed_at >= {cut.since}", "closed_at IS NULL AND counts = 1")
    )
    text = (
        f"SELECT technician_id, arrived_at, coalesce(ended_at, {until}) FROM ({asked}) AS held"
        f" JOIN visit ON number = n WHERE arrived_at < {until}"
        f" AND coalesce(ended_at, {until}) > {cut.since}"
    )
    found: dict[int, list[Span]] = {}
    for technician, begins, ends in ask(stretch.reader.conn, stretch.reader.kind, text):
        found.setdefault(technician, []).append((begins, min(ends, until)))
    return found


def renewed(stretch: Stretch) -> Values:
    """Renewed of those that ended in the period; one of which nobody knows yet is not renewed."""
    found = _ended(stretch)
    count = sum(outcome == Outcome.RENEWED for _, outcome in found)
    return {"": (mean(count, len(found)), len(found))} if found else {}


def renewed_rows(stretch: Stretch) -> list[tuple[str, int]]:
    """The contracts."""
    return [("", contract) for contract, _ in _ended(stretch)]


def _ended(stretch: Stretch) -> Sequence[Any]:
    """A contract is of a customer and the whole desk: of no site, kind or technician."""
    cut = stretch.cut
    if cut.dim or cut.sites is not None or cut.kind is not None or cut.person is not None:
        return ()
    whose = "" if cut.customer is None else f" AND customer_id = {cut.customer}"
    text = (
        f"SELECT id, outcome FROM contract WHERE ends_at >= {cut.since} AND ends_at < {cut.until}"
        f" AND ends_at <= {cut.now}{whose} ORDER BY id"
    )
    return list(ask(stretch.reader.conn, stretch.reader.kind, text))
