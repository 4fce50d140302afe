"""Two entries of the register who are one customer are made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.errors import BadInput, Refusal
from store.domain.intents import Command, Done
from store.domain.merging import MERGED, check_merge
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
    return Done(sentence=MERGED, facts=facts)


def _both(work: Work, command: MergeCustomers) -> tuple[Values, Values]:
    """Who stays and who goes, once nothing speaks against it."""
    both = {work.customer(ref).id for ref in (command.kept, command.gone)}
    for one in sorted(both):  # whoever merges them the other way about waits, and holds nothing
        work.entry_values("customer", one)
    kept, gone = (
        work.entry_values("customer", work.customer(ref).id) for ref in (command.kept, command.gone)
    )
    check_merge(kept, gone, work.contracts(kept["id"]), work.contracts(gone["id"]))
    if command.sure != gone["code"]:
        raise BadInput(
            where=N_("merge"),
            wrong=N_("nothing takes it back"),
            right=N_("write {code} once more to be sure").format(code=gone["code"]),
        )
    return kept, gone


IN_PARTS: Mapping[type[Command], Callable[[Any, Any], int]] = {MergeCustomers: merge_some}
"""What may be too much for one transaction: a step that goes ahead, and tells of how much."""

MERGING: Mapping[type[Command], Callable[[Any, Any], Done]] = {MergeCustomers: merge_customers}
