"""One-time codes: an operator is let in to leave his first public key, by word of mouth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.inputs import instant
from store.commands.operator_keys import AddKey, add_key, keyholder
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.key_refusals import KeyOfRetired
from store.domain.one_time_codes import BROWSER, LONGEST, CodeRefused, digest_of
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.persistence.work import Work

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCode(Command):
    """Whoever says a code until then may give an operator a public key, once.

    The store is never told the code, only its digest. A newer one takes the place of an older.
    """

    operator: str
    digest: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCode(Command):
    """A key for the operator whom a code was made for; `CodeRefused` for any other code.

    Whatever `AddKey` refuses leaves the code as good as it was.
    """

    code: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterByCode(Command):
    """A browser comes in for the operator whom a code for browsers was made for, and uses it up."""

    code: str


def offer_code(work: Work, command: OfferCode) -> Done:
    """The digest kept with its end."""
    who, until = keyholder(work, command.operator), instant(command.until, N_("end"))
    if not who["active"]:
        raise KeyOfRetired(code=who["code"])
    if _DIGEST.fullmatch(command.digest) is None:
        raise BadInput(where=N_("SHA-256"), wrong=command.digest[:40], right=N_("64 digits 0-9a-f"))
    if not work.at < until <= work.at + LONGEST:
        raise BadInput(
            where=N_("end"),
            wrong=N_("it is past, or more than a day away"),
            right=N_("give a minute to a day"),
        )
    work.keep_code(who["id"], command.digest, until=until)
    facts = {"code": who["code"], "until": until}
    return Done(sentence=N_("one-time code of operator {code}, good until {until}"), facts=facts)


def use_code(work: Work, command: UseCode) -> Done:
    """The key given, and the code gone."""
    work.hold_desk()
    whose = work.code_holder(digest_of(command.code))
    if whose is None:
        raise CodeRefused
    work.drop_code(whose)
    code = work.entry_values("operator", whose)["code"]
    return add_key(work, AddKey(operator=code, line=command.line))


def enter_by_code(work: Work, command: EnterByCode) -> Done:
    """The code gone; of somebody retired it is none."""
    work.hold_desk()
    whose = work.code_holder(digest_of(command.code, BROWSER))
    values = None if whose is None else work.entry_values("operator", whose)
    if whose is None or values is None or not values["active"]:
        raise CodeRefused
    work.drop_code(whose)
    return Done(
        sentence=N_("operator {code} has come in by a browser"), facts={"code": values["code"]}
    )


CODES: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    OfferCode: offer_code,
    UseCode: use_code,
    EnterByCode: enter_by_code,
}
