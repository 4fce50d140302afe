"""Whom one trouble concerns: the orders whose customers hear the same word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from store.persistence.work import Work


def affected(work: Work, number: int) -> list[int]:
    """Whose customers hear what is told of an order, besides its own.

    Its children at the desk, and who asked for the same as it or one of these.
    """
    children = work.children_of(number)
    at_the_desk = {kin.number for kin in children if not STATES[kin.state].final}
    return sorted(at_the_desk | work.duplicates_of({number, *at_the_desk}))


def family_of(work: Work, numbers: tuple[int, ...]) -> set[int]:
    """Some orders, those under them and all their duplicates, to be locked together."""
    if not numbers:
        return set()
    family = {kin.number for number in numbers for kin in work.children_of(number)} | {*numbers}
    return family | work.duplicates_of(family)
