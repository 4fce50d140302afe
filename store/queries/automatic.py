"""Automatic dispatch: in which mode the desk dispatches what."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.dispatch.automatic import Setting
from store.domain.intents import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticLine:
    """One setting with what it comes to now."""

    id: int
    setting: Setting
    version: int
    """How often it was set."""
    open_orders: int | None
    """How many orders of its queue and priority there are; None where they are more than are
    counted, or its view is there no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAutomatic(Query[tuple[AutomaticLine, ...]]):
    """Every setting, those that count first on top; none where all is off."""

    text: str = ""
    """Only those whose queue or view is called so."""
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeFor(Query[Setting | None]):
    """The setting for an order, on whose account the desk looks; None where there is none."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Orders that the desk is to find somebody for now."""

    numbers: tuple[int, ...]
    mark: str
    """How far the journal is; empty where that cannot be told."""
    whole: bool
    """Whether every order was looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDispatch(Query[Waiting | None]):
    """Orders that the desk is to find somebody for now; None where it never does by itself."""

    limit: int = 10
    since: str = ""
    """The mark of a look that left none: only those that changed since, or whose time has come."""
