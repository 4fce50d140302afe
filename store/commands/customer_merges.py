"""Two entries of the register who are one customer are made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.errors import BadInput, Refusal
from store.domain.intents import Command, Done
from store.domain.merging import at_once
from store.domain.words import N_
from store.persistence import merging

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.statements import Values
    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCustomers(Command):
    """All that hangs on one customer hangs on the other from now on; nothing takes that back.

    The code of the one that goes means the other from then on.
    """

    kept: Ref
    gone: Ref
    sure: str = ""
    """The code of the one that goes, written once more: else it is refused."""


def merge_some(work: Work, command: MergeCustomers) -> int:
    """Have some of many orders go ahead, between others' transactions; how many there were.

    What the command itself would refuse moves nothing, and is left to it to say.
    """
    work.hold_promises()
    try:
        kept, gone = _both(work, command)
    except Refusal:
        return 0
    left = merging.left_ahead(work, gone)
    if left:
        merging.rehome_some(work, kept, gone)
    return left


def merge_customers(work: Work, command: MergeCustomers) -> Done:
    """Whatever both say of themselves is kept as the one that stays says it."""
    work.hold_promises(alone=True)
    kept, gone = _both(work, command)
    moved = merging.merge(work, kept, gone)
    facts: dict[str, Any] = {
        "kept": kept["code"],
        "gone": gone["code"],
        "orders": moved.orders,
        "people": moved.people,
        "contracts": moved.contracts,
        "plans": moved.plans,
        "voices": moved.voices,
        "revisits": moved.revisits,
    }
    sentence = N_(
        "{gone} is {kept} now: orders {orders}, contacts {people}, contracts {contracts}, plans"
        " {plans}, complaints and praise {voices}, revisits {revisits}"
    )
    return Done(sentence=sentence, facts=facts)


def _both(work: Work, command: MergeCustomers) -> tuple[Values, Values]:
    """Who stays and who goes, once nothing speaks against it."""
    both = {work.customer(ref).id for ref in (command.kept, command.gone)}
    for one in sorted(both):  # whoever merges them the other way about waits, and holds nothing
        work.entry_values("customer", one)
    kept = _meant(work, command.kept)
    gone = _meant(work, command.gone)
    if kept["id"] == gone["id"]:
        raise BadInput(
            where=N_("customer {code}").format(code=kept["code"]),
            wrong=N_("both are the same customer already"),
            right=N_("name the other one"),
        )
    _check_contracts(work, kept, gone)
    if command.sure != gone["code"]:
        raise BadInput(
            where=N_("merge"),
            wrong=N_("nothing takes it back"),
            right=N_("write {code} once more to be sure").format(code=gone["code"]),
        )
    return kept, gone


def _meant(work: Work, ref: Ref) -> Values:
    values = work.entry_values("customer", work.customer(ref).id)
    if values["erased_at"] is not None:
        raise BadInput(
            where=N_("customer {code}").format(code=values["code"]),
            wrong=N_("whoever had this code was erased"),
            right=N_("nobody is made one with him"),
        )
    return values


def _check_contracts(work: Work, kept: Values, gone: Values) -> None:
    both = at_once(work.contracts(kept["id"]), work.contracts(gone["id"]))
    if both is not None:
        one, other = both
        wrong = N_("{kept} has one from {first} to {last}, {gone} one from {begins} to {ends}")
        raise BadInput(
            where=N_("contract"),
            wrong=wrong.format(
                kept=kept["code"],
                first=one.first,
                last=one.last,
                gone=gone["code"],
                begins=other.first,
                ends=other.last,
            ),
            right=N_("change the days of one, so that one alone holds on each day"),
        )


IN_PARTS: Mapping[type[Command], Callable[[Any, Any], int]] = {MergeCustomers: merge_some}
"""What may be too much for one transaction: a step that goes ahead, and tells of how much."""

MERGING: Mapping[type[Command], Callable[[Any, Any], Done]] = {MergeCustomers: merge_customers}
