"""Whose a number is: of those found by it, the customers that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.callers import By, same_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.queries.callers import CallerLine


def whose_number(lines: Iterable[CallerLine]) -> tuple[CallerLine, ...]:
    """One line for each who has it: whoever else has called from there does not make it his.

    It is a customer's own before it is that of those who called; and whoever called for nobody
    known says nothing where somebody has it.
    """
    numbered = [one for one in lines if one.by is By.NUMBER]
    told = [one for one in numbered if one.contact is None]
    for_customers = [one for one in numbered if one.contact is not None and one.customer]
    told += [one for one in for_customers if not _is_among(one, told)]
    for_nobody = [one for one in numbered if one.customer is None]
    told += [one for one in for_nobody if not _is_among(one, told)]
    each = {(one.customer, None if one.customer else one.contact): one for one in reversed(told)}
    return tuple(reversed(each.values()))


def _is_among(one: CallerLine, others: list[CallerLine]) -> bool:
    return any(same_number(one.person_phone, _own(other)) for other in others)


def _own(line: CallerLine) -> str:
    return line.phone if line.contact is None else line.person_phone
