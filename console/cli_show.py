"""`paidan show NUMBER`: everything about one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _, _n, coded
from console.outcomes import outcome_said, reason_said, tries_said
from store.domain.errors import OrderUnknown
from store.domain.reach import MOST

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.running import Running
    from store.queries.card import Card, ClockCard, TraceEntry


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "show",
        help=_("show everything about one order"),
        description=_("Show an order with its clocks, visits and journal."),
        epilog=examples("paidan show 417", "paidan show 417 --json"),
    )
    parser.add_argument(
        "number", type=whole, metavar="NUMBER", help=_("the order's number, as lists show it")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print the order."""
    from console.cli_plain import card_plain
    from store.queries.card import OrderCard, Trace

    with call.records() as records:
        who, at = call.who(records), call.at()
        if args.number > MOST:  # told as it was typed, not as a database can be asked for it
            raise OrderUnknown(number=args.number)
        card = records.ask(OrderCard(number=args.number), who=who, at=at)
        journal = records.ask(Trace(number=args.number, limit=100_000), who=who, at=at)
    if args.json:
        call.json(card_plain(card, journal))
        return 0
    for line in told(card, journal, at=at):
        call.print(line)
    return 0


def told(card: Card, journal: Sequence[TraceEntry], *, at: datetime) -> Iterator[str]:
    """Everything about an order, line by line."""
    from console.cli_table import local
    from console.render_family import duplicate_said, kin_said
    from console.render_files import file_said
    from console.render_heard import heard_said
    from console.render_inspected import inspected_line
    from console.render_progress import progress_lines
    from console.render_said import voice_line
    from console.words_projects import part_said

    order = card.order
    yield f"{order.number}  {order.title}"
    yield from _facts(card, at)
    if order.description:
        yield ""
        yield from order.description.splitlines()
    part = [] if card.project is None else [part_said(order, card.project)]
    for head, lines in (
        (_("Project"), part),
        (_("Clocks"), list(_clocks(card))),
        (_("Visits"), list(_visits(card))),
        (_("Under it"), [kin_said(kin) for kin in card.children]),
        (_("Linked"), [kin_said(kin) for kin in card.links]),
        (_("Asked for again"), [duplicate_said(one) for one in card.duplicates]),
        (_("Follow-ups"), list(_follow_ups(card))),
        (_("Steps"), ["".join(t for t, _tone in parts) for parts in progress_lines(order)]),
        (_("How content"), [text for text, _tone in heard_said(order, local)]),
        (_("Complaints and praise"), [voice_line(one, local) for one in card.voices]),
        (_("Inspections"), [inspected_line(one, local) for one in card.inspections]),
        (_("Files"), [file_said(file) for file in card.files]),
        (_("Journal"), list(_journal(card, journal))),
    ):
        if lines:
            yield ""
            yield head
            yield from (f"  {line}" for line in lines)


def _facts(card: Card, at: datetime) -> Iterator[str]:
    from console.cli_table import local
    from console.render_automatic import nominee_said
    from console.render_family import incident_said, kin_said
    from console.render_told import (
        appointment_said,
        crew_said,
        goes_said,
        promises_said,
        takes_said,
    )
    from store.domain.agreed import missed_for_it
    from store.domain.dispatch.things import parted, said
    from store.domain.lifecycle import STATES

    order = card.order
    late = _("overdue") if card.overdue else ""
    there = "" if card.site is None else card.site.zone
    meets, missed = (order.appointment_at, order.appointment_to), missed_for_it(order)
    times = _n("{count} time", "{count} times", order.chased).format(count=order.chased)
    for label, value in (
        (_("state"), _(STATES[order.state].label)),
        (_("why"), reason_said(order.reason or "")),
        (_("state since"), local(order.state_since)),
        (_("wakes"), local(order.wake_at)),
        (_("priority"), _("{priority}, of 1 (most urgent) to 4").format(priority=order.priority)),
        (_("technician"), goes_said(card)),
        (_("crew"), crew_said(card, None, at=at)),
        (_("appointment"), appointment_said(*meets, None, at=None, there=there)),
        (_("promise"), promises_said(missed, card.gives_way, None, at=at)),
        (_("takes"), takes_said(order.takes_s)),
        (_("locked by"), card.locked_by.name if card.locked_by else ""),
        (_("to begin at"), local(order.planned_at)),
        (_("followed by"), card.follower.name if card.follower else ""),
        (_("proposed"), nominee_said(card.nominee) if card.nominee else ""),
        (_("chased by the customer"), times if order.chased else ""),
        (_("major incident"), incident_said(card)),
        (_("goes on as"), kin_said(card.original) if card.original else ""),
        (_("under"), kin_said(card.parent) if card.parent else ""),
        (_("site"), f"{card.site.code} {card.site.name}" if card.site else ""),
        (_("customer"), _called(card.customer.name, card.customer.phone) if card.customer else ""),
        (_("who called"), _called(card.contact.name, card.contact.phone) if card.contact else ""),
        (_("asset"), f"{card.asset.code} {card.asset.name}" if card.asset else ""),
        (_("kind of work"), coded(card.kind, order.kind) if order.kind else ""),
        (_("tools and parts"), said(parted(order.needs))),
        (_("service level"), _(card.level.name) if card.level else ""),
        (_("opened"), local(order.opened_at)),
        (_("to be resolved by"), f"{local(card.due_at)} {late}".strip()),
        (_("closed"), local(order.closed_at)),
        (_("external id"), order.external_id or ""),
    ):
        if value:
            yield "  " + _("{what}: {about}").format(what=label, about=value)


