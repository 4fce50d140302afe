"""Orders of a plan that are ticked: one that interrupts somebody only with what it is taken for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from collections.abc import Set as AbstractSet

    from store.domain.dispatch.turns import TurnsKernel


def reasons(kernel: TurnsKernel, moved: Mapping[int, int]) -> dict[int, list[int]]:
    """By job that is taken from who has accepted it, the more urgent ones for which that is."""
    gained: defaultdict[int, list[int]] = defaultdict(list)
    for job in kernel.in_order(tuple(moved)):
        if kernel.holder[job] != moved[job]:
            gained[moved[job]].append(job)
    weight, holder = kernel.weight, kernel.holder
    return {
        job: [one for one in gained[holder[job]] if weight[one] > weight[job]]
        for job, who in moved.items()
        if job in kernel.first and who != holder[job]
    }


def toggled(
    reasons_of: Mapping[int, Collection[int]], off: AbstractSet[int], number: int
) -> set[int]:
    """What is not ticked once one order is ticked, or is no more.

    An interruption goes with the last of its reasons, and brings them back where none is left.
    """
    after = {*off} ^ {number}
    why_of = {one: frozenset(why) for one, why in reasons_of.items() if why}
    brought = [] if number in after else [number]
    while brought:
        why = why_of.get(brought.pop(), frozenset())
        if why <= after:
            after -= why
            brought += why
    while gone := {one for one, why in why_of.items() if one not in after and why <= after}:
        after |= gone
    return after
