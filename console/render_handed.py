"""Who loses and who gains an order of a plan, by name; of what several do together all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_time import in_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from store.domain.dispatch.proposal import Handed, Proposal
    from store.queries.replan import Planning


def name_of(planning: Planning, who: int) -> str:
    """Code and name."""
    person = planning.people[who]
    return person.name if person.name == person.code else f"{person.code} {person.name}"


def loses_said(planning: Planning, one: Handed) -> str:
    """Who has it now; of what several do together all of them."""
    return _names(planning, _had(one)) or _("nobody")


def gains_said(planning: Planning, one: Handed) -> str:
    """Who has it then."""
    return _names(planning, _have(one))


def loses_briefly(planning: Planning, one: Handed) -> str:
    """The same in a cell."""
    return _briefly(planning, _had(one)) or _("nobody")


def gains_briefly(planning: Planning, one: Handed) -> str:
    """Who has it then, in a cell."""
    return _briefly(planning, _have(one))


def together_said(planning: Planning, one: Handed, zone: tzinfo | None, *, at: datetime) -> str:
    """All who have it now and then by name, and when they begin; empty where one alone goes."""
    if one.sent is None:
        return ""
    start = in_days(planning.pace.after(planning.at, one.sent.start), zone, at=at)
    said = _("{had} → {have}: they begin together, at {start}")
    had, have = loses_said(planning, one), gains_said(planning, one)
    return said.format(had=had, have=have, start=start)


def apart_said(
    planning: Planning, proposal: Proposal, zone: tzinfo | None, *, at: datetime
) -> list[str]:
    """Why those who have an order do not begin it together: who of them is busy until when."""
    said = []
    for one in proposal.apart:
        text = _("#{number}: no start for all who have it, {who} has no room for it")
        if one.free is not None:
            text = _("#{number}: no start for all who have it, {who} is busy until {time}")
        if one.locked:
            text = _("#{number}: locked, but {who} is busy until {time}; unlock it first")
        time = ""
        if one.free is not None:
            time = in_days(planning.pace.after(planning.at, one.free), zone, at=at)
        who = name_of(planning, one.who)
        said.append(text.format(number=one.number, who=who, time=time))
    return said


def _had(one: Handed) -> tuple[int, ...]:
    return one.losing if one.sent is None else one.sent.had


def _have(one: Handed) -> tuple[int, ...]:
    return one.gaining if one.sent is None else one.sent.have


def _names(planning: Planning, people: Sequence[int]) -> str:
    return " + ".join(name_of(planning, who) for who in people)


def _briefly(planning: Planning, people: Sequence[int]) -> str:
    """For a cell, which would cut the name of the second one off."""
    if len(people) == 1:
        return _names(planning, people)
    return " + ".join(planning.people[who].code for who in people)
