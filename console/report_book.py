"""The review of a month as sheets of a spreadsheet: numbers are numbers there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.figure_sheets import definitions, figure_sheet
from console.figure_words import label_said
from console.i18n import _
from console.render_change import change_said
from console.report_plan import plan_sheet
from console.report_voices import voices_sheets
from console.words_heard import cause_said
from console.workbook import Sheet
from store.domain.causes import NOT_LOOKED_FOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from console.page import Section
    from store.reviewing import Pack


def review_sheets(
    pack: Pack, title: str, parts: Sequence[Section], *, zone: tzinfo
) -> Iterator[Sheet]:
    """The outcomes with what they are told with, then the months, and every list of the review."""
    from console.report_review import PROMISES

    months = f"{pack.first:%Y-%m}", f"{pack.against:%Y-%m}"
    yield Sheet(
        name=_("Outcomes"),
        said=(title, *parts[0].said),
        heads=("name", _("indicator"), months[0], "n", months[1], "n", _("change"), "unit"),
        rows=[
            (
                *(name, label_said(now), now.value, now.n),
                *(pack.before[name].value, pack.before[name].n),
                *(change_said(now, pack.before[name]), now.unit),
            )
            for name, now in pack.now.items()
        ],
    )
    yield figure_sheet([one for told in pack.year.values() for one in told.values()])
    yield Sheet(
        name=_("Promises missed"),
        heads=(_("promise"), _("due in the month"), _("missed")),
        rows=[(_(PROMISES[line.kind]), line.due, line.missed) for line in pack.lists.promises],
    )
    yield Sheet(
        name=_("The worst orders"),
        heads=(
            "#",
            _("order"),
            _("site"),
            _("customer"),
            _("opened"),
            _("late by, s"),
            _("chased"),
        ),
        rows=[
            (
                *(line.number, line.title, line.site, pack.customer or line.customer),
                line.opened_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
                *(line.late_s, line.chased),
            )
            for line in pack.lists.worst
        ],
    )
    yield Sheet(
        name=_("Causes of bad answers"),
        heads=(_("cause"), _("answers")),
        rows=[
            (cause_said(line.cause) or _(NOT_LOOKED_FOR), line.answers)
            for line in pack.lists.causes
        ],
    )
    yield from voices_sheets(pack.lists, zone)
    yield plan_sheet(next(one for one in parts if one.heading == _("Improvement plan")))
    yield definitions(tuple(pack.now))
