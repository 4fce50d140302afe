"""What may be asked of an action: each step as a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command

if TYPE_CHECKING:
    from datetime import datetime

Ref = int | str

PLAN_DAYS = 7
"""Days to plan an action in, where nobody says by when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction(Command):
    """Make an action of a bad answer whose root cause is known."""

    number: int
    """The order that was answered about."""
    owner: Ref | None = None
    """The operator who sees to it; None for the asker."""
    due_at: datetime | None = None
    """By when its plan is to be there; None for `PLAN_DAYS` from now."""
    problem: str = ""
    """Empty for what the customer said, else what the order is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWhy(Command):
    """One answer to why it happened, and what shows that."""

    action: int
    why: str
    evidence: str
    seen: int | None = None
    """The version of the action that the asker saw; None minds nothing, as in those below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAction(Command):
    """Change what is agreed about an action; what is None stays as it is."""

    action: int
    problem: str | None = None
    cause: str | None = None
    """One of `Cause`, while it is planned."""
    contained: str | None = None
    owner: Ref | None = None
    """Empty for the asker."""
    due_at: datetime | None = None
    measure: str | None = None
    """One of `MEASURES`; with it, or without, `goal`."""
    goal: str | None = None
    """As `>=90%` or `<=2h`."""
    site: Ref | None = None
    """Of which site it is measured; empty for the whole desk."""
    window_days: int | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAction(Command):
    """Its plan is there: what its figure was before is measured, and it is to be done."""

    action: int
    due_at: datetime | None = None
    """By when it is to be done; None leaves the day as it is."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAction(Command):
    """It was done, and what: its effect is observed from tomorrow on."""

    action: int
    done: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeAction(Command):
    """What its figure came to is measured, and somebody else says whether it had an effect."""

    action: int
    effective: bool
    verdict: str
    due_at: datetime | None = None
    """Where it had none: by when it is to be done anew; None for `PLAN_DAYS` from now."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAction(Command):
    """It ends by the procedure or training that was changed."""

    action: int
    standard: str
    """One of `Standard`."""
    changed: str
    """Which one, and how."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAction(Command):
    """Give it up: what it came from waits for an action again."""

    action: int
    reason: str
    seen: int | None = None