def _called(name: str, phone: str) -> str:
    number = _("telephone {number}").format(number=phone) if phone else ""
    return _(", ").join(filter(None, (name, number)))


def _over(held: ClockCard) -> Iterator[str]:
    """What became of a clock that does not run any more."""
    from console.cli_table import local

    clock = held.clock
    if clock.met_at is not None:
        met = _("met late {at}") if held.overdue else _("met {at}")
        yield met.format(at=local(clock.met_at))
    elif not clock.running:
        yield _("no longer promised from {at} on").format(at=local(clock.ended_at))


def _runs(running: Running) -> str:
    """By which hours its clocks run, and when they go on."""
    from console.cli_table import local

    if running.always:
        return _("runs round the clock")
    if running.opens_at is None:
        return _("working hours")
    return _("stands still until {at}, working hours").format(at=local(running.opens_at))


def _clocks(card: Card) -> Iterator[str]:
    from console.cli_table import local
    from console.render_time import rest
    from console.render_told import clock_named, due_said

    if card.running is not None:
        yield _runs(card.running)
    for held in card.clocks:
        clock = held.clock
        told = [clock_named(clock)]
        if clock.due_at is not None:
            told.append(due_said(clock, local(clock.due_at)))
        if clock.original_due_at not in (None, clock.due_at):
            told.append(_("first promised {at}").format(at=local(clock.original_due_at)))
        told += _over(held)
        if held.paused:
            told.append(_("stands still while it waits"))
        if held.overdue and clock.met_at is None:
            told.append(_("overdue"))
        if held.remaining_s is not None and held.remaining_s >= 0:
            left = (
                _("{rest} left")
                if clock.calendar_version is None or clock.fixed_due_at is not None
                else _("{rest} of working time left")
            )
            told.append(left.format(rest=rest(held.remaining_s)))
        yield _(", ").join(told)


def _visits(card: Card) -> Iterator[str]:
    from console.cli_table import local
    from console.render_card import VISITS

    for visit in card.order.visits:
        named = card.technicians.get(visit.technician)
        who = coded(named.name, named.code) if named else str(visit.technician)
        steps = (
            (_("assigned {at}"), visit.assigned_at),
            (_("accepted {at}"), visit.accepted_at),
            (_("on the way {at}"), visit.departed_at),
            (_("arrived {at}"), visit.arrived_at),
            (_("over {at}"), visit.ended_at),
        )
        times = (said.format(at=local(at)) for said, at in steps if at is not None)
        why = reason_said(visit.outcome or "")
        told = (
            who,
            _(VISITS[visit.state]),
            *times,
            _("why: {reason}").format(reason=why) if why else "",
        )
        yield _(", ").join(filter(None, told))


def _follow_ups(card: Card) -> Iterator[str]:
    from console.cli_table import local

    for promised in card.follow_ups:
        done = promised.done_at and _("done {at}").format(at=local(promised.done_at))
        came = outcome_said(promised.outcome or "")
        told = (
            _("due {at}").format(at=local(promised.due_at)),
            _("about: {what}").format(what=promised.note) if promised.note else "",
            _("promised by {name}").format(name=promised.made_by) if promised.made_by else "",
            done or "",
            _("came of it: {what}").format(what=came) if came else "",
        )
        yield _(", ").join(filter(None, told))
    if tries := tries_said(card.follow_ups):
        yield tries


def _journal(card: Card, journal: Sequence[TraceEntry]) -> Iterator[str]:
    from console.cli_table import local
    from console.render_edits import Edits
    from console.render_fates import Fates
    from console.render_trace import door_said, given_words, told_fact, words_said

    fates, there = Fates(journal), "" if card.site is None else card.site.zone
    edits = Edits(journal, None, at=None, there=there)
    for entry in journal:
        fact = told_fact(entry, card.technicians, edits, fates)
        fact += fates.said(entry, local)
        who = entry.by_name or str(entry.by)
        by = _("by {who}, through: {door}").format(who=who, door=door_said(entry))
        words = words_said(entry) if entry.file_now else " | ".join(given_words(entry))
        said = _("said: {words}").format(words=words) if words else ""
        yield "  ".join(filter(None, (local(entry.at), fact, by, said)))
