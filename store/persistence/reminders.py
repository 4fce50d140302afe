"""Reminders as they are kept: what is to ring by a moment, and what rang and still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, literal, or_, select, true, union_all

from store.domain.alarm_refusals import ReminderRangAgain
from store.domain.facts import Fact
from store.domain.ideas import Verdict
from store.domain.recurrences import Fate
from store.domain.reminders import (
    ON_TIME,
    Reminded,
    Reminder,
    farthest,
    paper_rungs,
    worst_due,
)
from store.domain.trainings import Came
from store.persistence import scoping
from store.persistence.figures import figures_of
from store.persistence.mapping import ORDER, table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import (
    AssetRow,
    CertificateRow,
    IdeaRow,
    InspectionRow,
    OperatorRow,
    RecurrenceRow,
    ReminderRow,
    SiteRow,
    TechnicianRow,
    TrainingRow,
)
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from store.domain.reminders import Rung
    from store.domain.who import Scope
    from store.persistence.transaction import Transaction

REMINDER, TRAINING = table_of(ReminderRow), table_of(TrainingRow)
CERTIFICATE, TECHNICIAN = table_of(CertificateRow), table_of(TechnicianRow)
IDEA, OPERATOR = table_of(IdeaRow), table_of(OperatorRow)
RECURRENCE, SITE, ASSET = table_of(RecurrenceRow), table_of(SiteRow), table_of(AssetRow)
INSPECTION = table_of(InspectionRow)

_NO_SITE: Final = -1
"""Where nobody of some sites is: what is there is told to who sees all."""
_CODE: Final = func.coalesce(TECHNICIAN.c.code, "").label("code")
_SEEN: Final = ("acknowledged_at", "acknowledged_by")


def rungs_of(conn: Connection) -> Mapping[Reminder, Sequence[Rung]]:
    """The warnings of each kind, as the desk has set them."""
    papers = paper_rungs(figures_of(conn).paper_days)
    return dict.fromkeys(Reminder, ON_TIME) | {Reminder.CERTIFICATE: papers}


def _about(kind: Reminder) -> Select[Any]:
    """What a kind is about: its id, the moment, the technician, and what it is called."""
    if kind in _OTHERS:
        return _OTHERS[kind]()
    if kind is Reminder.CERTIFICATE:
        held, moment, called = CERTIFICATE, CERTIFICATE.c.expires_at, CERTIFICATE.c.name
        stands: ColumnElement[bool] = true()
    else:
        held, moment, called = TRAINING, TRAINING.c.planned_at, TRAINING.c.topic
        stands = TRAINING.c.state == Came.PLANNED.value
    return (
        select(
            literal(kind.value).label("kind"),
            held.c.id.label("about"),
            moment.label("ends_at"),
            called.label("called"),
            *(TECHNICIAN.c.name, TECHNICIAN.c.code, TECHNICIAN.c.home_site_id),
        )
        .join(TECHNICIAN, TECHNICIAN.c.id == held.c.technician_id)
        .where(stands, moment.is_not(None), TECHNICIAN.c.active == 1)
    )


def _ideas() -> Select[Any]:
    """Suggestions that wait, by whose console they came; they are the whole desk's."""
    return (
        select(
            literal(Reminder.IDEA.value).label("kind"),
            IDEA.c.id.label("about"),
            IDEA.c.due_at.label("ends_at"),
            IDEA.c.text.label("called"),
            *(OPERATOR.c.name, OPERATOR.c.code, literal(_NO_SITE).label("home_site_id")),
        )
        .join(OPERATOR, OPERATOR.c.id == IDEA.c.operator_id)
        .where(IDEA.c.verdict == Verdict.OPEN.value)
    )


def _radar() -> Select[Any]:
    """What comes again, at its site, until somebody has decided about it."""
    return (
        select(
            literal(Reminder.RADAR.value).label("kind"),
            RECURRENCE.c.id.label("about"),
            RECURRENCE.c.found_at.label("ends_at"),
            func.coalesce(ASSET.c.name, SITE.c.code).label("called"),
            *(SITE.c.name, SITE.c.code, SITE.c.id.label("home_site_id")),
        )
        .join(SITE, SITE.c.id == RECURRENCE.c.site_id)
        .outerjoin(ASSET, ASSET.c.id == RECURRENCE.c.asset_id)
        .where(RECURRENCE.c.fate == Fate.OPEN.value)
    )


def _inspections() -> Select[Any]:
    """Orders that were drawn and that nobody has inspected; what is of no site is the desk's."""
    work = INSPECTION.join(ORDER, ORDER.c.number == INSPECTION.c.number)
    here = ORDER.c.site_id.is_not_distinct_from(INSPECTION.c.site_id)
    return (
        select(
            literal(Reminder.INSPECTION.value).label("kind"),
            INSPECTION.c.id.label("about"),
            INSPECTION.c.due_at.label("ends_at"),
            case((here, ORDER.c.title), else_="").label("called"),
            *(func.coalesce(TECHNICIAN.c.name, TECHNICIAN.c.code, "?").label("name"), _CODE),
            func.coalesce(INSPECTION.c.site_id, _NO_SITE).label("home_site_id"),
        )
        .select_from(work.outerjoin(TECHNICIAN, TECHNICIAN.c.id == INSPECTION.c.technician_id))
        .where(INSPECTION.c.scored_at.is_(None), INSPECTION.c.dropped_at.is_(None))
    )


