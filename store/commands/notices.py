"""Notices of a major fault: given to all whom it concerns, and who was told by which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.commands.contact import needed_paragraph
from store.commands.families import TellFamily, tell_family
from store.commands.incidents import StandDown, stand_incident_down
from store.commands.inputs import needed, one_of
from store.domain.facts import Fact
from store.domain.families import FamilyRefused
from store.domain.intents import Command, Done
from store.domain.lifecycle import STATES
from store.domain.notices import PHASES, WAYS, Phase, Way
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work

_GIVE: Final = N_("be given notice of")


class NotMajor(FamilyRefused):
    """Nobody was promised notices."""

    sentence = N_("order {number} cannot {move}: it is no major incident; declare it one first")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveNotice(Command):
    """All whom a major incident concerns were told; the promise of the next word starts again.

    The all-clear ends the incident.
    """

    number: int
    text: str
    """As it was read out or sent."""
    to: str
    """Who was told."""
    phase: str = Phase.UPDATE.value
    way: str = Way.PHONE.value
    version: int | None = None


def give_notice(work: Work, command: GiveNotice) -> Done:
    """The word to all, with the record of who was told how."""
    phase = Phase(one_of(command.phase, list(Phase), N_("notice")))
    way = Way(one_of(command.way, list(Way), N_("way")))
    to = needed(command.to, N_("who was told"))
    text = needed_paragraph(command.text)
    order = work.order(command.number, command.version)
    if order.cadence_s is None:
        state = STATES[order.state].label
        raise NotMajor(number=order.number, move=_GIVE, state=state)
    told = tell_family(work, TellFamily(number=order.number, text=text))
    order = work.order(order.number)
    body = {"phase": phase.value, "way": way.value, "by": work.who.operator}
    fact = Fact(name="notice_given", body=body, words={"to": to, "note": text})
    work.save(order, order, fact)
    facts: dict[str, object] = {"number": order.number, "what": PHASES[phase], "to": to}
    facts["way"] = WAYS[way]
    if phase is Phase.ALL_CLEAR:
        stand_incident_down(work, StandDown(number=order.number))
        sentence = N_("#{number}: {what} to {to}, {way}; the incident is over")
    else:
        facts["minutes"] = order.cadence_s // 60 if order.cadence_s else 0
        sentence = N_("#{number}: {what} to {to}, {way}; the next one within {minutes} minutes")
    return Done(sentence=sentence, facts=facts, numbers=told.numbers)
