"""The card of a project: a row for each stage, hand-off, step and order; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.actions_projects import BY_KEY, DEEDS, NEW
from console.deed_kinds import step_keys
from console.hanging import HANG
from console.i18n import _
from console.looks import flat, packed
from console.render_card import when
from console.render_projects import handed_said, line_parts, refused_now
from console.render_time import span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_projects import answer_said, department_said, stage_said
from store.domain.lifecycle import STATES, State
from store.domain.sop_steps import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta, tzinfo

    from console.looks import Part, Parts
    from store.queries.projects import (
        HandoffLine,
        PassageLine,
        ProjectCard,
        ProjectOrder,
        ProjectStepLine,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One row of the card."""

    place: int
    what: str
    """Stage, hand-off, step or order."""
    name: str
    stands: str
    who: str
    said: str
    tone: str = ""
    since: str = ""
    due_at: datetime | None = None
    """While its clock runs."""
    number: int | None = None
    """The order that it is."""


def card_columns() -> tuple[Column, ...]:
    """The columns of the card."""
    return (
        Column(name="what", title=_("what"), width=8),
        Column(name="due", title=_("due"), width=7, align="right", clock=True),
        Column(name="name", title=_("name"), width=18, flexible=True),
        Column(name="since", title=_("from"), width=11, since=100),
        Column(name="stands", title=_("stands"), width=20),
        Column(name="who", title=_("who"), width=12, since=90),
        Column(name="said", title=_("words"), width=12, flexible=True),
    )


def card_row(line: CardRow) -> Row:
    """One line of it."""
    cells = (
        Tinted(line.what, "muted"),
        line.name,
        line.since,
        Tinted(line.stands, line.tone) if line.tone else line.stands,
        line.who,
        line.said,
    )
    return Row(
        key=line.place, version=hash(cells), mark=(line.place,), cells=cells, due_at=line.due_at
    )


def card_rows(card: ProjectCard, *, at: datetime, zone: tzinfo | None) -> tuple[CardRow, ...]:
    """Stages as they came and are to come, hand-offs, the steps of the stage, orders."""
    at_hand = () if card.line.project.over_at is not None else card.at_hand
    made = (
        *(_stage(one, card, at, zone) for one in card.passages),
        *(_ahead(stage, due, at, zone) for stage, due in card.ahead),
        *(_handoff(one, at, zone) for one in card.handoffs),
        *(_step(one, at, zone, ahead=one in at_hand) for one in card.steps),
        *(_order(one) for one in card.orders),
    )
    return tuple(CardRow(place=place, **told) for place, told in enumerate(made))


def _stage(
    one: PassageLine, card: ProjectCard, at: datetime, zone: tzinfo | None
) -> dict[str, Any]:
    passage = one.passage
    open_ = passage.ended_at is None
    took = _took((passage.handed_at or at) - passage.began_at)
    words = {"on": _("handed on"), "back": _("put back"), "dropped": _("given up")}
    stands = _("at hand") if open_ else words.get(passage.went, passage.went)
    late = passage.handed_at is not None and passage.handed_at > passage.due_at
    if late:
        stands = _("{said}, late").format(said=stands)
    due = _("due {when}").format(when=when(passage.due_at, zone, at=at))
    said = _("{due}, took {span}") if not open_ else _("{due}, {span} so far")
    return {
        "what": _("stage"),
        "name": stage_said(passage.stage),
        "since": when(passage.began_at, zone, at=at),
        "stands": stands,
        "who": department_said(one.department_names),
        "said": flat(passage.why) or said.format(due=due, span=took),
        "tone": "overdue" if late else "strong" if open_ else "muted",
        "due_at": passage.due_at if open_ and card.line.handoff is None else None,
    }


def _ahead(stage: str, due: datetime, at: datetime, zone: tzinfo | None) -> dict[str, Any]:
    said = _("planned for {when}").format(when=when(due, zone, at=at))
    return {
        "what": _("stage"),
        "name": stage_said(stage),
        "stands": _("to come"),
        "tone": "muted",
        "who": "",
        "said": said,
    }


