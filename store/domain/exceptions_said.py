"""Exceptions and limits in words, which the console translates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.exceptions import DEVIATIONS, Deviation
from store.domain.targets import CLOCK_LABELS, ClockKind
from store.domain.who import ROLE_WORDS, Role
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.exception_limits import Limit
    from store.domain.exceptions import OrderException

_SAID: Final[Mapping[str, str]] = {
    Deviation.PRICE: N_("price {size}"),
    Deviation.OVERTIME: N_("overtime {size} h"),
    Deviation.SCOPE: N_("scope: {about}"),
    Deviation.WAIVER: N_("waiver of the clock “{clock}”"),
    Deviation.STEP: N_("step “{about}” skipped"),
}


def amount(size: float | None) -> str:
    """An amount as it is written: no more decimals than it has."""
    return "" if size is None else f"{size:.2f}".rstrip("0").rstrip(".")


def kind_label(kind: str) -> str:
    """A kind by its name; one of a later program by its code."""
    return DEVIATIONS[Deviation(kind)].label if kind in set(Deviation) else kind


def clock_said(clock: str) -> str:
    """An SLA clock by its name; one of a later program by its code."""
    return CLOCK_LABELS[ClockKind(clock)] if clock in set(ClockKind) else clock


def what_said(one: OrderException) -> str:
    """What an exception is about, in one phrase."""
    clock = clock_said(one.clock)
    sentence = _SAID.get(one.kind, one.kind)
    return sentence.format(size=amount(one.size), about=one.about, clock=clock)


def holder_said(role: str, name: str) -> str:
    """Whose limit it is."""
    if not role:
        return name
    return ROLE_WORDS[Role(role)] if role in set(Role) else role


def limit_used(one: OrderException, name: str) -> str:
    """By which limit one was granted; `name` is of whoever holds it."""
    told = {"name": name, "role": holder_said(one.limit_role, name), "each": amount(one.limit_each)}
    if one.limit_role and one.limit_each is not None:
        return N_("{name} as {role}, up to {each} each").format(**told)
    if one.limit_role:
        return N_("{name} as {role}").format(**told)
    if one.limit_each is not None:
        return N_("{name}'s own, up to {each} each").format(**told)
    return N_("{name}'s own").format(**told)


def bounds_said(limit: Limit) -> str:
    """What a limit allows, in one phrase."""
    parts = []
    if limit.each is not None:
        parts.append(N_("up to {size} each").format(size=amount(limit.each)))
    if limit.month is not None:
        parts.append(N_("{size} a month").format(size=amount(limit.month)))
    if limit.count is not None:
        parts.append(N_("{count} of them a month").format(count=limit.count))
    return listed(parts) if parts else N_("without bounds")
