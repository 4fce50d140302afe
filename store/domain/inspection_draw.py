"""Which orders of a week are inspected: a draw that anybody can do again with any tool; pure.

An order's ticket is the SHA-256, in hexadecimal, of the seed, a colon and its number. Of each
technician's orders those with the smallest tickets are drawn: so many of a hundred as the share
says, rounded up. What is inspected for certain is drawn besides, and does not count there.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Reason(StrEnum):
    """Why an order is inspected."""

    LOT = "lot"
    FIRST = "first"
    BAD = "bad"
    ASSET = "asset"
    BACK = "back"
    EXCEPTION = "exception"


REASONS: Final[Mapping[Reason, str]] = {
    Reason.LOT: N_("by lot"),
    Reason.FIRST: N_("first jobs"),
    Reason.BAD: N_("bad answer"),
    Reason.ASSET: N_("asset again"),
    Reason.BACK: N_("reopened"),
    Reason.EXCEPTION: N_("exception used"),
}
"""All but the first are for certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An order of the week."""

    number: int
    technician: int | None
    """Who did it last, by his id; those of nobody are a group of their own."""
    reasons: tuple[str, ...] = ()
    """Why it is inspected for certain, in the order of `Reason`; empty where the lot decides."""


def ticket(seed: str, number: int) -> str:
    """What the lot of an order is: 64 hexadecimal digits, the smaller the sooner."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def lots(count: int, share: int) -> int:
    """How many of so many orders are drawn at a share in percent, rounded up."""
    return -(-count * share // 100)


def draw(seed: str, share: int, population: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """What is inspected, by number, each with its reasons."""
    drawn: list[Candidate] = []
    rest: defaultdict[int | None, list[int]] = defaultdict(list)
    for one in population:
        if one.reasons:
            drawn.append(one)
        else:
            rest[one.technician].append(one.number)
    for technician, numbers in rest.items():
        numbers.sort(key=lambda number: (ticket(seed, number), number))
        drawn += [
            Candidate(number=number, technician=technician, reasons=(Reason.LOT.value,))
            for number in numbers[: lots(len(numbers), share)]
        ]
    return tuple(sorted(drawn, key=lambda one: one.number))


def written(population: Iterable[Candidate]) -> str:
    """A line each, by number: number, technician's id or -, reasons or -; the digest is of this."""
    return "".join(
        f"{one.number} {'-' if one.technician is None else one.technician}"
        f" {','.join(one.reasons) or '-'}\n"
        for one in sorted(population, key=lambda one: one.number)
    )


def read(text: str) -> tuple[Candidate, ...]:
    """What `written` wrote; a ValueError where that is not it."""
    found = []
    for line in text.splitlines():
        number, technician, reasons = line.split(" ")
        found.append(
            Candidate(
                number=int(number),
                technician=None if technician == "-" else int(technician),
                reasons=() if reasons == "-" else tuple(reasons.split(",")),
            )
        )
    return tuple(found)


def digest(text: str) -> str:
    """The SHA-256 of a population as it is written, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
