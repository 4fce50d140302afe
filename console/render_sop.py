"""The checklist of an order: a row a step, the step at hand whole, progress on the card; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_sop import BY_KEY, DEEDS
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_card import when
from console.render_time import left, span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.lifecycle import Move
from store.domain.sop import SINCE, STAGES, Evidence, Outside, Since, is_left, progress
from store.domain.sop_steps import range_of, wanted
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.domain.sop import Step
    from store.queries.sop import Checklist, StepLine

_DONE, _SKIPPED, _LEFT, _FREE = "x", "-", "!", " "


def step_columns() -> tuple[Column, ...]:
    """The columns of the checklist."""
    return (
        Column(name="place", title="#", width=3, align="right"),
        Column(name="mark", title="", width=3),
        Column(name="title", title=_("step"), width=20, flexible=True),
        Column(name="role", title=_("owner"), width=11),
        Column(name="gate", title=_("before"), width=9),
        Column(name="due", title=_("due"), width=6, align="right", clock=True),
        Column(name="value", title=_("evidence"), width=14, flexible=True),
        Column(name="by", title=_("done by"), width=8, since=100),
    )


def step_row(line: StepLine, *, at: datetime) -> Row:
    """One of them."""
    step, says = line.step, line.says
    sign, tone = _mark(line, at)
    cells = (
        str(line.place),
        Tinted(f"[{sign}]", tone),
        step.code if says is None else says.title,
        "" if says is None else says.role,
        gate_said(step.gate),
        _shown(line),
        line.by,
    )
    due = None if step.over else line.due_at
    version = hash((cells, sign, due))
    return Row(key=line.place, version=version, mark=(line.place,), cells=cells, due_at=due)


def _mark(line: StepLine, at: datetime) -> tuple[str, str]:
    step = line.step
    if step.over:
        return (_SKIPPED, "soon") if step.skipped else (_DONE, "strong")
    if line.due_at is not None and line.due_at < at:
        return _LEFT, "overdue"
    return (_LEFT, "soon") if step.mandatory else (_FREE, "muted")


def _shown(line: StepLine) -> str:
    """What shows it, or what is to show it."""
    step = line.step
    if step.skipped:
        return _("skipped: {reason}").format(reason=step.reason)
    if step.over:
        name = step.value.replace("\\", "/").rsplit("/", 1)[-1] if step.sha256 else step.value
        return name or _("done")
    return "" if line.says is None else _short(line.says)


def _short(says: Step) -> str:
    bounds = range_of(says)
    if says.evidence is Evidence.READING:
        return bounds or says.unit or _("reading")
    if says.evidence is Evidence.CHOICE:
        return " / ".join(says.choices)
    return _(_NAMES[says.evidence])


_NAMES = {
    Evidence.DONE: "",
    Evidence.PHOTO: N_("photo"),
    Evidence.SIGNATURE: N_("signature"),
}
_GATES = {
    Move.ASSIGN: N_("dispatch"),
    Move.ACCEPT: N_("accepting"),
    Move.DEPART: N_("leaving"),
    Move.ARRIVE: N_("arriving"),
    Move.FINISH: N_("finishing"),
    Move.VERIFY: N_("verifying"),
    Move.CLOSE: N_("closing"),
}
"""What waits for a step."""


def gate_said(gate: str) -> str:
    """Before what it must be done; what a newer program has written as it lies."""
    if gate not in set(Move) or Move(gate) not in _GATES:
        return gate
    return _(_GATES[Move(gate)])


def how_far(found: Checklist, *, at: datetime) -> Part:
    """How many steps are done, how many must be, how many are late."""
    if not found.steps:
        return _("no procedure"), "muted"
    steps = tuple(line.step for line in found.steps)
    done, count = progress(steps)
    said = [_("{kind}, version {version}").format(
        kind=found.kind or "?", version=found.procedure or "?")]  # fmt: skip
    said.append(_("{done} of {count} done").format(done=done, count=count))
    left_over = sum(map(is_left, steps))
    if left_over:
        said.append(_n("{count} must be done", "{count} must be done", left_over).format(
            count=left_over))  # fmt: skip
    late = sum(is_late(line, at) for line in found.steps)
    if late:
        said.append(_n("{count} overdue", "{count} overdue", late).format(count=late))
    return "  ".join(said), "overdue" if late else "strong"


def is_late(line: StepLine, at: datetime) -> bool:
    """Whether its time has passed, and nobody has done it."""
    return not line.step.over and line.due_at is not None and line.due_at < at


def step_told(
    line: StepLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the step at hand, and what each key does to it, on lines so wide."""
    if line is None:
        return ()
    return (*step_lines(line, at=at, zone=zone), *packed(_keys(), width))


def step_lines(line: StepLine, *, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """All that is known of a step."""
    step, says = line.step, line.says
    title = step.code if says is None else says.title
    yield (f" {line.place} {step.code} ", "strong"), (title, "strong")
    if says is not None:
        must = _("must be done") if step.mandatory else _("may be done")
        whose = _("{stage}, {role}").format(stage=_(STAGES[says.stage]), role=says.role or "-")
        said = _("{whose}; {must}; {gated}").format(whose=whose, must=must, gated=_gated(step.gate))
        yield (" ", ""), HANG, (said, "muted")
        what = _("Evidence: {what}").format(what=_(wanted(says)))
        if says.outside is Outside.REASON and range_of(says):
            what += _("; one out of it is taken with a reason")
        yield (" ", ""), HANG, (what, "")
        if says.quality:
            yield (" ", ""), HANG, (_("Quality: {text}").format(text=says.quality), "")
    yield from _timed(line, at, zone)
    yield from _ended(line, at, zone)


def _gated(gate: str) -> str:
    if not gate:
        return _("nothing waits for it")
    return _("done before {move}").format(move=gate_said(gate))


def _timed(line: StepLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    step = line.step
    if step.within_s is None or step.since not in set(Since):
        return
    from datetime import timedelta

    within = span(timedelta(seconds=step.within_s)).strip()
    moment = _(SINCE[Since(step.since)])
    said = _("Within {span} of {moment}").format(span=within, moment=moment)
    if step.working:
        said = _("Within {span} of working time from {moment}").format(span=within, moment=moment)
    late = is_late(line, at)
    if line.due_at is not None:
        said += _(": by {when}").format(when=when(line.due_at, zone, at=at))
        if not step.over:
            said += f"  {left(line.due_at, at).strip()}"
    yield (" ", ""), HANG, (said, "overdue" if late else "")


def _ended(line: StepLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    step = line.step
    if step.done_at is None:
        return
    moment = when(step.done_at, zone, at=at)
    said = _("Done by {name} at {when}") if not step.skipped else _("Skipped by {name} at {when}")
    told = said.format(name=line.by, when=moment)
    for text in (step.value, step.reason):
        told += f"; {text}" if text else ""
    if step.sha256:
        told += f"; SHA-256 {step.sha256[:12]}"
    yield (" ", ""), HANG, (told, "muted")


def _keys() -> Iterator[Parts]:
    for key, name in BY_KEY.items():
        yield (f" {key} ", "key"), (f"{_(DEEDS[name].label)} ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits do to the step at hand, for the help."""
    return {key: DEEDS[name].label for key, name in BY_KEY.items()}
