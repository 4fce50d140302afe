"""The answer for the alarm strip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, or_, select, union_all

from store.domain.alarms import LOUD, QUIET, WORST
from store.domain.bells import AlarmState
from store.domain.floods import WITHIN, grouped, is_flood
from store.domain.timer_kinds import TimerKind
from store.persistence.tables import metadata
from store.queries.alarms import AlarmLine, Quiet, Strip
from store.queries.answers.backups import backup_alarms
from store.queries.answers.calendars import horizon_alarms
from store.queries.answers.lines import ALARMS, ORDERS, SITES
from store.queries.answers.project_alarms import project_alarms
from store.queries.answers.reminders import reminder_alarms
from store.queries.answers.scope import checked_limit, within
from store.queries.answers.voice_alarms import complaint_alarms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import FromClause, Select

    from store.domain.floods import AlarmGroup, Storm
    from store.persistence.reader import Reader
    from store.queries.alarms import AlarmStrip

OPERATORS = metadata.tables["operator"]
REMINDER, VOICE = metadata.tables["reminder"], metadata.tables["voice"]
PROJECT = metadata.tables["project"]
SHELVERS = OPERATORS.alias("shelver")
STANDING = ALARMS.c.cleared_at.is_(None)
_BEGAN = case(
    (ALARMS.c.kind == TimerKind.ORPHAN.value, ORDERS.c.state_since),
    (ALARMS.c.kind == TimerKind.SILENCE.value, ORDERS.c.progress_at),
)
COLUMNS = (
    *(ALARMS.c.number, ORDERS.c.title, ORDERS.c.priority, SITES.c.name.label("site_name")),
    *(ALARMS.c.kind, ALARMS.c.clock, ALARMS.c.level, ALARMS.c.severity, ALARMS.c.due_at),
    *(ALARMS.c.raised_at, ALARMS.c.acknowledged_at, OPERATORS.c.name.label("acknowledged_by")),
    *(ALARMS.c.rings, ALARMS.c.asked_at, ALARMS.c.shelved_until, ALARMS.c.shelved_why),
    *(SHELVERS.c.name.label("shelved_by"), ALARMS.c.escalated_at, ALARMS.c.lapsed_at),
    *(ALARMS.c.id, _BEGAN.label("began_at")),
    ORDERS.c.appointment_at.is_not(None).label("appointed"),
)
RINGS = and_(ALARMS.c.acknowledged_at.is_(None), ALARMS.c.shelved_until.is_(None))
_OTHERS = ALARMS.alias("others")
_GONE = and_(ALARMS.c.lapsed_at.is_not(None), ALARMS.c.seen_at.is_(None), ALARMS.c.severity < QUIET)
_OVERSHADOWS = or_(
    _OTHERS.c.cleared_at.is_(None),
    and_(
        *(_OTHERS.c.lapsed_at.is_not(None), _OTHERS.c.seen_at.is_(None)),
        or_(
            _OTHERS.c.severity < ALARMS.c.severity,
            and_(_OTHERS.c.severity == ALARMS.c.severity, _OTHERS.c.id > ALARMS.c.id),
        ),
    ),
)
UNSEEN = and_(
    _GONE,
    ~select(_OTHERS.c.id).where(_OTHERS.c.number == ALARMS.c.number, _OVERSHADOWS).exists(),
)
"""Gone by themselves and not seen: one an order, the worst, and none where an alarm stands."""

_MOST_GROUPED = 1_000
_REMINDED = 3
"""So many reminders at most are told beside orders; the others are counted."""


def alarm_strip(reader: Reader, query: AlarmStrip) -> Strip:
    """The sums, the worst few, those over unseen, and what is about no order."""
    limit = checked_limit(query.limit)
    sums = reader.conn.execute(_sums(reader)).one()
    worst = reader.conn.execute(_worst(reader, limit))
    orders = [AlarmLine(**row) for row in worst.mappings()]
    unseen = _unseen(reader, limit)
    gone = len(unseen) if len(unseen) < limit else _count_unseen(reader)
    reminded = reminder_alarms(reader) if sums.reminded else []
    complaints = complaint_alarms(reader) if sums.complained else []
    soft = [alarm.due_at for alarm in reminded if alarm.severity == QUIET]
    mild = sorted((alarm for alarm in reminded if alarm.severity < QUIET), key=first)
    projects = project_alarms(reader) if sums.projects else []
    calendars = [*horizon_alarms(reader), *complaints, *projects, *backup_alarms(reader)]
    calendars += mild[:_REMINDED]
    unread = sum(alarm.state is AlarmState.UNACKNOWLEDGED for alarm in mild[_REMINDED:])
    # They are few and stand nowhere else: they are told, however many orders ring.
    orders = [*orders, *unseen][: max(0, query.limit - len(calendars))]
    ringing = [alarm for alarm in calendars if alarm.state is AlarmState.UNACKNOWLEDGED]
    loud = [alarm.raised_at for alarm in ringing if alarm.severity <= LOUD]
    flood = is_flood(sums.fresh, query.storm)
    groups = _groups(reader, query.storm) if flood else {}
    return Strip(
        alarms=tuple(sorted((*orders, *calendars), key=first)[: query.limit]),
        standing=sums.listed + len(calendars) + gone + len(soft) + len(mild[_REMINDED:]),
        unacknowledged=sums.rings + len(ringing) + unread,
        loud=sums.loud + len(loud),
        loud_at=max(filter(None, (sums.loud_at, *loud)), default=None),
        quiet=Quiet(
            count=sums.quiet + len(soft),
            oldest_at=min(filter(None, (sums.oldest, *soft)), default=None),
            newest_at=max(filter(None, (sums.newest, *soft)), default=None),
        ),
        worst=sums.worst,
        worst_at=sums.worst_at,
        escalated=sums.escalated,
        escalated_at=sums.escalated_at,
        shelved=sums.shelved + sum(alarm.state is AlarmState.SHELVED for alarm in calendars),
        unseen=gone,
        groups=tuple(groups),
        alone=_alone(reader, groups, limit),
    )


def _sums(reader: Reader) -> Select[Any]:
    rings = and_(ALARMS.c.severity != QUIET, RINGS)
    quiet = ALARMS.c.severity == QUIET
    loud = and_(rings, ALARMS.c.severity <= LOUD)
    worst = and_(rings, ALARMS.c.severity <= WORST)
    escalated = and_(rings, ALARMS.c.escalated_at.is_not(None))
    columns: tuple[Any, ...] = (
        func.count().label("listed"),
        func.count(case((rings, 1))).label("rings"),
        func.count(case((quiet, 1))).label("quiet"),
        func.min(case((quiet, ALARMS.c.due_at))).label("oldest"),
        func.max(case((quiet, ALARMS.c.due_at))).label("newest"),
        func.count(case((loud, 1))).label("loud"),
        func.max(case((loud, ALARMS.c.raised_at))).label("loud_at"),
        func.count(case((worst, 1))).label("worst"),
        func.max(case((worst, ALARMS.c.raised_at))).label("worst_at"),
        func.count(case((escalated, 1))).label("escalated"),
        func.max(case((escalated, ALARMS.c.escalated_at))).label("escalated_at"),
        func.count(ALARMS.c.shelved_until).label("shelved"),
        func.count(case((and_(rings, _is_new(reader)), 1))).label("fresh"),
        exists().select_from(REMINDER).label("reminded"),
        exists().where(VOICE.c.level > 0).label("complained"),
        exists().where(PROJECT.c.alarm != "").label("projects"),
    )
    source = in_sight(reader)
    return select(*columns).select_from(source).where(STANDING, within(reader, ORDERS.c.site_id))


def _is_new(reader: Reader) -> Any:
    return func.coalesce(ALARMS.c.asked_at, ALARMS.c.raised_at) > reader.at - WITHIN


def _groups(reader: Reader, storm: Storm) -> Mapping[AlarmGroup, tuple[Any, ...]]:
    """What the new alarms that ring have in common."""
    since = func.coalesce(_BEGAN, ALARMS.c.due_at).label("since")
    found = (
        select(
            SITES.c.name.label("site_name"), ALARMS.c.kind, ALARMS.c.severity, since, ALARMS.c.id
        )
        .select_from(told(ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number)))
        .where(STANDING, RINGS, ALARMS.c.severity != QUIET, _is_new(reader))
        .where(within(reader, ORDERS.c.site_id))
        .order_by(ALARMS.c.severity, ALARMS.c.due_at, ALARMS.c.id)
        .limit(_MOST_GROUPED)
    )
    new: Sequence[Any] = reader.conn.execute(found).all()  # of hundreds only what groups them
    return grouped(new, storm)


def _alone(
    reader: Reader, groups: Mapping[AlarmGroup, tuple[Any, ...]], limit: int
) -> tuple[AlarmLine, ...]:
    """Whole, the alarms that are a group of one; no more than could be shown, the worst of them."""
    ids = [held[0].id for group, held in sorted(groups.items(), key=_worse) if group.count == 1][
        :limit
    ]
    if not ids:
        return ()
    found = select(*COLUMNS).select_from(
        told(ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number))
    )
    rows = reader.conn.execute(found.where(ALARMS.c.id.in_(ids)))
    return tuple(AlarmLine(**row) for row in rows.mappings())


def _worse(held: tuple[AlarmGroup, tuple[Any, ...]]) -> int:
    return held[0].severity


def _unseen(reader: Reader, limit: int) -> list[AlarmLine]:
    found = (
        select(*COLUMNS)
        .select_from(told(ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number)))
        .where(UNSEEN, within(reader, ORDERS.c.site_id))
        .order_by(ALARMS.c.severity, ALARMS.c.due_at, ALARMS.c.id)
        .limit(limit)
    )
    return [AlarmLine(**row) for row in reader.conn.execute(found).mappings()]


def _count_unseen(reader: Reader) -> int:
    source = ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number)
    found = select(func.count()).select_from(source).where(UNSEEN, within(reader, ORDERS.c.site_id))
    count: int = reader.conn.execute(found).scalar_one()
    return count


def first(alarm: AlarmLine) -> tuple[bool, bool, bool, bool, int, datetime]:
    """The order of the strip; of two that are equal in this the older row stays before.

    What the supervisor was called for comes before others, but never before the worst.
    """
    rings = alarm.state is AlarmState.UNACKNOWLEDGED
    return (
        not rings,
        alarm.severity > WORST,
        alarm.escalated_at is None,
        alarm.state is not AlarmState.CLEARED,
        alarm.severity,
        alarm.raised_at,
    )


def in_sight(reader: Reader) -> FromClause:
    """The alarms, with their orders where the asker's sites must be known."""
    if reader.who.scope.sites is None:
        return ALARMS
    return ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number)