_OTHERS: Final[Mapping[Reminder, Callable[[], Select[Any]]]] = {
    Reminder.IDEA: _ideas,
    Reminder.RADAR: _radar,
    Reminder.INSPECTION: _inspections,
}
"""What is about no technician."""


def _moment(kind: Reminder) -> ColumnElement[Any]:
    if kind is Reminder.IDEA:
        return IDEA.c.due_at
    if kind is Reminder.RADAR:
        return RECURRENCE.c.found_at
    if kind is Reminder.INSPECTION:
        return INSPECTION.c.due_at
    return CERTIFICATE.c.expires_at if kind is Reminder.CERTIFICATE else TRAINING.c.planned_at


def to_ring(conn: Connection, *, at: datetime) -> Iterator[Reminded]:
    """What is to ring by then and has not; of a certificate that ended long ago it is no news."""
    for kind, rungs in rungs_of(conn).items():
        ahead = farthest(rungs)
        soon = _about(kind).where(_moment(kind) <= at + ahead)
        if kind is Reminder.CERTIFICATE:
            soon = soon.where(_moment(kind) > at - ahead)
        rows = soon.subquery("soon")
        mine = and_(REMINDER.c.kind == kind.value, REMINDER.c.about == rows.c.about)
        found = select(
            *(rows.c.about, rows.c.ends_at, REMINDER.c.ends_at.label("told")),
            *(REMINDER.c.level, REMINDER.c.rings),
        ).select_from(rows.outerjoin(REMINDER, mine))
        for row in conn.execute(found.order_by(rows.c.ends_at, rows.c.about)).all():
            due = worst_due(rungs, row.ends_at, at=at)
            if due is None or (row.told == row.ends_at and due.level <= row.level):
                continue
            rings = (row.rings or 0) + 1
            yield Reminded(kind=kind, about=row.about, ends_at=row.ends_at, rung=due, rings=rings)


def any_due(conn: Connection, *, at: datetime) -> bool:
    """Whether anything is to ring by then."""
    return next(to_ring(conn, at=at), None) is not None


def ring(work: Transaction) -> list[Reminded]:
    """Ring for all that is due: at the nearest rung, and once, whoever else does the same."""
    work.hold_desk()
    rang = list(to_ring(work.conn, at=work.at))
    for one in rang:
        values = {
            "ends_at": one.ends_at,
            "level": one.rung.level,
            "raised_at": work.at,
            "rings": one.rings,
            **dict.fromkeys(_SEEN),
        }
        key = {"kind": one.kind.value, "about": one.about}
        if one.rings == 1:
            send(work.conn, insert_into(REMINDER), [key | values])
        else:
            _change(work, key, values)
        body = {**key, "level": one.rung.level, "ends_at": to_ms(one.ends_at)}
        work.record(Fact(name="reminded", body={**body, "severity": one.rung.severity}))
    return rang


def standing(scope: Scope, kind: str) -> Select[Any]:
    """What rang and still stands, of people whom the asker sees: the moment is as it was."""
    told = union_all(*(_about(one) for one in Reminder)).subquery("told")
    same = and_(
        REMINDER.c.kind == told.c.kind,
        REMINDER.c.about == told.c.about,
        REMINDER.c.ends_at == told.c.ends_at,
    )
    seen: ColumnElement[bool] = true()
    if scope.sites is not None:
        home = told.c.home_site_id
        seen = or_(home.is_(None), scoping.within(scope, home, kind))
    columns = (told.c.called, told.c.name, told.c.code)
    return select(*REMINDER.c, *columns).join(told, same).where(seen)


def acknowledge(
    work: Transaction,
    wanted: Collection[tuple[str, int]] | None = None,
    *,
    rings: int | None = None,
) -> tuple[str, ...]:
    """Silence some by kind and id, or all in sight; what those are about that rang.

    `ReminderRangAgain` for one that is named and rang more often than the asker has seen.
    """
    if wanted is not None and not wanted:
        return ()
    work.hold_desk()
    silenced = []
    for row in work.conn.execute(standing(work.who.scope, work.kind)).all():
        key = (row.kind, row.about)
        if row.acknowledged_at is not None or (wanted is not None and key not in wanted):
            continue
        if wanted is not None and rings is not None and row.rings > rings:
            raise ReminderRangAgain(what=f"{row.name}: {row.called}")
        names = {"kind": row.kind, "about": row.about}
        _change(work, names, dict(zip(_SEEN, (work.at, work.who.operator), strict=True)))
        work.record(Fact(name="reminder_seen", body={**names, "level": row.level}))
        silenced.append(f"{row.name}: {row.called}")
    return tuple(silenced)


def _change(work: Transaction, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    row = {f"k_{name}": value for name, value in key.items()}
    row |= {f"v_{name}": value for name, value in values.items()}
    send(work.conn, update_by(REMINDER, tuple(key), tuple(values)), [row])
