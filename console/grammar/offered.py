"""What may stand at a place of a command line, as it is offered."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that may stand there."""

    text: str
    label: str = ""
    """What it means, a sentence of the catalogue or a name."""
    sure: bool = False
    """Whether it fits in another way than by its beginning."""
    goes_on: bool = False
    """Whether something of it is still to be typed: a folder is no file yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What fits a cursor, and which part of the line it would take the place of."""

    start: int
    end: int
    typed: str
    """What stands there already."""
    wanted: tuple[str, ...] = ()
    """What may come here, in sentences of the catalogue."""
    offers: tuple[Offer, ...] = ()


@dataclass(slots=True, kw_only=True)
class Slot:
    """One place of a line and what may be there."""

    wanted: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    start: int | None = None
    """Where an offer begins to take the place of what is typed; None for the last word alone."""


def taken(line: str, found: Offers, offer: Offer) -> tuple[str, int]:
    """The line with an offer in its place, a space behind what is whole, and the cursor's place."""
    text = line[: found.start] + offer.text + ("" if offer.goes_on else " ")
    return text + line[found.end :].lstrip(), len(text)
