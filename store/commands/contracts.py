"""Contracts of customers: the term and level that are promised, and whether they go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from store.commands.inputs import LONG, one_of, paragraph
from store.commands.places import zone
from store.domain.contract_versions import NOT_SEEN, ContractChanged, FollowedOn, version_of
from store.domain.contracts import OUTCOMES, Outcome, Term
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.plan_form import read_day
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.persistence.statements import Values
    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveContract(Command):
    """A customer's contract by its first day, made or changed; what is None stays as it is.

    Without a first day the newest is meant. While it runs its level is that of his new orders.
    """

    customer: Ref
    first: str | None = None
    """A day, as 2026-01-01."""
    last: str | None = None
    """The last day that it holds."""
    level: Ref | None = None
    """Empty where the customer's own holds, or the desk's."""
    renew: str | None = None
    """By which day it is to be known whether it goes on; of a new one the last."""
    zone: str | None = None
    """Whose days these are, an IANA name."""
    usual_zone: str = "UTC"
    """The same of a new one that is given none."""
    version: str | None = None
    """That which the asker saw of one that is there: else `ContractChanged`; None not to mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRenewal(Command):
    """What became of the renewal of a contract: renewed, lost, or open again."""

    customer: Ref
    outcome: str
    first: str | None = None
    """The first day of the contract that is meant; else the newest that has begun."""
    until: str | None = None
    """Of one that is renewed: the last day of the contract that follows on it."""
    words: str = ""
    """What the customer said."""
    version: str | None = None
    """As that of `SaveContract`."""


def save_contract(work: Work, command: SaveContract) -> Done:
    """The contract as given; no two of a customer hold at the same moment."""
    customer = work.customer(command.customer)
    held = work.contracts(customer.id)
    stored = _meant(held, command.first)
    if stored is None and (command.first is None or command.last is None):
        raise BadInput(
            where=N_("contract"),
            wrong=N_("a new one has a first day and a last day"),
            right=N_("write both, such as 2026-01-01 and 2026-12-31"),
        )
    term = _term(command, stored)
    _check_apart(term, [one for one in held if one is not stored])
    values: dict[str, Any] = _values(term)
    if command.level is not None:
        values["level_id"] = work.level(command.level).id if command.level != "" else None
    renew = None if command.renew is None else read_day(command.renew, N_("renewal"))
    last = term.last.isoformat()
    as_before = stored is not None and (stored["renew_day"], stored["last_day"]) == (
        command.renew,
        last,
    )
    if renew is not None and renew > term.last and not as_before:
        raise BadInput(
            where=N_("renewal"),
            wrong=N_("{renew} is after the contract has ended").format(renew=renew),
            right=N_("give a day up to the last, {last}").format(last=term.last),
        )
    moved = stored is None or stored["renew_day"] == stored["last_day"]
    if moved or (stored is not None and stored["renew_day"] > last):
        values["renew_day"] = last
    if renew is not None:
        values["renew_day"] = renew.isoformat()
    if stored is not None and any(stored[name] != value for name, value in values.items()):
        _check_seen(work, customer.code, stored, command.version)
    usual = {"outcome": Outcome.OPEN.value, "words": "", "level_id": None}
    key = {"customer_id": customer.id, "first_day": term.first.isoformat()}
    _entry, made = work.settle("contract", key, values, usual)
    sentence = (
        N_("contract of {code} from {first} to {last} saved")
        if made
        else N_("contract of {code} from {first} to {last} changed")
    )
    return Done(sentence=sentence, facts=_facts(customer.code, term))


def decide_renewal(work: Work, command: DecideRenewal) -> Done:
    """The outcome with who told it and when; a renewed contract may be followed by the next."""
    customer = work.customer(command.customer)
    outcome = one_of(command.outcome, [one.value for one in Outcome], N_("renewal"))
    held = work.contracts(customer.id)
    begun = [one for one in held if one["starts_at"] <= work.at]
    stored = _meant(held if command.first is not None else begun, command.first)
    if stored is None:
        raise BadInput(
            where=N_("contract"),
            wrong=N_("{code} has none that has begun").format(code=customer.code),
            right=N_("name its first day, or make it first"),
        )
    if command.until is not None and outcome != Outcome.RENEWED:
        raise BadInput(
            where=N_("renewal"),
            wrong=N_("only a contract that is renewed goes on"),
            right=N_("leave the day out"),
        )
    if _is_told_so(stored, command):
        values: dict[str, Any] = {}
    else:
        if stored["outcome"] != Outcome.OPEN:
            _check_seen(work, customer.code, stored, command.version)
        values = _decided(work, outcome, command.words)
    key = {"customer_id": customer.id, "first_day": stored["first_day"]}
    work.settle("contract", key, values, {})
    following = _following(held, stored) if values else None
    if command.until is not None:
        first = date.fromisoformat(stored["last_day"]) + timedelta(days=1)
        after = SaveContract(
            customer=customer.id,
            first=first.isoformat(),
            last=command.until,
            level="" if stored["level_id"] is None else stored["level_id"],
            zone=stored["zone"],
            version=None if command.version is None else NOT_SEEN,
        )
        return save_contract(work, after)
    said = OUTCOMES[Outcome(outcome)]
    facts = {"code": customer.code, "last": stored["last_day"], "outcome": said}
    sentence = N_("contract of {code} up to {last}: {outcome}")
    if outcome == Outcome.LOST and following is not None:
        _take_away(work, customer.code, following, held)
        facts["first"] = following["first_day"]
        sentence = N_(
            "contract of {code} up to {last}: {outcome}; the one from {first} on is taken away"
        )
    return Done(sentence=sentence, facts=facts)


