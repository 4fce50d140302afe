"""Plans as rows of a list and as sentences, and the dates that a form foretells; pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.i18n import _, _n, coded
from console.looks import cut, packed
from console.render_card import when
from console.render_rule import gap_said, rule_said
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.plan_form import written_lead
from store.domain.plan_gaps import gaps, has_fifths
from store.domain.plan_refusals import RuleRefused
from store.domain.plan_rules import read_rule
from store.domain.plans import BASES, CLOSED, Basis, Closed
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from console.looks import Part, Parts
    from store.queries.plans import Coming, PlanDates, PlanLine


def plan_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="plan", title=_("plan"), width=4, align="right"),
        Column(name="next", title=_("due at site"), width=11, align="right", flexible=True),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="rule", title=_("comes"), width=20, flexible=True),
        Column(name="site", title=_("site"), width=12, flexible=True, since=90),
        Column(name="last", title=_("order"), width=7, align="right"),
        Column(name="made", title=_("made"), width=6, align="right", since=100),
    )


def plan_row(line: PlanLine, place: int, *, at: datetime) -> Row:
    """One plan, at its place in the list."""
    text, tone = next_said(line, at=at)
    cells = (
        str(line.id),
        Tinted(text, tone),
        line.title,
        comes(line),
        line.site_name or "",
        "" if line.last is None else f"#{line.last}",
        str(line.made),
    )
    return Row(key=line.id, version=hash(cells), mark=(place,), cells=cells)


def comes(line: PlanLine) -> str:
    """Its rule in words; as it lies there where it means nothing to this program."""
    try:
        start = date.fromisoformat(line.start)
        completed = line.basis == Basis.COMPLETION.value
        return rule_said(line.rule, start, line.of_day, from_completion=completed)
    except (RuleRefused, ValueError):
        return line.rule


def next_said(line: PlanLine, *, at: datetime) -> Part:
    """When it comes next on the site's wall, or why it does not."""
    stands = _standing(line)
    if stands is not None:
        return _(stands[0]), stands[1]
    return when(line.due_at, ZoneInfo(line.zone), at=at), "strong"


def standing_said(line: PlanLine) -> str | None:
    """Why it has no next date; None where it has one."""
    stands = _standing(line)
    return None if stands is None else _(stands[0])


def closed_said(closed: str) -> str:
    """What becomes of it on closed days."""
    return _(CLOSED[Closed(closed)]) if closed in CLOSED else closed


def _standing(line: PlanLine) -> Part | None:
    if line.trouble is not None:
        return N_("failed"), "overdue"
    if line.ended_at is not None:
        return N_("ended"), "faint"
    if line.paused_at is not None:
        return N_("paused"), "muted"
    if line.waits:
        return N_("waits"), "soon"
    return (N_("no more"), "faint") if line.due_at is None else None


def how_many(lines: Sequence[PlanLine]) -> Part:
    """How many go on, and how many stand."""
    if not lines:
        return _("no plan yet; n makes one"), "muted"
    going = sum(line.paused_at is None and line.ended_at is None for line in lines)
    said = _n("{count} plan goes on", "{count} plans go on", going).format(count=going)
    rest = len(lines) - going
    more = _n("{count} stands", "{count} stand", rest).format(count=rest)
    return (_(", ").join((said, more)) if rest else said), "strong"


def plan_told(line: PlanLine | None, *, at: datetime) -> tuple[Parts, ...]:
    """What the list has no room for, of the plan at hand."""
    return tuple(cut_line for cut_line in _told(line, at)) if line is not None else ()


def _told(line: PlanLine, at: datetime) -> Iterator[Parts]:
    where = (line.site_name, line.asset_name, line.customer_name)
    places = "  ".join(name for name in where if name)
    yield ((f" {line.title}  P{line.priority}", "strong"), (f"  {places}", "muted"))
    yield ((f" {comes(line)}", ""), (f"  {line.zone}", "muted"))
    yield ((f" {_(', ').join(_terms(line))}", "muted"),)
    if line.trouble is not None:
        yield ((f" {line.trouble}", "overdue"),)
    elif line.waits:
        said = _("the next date follows from when order #{number} is done")
        yield ((" " + said.format(number=line.last), "soon"),)
    elif moved := _moved(line, at):
        yield ((f" {moved}", "soon"),)
    elif line.called_off:
        yield ((" " + _("called off: {days}").format(days=_(", ").join(line.called_off)), "muted"),)


def _terms(line: PlanLine) -> Iterator[str]:
    yield _(BASES[Basis(line.basis)]) if line.basis in BASES else line.basis
    closed = closed_said(line.closed)
    yield coded(closed, _(line.hours_name)) if line.hours_name else closed
    if line.lead_s:
        yield _("made {lead} before").format(lead=written_lead(line.lead_s))
    if line.until:
        yield _("until {day}").format(day=line.until)


def _moved(line: PlanLine, at: datetime) -> str:
    if line.due_at is None or line.next_day is None:
        return ""
    wall = line.due_at.astimezone(ZoneInfo(line.zone))
    if wall.date().isoformat() == line.next_day:
        return ""
    due = when(line.due_at, wall.tzinfo, at=at)
    return _("{day} is closed: comes {when}").format(day=line.next_day, when=due)


def dates_told(
    found: PlanDates, *, of_day: int, start: date, basis: str, cells: int
) -> tuple[Parts, ...]:
    """The rule in words, and the next dates on the site's wall, on lines so wide."""
    completed = basis == Basis.COMPLETION.value
    said = rule_said(found.rule, start, of_day, from_completion=completed)
    head: Parts = ((said, "strong"), (f"  {found.zone}", "muted"))
    if found.waits:
        return (head, ((_("the next date follows from when its last order is done"), "soon"),))
    if not found.dates:
        return (head, ((_("no date is left to come"), "overdue"),))
    zone = ZoneInfo(found.zone)
    dates: Iterator[Parts] = (((f"{_date(one, zone)}  ", ""),) for one in found.dates)
    rows: list[Parts] = [head, *packed(dates, cells)]
    rows += [((line, "soon"),) for line in _passed_over(found, start, completed=completed)]
    if completed:
        rows.append(((_("those after the first if each is done on its day"), "muted"),))
    return tuple(rows)


def _date(one: Coming, zone: ZoneInfo) -> str:
    """Marked where closed days moved it."""
    wall = one.due_at.astimezone(zone)
    moved = "→" if one.due_day > one.day else "←" if one.due_day < one.day else ""
    return f"{moved}{wall:%Y-%m-%d} {_weekday(wall.weekday())}"


def _passed_over(found: PlanDates, start: date, *, completed: bool) -> Iterator[str]:
    """What nobody sees by the dates alone: days that are closed, or missing in a month."""
    moved = {
        one.due_day > one.day: one.day for one in reversed(found.dates) if one.due_day != one.day
    }
    for on, day in sorted(moved.items(), reverse=True):
        said = _("→ moved on: {day} is closed") if on else _("← moved back: {day} is closed")
        yield said.format(day=f"{day:%Y-%m-%d} {_weekday(day.weekday())}")
    rule = read_rule(found.rule)
    if completed and rule.plain:  # then the last day stands for one that is missing
        return
    for gap in gaps(rule, start):
        yield gap_said(gap)
    if has_fifths(rule):
        yield _("most months have no fifth one: nothing comes in them; “last” is in every month")


def _weekday(day: int) -> str:
    short = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return short[day]


def fitted(rows: Sequence[Parts], width: int) -> tuple[Parts, ...]:
    """Each on one line."""
    return tuple(cut(row, width) for row in rows)
