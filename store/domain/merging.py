"""Two customers who are one: what becomes of an order of the one that goes; pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from store.domain.contracts import Term
from store.domain.errors import BadInput
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.replay import changes
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.domain.order import WorkOrder


MERGED: str = N_(
    "{gone} is {kept} now: orders {orders}, contacts {people}, contracts {contracts}, plans"
    " {plans}, complaints and praise {voices}, revisits {revisits}"
)
"""What a merge comes to."""


def check_merge(
    kept: Mapping[str, Any],
    gone: Mapping[str, Any],
    own: Iterable[Mapping[str, Any]],
    others: Iterable[Mapping[str, Any]],
) -> None:
    """`BadInput` where two customers cannot be one: rows of both, and their contracts."""
    for one in (kept, gone):
        if one["erased_at"] is not None:
            raise BadInput(
                where=N_("customer {code}").format(code=one["code"]),
                wrong=N_("whoever had this code was erased"),
                right=N_("nobody is made one with him"),
            )
    if kept["id"] == gone["id"]:
        raise BadInput(
            where=N_("customer {code}").format(code=kept["code"]),
            wrong=N_("both are the same customer already"),
            right=N_("name the other one"),
        )
    both = at_once(own, others)
    if both is not None:
        mine, his = both
        wrong = N_("{kept} has one from {first} to {last}, {gone} one from {begins} to {ends}")
        raise BadInput(
            where=N_("contract"),
            wrong=wrong.format(
                kept=kept["code"],
                first=mine.first,
                last=mine.last,
                gone=gone["code"],
                begins=his.first,
                ends=his.last,
            ),
            right=N_("change the days of one, so that one alone holds on each day"),
        )


def rehomed(order: WorkOrder, customer: int) -> tuple[WorkOrder, Fact]:
    """The order under the customer that stays; what it was promised stays as it was.

    Nobody did anything about the order, so it has shown no sign of life.
    """
    after = evolve(order, customer=customer)
    body, words = changes(order, after)
    return after, Fact(name="rehomed", body=body, words=words or None)


def cared_for(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, Any]:
    """How whoever stays is looked after: what he has himself, else what the other had.

    A time of day and a lead are taken whole; a call ahead is made if either wished it.
    """
    found: dict[str, Any] = {}
    for group in (("lead_operator_id", "lead_technician_id"), ("contact_id",), ("from_s", "to_s")):
        own = {name: kept.get(name) for name in group}
        found |= (
            own if any(v is not None for v in own.values()) else {n: gone.get(n) for n in group}
        )
    return {**found, "call_ahead": bool(kept.get("call_ahead") or gone.get("call_ahead"))}


def wished(kept: Mapping[int, set[int]], gone: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Technicians by wish, 1 asked for and -1 not wanted; where both differ, as he has it."""
    return {
        wish: kept.get(wish, set()) | (gone.get(wish, set()) - kept.get(-wish, set()))
        for wish in (1, -1)
    }


def at_once(
    kept: Iterable[Mapping[str, Any]], gone: Iterable[Mapping[str, Any]]
) -> tuple[Term, Term] | None:
    """The first two contracts, one of each, that hold on the same day; None where none do."""
    own = [_term(one) for one in kept]
    for other in map(_term, gone):
        for one in own:
            if one.meets(other):
                return one, other
    return None


def _term(contract: Mapping[str, Any]) -> Term:
    first, last = (date.fromisoformat(contract[name]) for name in ("first_day", "last_day"))
    return Term(first=first, last=last, zone=contract["zone"])
