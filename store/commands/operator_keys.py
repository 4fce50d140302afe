"""Public keys of operators: one added, one revoked, or an operator with all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store.commands.inputs import CODE, needed
from store.commands.operators import (
    AppointOperator,
    SaveOperator,
    appoint_operator,
    held_operator,
    save_operator,
    stood,
    take_post,
)
from store.domain.errors import BadInput, NameUnknown, OperatorUnknown
from store.domain.intents import Command, Done
from store.domain.key_refusals import KeyOfRetired, KeyTaken, KeyWasRevoked
from store.domain.operator_keys import read_key
from store.domain.operator_refusals import OperatorThere
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.statements import Values
    from store.persistence.work import Work

MOST = 20
"""Keys that one operator may have at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolOperator(Command):
    """Somebody new gets a place at the desk, and with it his first public key: both or neither.

    `OperatorThere` where the code is somebody's already.
    """

    code: str
    name: str
    role: str
    sites: tuple[int | str, ...] | None = None
    everywhere: bool | None = None
    key: str | None = None
    """As the one line of its .pub file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddKey(Command):
    """An operator gets a public key, as the one line of its .pub file.

    `KeyTaken` where somebody has it already, `KeyWasRevoked` where it was somebody's,
    `KeyOfRetired` for who has left, and the refusals of `read_key`.
    """

    operator: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeKey(Command):
    """A key is not taken any more, for ever; `KeyWasRevoked` where it is so already."""

    operator: str
    """Whose it is: a fingerprint that was mistyped or mistaken takes nobody else's."""
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeOperator(Command):
    """An operator does not work here any more, and none of his keys is taken again.

    The keys are those he has when it is done, whatever was looked at before.
    """

    operator: str


def enrol_operator(work: Work, command: EnrolOperator) -> Done:
    """The operator with his role, sites and key."""
    code = needed(command.code, N_("code"), limit=CODE)
    if held_operator(work, code) is not None:
        raise OperatorThere(code=code)
    given = SaveOperator(
        code=code,
        name=command.name,
        role=command.role,
        sites=command.sites,
        everywhere=command.everywhere,
    )
    save_operator(work, given)
    key = None if command.key is None else add_key(work, AddKey(operator=code, line=command.key))
    appointed = appoint_operator(work, AppointOperator(operator=code))
    return appointed if key is None else replace(key, facts={**appointed.facts, **key.facts})


def add_key(work: Work, command: AddKey) -> Done:
    """The key as given; who is retired at the same moment gets none."""
    who = keyholder(work, command.operator)
    key = read_key(command.line)
    if not who["active"]:
        raise KeyOfRetired(code=who["code"])
    known = work.known_key(key.fingerprint)
    if known is not None and known["revoked_at"] is not None:
        raise KeyWasRevoked(fingerprint=key.fingerprint)
    if known is not None:
        raise KeyTaken(code=known["code"], fingerprint=key.fingerprint)
    if len(work.live_keys(who["id"])) >= MOST:
        raise BadInput(
            where=N_("public key"),
            wrong=N_("there are {most} already").format(most=MOST),
            right=N_("take one from him first"),
        )
    values = {
        "operator_id": who["id"],
        "kind": key.kind,
        "body": key.body,
        "comment": key.comment,
        "added_at": work.at,
        "revoked_at": None,
    }
    work.put("operator_key", {"fingerprint": key.fingerprint}, values)
    facts = {"code": who["code"], "fingerprint": key.fingerprint}
    return Done(sentence=N_("key {fingerprint} now lets {code} in"), facts=facts)


def revoke_key(work: Work, command: RevokeKey) -> Done:
    """The key revoked; its row stays, so that it is known for what it was."""
    who = keyholder(work, command.operator)
    fingerprint = needed(command.fingerprint, N_("public key"))
    known = work.known_key(fingerprint)
    if known is None or known["operator_id"] != who["id"]:
        raise NameUnknown(what=N_("public key"), name=fingerprint)
    if known["revoked_at"] is not None:
        raise KeyWasRevoked(fingerprint=fingerprint)
    work.put("operator_key", {"fingerprint": fingerprint}, {"revoked_at": work.at})
    facts = {"code": who["code"], "fingerprint": fingerprint}
    return Done(sentence=N_("key {fingerprint} of {code} is revoked"), facts=facts)


def revoke_operator(work: Work, command: RevokeOperator) -> Done:
    """He is retired, or stays so, and each of his keys is revoked."""
    who = keyholder(work, command.operator)
    take_post(work, who, replace(stood(work, who), active=False))
    work.put("operator", {"code": who["code"]}, {"active": False})
    keys = work.live_keys(who["id"])
    for key in keys:
        work.put("operator_key", {"id": key}, {"revoked_at": work.at})
    facts = {"code": who["code"], "keys": len(keys)}
    return Done(sentence=N_("operator {code} is retired; keys revoked: {keys}"), facts=facts)


def keyholder(work: Work, code: str) -> Values:
    """An operator by code, retired or not, nobody else's until the end; never the desk itself."""
    cleaned = needed(code, N_("code"), limit=CODE)
    found = held_operator(work, cleaned)
    if found is None:
        raise OperatorUnknown(name=cleaned)
    return found


KEYS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    EnrolOperator: enrol_operator,
    AddKey: add_key,
    RevokeKey: revoke_key,
    RevokeOperator: revoke_operator,
}
