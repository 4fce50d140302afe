"""Orders: written down, corrected, raised or lowered in priority."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from store.commands.besides import with_nobody, with_promises
from store.commands.inputs import TITLE, line, needed, paragraph, past, things, whole
from store.commands.passing import made_in_passing
from store.commands.told_work import checked, crew, moment, takes_s
from store.domain.advance import edit, open_order, prioritise
from store.domain.agreed import gives_way, missed_for_it
from store.domain.callers import read_caller
from store.domain.dispatch.things import like_those, parted, said
from store.domain.errors import BadInput
from store.domain.incidents import MAYBE_MAJOR, declare
from store.domain.intents import Command, Done
from store.domain.links import link
from store.domain.moves_desk import PRIORITIES
from store.domain.order import WorkOrder
from store.domain.running import running
from store.domain.sop_steps import takes_another
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder(Command):
    """Write down what a customer asks for; site, customer and asset by id, code or name."""

    title: str
    priority: int = 3
    site: Ref | None = None
    customer: Ref | None = None
    asset: Ref | None = None
    kind: str = ""
    level: Ref | None = None
    """The service level; else the customer's, else the desk's."""
    description: str = ""
    opened_at: datetime | None = None
    """When the customer asked; clocks start here. None is now."""
    external_id: str | None = None
    source: str | None = None
    caller: str = ""
    """Who called: a name, a number, or both."""
    new_customer: str = ""
    """The name of a customer that is made with the order, where there is none called so."""
    new_site: str = ""
    """The same for a site, in the zone given."""
    zone: str = "UTC"
    returns: int | None = None
    """The order whose trouble has come back: the two are linked."""
    needs: str = ""
    """Tools and parts that it takes, a comma between them."""
    takes_s: int | None = None
    """How many seconds the work takes; None for what such work takes."""
    crew: int = 1
    """How many people it takes."""
    appointment_at: datetime | None = None
    """When the customer is promised that work begins; by `appointment_to`, where that is given."""
    appointment_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOrder(Command):
    """Correct some fields of an order; those not named stay."""

    number: int
    version: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    """title, description, kind, needs (tools and parts, a comma between them); site, customer,
    asset, level by id, code or name (or None); takes_s, crew, appointment_at, appointment_to as in
    `NewOrder`.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriority(Command):
    """Change an order's priority; promises are made anew from their start."""

    number: int
    priority: int
    version: int | None = None


def new_order(work: Work, command: NewOrder) -> Done:
    """One more order, with its clocks running."""
    priority = whole(command.priority, min(PRIORITIES), max(PRIORITIES), N_("priority"))
    source, external_id = _origin(work, command)
    site, asset = _place(work, command.site, command.asset)
    customer = work.customer(command.customer) if command.customer is not None else None
    level = work.level(command.level).id if command.level is not None else None
    level = level or (customer.level if customer else None) or work.default_level()
    now = work.at if command.opened_at is None else command.opened_at
    caller = read_caller(line(command.caller, N_("caller")))
    order = WorkOrder(
        number=0,
        source=source,
        external_id=external_id,
        title=needed(command.title, N_("title"), limit=TITLE),
        description=paragraph(command.description, N_("description")),
        kind=line(command.kind, N_("kind"), limit=60),
        needs=things(command.needs, N_("tools and parts")),
        takes_s=takes_s(command.takes_s),
        crew=crew(command.crew),
        appointment_at=moment(command.appointment_at),
        appointment_to=moment(command.appointment_to),
        priority=priority,
        state_since=work.at,
        site=site,
        customer=customer.id if customer else None,
        asset=asset,
        level=level,
        opened_at=past(now, N_("asked at"), now=work.at),
        created_at=work.at,
        progress_at=work.at,
    )
    order = made_in_passing(
        work,
        order,
        site=command.new_site,
        customer=command.new_customer,
        caller=caller,
        zone=command.zone,
    )
    meets = {"appointment_at": order.appointment_at, "appointment_to": order.appointment_to}
    checked(order, meets, now=work.at)
    before = None if command.returns is None else work.order(command.returns)
    ties = () if before is None else (before.number,)
    order = replace(order, contact=work.contact(caller, order.customer), links=ties)
    rules_of_level = work.rules_of(level)
    opened, facts = open_order(order, at=work.at, rules=rules_of_level)
    every = work.major_every_s(priority) if priority in MAYBE_MAJOR else None
    if every is not None:
        by = work.who.operator
        opened, more = declare(opened, every, rules=rules_of_level, at=work.at, by=by)
        facts = (*facts, *more)
    made = work.add(opened, *facts)
    if before is not None:
        rules, by = work.rules(before), work.who.operator
        after, told = link(before, made.number, rules=rules, at=work.at, by=by)
        work.save(before, after, *told)
    held = running(made.clocks, rules_of_level.hours, at=work.at)
    done = _written_down(made, before, None if held is None else held.opens_at)
    done = with_nobody(done, _nobody_carries(work, made.needs))
    return with_promises(done, missed_for_it(made), gives_way(made, rules_of_level))