def _handoff(one: HandoffLine, at: datetime, zone: tzinfo | None) -> dict[str, Any]:
    handoff = one.handoff
    by = one.given_by if handoff.waits else handoff.who or one.answered_by
    waited = _took((handoff.answered_at or at) - handoff.given_at)
    told = _("; ").join(filter(None, (flat(handoff.reason), handed_said(handoff))))
    said = _("{words} (waited {span})").format(words=told, span=waited)
    late = (handoff.answered_at or at) > handoff.due_at
    return {
        "what": _("hand-off"),
        "name": f"{department_said(one.giver_names)} > {department_said(one.taker_names)}",
        "since": when(handoff.given_at, zone, at=at),
        "stands": answer_said(handoff.answer),
        "tone": "overdue" if late else "soon" if handoff.waits else "muted",
        "who": by,
        "said": said,
        "due_at": handoff.due_at if handoff.waits else None,
    }


def _step(
    one: ProjectStepLine, at: datetime, zone: tzinfo | None, *, ahead: bool
) -> dict[str, Any]:
    step, says = one.step, one.says
    if step.skipped:
        stands, tone = _("skipped"), "muted"
    elif step.over:
        stands, tone = _("done"), "muted"
    elif not ahead:
        stands, tone = _("not done"), "muted"
    else:
        stands, tone = (_("must be done"), "strong") if step.mandatory else (_("may be done"), "")
    shown = flat(_(", ").join(filter(None, (step.value, step.reason))))
    asked = "" if says is None else _(wanted(says))
    title = "" if says is None else says.title
    return {
        "what": _("step"),
        "name": f"{step.place} {step.code}",
        "since": when(step.done_at, zone, at=at),
        "stands": stands,
        "tone": tone,
        "who": one.by,
        "said": _("{title}: {text}").format(title=title, text=shown if step.over else asked),
    }


def _order(one: ProjectOrder) -> dict[str, Any]:
    known = one.state in set(State)
    spec = STATES[State(one.state)] if known else None
    return {
        "what": _("order"),
        "name": f"#{one.number}",
        "stands": one.state if spec is None else f"{spec.sign} {_(spec.label)}",
        "tone": "" if one.live else "muted",
        "who": stage_said(one.stage),
        "said": one.title,
        "number": one.number,
    }


def card_heading(card: ProjectCard) -> Part:
    """Which project, and how long hand-offs of it have waited."""
    line = card.line
    said = _("project {number}").format(number=line.project.id)
    told = [f"{said}  {line.project.title}"]
    if card.waited_s:
        waited = span_of(card.waited_s)
        told.append(_("waited {span} for other departments").format(span=waited))
    return "  ".join(told), "strong"


def card_told(
    card: ProjectCard, row: CardRow | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """How it stands, all of the row at hand, and what each key does."""
    head = tuple(line_parts(card.line, at=at, zone=zone))[1:]
    told = () if row is None else ((((" ", ""), HANG, (_whole(row), "muted"))),)
    here = {key: name for key, name in BY_KEY.items() if name not in NEW}
    keys = step_keys(DEEDS, here, refused_now(card.line))
    return (*head, *told, *packed(keys, width))


def card_lines(card: ProjectCard, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The same as plain lines, however long."""
    for parts in line_parts(card.line, at=at, zone=zone):
        yield "".join(text for text, _tone in parts).rstrip()
    for row in card_rows(card, at=at, zone=zone):
        yield "  " + _whole(row)


def _whole(row: CardRow) -> str:
    told = (row.what, row.name, row.since, row.stands, row.who, row.said)
    return "  ".join(filter(None, told))


def _took(length: timedelta) -> str:
    return span(length).strip()


def span_of(seconds: int) -> str:
    """So many seconds in few words."""
    from datetime import timedelta as length

    return span(length(seconds=seconds)).strip()
