"""The board of actions: a row by stage and age, and the one at hand whole; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_corrective import BY_KEY, DEEDS
from console.deed_kinds import step_keys
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_card import when
from console.render_time import span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_corrective import (
    found_said,
    goal_said,
    measure_said,
    stage_said,
    standard_said,
    unit_of,
    value_said,
)
from console.words_heard import cause_said
from store.domain.causes import NOT_LOOKED_FOR
from store.domain.corrective import OPEN, STAGES, Stage
from store.domain.corrective_steps import is_over, lacks_to_begin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.domain.corrective import Corrective
    from store.queries.corrective import ActionLine


def corrective_columns() -> tuple[Column, ...]:
    """The columns of the board."""
    return (
        Column(name="id", title=_("action no."), width=10, align="right"),
        Column(name="stage", title=_("stage"), width=6),
        Column(name="age", title=_("age"), width=6, align="right"),
        Column(name="due", title=_("due"), width=6, align="right", clock=True),
        Column(name="owner", title=_("owner"), width=10, flexible=True),
        Column(name="problem", title=_("problem"), width=20, flexible=True),
        Column(name="cause", title=_("root cause"), width=13, since=100),
        Column(name="order", title=_("order"), width=7, align="right"),
    )


def corrective_row(line: ActionLine, place: int, *, at: datetime) -> Row:
    """One of them, at its place on the board."""
    action = line.action
    cells = (
        str(action.id),
        Tinted(stage_said(action.stage), "strong"),
        _age(action, at=at),
        line.owner,
        action.problem.split("\n", 1)[0],
        cause_said(action.cause),
        f"#{action.number}",
    )
    mark = (OPEN.index(action.stage) if action.stage in OPEN else len(OPEN), place)
    return Row(key=action.id, version=hash(cells), mark=mark, cells=cells, due_at=action.rings_at)


def _age(action: Corrective, *, at: datetime) -> str:
    """For how long it has been in its stage."""
    return span(at - action.stage_since).strip()


def how_many(lines: Sequence[ActionLine], *, at: datetime) -> Part:
    """How many stand in each stage, and how many are late."""
    if not lines:
        return _("no action is open"), "muted"
    counts = dict.fromkeys(OPEN, 0)
    for line in lines:
        counts[line.action.stage] = counts.get(line.action.stage, 0) + 1
    told = [f"{stage_said(stage)} {counts[stage]}" for stage in OPEN]
    late = sum(1 for line in lines if (line.action.rings_at or at) < at)
    if late:
        told.append(_n("{count} overdue", "{count} overdue", late).format(count=late))
    return "  ".join(told), "overdue" if late else "strong"


def action_told(
    line: ActionLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the action at hand, and what each key does to it, on lines so wide."""
    if line is None:
        return ()
    keys = step_keys(DEEDS, BY_KEY, refused_now(line.action, at=at))
    return (*_told(line, at, zone), *packed(keys, width))


def action_lines(line: ActionLine, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The same as plain lines, however long."""
    for parts in _told(line, at, zone):
        yield "".join(text for text, _tone in parts).rstrip()


def _told(line: ActionLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    action = line.action
    who = _(", ").join(filter(None, (line.customer, line.place, line.title)))
    name = _("action {number}").format(number=action.id)
    yield (f" {name} ", "strong"), (who, "strong")
    waits = _(STAGES[action.stage].awaits)
    due = "" if action.rings_at is None else when(action.rings_at, zone, at=at)
    stands = _("{stage} for {span}, due {due}: {waits}").format(
        stage=stage_said(action.stage), span=_age(action, at=at), due=due, waits=waits
    )
    yield (" ", ""), HANG, (stands, "muted")
    yield (" ", ""), HANG, (found_said(action), "")
    yield (" ", ""), HANG, (_("Problem: {text}").format(text=action.problem), "")
    cause = cause_said(action.cause) or _(NOT_LOOKED_FOR)
    found = _("Root cause: {cause}; at once: {contained}").format(
        cause=cause, contained=action.contained
    )
    yield (" ", ""), HANG, (found, "")
    for place, why in enumerate(action.whys, 1):
        said = _("Why {place}: {text} ({evidence})").format(
            place=place, text=why.text, evidence=why.evidence
        )
        yield (" ", ""), HANG, (said, "")
    for text in effect_told(line):
        yield (" ", ""), HANG, (text, "")


def effect_told(line: ActionLine) -> Iterator[str]:
    """What it is judged by, what that was and became, and what was said of it."""
    action = line.action
    if action.measure:
        of = line.measured or (_("the whole desk") if line.figures else _("what you do not see"))
        yield _("Judged by: {figure} {goal}, of {of}, over {days} days").format(
            figure=measure_said(action), goal=goal_said(action), of=of, days=action.window_days
        )
    if action.baseline_from and line.figures:
        unit = unit_of(action)
        figures = [_figure(_("before"), action.baseline, action.baseline_n, unit)]
        if action.measured_at is not None:
            figures.append(_figure(_("after"), action.value, action.value_n, unit))
        yield _(", ").join(figures)
    yield from _words_told(line)


def _words_told(line: ActionLine) -> Iterator[str]:
    action = line.action
    if action.done:
        yield _("Done: {text} ({who})").format(text=action.done, who=line.done_by)
    if action.verdict:
        judged = DEEDS["effective" if action.effective else "failed"].label
        yield _("{verdict}: {text} ({who})").format(
            verdict=_(judged), text=action.verdict, who=line.judged_by
        )
    if action.failed:
        times = _n("had no effect {count} time", "had no effect {count} times", action.failed)
        yield times.format(count=action.failed)
    if action.standard:
        yield _("Changed: {standard}, {text}").format(
            standard=standard_said(action.standard), text=action.changed
        )
    elif action.changed:
        yield _("Dropped: {text}").format(text=action.changed)


def _figure(name: str, value: float | None, n: int | None, unit: str) -> str:
    if value is None:
        said = _("{name} no value (n = {n}): only whole days that are over count")
        return said.format(name=name, n=n or 0)
    return _("{name} {value} (n = {n})").format(name=name, value=value_said(value, unit), n=n or 0)


_OPEN: Final = frozenset(OPEN)
_STAGES: Final[Mapping[str, frozenset[Stage]]] = {
    "why": frozenset({Stage.PLAN}),
    "owner": _OPEN,
    "due": _OPEN - {Stage.CHECK},
    "goal": frozenset({Stage.PLAN, Stage.CHECK}),
    "begin": frozenset({Stage.PLAN}),
    "done": frozenset({Stage.DO}),
    "effective": frozenset({Stage.CHECK}),
    "failed": frozenset({Stage.CHECK}),
    "close": frozenset({Stage.ACT}),
    "drop": _OPEN,
}
"""In which stages a step may be done; the store has the last word, and says why not."""


def refused_now(action: Corrective, *, at: datetime) -> frozenset[str]:
    """The steps that its stage does not lead to, or not yet."""
    found = {name for name, stages in _STAGES.items() if action.stage not in stages}
    if lacks_to_begin(action) is not None:
        found.add("begin")
    if action.stage is Stage.CHECK and not is_over(action, at=at):
        found |= {"effective", "failed"}
    return frozenset(found)


def keys_told() -> Mapping[str, str]:
    """What the digits of the board do, for its help."""
    return {key: DEEDS[name].label for key, name in BY_KEY.items()}
