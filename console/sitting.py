"""Who sits at this console: whoever was named, else the account, who is made an operator."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.errors import (
    BadInput,
    OperatorGone,
    OperatorUnknown,
    StoreReadOnly,
    StoreTooNew,
)
from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.who import Who
    from store.queries.people import Named
    from store.records import Records

_LOG = logging.getLogger("paidan.console")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """The operator at a console."""

    who: Who
    name: str
    code: str
    new: bool = False
    """Whether he was made just now, of his account."""


def sit_down(records: Records, code: str, *, named: bool, at: datetime) -> Sitter:
    """The operator with this code.

    One who was named must be there: `OperatorUnknown`. An account that is not becomes one; where
    the store can only be read, or the account's name is none, the first operator of the desk sits
    there. Other trouble is raised: what is done later would be under somebody else's name.
    `OperatorGone` for an account whose operator has retired.
    """
    found = _known(records, at).get(code)
    if found is not None:
        return _seated(records, found, at)
    if named:
        raise OperatorUnknown(name=code)
    return _from_account(records, code, at)


def _from_account(records: Records, code: str, at: datetime) -> Sitter:
    from console.wall import OnlyLooks
    from store.commands.operators import WelcomeOperator

    try:
        done = records.do(WelcomeOperator(code=code, name=full_name(code)), who=THE_DESK, at=at)
    except (BadInput, OnlyLooks, StoreReadOnly, StoreTooNew) as refusal:
        _LOG.warning("the account %s is no operator: %s", code, refusal)
        first = next(iter(_known(records, at).values()), None)
        if first is None:
            return Sitter(who=THE_DESK, name="Paidan", code="")
        return _seated(records, first, at)
    found = _known(records, at).get(done.facts["code"])
    if found is None:
        raise OperatorGone(operator=code)
    return _seated(records, found, at, new=True)


def _known(records: Records, at: datetime) -> dict[str, Named]:
    from store.queries.people import Operators

    found = records.ask(Operators(), who=THE_DESK, at=at)
    return {one.code: one for one in sorted(found, key=lambda one: one.id)}


def _seated(records: Records, found: Named, at: datetime, *, new: bool = False) -> Sitter:
    from store.queries.people import OperatorNamed

    who = records.ask(OperatorNamed(code=found.code), who=THE_DESK, at=at)
    return Sitter(who=who, name=found.name, code=found.code, new=new)


def full_name(account: str) -> str:
    """What the system calls the person with this account; the account where it tells nothing."""
    try:
        import pwd

        told = pwd.getpwnam(account).pw_gecos.split(",")[0].strip()
    except (ImportError, KeyError, ValueError, OSError):
        return account
    return told or account
