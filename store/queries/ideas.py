"""Suggestions as they are listed, and what the fund has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.ideas import Idea


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaLine:
    """A suggestion with the names that its ids stand for."""

    idea: Idea
    submitted_by: str
    """The technician, else the operator."""
    written_by: str
    """The operator."""
    judged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The suggestion box."""

    ideas: tuple[IdeaLine, ...]
    balance: int | None
    """What the fund has; None for who does not see the whole desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListIdeas(Query[Box]):
    """Those to be judged first, by when; then the others, the newest first.

    Who sees some sites only is told of his own, and of those of technicians whom he sees.
    """

    open: bool = False
    """Only those that are to be judged."""
    number: int | None = None
    """Only this one."""
    limit: int = 500
