"""Limits of exceptions, and who stands in for whom: set by whoever administers operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.exceptions_agreed import MOST_MONEY
from store.commands.exceptions_asked import SetExceptionLimit, StandIn
from store.commands.inputs import between, instant, later, one_of, whole
from store.domain.errors import BadInput
from store.domain.exception_limits import Limit
from store.domain.exceptions import DEVIATIONS, Deviation
from store.domain.exceptions_said import bounds_said, holder_said, kind_label
from store.domain.intents import Done
from store.domain.replay import whole_ms
from store.domain.who import GIVEN, RIGHTS, SYSTEM_OPERATOR, Right, Role, require
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command
    from store.persistence.lookups import Entry
    from store.persistence.work import Work

MOST_COUNT = 100_000


def set_limit(work: Work, command: SetExceptionLimit) -> Done:
    """From now on; what was granted before stays granted."""
    kind = Deviation(one_of(command.kind, list(Deviation), N_("kind of exception")))
    role, name, operator = _holder(work, command)
    sized = bool(DEVIATIONS[kind].size)
    for size in (command.each, command.month):
        if size is not None and not sized:
            raise BadInput(
                where=N_("limit"), wrong=f"{size:g}", right=N_("only a count, for this kind")
            )
        if size is not None:
            between(size, 0, MOST_MONEY, N_("limit"))
    if command.count is not None:
        whole(command.count, 0, MOST_COUNT, N_("count a month"))
    limit = Limit(
        kind=kind.value,
        role=role,
        operator=operator,
        each=command.each,
        month=command.month,
        count=command.count,
    )
    work.put_limit(limit, drop=command.drop)
    facts = {"holder": holder_said(role, name), "kind": kind_label(kind)}
    if command.drop:
        return Done(sentence=N_("{holder} may grant no {kind} any more"), facts=facts)
    sentence = N_("{holder} may grant exceptions ({kind}): {bounds}")
    return Done(sentence=sentence, facts={**facts, "bounds": bounds_said(limit)})


def stand_in(work: Work, command: StandIn) -> Done:
    """For a named time; nobody approves his own by it."""
    operator = _in_whose_place(work, command)
    if command.delegate is None:
        work.end_delegates(operator.id)
        sentence = N_("nobody stands in for {name} any more")
        return Done(sentence=sentence, facts={"name": operator.name})
    delegate = _person(work, command.delegate)
    if delegate.id == operator.id:
        raise BadInput(
            where=N_("who stands in"), wrong=delegate.name, right=N_("name somebody else")
        )
    if command.until is None:
        raise BadInput(
            where=N_("until when"), wrong=N_("nothing was given"), right=N_("name a time")
        )
    since = whole_ms(work.at) if command.since is None else instant(command.since, N_("when"))
    until = later(command.until, N_("until when"), than=max(since, work.at))
    work.add_delegate(operator.id, delegate.id, since, until)
    facts = {"delegate": delegate.name, "name": operator.name, "until": until, "since": since}
    sentence = N_("{delegate} grants exceptions in the place of {name} from {since} until {until}")
    return Done(sentence=sentence, facts=facts)


def _holder(work: Work, command: SetExceptionLimit) -> tuple[str, str, int | None]:
    """The role, or the name and id of the person."""
    if bool(command.role) == (command.operator is not None):
        raise BadInput(
            where=N_("whose limit"),
            wrong=N_("neither a role nor a person, or both"),
            right=N_("name one of them"),
        )
    if command.role:
        roles = [role for role in GIVEN if Right.DISPATCH in RIGHTS[role]]
        return Role(one_of(command.role, roles, N_("role"))).value, "", None
    person = _person(work, command.operator)
    return "", person.name, person.id


def _in_whose_place(work: Work, command: StandIn) -> Entry:
    if command.operator in {None, ""}:
        return _person(work, work.who.operator)
    person = _person(work, command.operator)
    if person.id != work.who.operator:
        require(work.who, Right.ADMINISTER)
    return person


def _person(work: Work, ref: int | str | None) -> Entry:
    person = work.operator(ref or work.who.operator)
    if person.id == SYSTEM_OPERATOR:
        raise BadInput(where=N_("who"), wrong=person.name, right=N_("name a person"))
    return person


SETTING_LIMITS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SetExceptionLimit: set_limit,
    StandIn: stand_in,
}
