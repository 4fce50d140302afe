"""The answer for the figures of alarms."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, type_coerce

from store.domain.alarm_figures import cries_wolf, per_hour, waits
from store.domain.alarms import QUIET
from store.domain.bells import rings_now
from store.domain.who import SYSTEM_OPERATOR
from store.persistence.journal import JOURNAL
from store.persistence.tables import metadata
from store.persistence.types import Whole
from store.queries.alarm_figures import MOST, AlarmRule
from store.queries.answers.alarm_rings import Ring, rings
from store.queries.answers.alarm_waits import alarm_stories, earlier_waits
from store.queries.answers.alarms import in_sight
from store.queries.answers.lines import ALARMS, ORDERS
from store.queries.answers.scope import checked_limit, within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.alarm_figures import AlarmRules

RECEIPTS = metadata.tables["receipt"]
_HOUR_MS = 3_600_000
_COLUMNS = (
    *(ALARMS.c.id, ALARMS.c.number),
    *(ALARMS.c.kind, ALARMS.c.rings, ALARMS.c.raised_at, ALARMS.c.asked_at),
    *(ALARMS.c.acknowledged_at, ALARMS.c.shelved_until, ALARMS.c.cleared_at),
    *(ALARMS.c.lapsed_at, ALARMS.c.escalated_at),
)


def alarm_rules(reader: Reader, query: AlarmRules) -> tuple[AlarmRule, ...]:
    """Counted from the alarms themselves, so that they can be listed one by one."""
    since = reader.at - timedelta(days=query.days)
    rows = _rows(reader, since)
    hours = _operator_hours(reader, since)
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        parts[row.kind].append(row)
    stories = alarm_stories(reader, rows)
    earlier = earlier_waits(rows, stories, since=since)
    rung: dict[str, list[Ring]] = defaultdict(list)
    for ring in rings(rows, stories):
        if ring.at >= since:
            rung[ring.kind].append(ring)
    kinds = dict.fromkeys((*rung, *parts, *earlier))
    rules = [_rule(kind, parts[kind], rung[kind], hours, earlier.get(kind, ())) for kind in kinds]
    rules.sort(key=lambda rule: (-rule.rings, rule.kind))
    if query.text:
        return tuple(rule for rule in rules if rule.kind == query.text)
    waited = [wait for some in earlier.values() for wait in some]
    every = [ring for some in rung.values() for ring in some]
    return (_rule("", rows, every, hours, waited), *rules)[: checked_limit(query.limit)]


def _rows(reader: Reader, since: datetime) -> Sequence[Any]:
    found = (
        select(*_COLUMNS)
        .select_from(in_sight(reader))
        .where(ALARMS.c.severity < QUIET, within(reader, ORDERS.c.site_id))
        .order_by(ALARMS.c.id.desc())
        .limit(MOST)
    )
    newest = reader.conn.execute(found).all()
    return [row for row in newest if (row.asked_at or row.raised_at) >= since]


def _operator_hours(reader: Reader, since: datetime) -> int:
    """Who sees some sites only is told of hours in which something was done there."""
    hour = type_coerce(RECEIPTS.c.at, Whole) // _HOUR_MS
    worked = (
        select(RECEIPTS.c.by, hour.label("hour"))
        .where(RECEIPTS.c.at >= since, RECEIPTS.c.at <= reader.at)
        .where(RECEIPTS.c.by != SYSTEM_OPERATOR)
        .distinct()
    )
    if reader.who.scope.sites is not None:
        here = within(reader, ORDERS.c.site_id)
        worked = worked.join(JOURNAL, JOURNAL.c.seq == RECEIPTS.c.seq).join(
            ORDERS, and_(ORDERS.c.number == JOURNAL.c.number, here)
        )
    found: int = reader.conn.execute(
        select(func.count()).select_from(worked.subquery())
    ).scalar_one()
    return found


def _rule(
    kind: str,
    rows: Sequence[Any],
    rung: Sequence[Ring],
    hours: int,
    earlier: Sequence[float],
) -> AlarmRule:
    seconds = [
        *earlier,
        *(
            (row.acknowledged_at - (row.asked_at or row.raised_at)).total_seconds()
            for row in rows
            if row.acknowledged_at is not None
        ),
    ]
    waited = waits(seconds)
    lapsed = sum(ring.lapsed for ring in rung)
    return AlarmRule(
        kind=kind,
        alarms=len(rows),
        rings=len(rung),
        acknowledged=len(seconds),
        waiting=sum(row.cleared_at is None and rings_now(row) for row in rows),
        lapsed=lapsed,
        escalated=sum(row.escalated_at is not None for row in rows),
        median_s=waited.median_s,
        p90_s=waited.p90_s,
        mean_s=waited.mean_s,
        operator_hours=hours,
        rings_per_hour=per_hour(len(rung), hours),
        cries_wolf=bool(kind) and cries_wolf(rings=len(rung), lapsed=lapsed),
    )
