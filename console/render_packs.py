"""Packs in a list, and each as a page: figures as they were, words as they are now; pure."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.figure_words import label_said, value_said, was_said
from console.i18n import _, _n
from console.page import Section
from console.render_card import when
from console.render_day import day_sections
from console.report_review import sections, title
from console.report_voices import voices_from
from console.widgets.columns import Column
from console.widgets.window import Row
from console.words_corrective import stage_said
from console.words_heard import cause_said
from console.words_packs import instant, kind_said, order_named, wall
from store.domain.corrective import Stage
from store.domain.packs import PackKind
from store.packing import figures_from
from store.queries.packs import BaselineLine
from store.queries.period_json import period_from
from store.queries.review import CauseLine, PromiseLine, ReviewLists, RevisitSums, WorstLine
from store.reviewing import Pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from console.looks import Part
    from store.queries.kpi import Figure
    from store.queries.packs import PackLine, PackShown


def pack_columns() -> tuple[Column, ...]:
    """What is told of a pack."""
    return (
        Column(name="kind", title=_("pack"), width=22, flexible=True),
        Column(name="period", title=_("period"), width=10),
        Column(name="due", title=_("due"), width=14, since=70),
        Column(name="written", title=_("written"), width=14),
        Column(name="digest", title=_("digest"), width=12, since=100),
    )


def pack_row(line: PackLine, place: int, *, at: datetime, zone: tzinfo | None) -> Row:
    """One of them."""
    cells = (
        kind_said(line.kind),
        line.period,
        when(line.due_at, zone, at=at),
        when(line.written_at, zone, at=at),
        line.digest[:12],
    )
    return Row(key=line.id, version=hash(cells), mark=(place,), cells=cells)


def packs_heading(lines: Sequence[PackLine]) -> Part:
    """How many there are."""
    said = _n("{count} pack", "{count} packs", len(lines))
    return said.format(count=len(lines)), "strong"


def pack_title(line: PackLine) -> str:
    """Of the page."""
    if line.kind == PackKind.MONTHLY:
        return title(_bare(line))
    return f"{kind_said(line.kind)} {line.period}"


def _bare(line: PackLine) -> Any:
    from types import SimpleNamespace

    return SimpleNamespace(first=line.first, customer="")


def pack_sections(
    shown: PackShown, changed: Mapping[str, Figure] | None = None, *, whole: bool = False
) -> list[Section]:
    """Every part of the page; `changed` are the same figures as they are reckoned now.

    Of a day only what matters, unless it is to be the `whole` of it.
    """
    line, told = shown.line, json.loads(shown.line.content)
    zone = zone_of(line)
    parts = [Section(heading="", said=tuple(_about(line, told, zone)))]
    if line.kind == PackKind.DAILY:
        parts += day_sections(shown, told, zone, whole=whole)
    elif line.kind == PackKind.WEEKLY:
        parts += _weekly(shown, told, zone)
    elif line.kind == PackKind.MONTHLY:
        plan = _actions(shown, told["actions"], zone, line.due_at, _("Improvement plan"))
        review = _review(shown, told)
        parts += sections(review, at=line.due_at, zone=zone, plan=plan)
    if changed is not None:
        parts.append(_since(told, changed))
    return parts


def zone_of(line: PackLine) -> tzinfo:
    """Where the days of a pack begin."""
    try:
        return ZoneInfo(line.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _about(line: PackLine, told: Mapping[str, Any], zone: tzinfo) -> Iterator[str]:
    if "since" in told:
        since, due = wall(instant(told["since"]), zone), wall(line.due_at, zone)
        yield _("All that came from {since} to {due}.").format(since=since, due=due)
    said = _("Figures as of {due}, written {written} and not changed since; days are of {zone}.")
    yield said.format(
        due=wall(line.due_at, zone), written=wall(line.written_at, zone), zone=line.zone
    )


def _weekly(shown: PackShown, told: Mapping[str, Any], zone: tzinfo) -> Iterator[Section]:
    owners: dict[str, list[dict[str, Any]]] = {}
    for one in told["actions"]:
        owners.setdefault(one["owner"], []).append(one)
    at = shown.line.due_at
    if not owners:
        yield Section(heading="", said=(_("No action is open."),))
    for owner in sorted(owners):
        yield _actions(shown, owners[owner], zone, at, owner)


def _actions(
    shown: PackShown,
    actions: Sequence[Mapping[str, Any]],
    zone: tzinfo,
    at: datetime,
    heading: str,
) -> Section:
    heads = (
        *(_("action no."), _("problem"), _("root cause"), _("stage"), _("owner")),
        *(_("open for"), _("due")),
    )
    rows = tuple(
        (
            *(str(one["id"]), shown.problems.get(one["id"], "–"), cause_said(one["cause"])),
            *(_stage(one["stage"]), one["owner"], _days(at - instant(one["opened"]))),
            _due(one["due"], at, zone),
        )
        for one in actions
    )
    said = () if rows else (_("No action is open."),)
    return Section(heading=heading, said=said, heads=heads if rows else (), rows=rows)


def _stage(stage: str) -> str:
    return stage_said(Stage(stage)) if stage in set(Stage) else stage


def _days(age: Any) -> str:
    return _("{count} d").format(count=max(0, age.days))


def _due(due: str | None, at: datetime, zone: tzinfo) -> str:
    if due is None:
        return "–"
    day = instant(due).astimezone(zone).strftime("%Y-%m-%d")
    late = at - instant(due)
    if late.total_seconds() <= 0:
        return day
    return _("{day}, overdue for {days}").format(day=day, days=_days(late))


def _review(shown: PackShown, told: Mapping[str, Any]) -> Pack:
    """The month as it was written, with what its orders are called now."""
    line, baseline = shown.line, told["baseline"]
    worst = [
        WorstLine(
            number=number,
            title=order_named(shown, number)[1],
            site=shown.orders[number].site if number in shown.orders else None,
            customer=shown.orders[number].customer if number in shown.orders else None,
            opened_at=instant(opened),
            done_at=None if done is None else instant(done),
            late_s=late,
            chased=chased,
            reopened=reopened,
        )
        for number, opened, done, late, chased, reopened in told["worst"]
    ]
    planned, held, missed, refused = told["revisits"]
    return Pack(
        first=line.first,
        against=date.fromisoformat(told["against"]),
        zone=line.zone,
        customer="",
        now=figures_from(told["figures"]),
        before=figures_from(told["before"]),
        kinds=(told["kinds"][0], told["kinds"][1]),
        crew=(told["crew"][0], told["crew"][1]),
        year={month: figures_from(one, month) for month, one in told["year"].items()},
        lists=ReviewLists(
            worst=tuple(worst),
            promises=tuple(
                PromiseLine(kind=kind, due=due, missed=late) for kind, due, late in told["promises"]
            ),
            causes=tuple(CauseLine(cause=cause, answers=n) for cause, n in told["causes"]),
            revisits=RevisitSums(planned=planned, held=held, missed=missed, refused=refused),
            **voices_from(told),
        ),
        plan=(),
        owed=False,
        sure=None if told["sure"] is None else period_from(told["sure"]),
        baseline=None if baseline is None else _baseline(baseline),
    )


def _baseline(told: Mapping[str, Any]) -> BaselineLine:
    period = period_from(told)
    return BaselineLine(
        id=told["id"],
        name=told["name"],
        first=period.first,
        last=period.last,
        zone=period.zone,
        frozen_at=instant(told["frozen_at"]),
        frozen_by=told["frozen_by"],
        active=True,
        period=period,
    )


def since_changed(
    told: Mapping[str, Any], now: Mapping[str, Figure]
) -> list[tuple[Figure, Figure]]:
    """Figures that are not what was written any more, each as written and as it is now."""
    written = figures_from(told.get("figures", {}))
    return [
        (one, now[name])
        for name, one in written.items()
        if name in now and (one.value, one.n) != (now[name].value, now[name].n)
    ]


def _since(told: Mapping[str, Any], now: Mapping[str, Figure]) -> Section:
    rows = tuple(
        (label_said(was), value_said(was), str(was.n), was_said(was, one), str(one.n))
        for was, one in since_changed(told, now)
    )
    heads = (_("indicator"), _("as written"), "n", _("now"), "n")
    said = () if rows else (_("Every figure is still what was written."),)
    return Section(heading=_("Changed since"), said=said, heads=heads if rows else (), rows=rows)
