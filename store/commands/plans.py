"""Plans for preventive work: saved, paused and resumed, ended, and called off for one date."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from store.commands.inputs import TITLE, line, needed, one_of, paragraph, whole
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.moves_desk import PRIORITIES
from store.domain.plan_form import read_day, read_lead, read_time
from store.domain.plan_refusals import NothingLeft
from store.domain.plan_rules import read_rule
from store.domain.plans import BASES, CLOSED, Basis, Closed, occurrences
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from store.persistence.plans import HeldPlan
    from store.persistence.work import Work

Ref = int | str

TIMES = frozenset(
    {"rule", "start_day", "of_day", "lead_s", "basis", "closed", "until_day", "site_id"}
    | {"calendar_id", "level_id", "customer_id"}
)
"""Columns of a plan that say when it comes; the others say what is to be done."""
_BEGINS = {"begin_at"}

_FAR = 400
"""How many dates ahead one may be called off: more than a year of daily rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePlan(Command):
    """A plan, made or by its id changed whole; places and names by id, code or name.

    A RuleRefused says what is wrong with the rule, NothingLeft that no date is left to come.
    """

    title: str
    rule: str
    """An RRULE or a short form, see `read_rule`."""
    start: str
    """The first day, as 2026-10-01, on the site's wall; so are the others."""
    time: str
    """As 09:00."""
    plan: int | None = None
    lead: str = ""
    """How long before it is due the order is made: 7d, 12h."""
    basis: str = Basis.SCHEDULED.value
    closed: str = Closed.NEXT.value
    until: str = ""
    """The last day that may come."""
    description: str = ""
    kind: str = ""
    priority: int = 3
    site: Ref | None = None
    customer: Ref | None = None
    asset: Ref | None = None
    level: Ref | None = None
    calendar: Ref | None = None
    """Whose closed days count; None for the calendar of its orders' service level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PausePlan(Command):
    """Make no orders of a plan until it is resumed."""

    plan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumePlan(Command):
    """Go on with a plan that was paused or ended; what was due meanwhile is not made."""

    plan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPlan(Command):
    """A plan is over; its orders stay."""

    plan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipOccurrence(Command):
    """Call off one date of a plan, the next unless told; or have it come after all."""

    plan: int
    day: str = ""
    """The day that the rule names, as 2026-10-01; empty for the next."""
    skipped: bool = True


def save_plan(work: Work, command: SavePlan) -> Done:
    """The plan as given, and when it comes next."""
    values, words = _times(command), _words(command)
    values |= words | _places(work, command)
    texts = dict(words)
    if command.plan is None:
        plan = work.add_plan({**values, "made": 0})
        changed = sorted(values)
        sides: dict[str, Any] = {"made": True}
    else:
        before = work.plan(command.plan).row
        plan = before.id
        changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
        if TIMES.intersection(changed):
            values["begin_at"] = work.at
        texts |= {f"{name}_before": getattr(before, name) for name in words if name in changed}
        sides = work.sides(
            before, {n: values[n] for n in (*changed, *_BEGINS & values.keys()) if n not in words}
        )
        work.change_plan(plan, **values)
    held = work.aim_plan(plan)
    _has_a_date(held)
    plain = {name: value for name, value in values.items() if name not in {*words, "begin_at"}}
    told = {name: text for name, text in texts.items() if text}
    work.tell_plan("plan_saved", plan, {"values": plain, "fields": changed, **sides}, told)
    return _done(held, N_("plan {plan} saved; it comes {comes} ({zone})"), N_("plan {plan} saved"))


def pause_plan(work: Work, command: PausePlan) -> Done:
    """The plan without a next date."""
    held = work.plan(command.plan)
    if held.row.ended_at is not None:
        raise _wrong(held, N_("it has ended"), N_("resume it first"))
    if held.row.paused_at is not None:
        raise _wrong(held, N_("it is paused already"), N_("resume it to go on"))
    return _stop(work, held, "plan_paused", N_("plan {plan} paused"), paused_at=work.at)


def end_plan(work: Work, command: EndPlan) -> Done:
    """The plan over."""
    held = work.plan(command.plan)
    if held.row.ended_at is not None:
        raise _wrong(held, N_("it has ended already"), N_("resume it to go on"))
    return _stop(work, held, "plan_ended", N_("plan {plan} ended"), ended_at=work.at)


def resume_plan(work: Work, command: ResumePlan) -> Done:
    """The plan as it goes on from now."""
    held = work.plan(command.plan)
    if held.row.paused_at is None and held.row.ended_at is None:
        raise _wrong(held, N_("it goes on already"), N_("pause or end it"))
    goes = {"paused_at": None, "ended_at": None, "begin_at": work.at}
    sides = work.sides(held.row, goes)
    work.change_plan(held.row.id, **goes)
    held = work.aim_plan(held.row.id)
    _has_a_date(held)
    work.tell_plan("plan_resumed", held.row.id, sides)
    return _done(
        held, N_("plan {plan} goes on; it comes {comes} ({zone})"), N_("plan {plan} goes on")
    )


def skip_occurrence(work: Work, command: SkipOccurrence) -> Done:
    """One date fewer, or one more."""
    held = work.plan(command.plan)
    if not command.day and (held.row.next_day is None or not command.skipped):
        raise _wrong(held, N_("no date was named"), N_("a day such as 2026-10-01"))
    day = read_day(command.day or held.row.next_day, N_("date"))
    change = work.call_off if command.skipped else work.call_on
    if command.skipped and not _comes_on(held, day):
        said = N_("it does not come on {day}").format(day=day.isoformat())
        raise _wrong(held, said, N_("name one of its dates to come"))
    if not change(held.row.id, day):
        said = N_("{day} is not called off").format(day=day.isoformat())
        raise _wrong(held, said, N_("look at the plan again"))
    held = work.aim_plan(held.row.id)
    fact = "plan_skipped" if command.skipped else "plan_unskipped"
    work.tell_plan(fact, held.row.id, {"day": day.isoformat(), "off": command.skipped})
    off, on = N_("plan {plan}: {day} is called off"), N_("plan {plan}: {day} comes after all")
    return Done(
        sentence=off if command.skipped else on,
        facts={"plan": held.row.id, "day": day.isoformat()},
    )


def _comes_on(held: HeldPlan, day: date) -> bool:
    coming = () if held.waits else islice(occurrences(held.timing), _FAR)
    return any(found.day == day for found in takewhile(lambda found: found.day <= day, coming))


def _times(command: SavePlan) -> dict[str, Any]:
    start = read_day(command.start, N_("start"))
    until = read_day(command.until, N_("until")) if command.until.strip() else None
    if until is not None and until < start:
        raise BadInput(
            where=N_("until"), wrong=until.isoformat(), right=N_("a day from the start on")
        )
    return {
        "rule": read_rule(command.rule).text,
        "start_day": start.isoformat(),
        "of_day": read_time(command.time, N_("time")),
        "lead_s": int(read_lead(command.lead, N_("made before")).total_seconds()),
        "basis": one_of(command.basis, BASES, N_("counted")),
        "closed": one_of(command.closed, CLOSED, N_("closed days")),
        "until_day": until and until.isoformat(),
    }


def _words(command: SavePlan) -> dict[str, str]:
    return {
        "title": needed(command.title, N_("title"), limit=TITLE),
        "description": paragraph(command.description, N_("description")),
        "kind": line(command.kind, N_("kind"), limit=60),
    }


def _places(work: Work, command: SavePlan) -> dict[str, int | None]:
    site = None if command.site is None else work.site(command.site).id
    asset = None if command.asset is None else work.asset(command.asset, site=site).id
    if asset is not None:
        site = work.entry_values("asset", asset)["site_id"]
    if not work.who.scope.covers(site):
        raise BadInput(
            where=N_("site"),
            wrong=N_("a plan outside your sites"),
            right=N_("name one of your sites"),
        )
    customer = None if command.customer is None else work.customer(command.customer).id
    return {
        "priority": whole(command.priority, min(PRIORITIES), max(PRIORITIES), N_("priority")),
        "site_id": site,
        "asset_id": asset,
        "customer_id": customer,
        "level_id": None if command.level is None else work.level(command.level).id,
        "calendar_id": None if command.calendar is None else work.calendar(command.calendar).id,
    }


def _stop(work: Work, held: HeldPlan, fact: str, sentence: str, **values: Any) -> Done:
    work.change_plan(held.row.id, **values)
    work.aim_plan(held.row.id)
    work.tell_plan(fact, held.row.id, work.sides(held.row, values))
    return Done(sentence=sentence, facts={"plan": held.row.id})


def _has_a_date(held: HeldPlan) -> None:
    """A plan that would never come again is a slip; one that is paused or waits may."""
    row = held.row
    stands = row.paused_at is not None or row.ended_at is not None
    if row.next_day is None and not held.waits and not stands:
        raise NothingLeft


def _done(held: HeldPlan, comes: str, saved: str) -> Done:
    """On the wall of its site, as lists and forms have it."""
    due, zone = held.row.due_at, held.timing.zone
    facts: dict[str, Any] = {"plan": held.row.id, "due_at": due, "zone": zone.key}
    if due is not None:
        facts["comes"] = f"{due.astimezone(zone):%Y-%m-%d %H:%M}"
    return Done(sentence=saved if due is None else comes, facts=facts)


def _wrong(held: HeldPlan, wrong: str, right: str) -> BadInput:
    where = N_("plan {plan}").format(plan=held.row.id)
    return BadInput(where=where, wrong=wrong, right=right)


PLANS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SavePlan: save_plan,
    PausePlan: pause_plan,
    ResumePlan: resume_plan,
    EndPlan: end_plan,
    SkipOccurrence: skip_occurrence,
}
"""What is done to plans."""
