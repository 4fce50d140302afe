"""Each step of a training as its command, from what was told; by keys, lines and the shell."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from store.commands.trainings import DropTraining, MoveTraining, PlanTraining, RecordTraining
from store.domain.errors import BadInput
from store.domain.trainings import Subject
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Told
    from store.domain.intents import Command

_SUBJECTS: Final = {
    **dict.fromkeys(("technical", "技术"), Subject.TECHNICAL.value),
    **dict.fromkeys(("manner", "service", "礼仪", "服务", "服务礼仪"), Subject.MANNER.value),
}
_SKILL: Final = re.compile(r"(?P<skill>\S+)[:：](?P<level>[1-5])")
_DATED: Final = re.compile(r"(?P<paper>.+?)\s+(?P<day>\d{4}-\d{2}-\d{2})")
_LAST: Final = time(23, 59, 59)


def subject_meant(word: str) -> str:
    """What a training is in, by a word of either language; another word as it is."""
    return _SUBJECTS.get(word.strip().casefold(), word.strip())


def given(text: str) -> dict[str, Any]:
    """What whoever passes has: `hvac:3` a skill, `Gas 2027-11-30` a certificate until then.

    That day is included, by the clock of this machine; without one the certificate never ends.
    """
    said = text.strip()
    if not said:
        return {}
    skill = _SKILL.fullmatch(said)
    if skill is not None:
        return {"skill": skill["skill"], "level": int(skill["level"])}
    dated = _DATED.fullmatch(said)
    if dated is None:
        return {"certificate": said}
    try:
        day = date.fromisoformat(dated["day"])
    except ValueError as bad:
        raise BadInput(
            where=N_("end of the certificate"),
            wrong=N_("“{text}” is none").format(text=dated["day"]),
            right=N_("a day such as 2027-11-30"),
        ) from bad
    until = datetime.combine(day, _LAST).astimezone(UTC)
    return {"certificate": dated["paper"].strip(), "valid_until": until}


def says_what_is_given(text: str) -> bool:
    """Whether a text is plainly a skill with its level, or a certificate with its last day."""
    said = text.strip()
    return bool(_SKILL.fullmatch(said) or _DATED.fullmatch(said))


def training_command(deed: str, about: str, told: Told, seen: int | None = None) -> Command:
    """The command of a step; `about` is a technician's code, or the number of a training."""
    if deed == "plan":
        return PlanTraining(
            technician=about,
            subject=subject_meant(told["subject"]),
            topic=told["topic"],
            at=told["at"],
            **given(told.get("gives") or ""),
        )
    number = int(about)
    if deed == "move":
        return MoveTraining(training=number, at=told["at"], seen=seen)
    if deed == "drop":
        return DropTraining(training=number, reason=told["reason"], seen=seen)
    return RecordTraining(
        training=number,
        passed=deed == "passed",
        result=told.get("result") or "",
        **given(told.get("gives") or ""),
        early=bool(told.get("early")),
        seen=seen,
    )
