"""Kinds of work: all that orders have, and all of which the desk has said what they take."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.intents import Query

LATELY = 5_000
"""Of so many orders, the newest, is told how many are of a kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfWork:
    """One kind, and what an order of it comes to."""

    code: str
    """As orders have it; of one that is only written, as it mostly is."""
    name: str
    """Empty where it has none."""
    known: bool
    """Whether the desk has it as a kind or as a skill; else it is a word that asks for nothing."""
    open: int
    """Orders of it at the desk, in sight."""
    orders: int
    """Those among the newest `LATELY` in sight, open or not."""
    usual_s: int | None
    """How long its work usually takes, in seconds; None where too few of it are known."""
    skill: str | None
    """The code of the skill that it takes."""
    level: int
    """How well that must be mastered, 1 to 5."""
    certificate: str
    """What the certificate is called that it takes; empty for none."""
    procedure: int
    """The newest version of its procedure; 0 where it has none."""
    steps: int
    """How many steps that has; 0 also where a newer program has written it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsOfWork(Query[tuple[KindOfWork, ...]]):
    """Those whose code or name has the text in it, those of most orders first, then by code."""

    text: str = ""
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersOfKind(Query[tuple[int, ...]]):
    """The numbers of the orders that `KindOfWork.orders` counts, the newest first."""

    kind: str
    """By code or name, in whatever case."""
