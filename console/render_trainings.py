"""Rows of trainings and of drills that were played, and what is told of the one at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_people import TRAINING_DEEDS
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_card import when
from console.render_time import here
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.trainings import CAME, SUBJECTS, Came

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.drill import DrillRecord
    from store.queries.skills import TrainingLine


def training_columns() -> tuple[Column, ...]:
    """What is told of a training."""
    return (
        Column(name="id", title=_("no."), width=5, align="right"),
        Column(name="state", title=_("state"), width=10),
        Column(name="when", title=_("when"), width=11),
        Column(name="who", title=_("who"), width=12, flexible=True),
        Column(name="subject", title=_("in what"), width=14),
        Column(name="topic", title=_("topic"), width=16, flexible=True),
        Column(name="result", title=_("result"), width=14, flexible=True, since=100),
    )


def came_said(state: str) -> str:
    """What came of it; of a later program as it is written."""
    return _(CAME[state]) if state in CAME else state


def subject_said(subject: str) -> str:
    """What it is in."""
    return _(SUBJECTS[subject]) if subject in SUBJECTS else subject


def training_row(line: TrainingLine, place: int, *, at: datetime, zone: tzinfo | None) -> Row:
    """One training."""
    one = line.training
    moment = one.held_at or one.planned_at
    late = one.state == Came.PLANNED and moment is not None and moment <= at
    tone = {"passed": "good", "failed": "soon", "dropped": "muted"}.get(one.state, "strong")
    cells = (
        str(one.id),
        Tinted(_("to be told") if late else came_said(one.state), "overdue" if late else tone),
        when(moment, zone, at=at),
        line.name,
        subject_said(one.subject),
        one.topic,
        one.result,
    )
    return Row(key=one.id, version=hash(cells), mark=(0, place), cells=cells)


def drill_row(drill: DrillRecord, place: int, *, at: datetime, zone: tzinfo | None) -> Row:
    """A drill that somebody played, among the trainings that are over."""
    cells = (
        "",
        Tinted(_("played"), "good"),
        when(drill.ended_at, zone, at=at),
        drill.operator or "?",
        _("drill"),
        drill.script,
        drill_said(drill),
    )
    return Row(key=f"d{drill.seq}", version=hash(cells), mark=(1, place), cells=cells)


def drill_said(drill: DrillRecord) -> str:
    """How many of its promises were kept."""
    kept = sum(one for one, _of in drill.rates.values())
    of = sum(every for _one, every in drill.rates.values())
    return _("{kept} of {of} kept").format(kept=kept, of=of)


def how_many(lines: Sequence[TrainingLine], drills: int, *, at: datetime) -> Part:
    """How many are planned, and how many of these nobody has told the end of."""
    planned = [one for line in lines if (one := line.training).state == Came.PLANNED]
    late = sum(one.planned_at is not None and one.planned_at <= at for one in planned)
    over = len(lines) - len(planned)
    told = [
        _n("{count} training planned", "{count} trainings planned", len(planned)).format(
            count=len(planned)
        ),
        _n("{count} over", "{count} over", over).format(count=over),
        _n("{count} drill", "{count} drills", drills).format(count=drills),
    ]
    if late:
        told.append(_n("{count} to be told", "{count} to be told", late).format(count=late))
    return _(", ").join(told), "overdue" if late else "strong"


def training_told(
    line: TrainingLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the training at hand, and what each key does."""
    told = tuple(_told(line, at, zone)) if line is not None else ()
    return (*told, *packed(_keys(), width))


def training_lines(line: TrainingLine, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The same as plain lines, however long."""
    for parts in _told(line, at, zone):
        yield "".join(text for text, _tone in parts).rstrip()


def _told(line: TrainingLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    one = line.training
    head = _("training {number}: {name}, {topic}").format(
        number=one.id, name=line.name, topic=one.topic
    )
    yield (f" {head}", "strong"), (f"   {subject_said(one.subject)}", "muted")
    if one.planned_at is not None:
        told = _("planned for {when} by {who}").format(
            when=when(one.planned_at, zone, at=at), who=line.made_by
        )
        yield (" ", ""), HANG, (told, "muted")
    if one.held_at is not None:
        told = _("{came} {when}: {result} ({who})").format(
            came=came_said(one.state),
            when=when(one.held_at, zone, at=at),
            result=one.result or "–",
            who=line.ended_by,
        )
        yield (" ", ""), HANG, (told, "")
    elif one.result:
        told = _("{came}: {text}").format(came=came_said(one.state), text=one.result)
        yield (" ", ""), HANG, (told, "")
    if one.trainer:
        yield (" ", ""), HANG, (_("trainer: {name}").format(name=one.trainer), "")
    gives = tuple(gives_said(line, zone))
    if gives:
        said = _("whoever passes has: {what}").format(what=_(", ").join(gives))
        yield (" ", ""), HANG, (said, "")


def gives_said(line: TrainingLine, zone: tzinfo | None) -> Iterator[str]:
    """The skill and the certificate that come of it."""
    one = line.training
    if line.skill:
        yield _("{skill} at level {level}").format(skill=line.skill, level=one.level or 1)
    if one.certificate and one.valid_until is not None:
        day = f"{here(one.valid_until, zone):%Y-%m-%d}"
        yield _("{paper} until {day}").format(paper=one.certificate, day=day)
    elif one.certificate:
        yield one.certificate


def _keys() -> Iterator[Parts]:
    for key, name in TRAINING_DEEDS.by_key().items():
        yield (f" {key} ", "key"), (f"{_(TRAINING_DEEDS.steps[name].label)} ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    steps = TRAINING_DEEDS.steps
    return {key: steps[name].label for key, name in TRAINING_DEEDS.by_key().items()}
