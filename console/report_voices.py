"""Complaints, praise and inspections as parts of the review of a month; pure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.figure_words import span_said, value_said
from console.i18n import _, _n
from console.page import Section
from console.words_voices import about_named
from console.workbook import Sheet
from store.domain.kpi.table import KPIS
from store.queries.review import AboutLine, ComplaintLine, InspectedLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from store.queries.review import ReviewLists
    from store.reviewing import Pack

_SAID = ("complaints_received", "complaints_answered_in_time", "praise_received")
_LOOKED = ("inspection_score", "inspection_findings")


def voices_sections(pack: Pack, zone: tzinfo) -> tuple[Section, ...]:
    """What was said without being asked, and what inspections found; of an old pack nothing."""
    lists = pack.lists
    if lists.about is None or lists.complaints is None or lists.inspected is None:
        return ()
    heads = (_("about"), _("complaints"))
    rows = tuple((about_named(one.about), str(one.complaints)) for one in lists.about)
    none = _("Nobody complained.")
    told = (_figures(pack, _SAID), *(() if rows else (none,)))
    found = [
        Section(
            heading=_("Complaints and praise"),
            said=tuple(filter(None, told)),
            heads=heads if rows else (),
            rows=rows,
        )
    ]
    if lists.complaints:
        found.append(_latest(lists.complaints, zone))
    found.append(_inspections(pack, lists.inspected, zone))
    return tuple(found)


def _figures(pack: Pack, names: tuple[str, ...]) -> str:
    """Each with of how many it is."""
    told = []
    for name in names:
        one = pack.now.get(name)
        if one is not None and one.n:
            said = _("{label}: {value} (n = {n})")
            told.append(said.format(label=_(KPIS[name].label), value=value_said(one), n=one.n))
    return _("; ").join(told)


def _latest(lines: tuple[ComplaintLine, ...], zone: tzinfo) -> Section:
    heads = (_("compl. no."), "#", _("about"), _("received"), _("answered"), _("late by"))
    rows = tuple(
        (
            *(str(one.id), "–" if one.number is None else str(one.number), about_named(one.about)),
            _day(one.received_at, zone),
            _("not yet") if one.answered_at is None else _day(one.answered_at, zone),
            span_said(one.late_s),
        )
        for one in lines
    )
    return Section(
        heading=_("Complaints answered late"),
        said=(_("Longest past the promise to answer; not answered yet counts up to now."),),
        heads=heads,
        rows=rows,
    )


def _inspections(pack: Pack, lines: tuple[InspectedLine, ...], zone: tzinfo) -> Section:
    heads = (_("insp. no."), "#", _("scored"), _("score"), _("led to an action"))
    rows = tuple(
        (
            *(str(one.id), str(one.number), _day(one.scored_at, zone)),
            *(f"{100 * one.score:.1f} %", _("yes") if one.acted else "–"),
        )
        for one in lines
    )
    count = pack.now["inspection_score"].n if "inspection_score" in pack.now else 0
    told = _figures(pack, _LOOKED) if count else _("No order was inspected.")
    lowest = _n("The lowest score:", "The {count} lowest scores:", len(rows))
    return Section(
        heading=_("Inspections"),
        said=(told, *((lowest.format(count=len(rows)),) if rows else ())),
        heads=heads if rows else (),
        rows=rows,
    )


def _day(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def voices_sheets(lists: ReviewLists, zone: tzinfo) -> Iterator[Sheet]:
    """The same as sheets: numbers are numbers there."""
    yield Sheet(
        name=_("Complaints and praise"),
        heads=(_("about"), _("complaints")),
        rows=[(about_named(one.about), one.complaints) for one in lists.about or ()],
    )
    yield Sheet(
        name=_("Complaints answered late"),
        heads=(*(_("compl. no."), "#", _("about"), _("received"), _("answered")), _("late by, s")),
        rows=[
            (
                *(one.id, one.number, about_named(one.about), _day(one.received_at, zone)),
                *("" if one.answered_at is None else _day(one.answered_at, zone), one.late_s),
            )
            for one in lists.complaints or ()
        ],
    )
    yield Sheet(
        name=_("Inspections"),
        heads=(_("insp. no."), "#", _("scored"), _("score"), _("led to an action")),
        rows=[
            (
                *(one.id, one.number, _day(one.scored_at, zone), one.score),
                _("yes") if one.acted else "",
            )
            for one in lists.inspected or ()
        ],
    )


def plain_voices(lists: ReviewLists) -> dict[str, Any]:
    """As JSON tells it."""
    if lists.about is None or lists.complaints is None or lists.inspected is None:
        return {}
    return {
        "about": [asdict(one) for one in lists.about],
        "complaints": [_plain(asdict(one)) for one in lists.complaints],
        "inspected": [_plain(asdict(one)) for one in lists.inspected],
    }


def _plain(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in one.items()
    }


def voices_from(told: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of a pack as it was written; of one that has none, nothing."""
    if not {"about", "complaints", "inspected"} <= told.keys():
        return {}
    at = datetime.fromisoformat
    return {
        "about": tuple(AboutLine(about=what, complaints=count) for what, count in told["about"]),
        "complaints": tuple(
            ComplaintLine(
                id=voice,
                number=number,
                about=what,
                received_at=at(received),
                answered_at=None if answered is None else at(answered),
                late_s=late,
            )
            for voice, number, what, received, answered, late in told["complaints"]
        ),
        "inspected": tuple(
            InspectedLine(
                id=inspection, number=number, score=score, scored_at=at(scored), acted=acted
            )
            for inspection, number, score, scored, acted in told["inspected"]
        ),
    }
