"""What a kind of work takes: a skill, how well it is mastered, a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import CODE, line, needed
from store.commands.mastery import made_skill, skill_level
from store.commands.places import saved, told
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveKind(Command):
    """A kind of work by its code, made or changed; what is None stays, an empty text clears it."""

    code: str
    """As orders have it."""
    name: str
    skill: str | None = None
    """The code of the skill that it takes; one not known yet is made."""
    level: int | None = None
    """How well it must be mastered, 1 to 5."""
    certificate: str | None = None
    """What the certificate is called that it takes."""


def save_kind(work: Work, command: SaveKind) -> Done:
    """The kind as given."""
    work.hold_kinds()
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    values = told(
        name=needed(command.name, N_("name")),
        level=None if command.level is None else skill_level(command.level),
        certificate=None
        if command.certificate is None
        else line(command.certificate, N_("certificate")),
    )
    if command.skill is not None:
        values["skill_id"] = made_skill(work, command.skill) if command.skill.strip() else None
    made = work.settle("work_kind", key, values, {"level": 1, "certificate": ""})
    return saved(made, N_("kind of work {code} saved"), N_("kind of work {code} changed"), **key)