def _is_told_so(stored: Values, command: DecideRenewal) -> bool:
    """Whether somebody told the same before: his it stays."""
    words = paragraph(command.words, N_("words"), limit=LONG)
    return stored["outcome"] == command.outcome and words in {"", stored["words"]}


def _decided(work: Work, outcome: str, words: str) -> dict[str, Any]:
    is_open = outcome == Outcome.OPEN
    return {
        "outcome": outcome,
        "decided_at": None if is_open else work.at,
        "decided_by": None if is_open else work.who.operator,
        "words": paragraph(words, N_("words"), limit=LONG),
    }


def _following(held: Sequence[Values], stored: Values) -> Values | None:
    """The contract that begins as this one ends."""
    first = date.fromisoformat(stored["last_day"]) + timedelta(days=1)
    return next((one for one in held if one["first_day"] == first.isoformat()), None)


def _take_away(work: Work, code: str, contract: Values, held: Sequence[Values]) -> None:
    """One that nobody counts on yet; `FollowedOn` for another."""
    begun = contract["starts_at"] <= work.at or contract["outcome"] != Outcome.OPEN
    if begun or _following(held, contract) is not None:
        raise FollowedOn(code=code, first=contract["first_day"], last=contract["last_day"])
    work.drop("contract", contract["id"])


def _check_seen(work: Work, code: str, stored: Values, version: str | None) -> None:
    """`ContractChanged` unless the asker saw it as it stands, or told it so himself."""
    if version is None or version == version_of(stored):
        return
    at, by = work.contract_told(stored["id"])
    if version == NOT_SEEN and by == work.who.operator:
        return
    raise ContractChanged(
        code=code,
        first=stored["first_day"],
        last=stored["last_day"],
        renew=stored["renew_day"],
        outcome=OUTCOMES[Outcome(stored["outcome"])],
        version=version_of(stored),
        by=work.name_of(by),
        changed_at=at,
    )


def _meant(held: Sequence[Values], first: str | None) -> Values | None:
    """The one that begins on that day, else the newest."""
    if first is None:
        return held[-1] if held else None
    day = read_day(first, N_("first day")).isoformat()
    return next((one for one in held if one["first_day"] == day), None)


def _term(command: SaveContract, stored: Values | None) -> Term:
    first = command.first if stored is None else stored["first_day"]
    last = command.last if command.last is not None or stored is None else stored["last_day"]
    usual = command.usual_zone if stored is None else stored["zone"]
    term = Term(
        first=read_day(first or "", N_("first day")),
        last=read_day(last or "", N_("last day")),
        zone=zone(command.zone or usual),
    )
    if term.last < term.first:
        raise BadInput(
            where=N_("contract"),
            wrong=N_("it ends before it begins"),
            right=N_("give a last day that is not before the first"),
        )
    return term


def _check_apart(term: Term, others: Sequence[Values]) -> None:
    for one in others:
        days = (date.fromisoformat(one[name]) for name in ("first_day", "last_day"))
        first, last = days
        if term.meets(Term(first=first, last=last, zone=one["zone"])):
            raise BadInput(
                where=N_("contract"),
                wrong=N_("another one holds from {first} to {last}").format(first=first, last=last),
                right=N_("choose days that it does not hold"),
            )


def _values(term: Term) -> dict[str, Any]:
    return {
        "last_day": term.last.isoformat(),
        "zone": term.zone,
        "starts_at": term.starts_at,
        "ends_at": term.ends_at,
    }


def _facts(code: str, term: Term) -> dict[str, Any]:
    return {"code": code, "first": term.first.isoformat(), "last": term.last.isoformat()}


CONTRACTS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SaveContract: save_contract,
    DecideRenewal: decide_renewal,
}