def told(source: FromClause) -> FromClause:
    """The source, which has `alarm` and `work_order`, with what a line shows of other tables."""
    return (
        source.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
        .outerjoin(OPERATORS, OPERATORS.c.id == ALARMS.c.acknowledged_by)
        .outerjoin(SHELVERS, SHELVERS.c.id == ALARMS.c.shelved_by)
    )


def _worst(reader: Reader, limit: int) -> Select[Any]:
    """Ids first, each half off the index by severity, then the few rows whole."""
    order = (ALARMS.c.severity, ALARMS.c.due_at, ALARMS.c.id)
    halves = []
    silent = ~RINGS & (ALARMS.c.severity < QUIET)
    for seen in (RINGS, silent):
        half = (
            select(ALARMS.c.id)
            .select_from(in_sight(reader))
            .where(STANDING, seen, within(reader, ORDERS.c.site_id))
            .order_by(*order)
            .limit(limit)
        )
        halves.append(select(half.subquery()))
    ids = union_all(*halves).subquery("worst")
    source = ids.join(ALARMS, ALARMS.c.id == ids.c.id).join(
        ORDERS, ORDERS.c.number == ALARMS.c.number
    )
    return select(*COLUMNS).select_from(told(source)).order_by(~RINGS, *order).limit(limit)
