"""Notices: bad alarms for somebody outside, put into the outbox by the sweep that rang for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain import project_steps
from store.domain.horizon import KIND as HORIZON
from store.domain.replay import epoch_ms
from store.domain.voice_steps import rang_at
from store.domain.voices import KIND as COMPLAINT
from store.domain.voices import SEVERITIES

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.reactions import Ringing
    from store.domain.projects import Project
    from store.domain.voices import Voice
    from store.persistence.horizons import HorizonRang
    from store.persistence.work import Work

KIND = "notify"
"""The kind of their errands."""

TOLD_FROM = 2
"""Alarms of this severity and worse are told; quiet ones never."""


def put_notice(work: Work, number: int, ringing: Ringing, *, at: datetime) -> bool:
    """Have somebody outside told of an alarm that rings, if the desk wants that; once an alarm.

    Ids and times only: whoever is told can ask the desk for words that may be erased there.
    """
    if ringing.severity > TOLD_FROM or not work.notifies():
        return False
    aim = ringing.aim
    name = (number, aim.kind.value, aim.clock, aim.run, aim.level, epoch_ms(aim.due_at))
    notice = {
        "number": number,
        "alarm": aim.kind.value,
        "clock": aim.clock,
        "level": aim.level,
        "severity": ringing.severity,
        "due_at": aim.due_at.isoformat(),
        "raised_at": at.isoformat(),
    }
    return work.put_out("alarm " + ":".join(map(str, name)), KIND, notice)


def put_horizon_notice(work: Work, rang: HorizonRang, *, at: datetime) -> bool:
    """The same for a calendar whose holidays run out; it names the calendar, and no order."""
    if rang.rung.severity > TOLD_FROM or not work.notifies():
        return False
    notice = {
        "number": None,
        "calendar": rang.calendar,
        "known_until": rang.known_until,
        "alarm": HORIZON,
        "clock": "",
        "level": rang.rung.level,
        "severity": rang.rung.severity,
        "due_at": rang.due_at.isoformat(),
        "raised_at": at.isoformat(),
    }
    return work.put_out(f"alarm {HORIZON}:{rang.calendar}:{rang.rings}", KIND, notice)


def put_complaint_notice(work: Work, voice: Voice, *, at: datetime) -> bool:
    """The same for a complaint that nobody has answered; its words stay at the desk."""
    severity = SEVERITIES[voice.level]
    if severity > TOLD_FROM or not work.notifies():
        return False
    due_at = rang_at(voice) or at
    notice = {
        "number": voice.number,
        "complaint": voice.id,
        "alarm": COMPLAINT,
        "clock": "",
        "level": voice.level,
        "severity": severity,
        "due_at": due_at.isoformat(),
        "raised_at": at.isoformat(),
    }
    return work.put_out(f"alarm {COMPLAINT}:{voice.id}:{voice.rings}", KIND, notice)


def put_project_notice(work: Work, project: Project, *, at: datetime) -> bool:
    """The same for a project whose stage or hand-off is due."""
    if project.severity > TOLD_FROM or not work.notifies():
        return False
    due_at = project_steps.rang_at(project) or at
    notice = {
        "number": None,
        "project": project.id,
        "alarm": project.alarm,
        "clock": "",
        "level": project.reached,
        "severity": project.severity,
        "due_at": due_at.isoformat(),
        "raised_at": at.isoformat(),
    }
    return work.put_out(f"alarm project:{project.id}:{project.rings}", KIND, notice)
