"""Training of people: planned, put off, held with what came of it, or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import NAME, REASON, TITLE, later, line, needed, one_of, past
from store.commands.mastery import SkillUnknown, skill_level
from store.domain.errors import BadInput
from store.domain.evolve import evolve
from store.domain.intents import Command, Done
from store.domain.replay import whole_ms
from store.domain.trainings import (
    CAME,
    Came,
    Subject,
    Training,
    TrainingNotBegun,
    TrainingOver,
)
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.persistence.work import Work

    Ref = int | str

_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTraining(Command):
    """Somebody is to learn something at a time; it rings then, until what came of it is told."""

    technician: Ref
    subject: str
    """One of `Subject`."""
    topic: str
    at: datetime
    trainer: str = ""
    skill: str | None = None
    """The code of the skill that whoever passes has; it must be known."""
    level: int | None = None
    """At which level, 1 to 5; None leaves it, and is 1 for who does not have it."""
    certificate: str = ""
    """The certificate that he has then, made or renewed."""
    valid_until: datetime | None = None
    """Until when; None for one without an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTraining(Command):
    """It is to be at another time."""

    training: int
    at: datetime
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTraining(Command):
    """It was held, and what came of it: whoever passes has its skill and certificate at once."""

    training: int | None = None
    """One that was planned; without, technician, subject and topic are told."""
    technician: Ref | None = None
    subject: str = ""
    topic: str = ""
    trainer: str = ""
    passed: bool
    result: str = ""
    """In words."""
    held_at: datetime | None = None
    """None for now."""
    skill: str | None = None
    """What is told here counts instead of what was planned."""
    level: int | None = None
    certificate: str = ""
    valid_until: datetime | None = None
    early: bool = False
    """Whether it is known that it was held before the time that it is planned for."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTraining(Command):
    """It will not be held."""

    training: int
    reason: str
    seen: int | None = None


def plan_training(work: Work, command: PlanTraining) -> Done:
    """A new one; only what somebody here may have is promised by it."""
    who = work.technician(command.technician)
    planned = later(command.at, N_("when"), than=work.at)
    made = work.add_training(
        "training_planned",
        Training(
            id=0,
            version=1,
            technician=who.id,
            subject=one_of(command.subject, tuple(Subject), N_("subject")),
            topic=needed(command.topic, N_("topic"), limit=TITLE),
            trainer=line(command.trainer, N_("trainer"), limit=NAME),
            planned_at=planned,
            state=Came.PLANNED.value,
            held_at=None,
            result="",
            **_gives(work, command),
        ),
    )
    facts = {"id": made.id, "name": who.name, "topic": made.topic, "at": planned}
    return Done(sentence=N_("training {id} planned: {name}, {topic}, {at}"), facts=facts)


def move_training(work: Work, command: MoveTraining) -> Done:
    """It rings anew at that time."""
    held = _planned(work, command.training, command.seen)
    planned = later(command.at, N_("when"), than=work.at)
    work.put_training("training_moved", evolve(held, planned_at=planned))
    return Done(sentence=N_("training {id} is at {at}"), facts={"id": held.id, "at": planned})


def record_training(work: Work, command: RecordTraining) -> Done:
    """Held at a time that is past; what it gives is given in the same transaction."""
    held_at = work.at
    if command.held_at is not None:
        held_at = past(command.held_at, N_("when it was held"), now=work.at)
    told: dict[str, Any] = {
        "state": (Came.PASSED if command.passed else Came.FAILED).value,
        "held_at": whole_ms(held_at),
        "result": line(command.result, N_("result"), limit=REASON),
    }
    fact = "training_passed" if command.passed else "training_failed"
    gives = _gives(work, command)
    if command.training is None:
        if command.technician is None:
            raise BadInput(
                where=N_("training"),
                wrong=N_("nobody is named"),
                right=N_("name a technician, or a training that was planned"),
            )
        who = work.technician(command.technician)
        training = Training(
            id=0,
            version=1,
            technician=who.id,
            subject=one_of(command.subject, tuple(Subject), N_("subject")),
            topic=needed(command.topic, N_("topic"), limit=TITLE),
            trainer=line(command.trainer, N_("trainer"), limit=NAME),
            planned_at=None,
            **told,
            **gives,
        )
        _give(work, training)
        training = work.add_training(fact, training)
    else:
        planned = _planned(work, command.training, command.seen)
        told_when = command.early or command.held_at is not None
        if planned.planned_at is not None and planned.planned_at > work.at and not told_when:
            raise TrainingNotBegun(id=planned.id, at=planned.planned_at)
        given = {name: value for name, value in gives.items() if value not in {None, ""}}
        training = evolve(planned, **told, **given)
        _give(work, training)
        training = work.put_training(fact, training)
    facts = {"id": training.id, "name": _name(work, training), "topic": training.topic}
    if not command.passed:
        return Done(sentence=N_("training {id} was held: {name} did not pass {topic}"), facts=facts)
    return Done(sentence=_PASSED[_given(work, training, facts)], facts=facts)


_PASSED: Final = {
    (): N_("training {id} was held: {name} passed {topic}"),
    ("paper",): N_("training {id} was held: {name} passed {topic} and has {certificate}"),
    ("paper", "until"): N_(
        "training {id} was held: {name} passed {topic} and has {certificate} until {until}"
    ),
    ("skill",): N_("training {id} was held: {name} passed {topic} and has {skill}"),
    ("paper", "skill"): N_(
        "training {id} was held: {name} passed {topic} and has {skill} and {certificate}"
    ),
    ("paper", "until", "skill"): N_(
        "training {id} was held: {name} passed {topic} and has {skill}, and {certificate} until"
        " {until}"
    ),
}
"""By what whoever passed has from now on."""


def _given(work: Work, training: Training, facts: dict[str, Any]) -> tuple[str, ...]:
    """What was given by it; the facts get how that is called."""
    given: tuple[str, ...] = ()
    if training.certificate:
        given = ("paper",)
        facts["certificate"] = training.certificate
        if training.valid_until is not None:
            given = ("paper", "until")
            facts["until"] = training.valid_until
    if training.skill is not None:
        level = work.mastered(training.technician)[training.skill]
        code = work.entry_values("skill", training.skill)["code"]
        given += ("skill",)
        facts["skill"] = f"{code}:{level}"
    return given


def drop_training(work: Work, command: DropTraining) -> Done:
    """It rings no more."""
    held = _planned(work, command.training, command.seen)
    why = needed(command.reason, N_("reason"), limit=REASON)
    work.put_training("training_dropped", evolve(held, state=Came.DROPPED.value, result=why))
    return Done(sentence=N_("training {id} dropped: {why}"), facts={"id": held.id, "why": why})


def _planned(work: Work, training: int, seen: int | None) -> Training:
    held = work.training(training, seen)
    if held.state != Came.PLANNED.value:
        raise TrainingOver(id=held.id, came=CAME.get(held.state, held.state))
    return held


def _gives(work: Work, command: PlanTraining | RecordTraining) -> dict[str, Any]:
    """What whoever passes has: a skill that is known, a certificate with its end."""
    skill = None
    if command.skill:
        code = needed(command.skill, N_("skill"))
        skill = work.known_skill(code)
        if skill is None:
            known = ", ".join(sorted(work.skill_codes())[:_SHOWN])
            raise SkillUnknown(skill=code, known=known)
    until = command.valid_until
    if until is not None and not command.certificate and isinstance(command, PlanTraining):
        raise BadInput(
            where=N_("end of the certificate"),
            wrong=N_("no certificate is named"),
            right=N_("name the certificate that ends then"),
        )
    return {
        "skill": skill,
        "level": None if command.level is None else skill_level(command.level),
        "certificate": line(command.certificate, N_("certificate"), limit=NAME),
        "valid_until": None
        if until is None
        else later(until, N_("end of the certificate"), than=work.at),
    }


def _give(work: Work, training: Training) -> None:
    """His skill is never made less by it, and his certificate goes on under its own name."""
    if training.state != Came.PASSED.value:
        return
    work.entry_by("technician", {"id": training.technician})  # nobody else says what he masters
    if training.certificate:
        name = work.paper_called(training.technician, training.certificate)
        key = {"technician_id": training.technician, "name": name}
        work.put("certificate", key, {"expires_at": training.valid_until})
    if training.skill is not None:
        has = work.mastered(training.technician)
        level = max(has.get(training.skill, 1), training.level or 1)
        work.master(training.technician, has | {training.skill: level})


def _name(work: Work, training: Training) -> str:
    return str(work.entry_values("technician", training.technician)["name"])


TRAININGS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    PlanTraining: plan_training,
    MoveTraining: move_training,
    RecordTraining: record_training,
    DropTraining: drop_training,
}