def _written_down(made: WorkOrder, before: WorkOrder | None, starts: datetime | None) -> Done:
    """What is told of a new order: of which one it is a return, and when clocks start later."""
    facts: dict[str, Any] = {"number": made.number}
    sentence = N_("order {number} written down")
    if starts is not None:
        facts["when"] = starts
        sentence = N_("order {number} written down; clocks start at {when}, working hours")
    if before is None:
        return Done(sentence=sentence, facts=facts, numbers=(made.number,))
    facts["other"] = before.number
    sentence = N_("order {number} written down as a return of order {other}")
    if starts is not None:
        sentence = N_(
            "order {number} written down as a return of order {other};"
            " clocks start at {when}, working hours"
        )
    return Done(sentence=sentence, facts=facts, numbers=(made.number, before.number))


def edit_order(work: Work, command: EditOrder) -> Done:
    """The order with its corrections; a new service level makes the promises anew."""
    order = work.order(command.number, command.version)
    fields = _corrections(work, command.fields)
    checked(order, fields, now=work.at)
    rules = work.rules_of(fields["level"]) if "level" in fields else work.rules(order)
    after, facts = edit(order, fields, rules=rules, at=work.at, by=work.who.operator)
    if after.kind != order.kind and takes_another(after):
        after, led = work.led(after)
        facts = (*facts, *led)
    if facts:
        work.save(order, after, *facts)
    sentence, told = N_("order {number} edited"), _nobody_carries(work, fields.get("needs", ""))
    if told:
        sentence = N_("order {number} edited; nobody carries {things}")
    if told.get("carried"):
        sentence = N_("order {number} edited; nobody carries {things}; carried: {carried}")
    done = Done(sentence=sentence, facts={"number": order.number, **told}, numbers=(order.number,))
    if "appointment_at" not in fields:
        return done
    return with_promises(done, missed_for_it(after), gives_way(after, rules))


def _nobody_carries(work: Work, needs: str) -> dict[str, str]:
    """What an order takes that nobody has with him, and what may have been meant."""
    carried = work.carried() if needs else frozenset()
    missing = parted(needs) - carried
    return {"things": said(missing), "carried": like_those(missing, carried)} if missing else {}


def set_priority(work: Work, command: SetPriority) -> Done:
    """The order under another priority."""
    order = work.order(command.number, command.version)
    priority = whole(command.priority, min(PRIORITIES), max(PRIORITIES), N_("priority"))
    after, facts = prioritise(
        order, priority, rules=work.rules(order), at=work.at, by=work.who.operator
    )
    if facts:
        work.save(order, after, *facts)
    return Done(
        sentence=N_("order {number} now has priority {priority}"),
        facts={"number": order.number, "priority": command.priority},
        numbers=(order.number,),
    )


def _origin(work: Work, command: NewOrder) -> tuple[str | None, str | None]:
    source = line(command.source or "", N_("source"), limit=60) or None
    if command.external_id is None:
        return source, None
    external_id = needed(command.external_id, N_("external id"), limit=TITLE)
    source = source or "desk"
    number = work.imported(source, external_id)
    if number is not None:
        seen = number in work.orders([number])
        known = N_("{external_id} is already order {number}") if seen else N_("it is taken")
        raise BadInput(
            where=N_("external id"),
            wrong=known.format(external_id=external_id, number=number),
            right=N_("change that order instead") if seen else N_("give another"),
        )
    return source, external_id


def _place(work: Work, site: Ref | None, asset: Ref | None) -> tuple[int | None, int | None]:
    where = work.site(site).id if site is not None else None
    if asset is None:
        return where, None
    found = work.asset(asset, site=where).id
    return work.entry_values("asset", found)["site_id"], found


def _corrections(work: Work, given: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in given.items():
        read = _FIELDS.get(name)
        if read is None:
            raise BadInput(where=name, wrong=N_("cannot be edited"), right=", ".join(_FIELDS))
        fields[name] = read(work, value)
    return fields


def _ref(what: str) -> Any:
    return lambda work, value: None if value is None else work.find(what, value).id


_FIELDS: Mapping[str, Any] = {
    "title": lambda _work, value: needed(value, N_("title"), limit=TITLE),
    "description": lambda _work, value: paragraph(value, N_("description")),
    "kind": lambda _work, value: line(value, N_("kind"), limit=60),
    "needs": lambda _work, value: things(value, N_("tools and parts")),
    "site": _ref("site"),
    "customer": _ref("customer"),
    "asset": _ref("asset"),
    "level": _ref("level"),
    "takes_s": lambda _work, value: takes_s(value),
    "crew": lambda _work, value: crew(value),
    "appointment_at": lambda _work, value: moment(value),
    "appointment_to": lambda _work, value: moment(value),
}
