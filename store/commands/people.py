"""Who goes: technicians with their papers and hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import CODE, REASON, instant, line, needed, one_of
from store.commands.mastery import (
    carried,
    keep_regions,
    keep_skills,
    read_papers,
    read_skills,
    with_left,
    with_open,
)
from store.commands.places import position, saved, told
from store.domain.errors import BadInput, Refusal
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

Ref = int | str
_DAY: Final = timedelta(days=1)

MADE: Final = N_("technician {code} saved")
"""What is said of a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTechnician(Command):
    """A technician by code, made or changed, with his skills; what is None stays as it is."""

    code: str
    name: str | None
    """None leaves it; who is new must have one."""
    phone: str | None = None
    home: Ref | None = None
    """The site he starts from."""
    skills: Mapping[str, int] | None = None
    """Skill code to level, 1 to 5; None leaves them. A skill not known yet is made."""
    regions: tuple[Ref, ...] | None = None
    """Those that he goes to; None leaves them, empty means all."""
    carries: tuple[str, ...] | None = None
    """Tools and parts that are with him; None leaves them."""
    certificates: tuple[tuple[str, datetime | None], ...] | None = None
    """Each with its end, or none: these and no others; None leaves them."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """By `skills`, `regions` or `carries`: what he gets beside what he has, told as there."""
    fewer: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    """The same of what is taken from him."""
    makes: tuple[str, ...] | None = None
    """Skills that may be made; None for any. One that is none of these must be known."""
    active: bool | None = True
    """Whether he works here; None leaves it, and who is new does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCertificate(Command):
    """A technician's permit by its name, with its end."""

    technician: Ref
    name: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveShift(Command):
    """When a technician works; a shift is known by its start."""

    technician: Ref
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAbsence(Command):
    """When a technician is away; an absence is known by its start."""

    technician: Ref
    starts_at: datetime | None = None
    """None for now."""
    ends_at: datetime | None = None
    """None for the end of the shift at hand, or a day later where there is none."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAbsence(Command):
    """A technician is back: the absence that he is in ends now; one still to come is dropped."""

    technician: Ref
    starts_at: datetime | None = None
    """Which one; None for the one that he is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTechnician(Command):
    """Where a technician is, or that he takes a break, goes off, or is back."""

    technician: Ref
    state: str | None = None
    """break, off, or available; the other states follow from his visits."""
    latitude: float | None = None
    longitude: float | None = None


def save_technician(work: Work, command: SaveTechnician) -> Done:
    """The technician as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    values = told(
        name=None if command.name is None else needed(command.name, N_("name")),
        phone=None if command.phone is None else line(command.phone, N_("phone"), limit=CODE),
        active=command.active,
        carries=carried(work, key, command),
    )
    if command.home is not None:
        values["home_site_id"] = work.site(command.home).id if command.home != "" else None
    papers = None if command.certificates is None else read_papers(command.certificates)
    skills = read_skills(work, command)
    work.hold_skills(skills, key, values)
    made = work.settle("technician", key, values, {"phone": "", "name": "", "active": True})
    if made[1]:
        needed(command.name or "", N_("name"))
    keep_skills(work, made[0], command, skills)
    keep_regions(work, made[0], command)
    if papers is not None:
        work.certify(made[0], papers)
    done = saved(made, MADE, N_("technician {code} changed"), **key)
    is_here = command.active
    if is_here is None:
        is_here = work.entry_values("technician", made[0])["active"]
    return done if is_here else with_left(work, done, made[0])


def save_certificate(work: Work, command: SaveCertificate) -> Done:
    """The permit as given."""
    who = work.technician(command.technician)
    ends = command.expires_at
    expires = None if ends is None else instant(ends, N_("end of the certificate"))
    name = needed(command.name, N_("name"))
    work.put("certificate", {"technician_id": who.id, "name": name}, {"expires_at": expires})
    return _done(N_("certificate of {code} saved"), who.code)


def save_shift(work: Work, command: SaveShift) -> Done:
    """The shift as given."""
    who = work.technician(command.technician)
    starts, ends = _span(command.starts_at, command.ends_at)
    work.put("shift", {"technician_id": who.id, "starts_at": starts}, {"ends_at": ends})
    return _done(N_("shift of {code} saved"), who.code)


def save_absence(work: Work, command: SaveAbsence) -> Done:
    """The absence as given, with the orders that it leaves without anybody."""
    who = work.technician(command.technician)
    before = work.all_absences(who.id)
    begins, until = command.starts_at or work.at, command.ends_at
    if until is None:
        day = begins + _DAY
        until = work.shift_end(who.id, before=day) or day
    starts, ends = _span(begins, until)
    values = {"ends_at": ends, "reason": line(command.reason, N_("reason"), limit=REASON)}
    work.put("absence", {"technician_id": who.id, "starts_at": starts}, values)
    work.tell_absences(who.id, before)
    facts: dict[str, Any] = {"code": who.code, "name": who.name, "until": ends}
    if not starts <= work.at < ends:
        done = Done(sentence=N_("absence of {code} saved"), facts=facts)
    else:
        done = Done(sentence=N_("{name} ({code}) is absent until {until}"), facts=facts)
    soon = starts - work.at < _DAY and work.at < ends
    return with_open(work, done, who.id) if soon else done


def end_absence(work: Work, command: EndAbsence) -> Done:
    """He can be sent again from now on."""
    who = work.technician(command.technician)
    starts = command.starts_at
    before = work.all_absences(who.id)
    found = work.absences(who.id, None if starts is None else instant(starts, N_("start")))
    if not found:
        raise NotAbsent(code=who.code)
    for entry, begins in found:
        if begins < work.at:
            key = {"technician_id": who.id, "starts_at": begins}
            work.put("absence", key, {"ends_at": work.at})
        else:
            work.drop("absence", entry)
    work.tell_absences(who.id, before)
    return _done(N_("{code} is back: the absence is over"), who.code)


def move_technician(work: Work, command: MoveTechnician) -> Done:
    """Where he is now, and whether he can be sent."""
    who = work.technician(command.technician)
    if (command.latitude is None) != (command.longitude is None):
        raise BadInput(
            where=N_("position"),
            wrong=N_("half of it is missing"),
            right=N_("give latitude and longitude"),
        )
    position(command.latitude, command.longitude)
    if command.latitude is not None and command.longitude is not None:
        work.place_technician(who.id, command.latitude, command.longitude)
    if command.state is not None:
        state = one_of(command.state, ["available", "break", "off"], N_("state"))
        work.rest_technician(who.id, state)
    return _done(N_("technician {code} moved"), who.code)


class NotAbsent(Refusal):
    """There is nothing that could end."""

    sentence = N_(
        "{code} has no such absence; `paidan list technicians --json` names those to come"
    )


def _done(sentence: str, code: str) -> Done:
    return Done(sentence=sentence, facts={"code": code})


def _span(starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
    first, last = instant(starts, N_("start")), instant(ends, N_("end"))
    if last <= first:
        raise BadInput(
            where=N_("end"), wrong=N_("it is not after the start"), right=N_("give a later time")
        )
    return first, last


PEOPLE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SaveTechnician: save_technician,
    SaveCertificate: save_certificate,
    SaveShift: save_shift,
    SaveAbsence: save_absence,
    EndAbsence: end_absence,
    MoveTechnician: move_technician,
}
