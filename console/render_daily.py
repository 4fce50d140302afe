"""How far running work is, and when the next note of it is owed; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from console.looks import Parts
    from store.domain.order import WorkOrder
    from store.queries.daily import DailyLine

HEADS: Final = (
    *(N_("no."), N_("about"), N_("site"), N_("technician"), N_("progress"), N_("last note")),
    N_("next note by"),
)


def daily_lines(order: WorkOrder, when: Callable[[datetime], str]) -> Iterator[Parts]:
    """A part of the order's card; none where nobody told how far it is, nor is asked."""
    told = []
    if order.progress is not None:
        told.append(_("progress: {percent} %").format(percent=order.progress))
    if order.noted_at is not None:
        told.append(_("last note {when}").format(when=when(order.noted_at)))
    missing = order.daily_rang is not None and (
        order.noted_at is None or order.noted_at < order.daily_rang
    )
    if missing and order.daily_rang is not None:
        told.append(_("no note of {when}").format(when=when(order.daily_rang)))
    elif order.daily_from is not None:
        told.append(_("a note is owed each working day"))
    if told:
        yield ((_(", ").join(told), "overdue" if missing else ""),)
        yield ()


def daily_cells(line: DailyLine, when: Callable[[datetime], str]) -> tuple[str, ...]:
    """One order as a row of a table."""
    due = when(line.due_at)
    return (
        *(f"#{line.number}", line.title, line.site or "", line.technician or ""),
        "" if line.progress is None else f"{line.progress} %",
        "" if line.noted_at is None else when(line.noted_at),
        _("missing, next {when}").format(when=due) if line.missing else due,
    )
