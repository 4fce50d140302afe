"""What the customer of an order was asked, and what he answered, as lines; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.words_heard import cause_said, figures_said, survey_said
from store.domain.surveys import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from console.looks import Parts
    from store.domain.order import WorkOrder


def heard_said(order: WorkOrder, when: Callable[[datetime], str]) -> Iterator[tuple[str, str]]:
    """Each line with its tone; none where nothing was asked yet."""
    if order.survey is None:
        return
    if order.rated_at is None:
        told = [survey_said(order.survey)]
        if order.survey == Survey.PLANNED and order.survey_by is not None:
            told = [_("to be asked by {when}").format(when=when(order.survey_by))]
        if order.survey_tries:
            told.append(_("not reached so far, tries: {count}").format(count=order.survey_tries))
        yield _(", ").join(told), "muted"
        return
    tone = "overdue" if order.bad_at is not None else ""
    figures = figures_said(order.csat, order.nps)
    yield _("{what}, answered {when}").format(what=figures, when=when(order.rated_at)), tone
    for text in order.said.splitlines():
        yield text, ""
    if order.bad_at is not None:
        cause = cause_said(order.cause) or _("cause missing")
        said = _("root cause: {cause}").format(cause=cause)
        yield said, "soon" if order.cause in {None, "unknown"} else ""
    if order.contained:
        yield _("done at once: {what}").format(what=order.contained), ""


def heard_lines(order: WorkOrder, when: Callable[[datetime], str]) -> Iterator[Parts]:
    """The same as a part of the order's card."""
    lines = list(heard_said(order, when))
    if lines:
        yield ((_("how content the customer is"), "heading"),)
        for text, tone in lines:
            yield ((text, tone),)
        yield ()
