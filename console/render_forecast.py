"""What will be missed as rows, and what it was reckoned with; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render import APPOINTED
from console.render_time import at_least, in_days, span
from console.whens import coming, filled
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.forecast import Why
from store.domain.supply import FAR
from store.domain.targets import CLOCK_LABELS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from store.domain.forecast import Miss
    from store.queries.forecast import Foreseen, Outlook


_GONE: Final = (Why.NOBODY, Why.AWAY, Why.FULL)
_TOO_LONG: Final[Mapping[Why, str]] = {
    Why.LONG: N_("the usual work takes longer than is left"),
    Why.WAY: N_("the way there takes longer than is left"),
}


def forecast_columns() -> tuple[Column, ...]:
    """The columns, in the operator's language."""
    return (
        Column(name="priority", title=_("P"), width=2),
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="left", title=_("left"), width=6, align="right", clock=True),
        Column(name="clock", title=_("clock"), width=8),
        Column(name="there", title=_("there"), width=8, align="right", since=90),
        Column(name="late", title=_("late by"), width=7, align="right"),
        Column(name="why", title=_("why"), width=38, flexible=True),
        Column(name="title", title=_("title"), width=14, flexible=True, since=90),
        Column(name="site", title=_("site"), width=10, flexible=True, since=110),
    )


def forecast_row(found: Foreseen, place: int, zone: tzinfo | None, *, at: datetime) -> Row:
    """One order that will miss a promise."""
    miss, said = found.miss, why(found, zone, at=at)
    cells = (
        f"P{miss.priority}",
        str(miss.number),
        _(APPOINTED) if miss.appointed else _(CLOCK_LABELS[miss.clock]),
        there_said(found, zone, at=at),
        late_by(found),
        Tinted(said, "soon") if miss.why in _GONE else said,
        found.title,
        found.site_name or "",
    )
    return Row(
        key=miss.number,
        version=hash((cells, miss.due_at)),
        mark=(place,),
        cells=cells,
        due_at=miss.due_at,
    )


def there_said(found: Foreseen, zone: tzinfo | None, *, at: datetime) -> str:
    """When somebody is there; a sign where nobody comes."""
    reached = found.miss.reached_at
    return "-" if reached >= FAR else in_days(reached, zone, at=at)


def late_by(found: Foreseen) -> str:
    """How late the promise will be kept; a sign where nobody comes."""
    return "-" if found.miss.reached_at >= FAR else at_least(found.miss.late)


def why(found: Foreseen, zone: tzinfo | None, *, at: datetime) -> str:
    """What keeps it from being reached in time."""
    miss = found.miss
    who, work = found.technician_name or found.technician_code or "", span(miss.work_before)
    if miss.from_at is not None:
        said = _("it is not to begin before {time}")
        if miss.why is Why.APPOINTMENT:
            said = _("its appointment is {time}")
        return said.format(time=coming(miss.from_at, zone, at=at))
    if miss.away is not None or miss.why is Why.FULL:
        gone = _("{name} has no time for it in the coming two days").format(name=who)
        if miss.away is not None:
            rule = filled(miss.away.sentence, miss.away.facts, zone, at=at)
            gone = _("{name} {rule}").format(name=who, rule=rule)
        return _("; ").join((gone, *_before(miss)))
    if miss.why is Why.NOBODY:
        return _("{name} is not there in time").format(name=who) if who else _("nobody is there")
    if miss.why in _TOO_LONG:
        return _(_TOO_LONG[miss.why])
    if miss.why is Why.BUSY:
        said = _n(
            "{name} has {count} order before it ({work})",
            "{name} has {count} orders before it ({work})",
            miss.before,
        )
        return said.format(name=who, count=miss.before, work=work)
    said = _n(
        "nobody has it; {count} order before it ({work})",
        "nobody has it; {count} orders before it ({work})",
        miss.before,
    )
    return said.format(count=miss.before, work=work)


def _before(miss: Miss) -> Iterator[str]:
    """What he has to do before it, too."""
    if miss.before:
        said = _n(
            "{count} order before it ({work})", "{count} orders before it ({work})", miss.before
        )
        yield said.format(count=miss.before, work=span(miss.work_before))


def outlook_said(outlook: Outlook, zone: tzinfo | None, *, at: datetime) -> tuple[str, str]:
    """How many will be missed by when, and its tone."""
    until = coming(outlook.until, zone, at=at)
    if not outlook.total:
        said = _("by {time} nothing more will be missed at this load")
        return said.format(time=until), "good"
    said = _n(
        "by {time}, {count} order will miss a promise",
        "by {time}, {count} orders will miss a promise",
        outlook.total,
    )
    return said.format(time=until, count=outlook.total), "overdue"


def load_said(outlook: Outlook) -> str:
    """What it was reckoned with."""
    said = _("open orders: {orders}, technicians there: {people}")
    if outlook.later:
        said = _("open orders: {orders}, technicians there: {people}, coming later: {later}")
    return said.format(orders=outlook.orders, people=outlook.people, later=outlook.later)
