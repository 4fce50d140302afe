"""What an administrator does to the sessions of a served desk: ends one, tells all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.inputs import needed
from store.domain.facts import Fact
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

LONGEST = 200
"""Characters of a notice: it is one line above the keys of every console."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendNotice(Command):
    """A sentence that every console of the desk shows at once."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession(Command):
    """End one session of a served desk.

    Whoever holds the sessions says first whether there is such a one, and ends it afterwards: the
    store writes down that it was wanted, by whom, and whose it was.
    """

    session: int
    operator: str


def send_notice(work: Work, command: SendNotice) -> Done:
    """Kept in the journal, from where every console hears of it."""
    text = needed(command.text, N_("notice"), limit=LONGEST)
    work.hold_desk()
    work.record(Fact(name="notice_sent", words={"text": text}))
    return Done(sentence=N_("told to every console: {text}"), facts={"text": text})


def end_session(work: Work, command: EndSession) -> Done:
    """Written down before it is done."""
    operator = needed(command.operator, N_("operator"))
    work.hold_desk()
    body = {"session": command.session}
    work.record(Fact(name="session_ended", body=body, words={"operator": operator}))
    facts = {"session": command.session, "operator": operator}
    return Done(sentence=N_("session {session} of {operator} ended"), facts=facts)


SESSIONS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SendNotice: send_notice,
    EndSession: end_session,
}
