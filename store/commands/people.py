"""Who goes and who dispatches: technicians with their papers and hours, operators."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.commands.inputs import CODE, REASON, instant, line, needed, one_of, things, whole
from store.commands.places import position, saved, told
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.who import Role
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTechnician(Command):
    """A technician by code, made or changed, with his skills; what is None stays as it is."""

    code: str
    name: str
    phone: str | None = None
    home: Ref | None = None
    """The site he starts from."""
    skills: Mapping[str, int] | None = None
    """Skill code to level, 1 to 5; None leaves them. A skill not known yet is made."""
    regions: tuple[Ref, ...] | None = None
    """Those that he goes to; None leaves them, empty means all."""
    carries: tuple[str, ...] | None = None
    """Tools and parts that are with him; None leaves them."""
    active: bool = True


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
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOperator(Command):
    """An operator by code, made or changed, with the sites he sees; what is None stays."""

    code: str
    name: str
    role: str | None = None
    language: str | None = None
    sites: tuple[Ref, ...] | None = field(default=None)
    """None leaves them as they are; empty means all."""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeOperator(Command):
    """Somebody sits down for the first time; an operator already there stays as he is."""

    code: str
    name: str


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
        name=needed(command.name, N_("name")),
        phone=None if command.phone is None else line(command.phone, N_("phone"), limit=CODE),
        active=command.active,
        carries=None
        if command.carries is None
        else things(",".join(command.carries), N_("tools and parts")),
    )
    if command.home is not None:
        values["home_site_id"] = work.site(command.home).id if command.home != "" else None
    made = work.settle("technician", key, values, {"phone": ""})
    if command.skills is not None:
        skills = {made_skill(work, code): skill_level(lv) for code, lv in command.skills.items()}
        work.master(made[0], skills)
    if command.regions is not None:
        work.go_to(made[0], [work.region(region).id for region in command.regions])
    return saved(made, N_("technician {code} saved"), N_("technician {code} changed"), **key)


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
    """The absence as given."""
    who = work.technician(command.technician)
    starts, ends = _span(command.starts_at, command.ends_at)
    values = {"ends_at": ends, "reason": line(command.reason, N_("reason"), limit=REASON)}
    work.put("absence", {"technician_id": who.id, "starts_at": starts}, values)
    return _done(N_("absence of {code} saved"), who.code)


def save_operator(work: Work, command: SaveOperator) -> Done:
    """The operator as given."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    usual = {"role": Role.DISPATCHER.value, "language": ""}
    role = command.role
    values = told(
        name=needed(command.name, N_("name")),
        role=None if role is None else one_of(role, [Role.DISPATCHER.value], N_("role")),
        language=None
        if command.language is None
        else line(command.language, N_("language"), limit=20),
        active=command.active,
    )
    made = work.settle("operator", key, values, usual)
    if command.sites is not None:
        work.answer_for(made[0], [work.site(site).id for site in command.sites])
    return saved(made, N_("operator {code} saved"), N_("operator {code} changed"), **key)


def welcome_operator(work: Work, command: WelcomeOperator) -> Done:
    """A dispatcher of the whole desk with this code; one who has retired stays retired."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    values = {"name": needed(command.name, N_("name")), "role": Role.DISPATCHER.value}
    work.made("operator", key, values)
    return _done(N_("operator {code} saved"), key["code"])


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


def _done(sentence: str, code: str) -> Done:
    return Done(sentence=sentence, facts={"code": code})


def made_skill(work: Work, code: str) -> int:
    """A skill by its code; made where it is not known yet."""
    cleaned = needed(code, N_("skill"), limit=CODE)
    return work.made("skill", {"code": cleaned}, {"name": cleaned})


def _span(starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
    first, last = instant(starts, N_("start")), instant(ends, N_("end"))
    if last <= first:
        raise BadInput(
            where=N_("end"), wrong=N_("it is not after the start"), right=N_("give a later time")
        )
    return first, last


def skill_level(level: int) -> int:
    """How well a trade is mastered, 1 to 5."""
    return whole(level, 1, 5, N_("skill"))
