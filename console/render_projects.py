"""The board of projects: a row by stage and due, and the one at hand whole; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_projects import BY_KEY, DEEDS, NEW
from console.deed_kinds import step_keys
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import flat, packed
from console.render_card import when
from console.render_time import span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_projects import department_said, stage_said, stand_said
from store.domain.projects import Stand
from store.domain.sop import Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.domain.projects import Handoff
    from store.queries.projects import ProjectLine

SHOW = "7"
"""The key that goes on to the board by due, to what is over, and back to it by stage."""
_SHOWN = N_("By due, over")


def project_columns() -> tuple[Column, ...]:
    """The columns of the board."""
    return (
        Column(name="id", title=_("proj. no."), width=9, align="right"),
        Column(name="due", title=_("due"), width=7, align="right", clock=True),
        Column(name="stage", title=_("stage"), width=15, flexible=True),
        Column(name="age", title=_("age"), width=6, align="right"),
        Column(name="department", title=_("with"), width=16, flexible=True),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="who", title=_("customer"), width=12, flexible=True, since=90),
        Column(name="lead", title=_("lead"), width=10, since=100),
        Column(name="left", title=_("to do"), width=10, since=110),
    )


def project_row(line: ProjectLine, place: int, *, at: datetime) -> Row:
    """One of them, at its place on the board."""
    project = line.project
    over = project.over_at is not None
    stage = stand_said(project) if over else stage_said(project.stage)
    cells = (
        str(project.id),
        Tinted(stage, "muted" if over else "strong"),
        span((project.over_at or at) - line.since).strip(),
        _with(line),
        project.title,
        line.customer or line.place,
        project.lead,
        _left(line),
    )
    due_at = None if over else project.due_at
    return Row(key=project.id, version=hash(cells), mark=(place,), cells=cells, due_at=due_at)


def _with(line: ProjectLine) -> str | Tinted:
    """Who has it, and who is to answer; one that came back says so."""
    has = department_said(line.department_names)
    if line.handoff is not None:  # whose turn it is; who gave it stands below the list
        return Tinted(f"> {department_said(line.taker_names)}?", "soon")
    if line.project.is_bounced:
        return Tinted(_("back: {department}").format(department=has), "overdue")
    return has


def _left(line: ProjectLine) -> str:
    """Steps and orders that hold the stage."""
    if line.project.over_at is not None:
        return ""
    told = []
    if line.steps_left:
        told.append(_n("{count} step", "{count} steps", line.steps_left))
    if line.orders:
        told.append(_n("{count} order", "{count} orders", line.orders))
    counts = [count for count in (line.steps_left, line.orders) if count]
    return " ".join(one.format(count=n) for one, n in zip(told, counts, strict=True))


def how_many(lines: Sequence[ProjectLine], view: int, *, at: datetime) -> Part:
    """How many stand in each stage, wait for an answer, and are late."""
    count = len(lines)
    if view == VIEWS - 1:
        return _n("{count} project over", "{count} projects over", count).format(
            count=count
        ), "strong"
    if not count:
        return _("no project is open"), "muted"
    held = [line.project.stage for line in lines]
    told = [f"{stage_said(stage)} {held.count(stage)}" for stage in Stage if stage in held]
    waits = sum(1 for line in lines if line.handoff is not None)
    if waits:
        told.append(_n("{count} handed over", "{count} handed over", waits).format(count=waits))
    late = sum(1 for one in lines if one.project.due_at and one.project.due_at < at)
    if late:
        told.append(_n("{count} overdue", "{count} overdue", late).format(count=late))
    return "  ".join(told), "overdue" if late else "strong"


VIEWS = 3
"""By stage, by due, over."""


def project_told(
    line: ProjectLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the one at hand, and what each key does, on lines so wide."""
    told = () if line is None else tuple(line_parts(line, at=at, zone=zone))
    keys = (*step_keys(DEEDS, BY_KEY, refused_now(line)), _show_key())
    return (*told, *packed(keys, width))


def handed_said(handoff: Handoff) -> str:
    """What was said with a hand-off, and where what was done is to be seen."""
    if not handoff.evidence:
        return flat(handoff.words)
    said = _("{words}; evidence: {evidence}").format(
        words=flat(handoff.words), evidence=flat(handoff.evidence)
    )
    return f"{said} (sha256 {handoff.sha256[:12]})" if handoff.sha256 else said


def line_parts(line: ProjectLine, *, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """Who has it since when, until when, and what it waits for."""
    project = line.project
    where = _(", ").join(filter(None, (line.customer, line.place, line.asset)))
    name = _("project {number}").format(number=project.id)
    yield (f" {name} ", "strong"), (project.title, "strong"), (f"  {where}", "muted")
    if project.stand is not Stand.OPEN:
        ended = _("{stand} {when}").format(
            stand=stand_said(project), when=when(project.over_at, zone, at=at)
        )
        said = f"{ended}  {flat(project.dropped)}" if project.dropped else ended
        yield (" ", ""), HANG, (said, "muted")
        return
    late = project.due_at is not None and project.due_at < at
    stands = _("{stage} for {span} with {department}").format(
        stage=stage_said(project.stage),
        span=span(at - line.since).strip(),
        department=department_said(line.department_names),
    )
    lead = _("lead: {name}").format(name=project.lead) if project.lead else ""
    yield (" ", ""), HANG, (_(", ").join(filter(None, (stands, lead))), "")
    yield (" ", ""), HANG, (_awaits(line, zone, at), "overdue" if late else "")
    if line.handoff is not None:
        yield (" ", ""), HANG, (handed_said(line.handoff), "muted")
    if line.handoff is not None:
        yield (" ", ""), HANG, (flat(line.handoff.words), "muted")


def _awaits(line: ProjectLine, zone: tzinfo | None, at: datetime) -> str:
    """Whose turn it is, and until when."""
    project, due = line.project, when(line.project.due_at, zone, at=at)
    if line.handoff is not None:
        waits = _("handed to {taker}: to be acknowledged or bounced back by {due}")
        said = waits.format(taker=department_said(line.taker_names), due=due)
    else:
        said = _("to be handed on by {due}").format(due=due)
    left = _left(line)
    if left:
        said = _("{said}; still to do: {left}").format(said=said, left=left)
    if project.bounces:
        bounced = _n("bounced back {count} time", "bounced back {count} times", project.bounces)
        more = bounced.format(count=project.bounces)
        said = _("{said}; {more}").format(said=said, more=more)
    return said


def refused_now(line: ProjectLine | None) -> frozenset[str]:
    """The steps that make no sense now: of nothing, of what is over, of whose turn it is not."""
    if line is None or line.project.over_at is not None:
        return frozenset(BY_KEY.values()) - NEW
    if line.handoff is not None:
        return frozenset({"hand", "advance", "back"})
    return frozenset({"acknowledge", "bounce"})


def _show_key() -> Parts:
    return (f" {SHOW} ", "key"), (_(_SHOWN) + " ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits do, for the help."""
    told = {key: DEEDS[name].label for key, name in BY_KEY.items()}
    return told | {SHOW: N_("go on to the board by due, to what is over, and back")}
