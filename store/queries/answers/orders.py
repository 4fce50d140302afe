"""Answers that list orders: the rows, then their resolve clocks and pauses in two statements."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.calendar_refusals import CalendarRefused
from store.domain.lifecycle import LIVE_VISITS, STATES, VisitState, read_state
from store.domain.rules import ALWAYS
from store.domain.targets import ClockKind
from store.persistence.levels import SPEC, STRANGE, calendar_of
from store.persistence.loading import UNREADABLE
from store.persistence.mapping import CLOCK, PAUSE, VISIT, as_kept, read_clock, read_pause
from store.persistence.tables import CalendarVersionRow, ServiceLevelRow
from store.queries.answers.callers import CONTACTS
from store.queries.answers.finding import numbers_found
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.reckoning import current, due_of, elapsed_s, ended_at, missed
from store.queries.answers.scope import checked_limit, within
from store.queries.finding import FindOrders, Place
from store.queries.lists import OrderLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from store.domain.calendar import Calendar
    from store.domain.order import Clock, Pause
    from store.persistence.reader import Reader
    from store.queries.lists import ListOrders, OrdersNumbered, StreamOrders

_COLUMNS: tuple[Any, ...] = (
    *(ORDERS.c.number, ORDERS.c.external_id, ORDERS.c.source, ORDERS.c.title),
    *(ORDERS.c.state, ORDERS.c.priority, SITES.c.name.label("site")),
    *(CUSTOMERS.c.name.label("customer"), TECHNICIANS.c.name.label("technician")),
    *(ORDERS.c.opened_at, ORDERS.c.closed_at, ORDERS.c.done_at, ORDERS.c.state_since),
    *(ORDERS.c.kind, ORDERS.c.reason, ORDERS.c.wake_at, ServiceLevelRow.code.label("level")),
    *(ORDERS.c.takes_s, ORDERS.c.crew, ORDERS.c.appointment_at, ORDERS.c.appointment_to),
    *(ORDERS.c.description, ORDERS.c.needs, CUSTOMERS.c.phone.label("customer_phone")),
    *(CONTACTS.c.name.label("contact"), CONTACTS.c.phone.label("contact_phone")),
)
AT_ONCE = 1_000
"""Numbers asked for in one statement."""
_TIMES = ("opened_at", "state_since", "done_at", "closed_at")
_DERIVED = frozenset({"state", "technician"})
_STEPS = ("assigned_at", "accepted_at", "departed_at", "arrived_at")
_RANK = {state.value: place for place, state in enumerate((VisitState.DONE, *LIVE_VISITS))}
"""Work that goes on before work that is done, then what is furthest along."""


def list_orders(reader: Reader, query: ListOrders) -> tuple[OrderLine, ...]:
    """Newest first, unless another order is asked for; a text is a query."""
    numbers = numbers_found(
        reader,
        FindOrders(
            text=query.text,
            queue=query.queue,
            sort=query.sort or "number",
            descending=query.descending or not query.sort,
            zone=query.zone,
            limit=query.limit,
            after=None if query.before is None else Place(query.before, query.before),
        ),
    )
    lines = _lines(reader, _orders(reader).where(ORDERS.c.number.in_(numbers)))
    known = {line.number: line for line in lines}
    return tuple(known[number] for number in numbers if number in known)


def stream_orders(reader: Reader, query: StreamOrders) -> tuple[OrderLine, ...]:
    """A page that costs the same wherever it begins, and holds no transaction open for long."""
    found = _orders(reader).where(ORDERS.c.number > query.after)
    return _lines(reader, found.order_by(ORDERS.c.number).limit(checked_limit(query.limit)))


def orders_numbered(reader: Reader, query: OrdersNumbered) -> tuple[OrderLine, ...]:
    """As an export gives them."""
    lines: list[OrderLine] = []
    for start in range(0, len(query.numbers), AT_ONCE):
        some = query.numbers[start : start + AT_ONCE]
        lines += _lines(reader, _orders(reader).where(ORDERS.c.number.in_(some)))
    return tuple(sorted(lines, key=attrgetter("number")))


def _orders(reader: Reader) -> Select[Any]:
    source = (
        ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
        .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
        .outerjoin(CONTACTS, CONTACTS.c.id == ORDERS.c.contact_id)
        .outerjoin(TECHNICIANS, TECHNICIANS.c.id == ORDERS.c.technician_id)
        .outerjoin(ServiceLevelRow, ServiceLevelRow.id == ORDERS.c.level_id)
    )
    return select(*_COLUMNS).select_from(source).where(within(reader, ORDERS.c.site_id))


def _lines(reader: Reader, found: Select[Any]) -> tuple[OrderLine, ...]:
    rows = reader.conn.execute(found, {"at": reader.at}).mappings().all()
    if not rows:
        return ()
    numbers = [row["number"] for row in rows]
    strange: set[int] = set()
    clocks = _clocks(reader, numbers, strange)
    pauses = _pauses(reader, numbers, strange)
    visits, hands = _visits(reader, numbers)
    calendars = _Calendars(reader)
    return tuple(
        _line(row, clocks.get(n), pauses.get(n, ()), visits.get(n), hands, calendars, at=reader.at)
        if n not in strange
        else _line(row, clocks.get(n), (), visits.get(n), hands, None, at=reader.at)
        for n, row in zip(numbers, rows, strict=True)
    )


def _line(
    row: Mapping[Any, Any],
    clock: Clock | None,
    pauses: Sequence[Pause],
    visit: Any | None,
    hands: Mapping[int, Sequence[Any]],
    calendars: _Calendars | None,
    *,
    at: datetime,
) -> OrderLine:
    state = read_state(row["state"])
    opened, since, done, closed = map(row.__getitem__, _TIMES)
    until = ended_at(state, state_since=since, done_at=done, closed_at=closed) or at
    target = None if clock is None else clock.target
    calendar = None if calendars is None else calendars.of(clock)
    late = clock is not None and missed(clock, at=at)
    first = row["technician"] or (None if visit is None else visit.technician)
    names = dict.fromkeys([first, *(one.technician for one in hands.get(row["number"], ()))])
    return OrderLine(
        **{name: value for name, value in row.items() if name not in _DERIVED},
        state=state,
        category=STATES[state].category,
        technician=first,
        technicians=tuple(name for name in names if name is not None),
        assigned_at=getattr(visit, "assigned_at", None),
        accepted_at=getattr(visit, "accepted_at", None),
        departed_at=getattr(visit, "departed_at", None),
        arrived_at=getattr(visit, "arrived_at", None),
        pauses=tuple((pause.from_at, pause.to_at, pause.kind) for pause in pauses),
        due_at=due_of(clock, state),
        target_s=None if target is None else target.seconds,
        target_days=None if target is None else target.days,
        first_due_at=None if clock is None else clock.original_due_at,
        missed_at=clock.breached_at or clock.due_at if clock is not None and late else None,
        overdue=late,
        elapsed_s=None if calendar is None else _elapsed_s(opened, until, pauses, calendar),
    )


def _elapsed_s(
    opened: datetime, until: datetime, pauses: Sequence[Pause], calendar: Calendar
) -> float | None:
    try:
        return elapsed_s(opened, until, pauses, calendar)
    except (CalendarRefused, OverflowError):  # instants that no calendar reaches
        return None


def _clocks(reader: Reader, numbers: Sequence[int], strange: set[int]) -> dict[int, Clock]:
    """The current resolve clock of each order; those not readable go among `strange`."""
    found = select(*map(as_kept, CLOCK.c)).where(
        CLOCK.c.number.in_(numbers), CLOCK.c.kind == ClockKind.RESOLVE.value
    )
    runs: dict[int, list[Clock]] = defaultdict(list)
    for row in reader.conn.execute(found):
        try:
            runs[row.number].append(read_clock(row))
        except UNREADABLE:
            strange.add(row.number)
    return {number: clock for number, held in runs.items() if (clock := current(held))}


def _pauses(reader: Reader, numbers: Sequence[int], strange: set[int]) -> dict[int, list[Pause]]:
    found = select(*map(as_kept, PAUSE.c)).where(PAUSE.c.number.in_(numbers))
    held: dict[int, list[Pause]] = defaultdict(list)
    for row in reader.conn.execute(found):
        try:
            held[row.number].append(read_pause(row))
        except UNREADABLE:
            strange.add(row.number)
    return held


def _visits(
    reader: Reader, numbers: Sequence[int]
) -> tuple[dict[int, Any], dict[int, Sequence[Any]]]:
    """The visit of whoever has each order, else the last that did the work; and all of these."""
    states = [state.value for state in (*LIVE_VISITS, VisitState.DONE)]
    found = (
        select(
            *(VISIT.c.number, VISIT.c.state, TECHNICIANS.c.name.label("technician")),
            *(VISIT.c[name] for name in _STEPS),
        )
        .join(TECHNICIANS, TECHNICIANS.c.id == VISIT.c.technician_id)
        .where(VISIT.c.number.in_(numbers), VISIT.c.state.in_(states))
        .order_by(VISIT.c.number, VISIT.c.place)
    )
    visits: dict[int, Any] = {}
    hands: defaultdict[int, list[Any]] = defaultdict(list)
    for visit in reader.conn.execute(found):
        before = visits.get(visit.number)
        if before is None or _RANK[visit.state] >= _RANK[before.state]:
            visits[visit.number] = visit
        hands[visit.number].append(visit)
    done = VisitState.DONE.value
    return visits, {
        number: [one for one in some if (one.state == done) is (visits[number].state == done)]
        for number, some in hands.items()
    }


class _Calendars:
    """Calendar versions, each read once a page."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[int, Calendar | None] = {}

    def of(self, clock: Clock | None) -> Calendar | None:
        """What a clock runs on; None where that means nothing to this program."""
        if clock is None or clock.target is None or clock.calendar_version is None:
            return ALWAYS
        version = clock.calendar_version
        if version not in self._known:
            spec = select(SPEC).where(CalendarVersionRow.id == version)
            try:
                read = calendar_of(self._reader.conn.execute(spec).scalar_one_or_none() or "")
            except STRANGE:
                read = None
            self._known[version] = read
        return self._known[version]
